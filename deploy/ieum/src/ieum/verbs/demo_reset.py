"""`ieum demo-reset`: the sample system from zero, with today as its anchor day."""

import argparse
import shutil
import sys

from ieum.environment import WITH_DATABASE, environment_of
from ieum.home import Home
from ieum.lock import held
from ieum.ports import Ports
from ieum.say import OperatorError, both, line
from ieum.stopping import stop_everything, verify_stopped
from ieum.verbs import up
from ieum.verbs.place import made


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "demo-reset",
        help="wipe all data of this home and load the samples anew (시연 자료 초기화)",
        description="Stop everything, delete the databases, the graph, the mailbox and the first "
        "accounts of this home, start again and load the samples: their dates then hang on "
        "today. Keys stay. There is no way back; `cp -a` the home first if in doubt.",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask (묻지 않음)")
    parser.add_argument("--no-up", action="store_true", help="stay stopped afterwards")
    parser.set_defaults(run=run, timeout=180.0, load=None, empty=False)


def run(arguments: argparse.Namespace) -> int:
    """Wipe and, unless told otherwise, start again."""
    home, ports = made()
    refuse_own(home)
    refuse_servers(home, ports)
    if not arguments.yes and not _agreed(home):
        line(both("취소했습니다. 바뀐 것은 없습니다", "left as it is"))
        return 1
    with held(home):
        stop_everything(home)
        verify_stopped(home, ports)
        wipe(home)
    line(both("모든 자료를 지웠습니다", "all data is wiped"))
    return 0 if arguments.no_up else up.run(arguments)


def refuse_own(home: Home) -> None:
    """Refuse to wipe a house of an office's own.

    Raises:
        OperatorError: `reset.own_house`.
    """
    if home.own.exists():
        raise OperatorError(
            "reset.own_house",
            f"{home.root}는 견본이 아니라 기관의 자료가 있는 곳입니다. 시연은 다른 IEUM_HOME에서 "
            "하십시오.",
            f"{home.root} holds an office's own data, not a sample. Use another IEUM_HOME for "
            "demonstrations.",
        )


def refuse_servers(home: Home, ports: Ports) -> None:
    """Refuse to half-wipe an installation whose data lies in a database server.

    Raises:
        OperatorError: `reset.database_server`.
    """
    variables = environment_of(home, ports)
    servers = [
        name
        for name in (f"IEUM_{service.upper()}_DATABASE" for service in WITH_DATABASE)
        if not variables[name].startswith("sqlite:")
    ]
    if servers:
        raise OperatorError(
            "reset.database_server",
            f"{', '.join(servers)}이(가) 데이터베이스 서버를 가리킵니다. "
            "서버의 자료는 지우지 않으니 시연은 다른 IEUM_HOME에서 하십시오.",
            f"{', '.join(servers)} names a database server, whose data is not wiped from here. "
            "Use another IEUM_HOME for demonstrations.",
        )


def wipe(home: Home) -> None:
    """Delete what the days have brought; keys, passwords of programs and settings stay."""
    for folder in (home.databases, home.documents, home.neo4j, home.mailbox):
        shutil.rmtree(folder, ignore_errors=False)
    home.first_accounts.unlink(missing_ok=True)
    home.make()


def _agreed(home: Home) -> bool:
    line(both(f"{home.root}의 자료를 모두 지웁니다", f"all data of {home.root} will be deleted"))
    if not sys.stdin.isatty():
        line(
            both(
                "`ieum demo-reset --yes`로 다시 하십시오",
                "`ieum demo-reset --yes` goes ahead without asking",
            )
        )
        return False
    return input("reset 이라고 쓰십시오 · type reset: ").strip() == "reset"
