"""Imports of spreadsheets: brought, decided about, approved, taken back (ADR 0038).

The values are those of docs/api/registry.json. Every method raises RegistryUnavailable, also for an
answer that cannot be read, or RegistryRefused.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

from changefeed.mapping import from_facts
from registryclient.answers import Asked, Entry
from registryclient.errors import RegistryUnavailable
from registryclient.imported import Import, ImportOutcomes, ImportPage, ImportRows
from registryclient.wire import Wire

T = TypeVar("T")

BROUGHT_WITHIN_S = 60.0
"""A small sheet is checked before anything is answered."""


class ImportsClient:
    """Asks for imports and moves them on."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def page(self, *, after: UUID | None = None, limit: int = 50) -> ImportPage:
        """Give some imports."""
        return _read(ImportPage, self._wire.get("imports", {"after": after, "limit": limit}))

    def one(self, import_id: UUID) -> Import:
        """Give one import as it stands."""
        return _read(Import, self._wire.get(f"imports/{import_id}"))

    def bring(
        self,
        name: str,
        data: bytes,
        *,
        pasted: bool = False,
        encoding: str | None = None,
        once: str,
    ) -> Import:
        """Bring a file, or cells that were copied from a spreadsheet (UTF-8).

        Args:
            once: An Idempotency-Key: sent again with it, the import as it stands is given.

        Raises:
            RegistryRefused: `import.unreadable`, with why in `errors`.
        """
        asked: dict[str, Asked] = {"name": name, "pasted": pasted or None, "encoding": encoding}
        told, _ = self._wire.write(
            "POST", "imports", data, asked=asked, answer_within_s=BROUGHT_WITHIN_S, once=once
        )
        return _read(Import, told)

    def decide(self, import_id: UUID, decisions: Mapping[str, object], *, seen: int) -> Import:
        """Change decisions, by the names of `DecisionsShape`; the sheet is checked anew."""
        told, _ = self._wire.write("PATCH", f"imports/{import_id}", decisions, seen=seen)
        return _read(Import, told)

    def approve(self, import_id: UUID, *, only_clean: bool, seen: int) -> Import:
        """Let it be written; `import.unanswered` if a line asks something, unless only the rest."""
        path, body = f"imports/{import_id}/approvals", {"only_clean": only_clean}
        return _read(Import, self._wire.write("POST", path, body, seen=seen)[0])

    def foresee(self, import_id: UUID) -> Sequence[Entry]:
        """Give the entries of the first hundred records, to ask what they would do."""
        path = f"imports/{import_id}/approvals"
        told, _ = self._wire.write("POST", path, {}, asked={"dry_run": True})
        return cast(dict[str, list[Entry]], told)["entries"]

    def undo(self, import_id: UUID, reason: str, *, seen: int) -> Import:
        """Let what was written be taken back, as far as nobody has touched it since."""
        path, body = f"imports/{import_id}/undos", {"reason": reason}
        return _read(Import, self._wire.write("POST", path, body, seen=seen)[0])

    def erase(self, import_id: UUID, *, seen: int) -> None:
        """Erase what is staged of it."""
        self._wire.write("DELETE", f"imports/{import_id}", None, seen=seen)

    def rows(
        self, import_id: UUID, *, state: str | None = None, after: int = 0, limit: int = 50
    ) -> ImportRows:
        """Give some lines in their order."""
        asked: dict[str, Asked] = {"state": state, "after": after, "limit": limit}
        return _read(ImportRows, self._wire.get(f"imports/{import_id}/rows", asked))

    def outcomes(
        self, import_id: UUID, *, state: str | None = None, after: int = -1, limit: int = 50
    ) -> ImportOutcomes:
        """Give what became of some records."""
        asked: dict[str, Asked] = {"state": state, "after": after, "limit": limit}
        return _read(ImportOutcomes, self._wire.get(f"imports/{import_id}/outcomes", asked))

    def faults(self, import_id: UUID) -> bytes:
        """Give the lines that were not written as an xlsx that says why."""
        return self._wire.file(f"imports/{import_id}/faults")


def _read(kind_of: type[T], told: object) -> T:
    """Take an answer of another form than agreed for no answer."""
    try:
        return from_facts(kind_of, cast("Mapping[str, Any]", told))
    except Exception as error:
        raise RegistryUnavailable(f"unreadable {kind_of.__name__}: {error!r}") from error
