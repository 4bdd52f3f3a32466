"""Which letters went out, or may have, by seat and person, where others take them back."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

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
    back, letters = list(connection.execute(taken_back)), list(connection.execute(out))
    told: dict[tuple[UUID, UUID], datetime] = {}
    for row in letters:
        place = (row.subject_id, row.seat_id)
        if not row.takes_back and (place not in told or told[place] < row.at):
            told[place] = row.at
    # One that nobody knows of, and that nobody was told after, is still the same word: whoever
    # lacks it gets it under its own name. Once told anew, the next one is another.
    times = Counter(
        (row.subject_id, row.seat_id)
        for row in back
        if row.sure_at is not None or _is_before(row.at, told.get((row.subject_id, row.seat_id)))
    )
    return tuple(
        LettersOut(
            Subject(row.subject_type, row.subject_id),
            row.seat_id,
            row.contact_id,
            bool(row.takes_back),
            row.at,
            row.sure_at,
            times[row.subject_id, row.seat_id],
        )
        for row in letters
    )


def _is_before(one: datetime, other: datetime | None) -> bool:
    return other is not None and one < other


@lru_cache(8)
def _queries(
    types: tuple[str, ...], taking_back: tuple[str, ...]
) -> tuple[Select[Any], Select[Any]]:
    """Ask for the letters of these types, and for each that took others back."""
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
        select(
            _ROW.subject_id,
            _ROW.seat_id,
            func.max(_OUT_AT, type_=Instant).label("at"),
            func.max(DELIVERIES.c.sent_at).label("sure_at"),
        )
        .join(DELIVERIES, DELIVERIES.c.occurrence_id == _ROW.id)
        .where(of_these, takes_back, _ROW.state.in_(("sent", *LAPSED)))
        .group_by(_ROW.id, _ROW.subject_id, _ROW.seat_id)
    )
    return out, taken_back
