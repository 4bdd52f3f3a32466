"""Which letters went out, or may have, by seat and person, where others take them back."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.engine import Connection

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letters_out import LettersOut
from ieum_notify.domain.occurrence import LAPSED, NOBODY_TO_TELL
from ieum_notify.domain.rule import Rule
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


def letters_out(connection: Connection, rules: Sequence[Rule]) -> tuple[LettersOut, ...]:
    """Give the letters that somebody got, or may have; not what the office got instead.

    Args:
        rules: Of the subjects alone of which one of these tells whoever was told before.
    """
    types = sorted({rule.subject_type for rule in rules if rule.tells != "named"})
    out, taken_back = _queries(
        tuple(types), tuple(sorted(rule.name for rule in rules if rule.takes_back))
    )
    times = {(row.subject_id, row.seat_id): row.number for row in connection.execute(taken_back)}
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
        for row in connection.execute(out)
    )


@lru_cache(8)
def _queries(
    types: tuple[str, ...], taking_back: tuple[str, ...]
) -> tuple[Select[Any], Select[Any]]:
    """Ask for the letters of these types, and how often those of some rules took others back."""
    takes_back = _ROW.rule.in_(taking_back)
    of_these = and_(
        _ROW.subject_type.in_(types), _ROW.letter != NOBODY_TO_TELL, _OUT_AT.is_not(None)
    )
    by = (_ROW.subject_type, _ROW.subject_id, _ROW.seat_id, DELIVERIES.c.contact_id, takes_back)
    out = (
        select(
            *by[:-1],
            takes_back.label("takes_back"),
            func.max(_OUT_AT, type_=Instant).label("at"),
            func.max(DELIVERIES.c.sent_at).label("sure_at"),
        )
        .join(DELIVERIES, DELIVERIES.c.occurrence_id == _ROW.id)
        .where(of_these)
        .group_by(*by)
    )
    # One still being told to others counts once it is through, or given up with some of them told:
    # until then its key must stay the same.
    taken_back = (
        select(_ROW.subject_id, _ROW.seat_id, func.count(_ROW.id.distinct()).label("number"))
        .join(DELIVERIES, DELIVERIES.c.occurrence_id == _ROW.id)
        .where(of_these, takes_back, _ROW.state.in_(("sent", *LAPSED)))
        .group_by(_ROW.subject_id, _ROW.seat_id)
    )
    return out, taken_back
