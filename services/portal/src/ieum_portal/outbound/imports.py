"""Imports over the wire."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from ieum_portal.domain.command import Foretold
from ieum_portal.domain.errors import ChangeRefused, Stale
from ieum_portal.outbound.recording import foretold
from ieum_portal.outbound.translated_errors import translated_errors
from registryclient.client import RegistryClient
from registryclient.errors import RegistryRefused
from registryclient.imported import Import, ImportOutcomes, ImportPage, ImportRows

_REFUSED = frozenset({400, 409, 413, 422, 507})


class ImportsOverHttp:
    """Brings spreadsheets in one viewer's name; see `operations.ports.Imports`."""

    def __init__(self, client: RegistryClient) -> None:
        self._imports = client.imports

    @translated_errors()
    def page(self, *, after: UUID | None) -> ImportPage:
        """Give a page of imports, the latest first."""
        return self._imports.page(after=after)

    @translated_errors()
    def one(self, import_id: UUID) -> Import:
        """Give one import."""
        return self._imports.one(import_id)

    @translated_errors()
    def rows(self, import_id: UUID, *, state: str | None, after: int, limit: int) -> ImportRows:
        """Give a page of lines."""
        return self._imports.rows(import_id, state=state, after=after, limit=limit)

    @translated_errors()
    def outcomes(self, import_id: UUID, *, state: str, limit: int) -> ImportOutcomes:
        """Give the first records that something became of."""
        return self._imports.outcomes(import_id, state=state, limit=limit)

    @translated_errors()
    def faults(self, import_id: UUID) -> bytes:
        """Give the lines with faults or questions as an xlsx."""
        return self._imports.faults(import_id)

    def bring(
        self, name: str, data: bytes, *, is_pasted: bool, encoding: str | None, once: str
    ) -> Import:
        """Bring a file; under one key it is staged once, however often it is sent."""
        with translated_errors(), _refusals():
            return self._imports.bring(name, data, pasted=is_pasted, encoding=encoding, once=once)

    def decide(self, import_id: UUID, decisions: Mapping[str, Any], *, seen: int) -> Import:
        """Change decisions."""
        with translated_errors(), _refusals():
            return self._imports.decide(import_id, decisions, seen=seen)

    def try_out(self, import_id: UUID) -> Sequence[Foretold]:
        """Give the entries that the first records would write."""
        with translated_errors(), _refusals():
            return [foretold(each) for each in self._imports.foresee(import_id)]

    def approve(self, import_id: UUID, *, only_clean: bool, seen: int) -> Import:
        """Let it be written."""
        with translated_errors(), _refusals():
            return self._imports.approve(import_id, only_clean=only_clean, seen=seen)

    def undo(self, import_id: UUID, *, reason: str, seen: int) -> Import:
        """Let it be taken back."""
        with translated_errors(), _refusals():
            return self._imports.undo(import_id, reason, seen=seen)

    def erase(self, import_id: UUID, *, seen: int) -> None:
        """Erase what is staged."""
        with translated_errors(), _refusals():
            self._imports.erase(import_id, seen=seen)


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell what the rules refuse from what is wrong with the asking.

    Raises:
        Stale, ChangeRefused: A 412; any other no to what was sent.
    """
    try:
        yield
    except RegistryRefused as refused:
        problem = refused.problem
        if problem.status == 412:
            raise Stale from refused
        if problem.status in _REFUSED:
            told = [str(each.get("detail") or "") for each in problem.errors]
            detail = " ".join([problem.detail, *(each for each in told if each)]).strip()
            code = str(problem.errors[0].get("code")) if problem.errors else problem.code
            raise ChangeRefused(code, detail, {}) from refused
        raise
