"""`ieum registry …`, `graph …`, `notify …`, `portal …`: the service's own program, in this home."""

import argparse
import os
import sys
from typing import NoReturn

from ieum.environment import environment_for
from ieum.programs import program
from ieum.reach import Reach
from ieum.say import both, line
from ieum.verbs.place import made
from ieum.witnesses import witnesses

HELP = {
    "registry": "ieum-registry: verify, verify-documents, retain, reindex, migrate, serve (대장)",
    "graph": "ieum-graph: rebuild, hash, follow, migrate, serve (그래프)",
    "notify": "ieum-notify: preview, resend, work, migrate, serve (알림)",
    "portal": "ieum-portal: account, unlock, retain, first-accounts, migrate, serve (포털)",
}


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare one verb for each service, for the list of verbs; `run_service` does the work."""
    for name, text in HELP.items():
        verbs.add_parser(name, help=text, add_help=False)


def run_service(service: str, arguments: list[str]) -> NoReturn:
    """Become the service's program with this installation's variables."""
    home, ports = made()
    if service == "registry" and arguments[:1] == ["verify"]:
        arguments = [*arguments, *_witnesses(Reach(home, ports))]
    path = program(f"ieum-{service}")
    outside = {name: text for name, text in os.environ.items() if not name.startswith("IEUM_")}
    environment = outside | environment_for(service, home, ports)
    os.execve(path, [path, *arguments], environment)  # noqa: S606  our own program


def _witnesses(reach: Reach) -> list[str]:
    """Give what the followers have seen, as arguments; say whom nobody could ask."""
    found = witnesses(reach)
    for name in ("graph", "notify"):
        if not any(each.who == name for each in found):
            line(
                both(f"{name}에는 물을 수 없었습니다", f"{name} could not be asked"), to=sys.stderr
            )
    return [part for each in found for part in ("--witness", each.argument)]
