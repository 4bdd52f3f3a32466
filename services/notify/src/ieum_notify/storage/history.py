"""Reading the outbox: what is planned, what went out, what stands in the way."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.engine import Engine, RowMapping

from changefeed.chain import GENESIS
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letters_out import LettersOut
from ieum_notify.domain.occurrence import WAITING, State
from ieum_notify.domain.readers import Ended
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.sight import Sight
from ieum_notify.operations.ports import AttemptMade, Listed, Pulse
from ieum_notify.storage.alarms import raised_alarms
from ieum_notify.storage.dialect import among
from ieum_notify.storage.ended import IS_STUCK, ended_of
from ieum_notify.storage.letters_out import letters_out
from ieum_notify.storage.rows import ids_by_type, to_entry
from ieum_notify.storage.tables import ATTEMPTS, BOOKMARK, DELIVERIES, OCCURRENCES, TICKS
from sqlstore.engine import reading


class StoredHistory:
    """What was planned and what became of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def listed(
        self,
        *,
        state: State | None,
        after: str | None,
        limit: int,
        sight: Sight | None = None,
    ) -> tuple[Listed, ...]:
        """Give the occurrences in sight, latest due first; None shows all.

        Raises:
            ValueError: The cursor is none that was given out.
        """
        row = OCCURRENCES.c
        found = select(OCCURRENCES).order_by(row.due_at.desc(), row.id.desc()).limit(limit)
        if state is not None:
            found = found.where(row.state == state)
        if sight is not None:
            found = found.where(self._is_in(sight))
        if after is not None:
            moment, last = _read_cursor(after)
            found = found.where(or_(row.due_at < moment, and_(row.due_at == moment, row.id < last)))
        with reading(self._engine) as connection:
            return tuple(map(_listed, connection.execute(found).mappings()))

    def _is_in(self, sight: Sight) -> ColumnElement[bool]:
        row, dialect = OCCURRENCES.c, self._engine.dialect
        return or_(
            among(dialect, row.seat_id, sight.seats),
            *(
                and_(row.subject_type == subject_type, among(dialect, row.subject_id, ids))
                for subject_type, ids in ids_by_type(sight.subjects).items()
            ),
        )

    def entry(self, key: str) -> Listed | None:
        """Give one by its key."""
        with reading(self._engine) as connection:
            row = (
                connection.execute(select(OCCURRENCES).where(OCCURRENCES.c.key == key))
                .mappings()
                .first()
            )
        return None if row is None else _listed(row)

    def stuck(self, subject: Subject) -> tuple[str, ...]:
        """Give the keys about a subject that could not be handed over, oldest due first."""
        row = OCCURRENCES.c
        found = (
            select(row.key)
            .where(row.subject_type == subject.type, row.subject_id == subject.id, IS_STUCK)
            .order_by(row.due_at, row.id)
        )
        with reading(self._engine) as connection:
            return tuple(connection.execute(found).scalars())

    def attempts(self, key: str) -> tuple[AttemptMade, ...]:
        """Give every attempt for one key, oldest first."""
        found = (
            select(
                DELIVERIES.c.contact_id,
                DELIVERIES.c.message_id,
                ATTEMPTS.c.started_at,
                ATTEMPTS.c.finished_at,
                ATTEMPTS.c.outcome,
                ATTEMPTS.c.smtp_code,
                ATTEMPTS.c.enhanced_code,
                ATTEMPTS.c.fault,
            )
            .join(DELIVERIES, DELIVERIES.c.id == ATTEMPTS.c.delivery_id)
            .join(OCCURRENCES, OCCURRENCES.c.id == DELIVERIES.c.occurrence_id)
            .where(OCCURRENCES.c.key == key)
            .order_by(ATTEMPTS.c.started_at, ATTEMPTS.c.id)
        )
        with reading(self._engine) as connection:
            return tuple(AttemptMade(*row) for row in connection.execute(found))

    def ended(self, keys: Collection[str]) -> dict[str, Ended]:
        """Give those of the keys that went out, were refused or are in doubt, and who had one."""
        with reading(self._engine) as connection:
            return ended_of(connection, keys)

    def told(self, rules: Sequence[Rule]) -> tuple[LettersOut, ...]:
        """Give the letters that somebody got, or may have, of what these rules take back."""
        with reading(self._engine) as connection:
            return letters_out(connection, rules)

    def pulse(self, now: datetime, today_began_at: datetime) -> Pulse:
        """Give the sender's state."""
        row = OCCURRENCES.c
        is_due = and_(
            row.state.in_((*WAITING, "leased")),
            row.due_at <= now,
            # What waits for the next opening is not late.
            or_(row.state != "planned", row.next_try_at.is_(None), row.next_try_at <= now),
        )
        # A change is due on its day, a step found late before it; neither is late till planned.
        since = case(
            (and_(row.state == "planned", row.next_try_at.is_not(None)), row.next_try_at),
            (row.planned_at > row.due_at, row.planned_at),
            else_=row.due_at,
        )
        due = select(func.count(), func.min(since)).where(is_due)
        sent = select(func.count()).where(DELIVERIES.c.sent_at >= today_began_at)
        ended = (
            select(row.state, func.count().label("number"))
            .where(row.state.in_(("in_doubt", "dead")))
            .group_by(row.state)
        )
        with reading(self._engine) as connection:
            count, oldest = connection.execute(due).one()
            ticked = select(TICKS.c.ticked_at).where(TICKS.c.name == "dispatch")
            for_persons = {each.state: each.number for each in connection.execute(ended)}
            reached = select(BOOKMARK.c.seq, BOOKMARK.c.hash, BOOKMARK.c.head)
            mark = connection.execute(reached).first()
            return Pulse(
                connection.execute(ticked).scalar_one_or_none(),
                oldest,
                count,
                connection.execute(sent).scalar_one(),
                for_persons.get("in_doubt", 0),
                for_persons.get("dead", 0),
                mark.seq if mark else 0,
                bytes(mark.hash) if mark else GENESIS,
                mark.head if mark else 0,
                raised_alarms(connection),
            )


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    """Read where a page ended; raises ValueError for what was never given out."""
    due_at, _, last_id = cursor.partition("_")
    moment = datetime.fromisoformat(due_at)
    if moment.utcoffset() != timedelta(0):
        # Given out in UTC alone; others may lie beyond the first or last year once they are.
        raise ValueError(cursor)
    return moment, UUID(last_id)


def _listed(row: RowMapping) -> Listed:
    return Listed(
        to_entry(row),
        f"{row['due_at'].isoformat().replace('+00:00', 'Z')}_{row['id']}",  # Fit for an address.
        row["next_try_at"],
        row["tries"],
    )
