"""The planning transaction: entering, moving and withdrawing occurrences."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.engine import Connection

from ieum_notify.domain.alarm import Alarm
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.occurrence import LAPSED, WAITING, Occurrence
from ieum_notify.domain.readers import Ended
from ieum_notify.domain.restored import Restored
from ieum_notify.operations.ports import Entry
from ieum_notify.storage.alarms import keep_alarms, raise_alarm, set_alarms
from ieum_notify.storage.dialect import among, insert_or_leave, insert_or_replace
from ieum_notify.storage.ended import ENDED, corrected_of, ended_of
from ieum_notify.storage.rows import ids_by_type, to_columns, to_entry
from ieum_notify.storage.tables import FACTS, OCCURRENCES, RESTORED

_CHUNK = 500

IN_DOUBT = {"state": "in_doubt", "reason": "backup.restored"}
"""What may have gone out from the installation that a backup is of."""


class StoredPlanTransaction:
    """One open planning transaction."""

    def __init__(self, connection: Connection, now: datetime, new_id: Callable[[], UUID]) -> None:
        self._connection = connection
        self._now = now
        self._new_id = new_id

    def entries(
        self, wanted: Collection[str], only: Collection[Subject] | None
    ) -> Mapping[str, Entry]:
        """Give by key all that wait, and those of the wanted keys that were ever planned."""
        row, found = OCCURRENCES.c, {}
        if only is None:
            found = self._entries(row.state.in_(WAITING))
        for subject_type, ids in ids_by_type(only or ()).items():
            its = and_(
                row.subject_type == subject_type,
                among(self._connection.dialect, row.subject_id, ids),
            )
            found |= self._entries(and_(its, row.state.in_(WAITING)))
        others = [key for key in wanted if key not in found]
        for start in range(0, len(others), _CHUNK):
            found |= self._entries(OCCURRENCES.c.key.in_(others[start : start + _CHUNK]))
        return found

    def _entries(self, which: ColumnElement[bool]) -> dict[str, Entry]:
        rows = self._connection.execute(select(OCCURRENCES).where(which)).mappings()
        return {row["key"]: to_entry(row) for row in rows}

    def enter(self, occurrences: Iterable[Occurrence]) -> int:
        """Write new ones down as planned; one whose key exists stays as it is."""
        rows = [to_columns(each, self._new_id(), self._now) for each in occurrences]
        for start in range(0, len(rows), _CHUNK):
            self._connection.execute(
                insert_or_leave(self._connection, OCCURRENCES, OCCURRENCES.c.key),
                rows[start : start + _CHUNK],
            )
        return len(rows)

    def perhaps_sent(self, occurrences: Iterable[Occurrence]) -> frozenset[str]:
        """Give the keys of those that may have gone out before this store was put back (T-66)."""
        restored = self._restored()
        if restored is None:
            return frozenset()
        due = [each for each in occurrences if each.due_at <= restored.at]
        entries = self._entries_of(due)
        return frozenset(
            each.key
            for each in due
            if restored.may_have_gone_out(each, max(entries.get(of, 0) for of in _follows(each)))
        )

    def _restored(self) -> Restored | None:
        row = self._connection.execute(select(RESTORED.c.at, RESTORED.c.seq)).first()
        return None if row is None else Restored(row.at, row.seq)

    def _entries_of(self, occurrences: Iterable[Occurrence]) -> Mapping[Subject, int]:
        """Give the newest entry about each subject that these letters follow from."""
        about = {of for each in occurrences for of in _follows(each)}
        found: dict[Subject, int] = {}
        for subject_type, ids in ids_by_type(about).items():
            rows = self._connection.execute(
                select(FACTS.c.subject_id, FACTS.c.seq).where(
                    FACTS.c.subject_type == subject_type,
                    among(self._connection.dialect, FACTS.c.subject_id, ids),
                )
            )
            found |= {Subject(subject_type, row.subject_id): row.seq for row in rows}
        return found

    def doubt(self, occurrences: Iterable[Occurrence]) -> None:
        """Write down, or set, as waiting for a person to say whether they went out."""
        rows = [{**to_columns(each, self._new_id(), self._now), **IN_DOUBT} for each in occurrences]
        if not rows:
            return
        replace = ("state", "reason", "changed_at")
        self._connection.execute(
            insert_or_replace(self._connection, OCCURRENCES, OCCURRENCES.c.key, replace=replace),
            rows,
        )
        for about in {Subject(row["subject_type"], row["subject_id"]) for row in rows}:
            raise_alarm(self._connection, Alarm("letter.in_doubt", about), self._now)

    def ended(self, keys: Collection[str]) -> Mapping[str, Ended]:
        """Give those of the keys that went out, were refused or are in doubt, and who had one."""
        return ended_of(self._connection, keys)

    def replan(self, occurrence: Occurrence) -> None:
        """Plan one again that nobody holds, with its due day as it is now.

        Whoever has a copy already gets no other one: the dispatcher passes them over.
        """
        self._connection.execute(
            update(OCCURRENCES)
            .where(
                OCCURRENCES.c.key == occurrence.key,
                OCCURRENCES.c.state.in_((*WAITING, *LAPSED, *ENDED)),
            )
            .values(
                state="planned",
                reason=None,
                due_on=occurrence.due_on,
                due_at=occurrence.due_at,
                planned_at=self._now,
                next_try_at=None,
                tries=0,
                changed_at=self._now,
            )
        )

    def lapse(self, key: str, state: str, reason: str) -> None:
        """Withdraw one that waits; one already claimed is left to the dispatcher."""
        self._connection.execute(
            update(OCCURRENCES)
            .where(OCCURRENCES.c.key == key, OCCURRENCES.c.state.in_(WAITING))
            .values(state=state, reason=reason, next_try_at=None, changed_at=self._now)
        )

    def set_alarms(
        self, codes: Collection[str], alarms: Iterable[Alarm], only: Collection[Subject] | None
    ) -> None:
        """Let the alarms of these codes be exactly these; of `only` these subjects, if given."""
        set_alarms(self._connection, codes, alarms, self._now, only)

    def corrected(self) -> frozenset[str]:
        """Give the keys that were put off for a reader whose own record was changed since."""
        return corrected_of(self._connection)

    def keep_alarms(
        self,
        codes: Collection[str],
        subjects: Collection[Subject],
        only: Collection[Subject] | None,
    ) -> None:
        """Take away the alarms of these codes that are about any other subject, or of `only`."""
        keep_alarms(self._connection, codes, subjects, only)


def _follows(occurrence: Occurrence) -> tuple[Subject, ...]:
    """Give what a letter follows from: what it is about, and the seat that it goes to."""
    seat = () if occurrence.seat_id is None else (Subject("seat", occurrence.seat_id),)
    return (occurrence.subject, *seat)
