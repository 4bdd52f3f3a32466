"""The supervisor: its configuration, starting it, asking it, stopping it.

supervisord (ADR 0009) restarts what dies and rotates what is printed. It runs as a note-writing
child too, so that it can be found after its own death; its socket lies in the home.
"""

import contextlib
import json
import shlex
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from supervisor.xmlrpc import SupervisorTransport

from ieum.home import Home
from ieum.leftover_processes import alive
from ieum.programs import Program
from ieum.say import OperatorError

SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Seen:
    """A process as the supervisor sees it.

    Attributes:
        state: RUNNING, STARTING, BACKOFF, STOPPED, EXITED, FATAL …
        note: The supervisor's own words, with the exit status of a process that ended.
    """

    name: str
    state: str
    pid: int
    note: str


def configuration(home: Home, programs: Sequence[Program]) -> str:
    """Write supervisord's configuration; what each process runs stands in plan.json.

    Paths are relative to `run/`, where it is started: it expands `%` in some of them twice.
    """
    parts = [
        f"""[supervisord]
nodaemon=true
silent=true
umask=077
identifier=ieum
pidfile=supervisord.pid
logfile=../logs/supervisor.log
logfile_maxbytes=1MB
logfile_backups=2
childlogdir=../logs

[unix_http_server]
file={_plain(home.socket)}
chmod=0600

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
    ]
    # A process that keeps failing is tried again after 1, 2, 3 … seconds, and never given up.
    parts += [
        f"""
[program:{each.name}]
command={_plain(shlex.join([sys.executable, "-m", "ieum.child", each.name]))}
autostart={str(each.after is None).lower()}
autorestart=true
startsecs=1
startretries=1000000
stopwaitsecs={each.stop_s}
killasgroup=true
redirect_stderr=true
stdout_logfile=../logs/{each.name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=3
"""
        for each in programs
    ]
    return "".join(parts)


def start_supervisor(home: Home, plan: dict[str, Any], configuration: str) -> None:
    """Start the supervisor in the background and wait until it answers.

    Raises:
        OperatorError: `supervisor.silent`, with where its log is.
    """
    home.socket.unlink(missing_ok=True)
    conf = home.run / "supervisord.conf"
    conf.write_text(configuration, encoding="utf-8")
    daemon = [sys.executable, "-m", "ieum.supervisord", "-c", str(conf)]
    plan = dict(plan)
    plan["programs"] = plan["programs"] | {
        SUPERVISOR: {"command": daemon, "environment": {"PYTHONWARNINGS": "ignore"}}
    }
    _write(home.run / "plan.json", json.dumps(plan, indent=1, ensure_ascii=False))
    for old in home.run.glob("*.json"):
        if old.name != "plan.json":
            old.unlink()
    with (home.logs / "supervisor.out").open("wb") as out:
        process = subprocess.Popen(  # noqa: S603  our own child
            [sys.executable, "-m", "ieum.child", SUPERVISOR],
            cwd=home.run,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        if answers(home):
            return
        time.sleep(0.05)
    raise OperatorError(
        "supervisor.silent",
        f"감독 프로세스가 시작하지 못했습니다. {home.logs}/supervisor.out 을 보십시오.",
        f"The supervisor did not start. See {home.logs}/supervisor.out.",
    )


def answers(home: Home) -> bool:
    """Say whether this home's supervisor lives and can be asked."""
    if not any(each.name == SUPERVISOR for each in alive(home.run)):
        return False
    try:
        return bool(_ask(home, "supervisor.getState"))
    except (OSError, xmlrpc.client.Error):
        return False


def seen(home: Home) -> dict[str, Seen]:
    """Ask after all processes; empty if there is no supervisor to ask."""
    try:
        found = _ask(home, "supervisor.getAllProcessInfo")
    except (OSError, xmlrpc.client.Error):
        return {}
    return {
        each["name"]: Seen(each["name"], each["statename"], each["pid"], each["description"])
        for each in cast(list[dict[str, Any]], found)
    }


def start(home: Home, names: Sequence[str]) -> None:
    """Start processes that do not run; returns at once."""
    for name in names:
        # A process that is already running or starting is what was wanted.
        with contextlib.suppress(xmlrpc.client.Fault):
            _ask(home, "supervisor.startProcess", name, False)


def stop(home: Home, names: Sequence[str]) -> None:
    """Ask processes to end; returns at once."""
    for name in names:
        with contextlib.suppress(xmlrpc.client.Fault):
            _ask(home, "supervisor.stopProcess", name, False)


def shut_down(home: Home) -> None:
    """Ask the supervisor to end everything and itself; returns at once."""
    with contextlib.suppress(OSError, xmlrpc.client.Error):
        _ask(home, "supervisor.shutdown")


def _ask(home: Home, method: str, *arguments: str | bool) -> object:
    transport = SupervisorTransport(None, None, f"unix://{home.socket}")
    with xmlrpc.client.ServerProxy("http://ieum", transport=transport) as server:
        answer: object = getattr(server, method)(*arguments)
        return answer


def _plain(text: Path | str) -> str:
    """Write a value so that supervisord does not expand it."""
    return str(text).replace("%", "%%")


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
