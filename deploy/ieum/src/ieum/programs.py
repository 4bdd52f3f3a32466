"""The processes of an installation: what each runs, and what it means for it to be ready."""

import hashlib
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ieum.environment import SERVICES, environment_for, environment_of
from ieum.home import Home
from ieum.ports import Ports
from ieum.say import OperatorError

PACKAGES = (
    "changefeed",
    "httpedge",
    "registryclient",
    "sheetreader",
    "sqlstore",
    "workdays",
    "ieum_registry",
    "ieum_graph",
    "ieum_notify",
    "ieum_portal",
    "ieum_engine",
    "ieum",  # The supervisor and the mailbox run from it.
)


@dataclass(frozen=True, slots=True)
class Program:
    """One process under the supervisor.

    Attributes:
        command: What is run; the first item is absolute.
        environment: Its IEUM_… variables and no other's secrets.
        serves: The name of the port it listens on, None for a worker.
        after: The process that must be ready before this one starts, or None.
        stop_s: How long it may take to end by itself.
    """

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    serves: str | None = None
    after: str | None = None
    stop_s: int = 12


def programs_of(home: Home, ports: Ports) -> tuple[Program, ...]:
    """List the processes, those that take longest to start first."""
    shared = environment_of(home, ports)
    engine = (
        program("ieum-engine"),
        "serve",
        "--data",
        str(home.neo4j),
        "--listen",
        f"127.0.0.1:{ports.of('neo4j')}",
        "--password-file",
        shared["IEUM_NEO4J_PASSWORD_FILE"],
        "--cache",
        shared["IEUM_CACHE"],
    )
    # Fewer arenas keep a threaded Python small; the JVM has its own heap.
    small = {"MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}
    of = {each: environment_for(each, home, ports) | small for each in SERVICES}
    return (
        Program("neo4j", engine, {**shared, "PYTHONUNBUFFERED": "1"}, "neo4j", stop_s=25),
        Program("mailbox", (sys.executable, "-m", "ieum.mailbox"), shared | small, "mailbox"),
        _service("registry", "serve", of),
        _service("portal", "serve", of),
        _service("notify", "serve", of),
        _service("graph", "serve", of),
        _service("graph", "follow", of),
        _service("notify", "work", of),
        _service("registry", "work", of),
        _retaining("registry", of, hours=24),
        _retaining("portal", of, hours=1),
    )


def program(name: str) -> str:
    """Find an installed program beside the running Python.

    Raises:
        OperatorError: `program.missing`.
    """
    path = Path(sys.executable).parent / name
    if not path.exists():
        raise OperatorError(
            "program.missing",
            f"{name} 프로그램이 설치되어 있지 않습니다. 먼저 make setup 을 하십시오.",
            f"The program {name} is not installed. Run make setup first.",
        )
    return str(path)


def plan(programs: tuple[Program, ...], ports: Ports) -> dict[str, Any]:
    """Give what plan.json holds: what ieum.child turns into, the ports and the code in use."""
    return {
        "port_base": ports.base,
        "code": code_in_use(),
        "programs": {
            each.name: {"command": each.command, "environment": each.environment}
            for each in programs
        },
    }


def code_in_use() -> str:
    """Fingerprint the installed packages of ours, so that an update is seen by the next `up`.

    Returns:
        A hash over each file's place, size and time of change.
    """
    found = hashlib.sha256()
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or []:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file() and path.suffix != ".pyc":
                    about = path.stat()
                    found.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return found.hexdigest()


MIGRATES = frozenset({("registry", "serve"), ("portal", "serve"), ("notify", "serve")}) | {
    ("graph", "follow")
}
"""Which process brings its service's store to the newest form before it begins.

The graph answers from Neo4j alone, whose constraints only the follower needs.
"""


def _retaining(service: str, of: dict[str, dict[str, str]], *, hours: int) -> Program:
    """Let go of people whose retention has run out, once in so many hours."""
    command = (program(f"ieum-{service}"), "retain", "--every", str(hours))
    return Program(f"{service}-retain", command, of[service], after=service)


def _service(service: str, verb: str, of: dict[str, dict[str, str]]) -> Program:
    verbs = ("migrate", verb) if (service, verb) in MIGRATES else (verb,)
    return Program(
        service if verb == "serve" else f"{service}-{verb}",
        (sys.executable, "-m", "ieum.stepwise", f"ieum-{service}", *verbs),
        of[service],
        serves=service if verb == "serve" else None,
        # It works on a store that the server of its service brings to the newest form.
        after=service if verb == "work" else None,
    )
