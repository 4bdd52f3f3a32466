"""`ieum down`: nothing of this home runs afterwards, and that is checked."""

import argparse

from ieum.lock import held
from ieum.say import both, line
from ieum.stopping import stop_everything, verify_stopped
from ieum.verbs.place import here


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "down",
        help="stop everything, left-overs of a killed supervisor too (이음 멈춤)",
        description="Stop services and workers, then Neo4j (about 10 s), then the supervisor; "
        "end what a killed supervisor left behind; check that the ports are free. Data stays.",
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Stop the installation."""
    home, ports = here()
    if not home.exists():
        line(both(f"{home.root}에는 이음이 없습니다", f"there is no Ieum at {home.root}"))
        return 0
    home.make()
    with held(home):
        found = stop_everything(home)
        if found:
            verify_stopped(home, ports)
    line(
        both(f"프로세스 {found}개를 멈추었습니다", f"{found} processes stopped")
        if found
        else both("이미 멈추어 있습니다", "nothing was running")
    )
    return 0
