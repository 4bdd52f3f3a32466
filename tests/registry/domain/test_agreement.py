"""An agreement has the city on one side and others on the other, once each."""

from datetime import date
from uuid import uuid4

import pytest

from changefeed.subjects.agreement import End
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.part_day import part_day
from tests.registry.makers import CITY, GIST, NAVER, SIGNED_ON, agreement, party


@pytest.mark.parametrize(
    "parties",
    [(party(CITY),), (party(NAVER), party(GIST)), (party(CITY), party(NAVER, side="own"))],
)
def test_one_own_side_and_another_are_needed(parties: tuple[object, ...]) -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(parties=parties)

    assert caught.value.code == "agreement.sides"


LEFT, AGAIN = date(2022, 12, 31), date(2024, 3, 1)


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        ({}, {}, 2),
        ({}, {"signed_on": AGAIN}, 2),
        ({"signed_on": AGAIN}, {}, 1),
        ({"left_on": AGAIN}, {"signed_on": AGAIN}, 2),
        ({"left_on": AGAIN}, {"signed_on": LEFT, "joined_on": AGAIN}, 2),
        ({"signed_on": None}, {"signed_on": None}, 2),
        ({}, {"signed_on": None}, 2),
    ],
)
def test_two_spans_of_a_partner_share_no_day(
    first: dict[str, date | None], second: dict[str, date | None], at: int
) -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(party(CITY), party(NAVER, **first), party(NAVER, **second))

    assert caught.value.code == "agreement.party_twice"
    assert caught.value.pointer == f"/parties/{at}/partner_id"


@pytest.mark.parametrize(
    "days",
    [
        {"signed_on": AGAIN, "joined_on": AGAIN},
        {"signed_on": date(2023, 1, 1)},
        {"signed_on": LEFT, "joined_on": AGAIN},
        {"signed_on": None},
    ],
)
def test_a_partner_that_left_may_come_back(days: dict[str, date | None]) -> None:
    before, again = party(NAVER, left_on=LEFT), party(NAVER, **days)

    assert agreement(again, party(CITY), before).spans(NAVER) == (before, again)


def test_a_partner_never_stands_on_both_sides() -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(
            party(CITY), party(NAVER, left_on=LEFT, side="own"), party(NAVER, signed_on=AGAIN)
        )

    assert caught.value.code == "agreement.party_two_sides"
    assert caught.value.pointer == "/parties/2/side"


def test_who_came_back_owes_what_is_due_while_it_is_party() -> None:
    found = agreement(party(CITY), party(NAVER, signed_on=AGAIN), party(NAVER, left_on=LEFT))

    due = [LEFT, date(2023, 6, 1), AGAIN, date(2020, 1, 1)]
    assert [found.may_be_owed_by(NAVER, each) for each in due] == [True, False, True, True]


def test_a_fixed_end_has_a_day() -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(end=End("fixed"))

    assert caught.value.code == "agreement.fixed_without_end"


@pytest.mark.parametrize(
    ("effective_on", "end", "ends_on"),
    [
        (date(2024, 3, 3), End("fixed", term_months=36), date(2027, 3, 3)),
        (date(2024, 8, 31), End("auto_renews", term_months=6), date(2025, 2, 28)),
        (date(2022, 3, 3), End("fixed", LEFT, term_months=36), LEFT),
        (date(9990, 1, 1), End("auto_renews", term_months=1200), None),
        (None, End("auto_renews", term_months=36), None),
    ],
)
def test_a_last_day_that_is_not_said_follows_from_the_term(
    effective_on: date | None, end: End, ends_on: date | None
) -> None:
    part = None if effective_on else part_day("2014.5")
    found = agreement(effective_on=effective_on, effective_as=part, end=end)

    assert (found.end.ends_on, found.end.term_months) == (ends_on, end.term_months)


