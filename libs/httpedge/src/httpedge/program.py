"""How each service's program begins: one verb, and settings that fit or are said not to."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from httpedge.environ import Listen, SettingsMissing
from httpedge.serving import serve

NOT_UNDERSTOOD = 2
"""Exit status where the verb or the settings do not fit: again as it is, it would end the same."""


OWNER_ALONE = 0o077
"""Whatever a program of ours makes, its owner alone reads."""


def run_verb(
    parser: argparse.ArgumentParser,
    read_settings: Callable[[Mapping[str, str]], object],
    argv: Sequence[str] | None,
) -> int:
    """Run the verb that was asked for, with the settings of the environment.

    Args:
        parser: Sets `run` for each verb, which takes the settings and what was asked.

    Returns:
        What the verb gives: 0 if all went well, 1 if it could not be done. 2 if the verb was not
        understood, or the settings do not fit; they are then listed on standard error.
    """
    asked = parser.parse_args(argv)
    os.umask(OWNER_ALONE)
    try:
        settings = read_settings(os.environ)
    except SettingsMissing as missing:
        print(missing, file=sys.stderr)
        return NOT_UNDERSTOOD
    status: int = asked.run(settings, asked)
    return status


def serve_service(name: str, listen: Listen, processes: int, database: str) -> int:
    """Become the server of a service that keeps an SQL database; SQLite takes one process alone.

    Args:
        name: As in `ieum_<name>.app`, whose `create` makes the application.
    """
    if processes > 1 and database.startswith("sqlite"):
        of = f"IEUM_{name.upper()}"
        print(
            f"{of}_PROCESSES above 1 needs PostgreSQL: set {of}_DATABASE to "
            "postgresql+psycopg://… or the number to 1.",
            file=sys.stderr,
        )
        return NOT_UNDERSTOOD
    return serve(f"ieum_{name}.app:create", listen, processes)
