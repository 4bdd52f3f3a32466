"""The verbs by which each service's own program copies its store: for `ieum backup`, `restore`.

They answer with one JSON object on standard output; what went wrong stands on standard error.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import Connection

from sqlstore.copies import CopyFailed, copy_in, copy_out, has_rows, kind_of
from sqlstore.steps import Steps


class WithDatabase(Protocol):
    """A service's settings, of which the address of its database is needed."""

    @property
    def database(self) -> str:
        """The address."""


@dataclass(frozen=True, slots=True)
class CopyVerbs:
    """What one service says of its store.

    Attributes:
        used: Tables that hold nothing as long as nobody has used the installation.
        read: What is said of a copy besides its step: numbers and hashes, no names.
    """

    steps: Steps
    used: Sequence[str]
    read: Callable[[Connection], Mapping[str, object]]

    def declare(self, verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Declare the three verbs."""
        stands = verbs.add_parser("store-state", help="say how the store stands, as JSON")
        stands.set_defaults(run=self._say)
        out = verbs.add_parser("copy-out", help="copy the whole store, while it is in use")
        out.add_argument("file", type=Path, metavar="FILE", help="must not exist yet")
        out.set_defaults(run=self._out)
        taken = verbs.add_parser("copy-in", help="put a copy in the place of an empty store")
        taken.add_argument("file", type=Path, metavar="FILE")
        taken.set_defaults(run=self._in)

    def _say(self, settings: WithDatabase, _asked: argparse.Namespace) -> int:
        said = {
            "kind": kind_of(settings.database),
            "newest_step": self.steps.newest(),
            "is_used": has_rows(settings.database, *self.used),
        }
        print(json.dumps(said))
        return 0

    def _out(self, settings: WithDatabase, asked: argparse.Namespace) -> int:
        def read(connection: Connection) -> dict[str, object]:
            return {"step": self.steps.of(connection), **self.read(connection)}

        try:
            found = copy_out(settings.database, asked.file, read)
        except CopyFailed as failed:
            print(failed, file=sys.stderr)
            return 1
        print(json.dumps({"kind": kind_of(settings.database), **found}))
        return 0

    def _in(self, settings: WithDatabase, asked: argparse.Namespace) -> int:
        try:
            copy_in(settings.database, asked.file)
        except CopyFailed as failed:
            print(failed, file=sys.stderr)
            return 1
        self.steps.migrate(settings.database)
        return 0
