"""Ending everything that runs for a home, whoever started it, and making sure that it ended."""

import time

from ieum import supervision
from ieum.home import Home
from ieum.leftover_processes import Started, alive, end, forget
from ieum.ports import Ports, holder, wait_until_free
from ieum.say import OperatorError, both, line

LAST = frozenset({"neo4j", "mailbox", supervision.SUPERVISOR})
"""They end after those that talk to them, so that the last pages and letters go through."""


def stop_everything(home: Home) -> int:
    """Stop services, workers, Neo4j and the supervisor; end left-overs of a killed supervisor.

    Returns:
        How many processes were found alive.
    """
    found = alive(home.run)
    if found and supervision.answers(home):
        line(both("서비스를 멈춥니다", "stopping the services"))
        first = [each.name for each in found if each.name not in LAST]
        supervision.stop(home, first)
        _wait_until_gone(home, set(first), 15)
        line(both("Neo4j를 닫습니다(10초쯤)", "closing Neo4j (about 10 s)"))
        supervision.shut_down(home)
        _wait_until_gone(home, {each.name for each in found}, 35)
    left = alive(home.run)
    if left:
        names = ", ".join(f"{each.name}({each.pid})" for each in left)
        line(both(f"남은 프로세스를 끝냅니다: {names}", f"ending left-over processes: {names}"))
        killed = end(left)
        if killed:
            line(both(f"강제로 끝냄: {', '.join(killed)}", f"killed: {', '.join(killed)}"))
    forget(home.run)
    home.socket.unlink(missing_ok=True)
    return len(found)


def verify_stopped(home: Home, ports: Ports) -> None:
    """Check that nothing of ours lives and that our ports are free again.

    Raises:
        OperatorError: `down.incomplete`, naming what is left.
    """
    busy = wait_until_free(ports)
    left: list[Started] = alive(home.run)
    if not left and not busy:
        return
    named = [f"{each.name} (pid {each.pid})" for each in left]
    named += [f"{ports.of(name)}: {holder(ports.of(name))}" for name in busy]
    listed = "\n".join(named)
    raise OperatorError(
        "down.incomplete",
        f"아직 남아 있습니다:\n{listed}\n"
        "이음의 것이 아니면 그대로 두고, 맞으면 kill -9 로 끝내십시오.",
        f"Still there:\n{listed}\nLeave it if it is not Ieum's, else end it with kill -9.",
    )


def _wait_until_gone(home: Home, names: set[str], most_s: float) -> None:
    until = time.monotonic() + most_s
    while time.monotonic() < until and names & {each.name for each in alive(home.run)}:
        time.sleep(0.1)
