"""A day that is worked out carries the precision of what it is worked out from."""

from datetime import date
from uuid import UUID

import pytest

from changefeed.bounds import (
    begun_as,
    ended_as,
    in_force,
    last_day,
    signed_as,
    signed_from,
    unknown_as,
)
from changefeed.subjects.agreement import Agreement, End, Party, Side
from changefeed.subjects.parts import PartDay, Words

MONTH = PartDay("2024년 9월", "month", date(2024, 9, 1), date(2024, 9, 30))
QUARTER = PartDay("2024년 3분기", "none", date(2024, 7, 1), date(2024, 9, 30))
LAST, EARLY = date(2024, 9, 30), date(2024, 9, 2)
Signed = date | PartDay
EVERGREEN = End("evergreen")


def agreement(own: Signed, other: Signed, end: End = EVERGREEN) -> Agreement:
    def party(number: int, side: Side, day: Signed) -> Party:
        exact = day if isinstance(day, date) else None
        part = day if isinstance(day, PartDay) else None
        return Party(UUID(int=number), side, exact, signed_as=part)

    parties = (party(1, "own", own), party(2, "partner", other))
    return Agreement(UUID(int=9), "mou", Words("협약"), end, parties, effective_on=EARLY)


@pytest.mark.parametrize(
    ("own", "other", "day", "part"),
    [
        (MONTH, MONTH, LAST, MONTH),
        (EARLY, MONTH, LAST, MONTH),
        (LAST, MONTH, LAST, None),
        (EARLY, EARLY, EARLY, None),
        (QUARTER, MONTH, LAST, MONTH),
        (MONTH, date(2024, 10, 5), date(2024, 10, 5), None),
    ],
)
def test_signed_and_in_force_are_as_exact_as_the_signature_that_decides(
    own: Signed, other: Signed, day: date, part: PartDay | None
) -> None:
    found = agreement(own, other)

    assert (signed_from(found), signed_as(found, signed_from(found))) == (day, part)
    begins = in_force(found)[0].first_on
    assert (begins, begun_as(found, begins)) == (day, part)


def test_an_end_by_leaving_is_as_exact_as_the_leaving() -> None:
    pact = agreement(EARLY, EARLY, End("fixed", date(2026, 12, 31)))
    own, other = pact.parties
    left = Party(other.partner_id, "partner", EARLY, left_as=MONTH)
    gone = Agreement(
        pact.id, "mou", pact.title, pact.end, (own, left), effective_on=date(2024, 8, 1)
    )

    assert last_day(pact) == date(2026, 12, 31)
    assert ended_as(pact, last_day(pact)) is None
    assert ended_as(gone, date(2024, 9, 1)) == MONTH


def test_an_end_known_in_part_is_told_as_it_is_written() -> None:
    pact = agreement(EARLY, EARLY, End("fixed", None, ends_as=MONTH))

    assert unknown_as(pact) == MONTH
    assert unknown_as(agreement(EARLY, EARLY)) is None
