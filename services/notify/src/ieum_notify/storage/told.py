"""Which letters about events went out, or may have, by seat."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.occurrence import NOBODY_TO_TELL
from ieum_notify.domain.told import TAKE_BACK, LettersSent
from ieum_notify.storage.tables import ATTEMPTS, DELIVERIES, OCCURRENCES
from sqlstore.engine import Instant

_ROW = OCCURRENCES.c

# Cut off in the middle: whoever may have the letter is taken to have it, or an invitation that the
# server took would never be taken back. While somebody holds the claim it is on its way, no more.
_CUT_OFF_AT = (
    select(func.max(ATTEMPTS.c.started_at))
    .where(
        ATTEMPTS.c.delivery_id == DELIVERIES.c.id,
        or_(
            ATTEMPTS.c.outcome == "in_doubt",
            and_(ATTEMPTS.c.outcome.is_(None), _ROW.state != "leased"),
        ),
    )
    .scalar_subquery()
)
_TOLD_AT = func.coalesce(DELIVERIES.c.sent_at, _CUT_OFF_AT)

_SENT = (
    select(
        _ROW.subject_type,
        _ROW.subject_id,
        _ROW.seat_id,
        _ROW.rule,
        func.max(_TOLD_AT, type_=Instant).label("last_at"),
        func.count(_ROW.id.distinct()).label("number"),
    )
    .join(DELIVERIES, DELIVERIES.c.occurrence_id == _ROW.id)
    .where(
        _ROW.subject_type == "event",
        _ROW.letter != NOBODY_TO_TELL,
        _TOLD_AT.is_not(None),
        # What takes back counts once all behind the seat have it; what tells, once anybody has.
        or_(_ROW.rule.not_in(TAKE_BACK), and_(_ROW.rule.in_(TAKE_BACK), _ROW.state == "sent")),
    )
    .group_by(_ROW.subject_type, _ROW.subject_id, _ROW.seat_id, _ROW.rule)
)


def letters_sent(connection: Connection) -> tuple[LettersSent, ...]:
    """Give the letters that somebody got, or may have; not what the office got instead."""
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