@pytest.mark.parametrize(
    ("end", "effective", "code", "pointer"),
    [
        (
            End("fixed", term_months=36),
            {"effective_on": None, "effective_as": part_day("2014")},
            "agreement.fixed_without_end",
            "/end/ends_on",
        ),
        (
            End("evergreen", term_months=36),
            {},
            "agreement.term_without_end",
            "/end/term_months",
        ),
        (End("unknown", notice_days=30), {}, "agreement.term_without_end", "/end/notice_days"),
    ],
)
def test_a_term_belongs_to_what_ends_and_to_a_beginning_that_is_known(
    end: End, effective: dict[str, object], code: str, pointer: str
) -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(end=end, **effective)

    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_an_amount_is_said_of_money_alone() -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(money=False, amount_won=1)

    assert (caught.value.code, caught.value.pointer) == (
        "agreement.amount_without_money",
        "/amount_won",
    )
    assert agreement(money=True, amount_won=1).amount_won == 1


MAY = part_day("2014.5")


@pytest.mark.parametrize(
    ("found", "pointer"),
    [
        ({"signed_as": MAY}, "/signed_as"),
        ({"effective_as": MAY}, "/effective_as"),
        ({"end": End("fixed", LEFT, ends_as=MAY)}, "/end/ends_as"),
        ({"parties": (party(CITY), party(NAVER, signed_as=MAY))}, "/parties/1/signed_as"),
        ({"parties": (party(CITY), party(NAVER, left_on=LEFT, left_as=MAY))}, "/parties/1/left_as"),
    ],
)
def test_a_day_is_said_once(found: dict[str, object], pointer: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(**found)

    assert (caught.value.code, caught.value.pointer) == ("day.twice", pointer)


def test_something_is_said_of_the_day_of_signing() -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(signed_on=None)

    assert (caught.value.code, caught.value.pointer) == ("agreement.unsigned", "/signed_on")
    assert agreement(signed_on=None, signed_as=MAY).signed_as == MAY


def test_what_is_known_in_part_is_reversed_only_for_certain() -> None:
    ends = End("fixed", ends_as=part_day("2014"))
    with pytest.raises(RuleBroken) as caught:
        agreement(effective_on=date(2015, 1, 1), end=ends)

    assert caught.value.code == "term.reversed"
    agreement(effective_on=date(2014, 12, 31), end=ends)
    agreement(effective_on=None, effective_as=part_day("2014.12"), end=ends)


def test_spans_known_in_part_are_refused_where_they_surely_share_a_day() -> None:
    left = party(NAVER, left_as=part_day("2022년"))
    agreement(party(CITY), left, party(NAVER, signed_on=None, signed_as=part_day("2022.8")))
    with pytest.raises(RuleBroken) as caught:
        agreement(party(CITY), left, party(NAVER, signed_on=date(2022, 1, 1)))

    assert caught.value.code == "agreement.party_twice"


def test_an_end_that_nobody_knows_has_no_day() -> None:
    with pytest.raises(RuleBroken) as caught:
        agreement(end=End("unknown", date(2027, 1, 1)))

    assert (caught.value.code, caught.value.pointer) == (
        "agreement.unknown_with_end",
        "/end/ends_on",
    )


def test_an_agreement_does_not_end_before_it_takes_effect() -> None:
    with pytest.raises(RuleBroken):
        agreement(end=End("fixed", date(2021, 1, 1)))


def test_a_party_does_not_leave_before_it_joins() -> None:
    with pytest.raises(RuleBroken):
        agreement(party(CITY), party(NAVER, joined_on=SIGNED_ON, left_on=date(2021, 1, 1)))


def test_a_partner_finds_its_side() -> None:
    found = agreement(party(CITY), party(NAVER))

    assert found.spans(NAVER) == (party(NAVER),)
    assert found.spans(GIST) == ()


def test_commitments_serve_the_agreements_own_programme_or_any() -> None:
    one, other = uuid4(), uuid4()

    assert agreement(programme_id=one).may_serve(one)
    assert not agreement(programme_id=one).may_serve(other)
    assert agreement().may_serve(other)
