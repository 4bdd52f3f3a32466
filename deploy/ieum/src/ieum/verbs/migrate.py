"""`ieum migrate`: all databases of this home in their newest form, while nothing runs."""

import argparse

from ieum.environment import SERVICES
from ieum.leftover_processes import alive
from ieum.lock import held
from ieum.say import OperatorError, both, line
from ieum.service import run_verb
from ieum.verbs.place import made


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "migrate",
        help="bring all databases of this home to the newest form (자료 구조 갱신)",
        description="Run the migrations of all four services. `ieum up` does the same before it "
        "starts a service; by itself this is for looking at a restored copy.",
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Migrate one service after the other."""
    home, ports = made()
    with held(home):
        if alive(home.run):
            raise OperatorError(
                "migrate.running",
                "이음이 돌고 있습니다. make down 을 한 뒤 다시 하십시오.",
                "Ieum is running. Run make down first, then this again.",
            )
        for service in SERVICES:
            run_verb(home, ports, service, "migrate")
            line(f"  {service}: {both('최신', 'newest')}")
    return 0
