"""`ieum up`: from an installed checkout to a working system with its addresses printed."""

import argparse
import json
from pathlib import Path

from ieum.home import Home, samples
from ieum.lock import held
from ieum.ports import Ports
from ieum.say import OperatorError, both, line
from ieum.starting import Start
from ieum.verbs.place import here


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "up",
        help="start everything, wait until it is ready, print addresses (이음 시작)",
        description="Start Neo4j, the four services, both workers and the mailbox; fill an empty "
        "registry with the sample files; print where to go and how to sign in. Can be repeated: "
        "what runs is left alone, what a killed supervisor left behind is ended first.",
    )
    parser.add_argument(
        "--timeout", type=float, default=300, metavar="S", help="how long to wait (300 seconds)"
    )
    parser.add_argument(
        "--load",
        type=Path,
        action="append",
        metavar="FILE",
        help="fill an empty registry with this file instead of data/*.yaml; may be repeated",
    )
    parser.add_argument(
        "--empty",
        action="store_true",
        help="begin a house of one's own: nothing is loaded, and a link is printed by which its "
        "first administrator begins (우리 기관 자료로 시작)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Start the installation and print how to reach it."""
    home, ports = here()
    line(both(f"이음을 시작합니다: {home.root}", f"starting Ieum in {home.root}"))
    home.make()
    with held(home):
        if arguments.empty:
            refuse_sample(home)
            home.own.touch(mode=0o600)
        files = arguments.load or ([] if home.own.exists() else samples())
        start = Start(home, ports, files, arguments.timeout)
        took = start.go()
    line()
    line(both(f"모두 준비되었습니다 ({took})", f"everything is ready ({took})"))
    _tell_addresses(home, ports)
    if home.own.exists():
        _tell_first_run(start.first_run)
    else:
        _tell_logins(home, start.first_logins)
    return 0


def _tell_addresses(home: Home, ports: Ports) -> None:
    for ko, en, address in (
        ("포털", "portal", ports.url("portal") + "/"),
        ("받은 메일함(모든 메일)", "mailbox, catches all mail", ports.url("mailbox") + "/"),
        ("대장 API", "registry API", ports.url("registry") + "/docs"),
        ("그래프 API", "graph API", ports.url("graph") + "/docs"),
        ("알림 API", "notify API", ports.url("notify") + "/docs"),
    ):
        line(f"  {address:34} {both(ko, en)}")
    line(f"  {home.logs!s:34} {both('기록', 'logs')}")


def refuse_sample(home: Home) -> None:
    """Keep a house of one's own apart from a sample.

    Raises:
        OperatorError: `up.has_sample`.
    """
    if home.first_accounts.is_file() and not home.own.exists():
        raise OperatorError(
            "up.has_sample",
            f"{home.root}에는 견본 자료와 견본 계정이 있습니다. 우리 기관의 자료는 새 "
            "IEUM_HOME에서 시작하십시오: IEUM_HOME=~/ieum ieum up --empty",
            f"{home.root} holds the sample and its accounts. Begin a house of your own in a new "
            "IEUM_HOME: IEUM_HOME=~/ieum ieum up --empty",
        )


def _tell_first_run(link: str) -> None:
    """Show by which link the first administrator begins, as long as nobody has."""
    if link:
        line()
        line(both("처음 시작하는 링크(한 번만 열립니다)", "begin here (the link opens once)"))
        line(f"  {link}")


def _tell_logins(home: Home, first_logins: str) -> None:
    """Show new passwords this once; later only where they are kept."""
    if first_logins:
        line()
        line(both("로그인(비밀번호는 한 번만 보입니다)", "sign in (passwords are shown once)"))
        for each in first_logins.splitlines():
            line(f"  {each}")
    if home.first_accounts.is_file():
        line()
        names = ", ".join(_logins(home.first_accounts))
        line(both(f"처음 계정: {names}", "the first accounts and their passwords are kept in:"))
        line(f"  {home.first_accounts}")


def _logins(path: Path) -> list[str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    accounts = kept.get("accounts", kept) if isinstance(kept, dict) else kept
    if isinstance(accounts, dict):
        return [str(name) for name in accounts]
    return [str(each.get("email") or each.get("login")) for each in accounts]
