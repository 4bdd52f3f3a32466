"""`ieum mailbox serve`: a mail server that delivers nothing and shows everything."""

import argparse
import os
import sys
from typing import NoReturn

from ieum.environment import environment_of
from ieum.verbs.place import made


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "mailbox",
        help="serve: catch all mail and show it on a page (받은 메일함)",
        description="Take mail for every address over SMTP, keep each letter as a file, and show "
        "them on a page. Nothing is ever passed on. `ieum up` starts it; this runs it by hand.",
    )
    parser.add_argument("action", choices=("serve",))
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> NoReturn:
    """Become the mailbox of this installation."""
    home, ports = made()
    command = [sys.executable, "-m", "ieum.mailbox"]
    os.execve(command[0], command, dict(os.environ) | environment_of(home, ports))  # noqa: S606  our own
