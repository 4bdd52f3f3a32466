"""The change log over the wire."""

from collections.abc import Sequence
from uuid import UUID

from changefeed.page import Page
from ieum_portal.domain.history import LogEntry
from ieum_portal.operations.ports import LogPage, Sought
from ieum_portal.outbound.translated_errors import translated_errors
from registryclient.answers import Remembered
from registryclient.client import RegistryClient

MOST_SUBJECTS = 100
"""So many may be named in one question."""


class LogOverHttp:
    """Reads the log in one viewer's name; see `operations.ports.Log`."""

    def __init__(self, client: RegistryClient) -> None:
        self._client = client

    def history(self, sought: Sought, *, before: int | None, limit: int) -> LogPage:
        """List the entries that are looked for, the newest first."""
        with translated_errors():
            found = self._client.history(
                subjects=_only(sought.subject),
                subject_type=sought.subject_type,
                kind=sought.kind,
                role=sought.role,
                recorded_from=sought.recorded_from,
                recorded_to=sought.recorded_to,
                before=before,
                limit=limit,
            )
            entries = tuple(_entry(each) for each in found.items)
            return LogPage(entries, found.next, found.head)

    def about(self, subjects: Sequence[UUID], *, at_most: int) -> Sequence[LogEntry]:
        """Give the entries about some subjects, the newest first; at most 200."""
        found: list[LogEntry] = []
        with translated_errors():
            for start in range(0, len(subjects), MOST_SUBJECTS):
                some = subjects[start : start + MOST_SUBJECTS]
                page = self._client.history(subjects=some, limit=at_most)
                found += [_entry(each) for each in page.items]
        return sorted(found, key=lambda each: -each.change.seq)[:at_most]

    def feed(self, after: int) -> Page:
        """Give the entries after a number, in order, up to a thousand."""
        with translated_errors():
            return self._client.changes(after)


def _entry(told: Remembered) -> LogEntry:
    return LogEntry(told.entry, told.previous, told.redacted_by)


def _only(subject: UUID | None) -> tuple[UUID, ...]:
    return () if subject is None else (subject,)
