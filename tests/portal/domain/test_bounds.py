"""Each derived day names the recorded days that it is made of."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from changefeed.subjects.agreement import Agreement, End, Ended, Party
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.parts import PartDay, Words
from ieum_portal.domain.bounds import DerivedDay, derived_days, ever_holds, is_bounded
from registryclient.answers import AgreementStanding

SIGNED, EFFECTIVE, LEFT = date(2021, 11, 16), date(2021, 12, 1), date(2024, 6, 30)
OWN = Party(UUID(int=1), "own", SIGNED, None, None)
OTHER = Party(UUID(int=2), "partner", SIGNED, None, None)
PACT = Agreement(
    UUID(int=9),
    "mou",
    Words("협약"),
    End("evergreen"),
    (OWN, OTHER),
    signed_on=SIGNED,
    effective_on=EFFECTIVE,
)
STANDING = AgreementStanding("in_force", (), (), SIGNED, EFFECTIVE, None)


def test_an_open_agreement_says_what_each_day_is() -> None:
    assert derived_days(PACT, STANDING) == (
        DerivedDay("signed", SIGNED, ("own_signed", "partner_signed")),
        DerivedDay("begins", EFFECTIVE, ("effective",)),
        DerivedDay("ends", None, ("evergreen",)),
    )


def test_an_end_may_be_the_papers_or_somebodys_leaving() -> None:
    gone = replace(PACT, end=End("evergreen", LEFT), parties=(OWN, replace(OTHER, left_on=LEFT)))

    *_, end = derived_days(gone, replace(STANDING, in_force_until=LEFT))

    assert end == DerivedDay("ends", LEFT, ("end_day", "partner_left"))


def test_who_signs_late_begins_late() -> None:
    late = date(2022, 3, 2)
    parties = (OWN, replace(OTHER, signed_on=late, joined_on=late))

    signed, begins, _ = derived_days(
        replace(PACT, parties=parties),
        replace(STANDING, signed_from=late, in_force_from=late),
    )

    assert signed.origins == ("partner_signed",)
    assert begins.origins == ("partner_signed", "joined")


def test_a_day_known_in_part_stays_so() -> None:
    month = PartDay("2024년 9월", "month", date(2024, 9, 1), date(2024, 9, 30))
    parties = (OWN, replace(OTHER, signed_on=None, signed_as=month))
    standing = replace(STANDING, signed_from=month.to_on, signed_from_as=month)

    signed, begins, _ = derived_days(replace(PACT, parties=parties), standing)

    assert signed == DerivedDay("signed", month.to_on, ("partner_signed",), month)
    assert begins.part is None


@pytest.mark.parametrize(("signed_from", "days"), [(None, 0), (SIGNED, 1)])
def test_what_has_not_begun_has_no_days(signed_from: date | None, days: int) -> None:
    standing = AgreementStanding("signing", (), (), signed_from)

    assert len(derived_days(PACT, standing)) == days


def commitment(holds_from: date, holds_until: date | None) -> Collaboration:
    return Collaboration(
        UUID(int=3),
        UUID(int=2),
        UUID(int=9),
        UUID(int=4),
        "lead",
        EFFECTIVE,
        holds_from,
        holds_until=holds_until,
    )


def test_a_commitment_may_be_bounded_or_never_hold() -> None:
    free, cut = commitment(EFFECTIVE, None), commitment(EFFECTIVE, LEFT)
    never = commitment(EFFECTIVE, date(2021, 11, 30))

    assert [is_bounded(each) for each in (free, cut, never)] == [False, True, True]
    assert [ever_holds(each) for each in (free, cut, never)] == [True, True, False]


@pytest.mark.parametrize(
    ("months", "days", "closes", "origin"),
    [
        (3, None, date(2027, 8, 16), "notice_months"),
        (None, 30, date(2027, 10, 17), "notice_days"),
        (None, None, date(2027, 11, 16), "end_day"),
    ],
)
def test_a_term_that_renews_says_until_when_a_party_may_object(
    months: int | None, days: int | None, closes: date, origin: str
) -> None:
    term = date(2027, 11, 16)
    end = End("auto_renews", term, term_months=12, notice_months=months, notice_days=days)
    pact = replace(PACT, end=end)

    _, _, last, objection, open_end = derived_days(pact, STANDING)

    assert last == DerivedDay("term", term, ("end_day",))
    assert (objection.what, objection.on, objection.origins) == ("objection", closes, (origin,))
    assert open_end.on is None


def test_an_ending_on_record_says_so() -> None:
    pact = replace(PACT, end=End("auto_renews", LEFT), ended=Ended(LEFT, "terminated"))

    *_, end = derived_days(pact, replace(STANDING, in_force_until=LEFT))

    assert end == DerivedDay("ends", LEFT, ("ended", "end_day"))
