"""Which letters about events went out, or may have, by seat and person."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.occurrence import LAPSED, NOBODY_TO_TELL
from ieum_notify.domain.told import TAKE_BACK, LettersOut
from ieum_notify.storage.tables import ATTEMPTS, DELIVERIES, OCCURRENCES
from sqlstore.engine import Instant

_ROW = OCCURRENCES.c

# Cut off in the middle, nobody knows whether it arrived. While somebody holds the claim it is on
# its way, no more.
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
_OUT_AT = func.coalesce(DELIVERIES.c.sent_at, _CUT_OFF_AT)
_TAKES_BACK = _ROW.rule.in_(TAKE_BACK)
_OF_EVENTS = and_(_ROW.subject_type == "event", _ROW.letter != NOBODY_TO_TELL, _OUT_AT.is_not(None))

_OUT = (
    select(
        _ROW.subject_type,
        _ROW.subject_id,
        _ROW.seat_id,
        DELIVERIES.c.contact_id,
        _TAKES_BACK.label("takes_back"),
        func.max(_OUT_AT, type_=Instant).label("at"),
        func.max(DELIVERIES.c.sent_at).label("sure_at"),
    )
    .join(DELIVERIES, DELIVERIES.c.occurrence_id == _ROW.id)
    .where(_OF_EVENTS)
    .group_by(
        _ROW.subject_type, _ROW.subject_id, _ROW.seat_id, DELIVERIES.c.contact_id, _TAKES_BACK
    )
)

# One still being told to others counts once it is through, or given up with some of them told:
# until then its key must stay the same.
_TAKEN_BACK = (
    select(_ROW.subject_id, _ROW.seat_id, func.count(_ROW.id.distinct()).label("number"))
    .join(DELIVERIES, DELIVERIES.c.occurrence_id == _ROW.id)
    .where(_OF_EVENTS, _TAKES_BACK, _ROW.state.in_(("sent", *LAPSED)))
    .group_by(_ROW.subject_id, _ROW.seat_id)
)


def letters_out(connection: Connection) -> tuple[LettersOut, ...]:
    """Give the letters that somebody got, or may have; not what the office got instead."""
    times = {(row.subject_id, row.seat_id): row.number for row in connection.execute(_TAKEN_BACK)}
    return tuple(
        LettersOut(
            Subject(row.subject_type, row.subject_id),
            row.seat_id,
            row.contact_id,
            bool(row.takes_back),
            row.at,
            row.sure_at,
            times.get((row.subject_id, row.seat_id), 0),
        )
        for row in connection.execute(_OUT)
    )
