"""Which letters about events went out, by seat."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.occurrence import NOBODY_TO_TELL
from ieum_notify.domain.told import TAKE_BACK, LettersSent
from ieum_notify.storage.tables import DELIVERIES, OCCURRENCES

_ROW = OCCURRENCES.c

_SENT = (
    select(
        _ROW.subject_type,
        _ROW.subject_id,
        _ROW.seat_id,
        _ROW.rule,
        func.max(DELIVERIES.c.sent_at).label("last_at"),
        func.count(_ROW.id.distinct()).label("number"),
    )
    .join(DELIVERIES, DELIVERIES.c.occurrence_id == _ROW.id)
    .where(
        _ROW.subject_type == "event",
        _ROW.letter != NOBODY_TO_TELL,
        DELIVERIES.c.sent_at.is_not(None),
        # What takes back counts once all behind the seat have it; what tells, once anybody has.
        or_(_ROW.rule.not_in(TAKE_BACK), and_(_ROW.rule.in_(TAKE_BACK), _ROW.state == "sent")),
    )
    .group_by(_ROW.subject_type, _ROW.subject_id, _ROW.seat_id, _ROW.rule)
)


def letters_sent(connection: Connection) -> tuple[LettersSent, ...]:
    """Give the letters that somebody got; those that the office got instead are left out."""
    return tuple(
        LettersSent(
            Subject(row.subject_type, row.subject_id),
            row.seat_id,
            row.rule,
            row.last_at,
            row.number,
        )
        for row in connection.execute(_SENT)
    )
