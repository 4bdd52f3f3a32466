"""`ieum environment`: the variables of this installation, for running one program by hand."""

import argparse

from ieum.environment import SERVICES, environment_for, export_lines
from ieum.say import line
from ieum.verbs.place import made


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "environment",
        help='print export lines: eval "$(ieum environment)" (환경 변수)',
        description="Print the variables that a service of this installation is started with. "
        "Secrets are named by file and never printed.",
    )
    parser.add_argument(
        "--service",
        choices=SERVICES,
        default="registry",
        help="whose signing key is named (registry signs nothing)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the lines."""
    home, ports = made()
    line(export_lines(environment_for(arguments.service, home, ports)))
    return 0
