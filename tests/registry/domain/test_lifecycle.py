"""Where things stand on a day: L-1 to L-9 of docs/rules/lifecycle.md."""

from datetime import date, timedelta
from typing import Any

import pytest

from changefeed.bounds import Run, in_doubt, in_force, last_day, party_run, signed_from
from changefeed.subjects.agreement import End, Party
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.lifecycle import (
    Holding,
    agreement_flags,
    agreement_standing,
    agreement_state,
    gaps,
    holding,
    milestone_standing,
    party_state,
    run_of_commitment,
)
from ieum_registry.domain.part_day import part_day
from tests.registry.makers import (
    CITY,
    GIST,
    NAVER,
    OPEN_END,
    SIGNED_ON,
    agreement,
    milestone,
    number,
    party,
)

ONE = timedelta(days=1)
LATER = date(2022, 3, 1)


def run_of(found: Agreement, partner: Party) -> Run | None:
    return party_run(found, partner)


def test_a_party_is_bound_from_the_latest_of_effective_signed_and_joined() -> None:
    plain = agreement()

    assert run_of(plain, party(NAVER)) == Run(SIGNED_ON)
    assert run_of(plain, party(NAVER, signed_on=LATER)) == Run(LATER)
    assert run_of(plain, party(NAVER, joined_on=LATER)) == Run(LATER)
    assert run_of(agreement(effective_on=LATER), party(NAVER)) == Run(LATER)


def test_a_party_is_bound_until_the_first_of_left_and_ended() -> None:
    ending = agreement(end=End("fixed", date(2024, 12, 31)))

    assert run_of(ending, party(NAVER)) == Run(SIGNED_ON, date(2024, 12, 31))
    assert run_of(ending, party(NAVER, left_on=LATER)) == Run(SIGNED_ON, LATER)


def test_who_never_signed_or_left_before_the_beginning_was_never_bound() -> None:
    assert run_of(agreement(), party(NAVER, signed_on=None)) is None
    assert run_of(agreement(effective_on=LATER), party(NAVER, left_on=SIGNED_ON)) is None


def test_an_agreement_is_in_force_while_the_city_and_one_other_are() -> None:
    found = agreement(
        party(CITY), party(NAVER, left_on=date(2023, 1, 1)), party(GIST, signed_on=LATER)
    )

    assert in_force(found) == (Run(SIGNED_ON),)
    assert agreement_state(found, SIGNED_ON) == "in_force"


def test_an_agreement_ends_when_the_last_other_leaves() -> None:
    found = agreement(
        party(CITY), party(NAVER, left_on=date(2022, 1, 1)), party(GIST, left_on=LATER)
    )

    assert in_force(found) == (Run(SIGNED_ON, LATER),)
    assert agreement_state(found, LATER) == "in_force"
    assert agreement_state(found, LATER + ONE) == "ended"


def test_an_agreement_whose_sides_never_meet_was_never_in_force() -> None:
    found = agreement(party(CITY, signed_on=LATER), party(NAVER, left_on=SIGNED_ON))

    assert in_force(found) == ()
    assert agreement_state(found, LATER) == "ended"


def test_an_agreement_is_signing_until_the_city_and_one_other_have_signed() -> None:
    found = agreement(party(CITY), party(NAVER, signed_on=LATER), party(GIST, signed_on=None))

    assert signed_from(found) == LATER
    assert agreement_state(found, LATER - ONE) == "signing"
    assert agreement_state(found, LATER) == "in_force"


@pytest.mark.parametrize(
    "parties",
    [
        (party(CITY, signed_on=None), party(NAVER)),
        (party(CITY), party(NAVER, signed_on=None)),
    ],
)
def test_one_side_alone_makes_no_agreement(parties: tuple[Party, ...]) -> None:
    found = agreement(*parties)

    assert signed_from(found) is None
    assert in_force(found) == ()
    assert agreement_state(found, LATER) == "signing"


def test_an_end_that_is_recorded_ends_it_the_day_after() -> None:
    found = agreement(end=End("until_purpose_achieved", LATER))

    assert agreement_state(found, LATER) == "in_force"
    assert agreement_state(found, LATER + ONE) == "ended"


def test_a_term_that_renews_by_itself_goes_on_and_is_overdue() -> None:
    found = agreement(end=End("auto_renews", LATER))

    assert agreement_state(found, LATER + ONE) == "in_force"
    assert agreement_flags(found, LATER, last_sign_on=LATER) == ()
    assert agreement_flags(found, LATER + ONE, last_sign_on=LATER) == ("overdue",)


def test_an_agreement_signed_for_later_is_not_yet_effective() -> None:
    found = agreement(effective_on=LATER)

    assert agreement_flags(found, SIGNED_ON, last_sign_on=None) == ("not_yet_effective",)
    assert agreement_flags(found, LATER, last_sign_on=None) == ()


def test_a_year_without_a_sign_of_life_is_dormant() -> None:
    found = agreement()

    assert agreement_flags(found, date(2022, 11, 16), last_sign_on=None) == ()
    assert agreement_flags(found, date(2022, 11, 17), last_sign_on=None) == ("dormant",)
    assert agreement_flags(found, date(2022, 11, 17), last_sign_on=date(2022, 1, 1)) == ()


def test_what_has_ended_needs_no_notice() -> None:
    found = agreement(end=End("fixed", LATER))

    assert agreement_flags(found, date(2026, 1, 1), last_sign_on=None) == ()


def test_parties_stand_each_for_themselves() -> None:
    found = agreement(
        party(CITY),
        party(NAVER, left_on=LATER),
        party(GIST, signed_on=date(2025, 1, 1)),
        end=End("fixed", date(2025, 12, 31)),
    )
    _, naver, gist = found.parties

    assert party_state(found, naver, LATER) == "in_force"
    assert party_state(found, naver, LATER + ONE) == "left"
    assert party_state(found, gist, LATER) == "awaited"
    assert party_state(found, gist, date(2025, 1, 1)) == "in_force"
    assert party_state(found, gist, date(2026, 1, 1)) == "ended"


def test_a_party_that_signed_early_waits_for_the_effective_day() -> None:
    found = agreement(effective_on=LATER)

    assert party_state(found, found.parties[1], SIGNED_ON) == "signed"


def test_the_standing_of_all_is_told_at_once() -> None:
    found = agreement_standing(agreement(), LATER, last_sign_on=LATER)

    assert (found.on, found.state, found.flags) == (LATER, "in_force", ())
    assert [each.state for each in found.parties] == ["in_force"] * 3


def returning(end: End = OPEN_END) -> Agreement:
    """NAVER leaves at the end of 2022 and signs again in March 2024, written in no order."""
    again = party(NAVER, signed_on=date(2024, 3, 1), joined_on=date(2024, 3, 1))
    return agreement(again, party(CITY), party(NAVER, left_on=date(2022, 12, 31)), end=end)


def test_an_agreement_whose_only_other_party_came_back_is_ended_in_between() -> None:
    found = returning()

    assert in_force(found) == (Run(SIGNED_ON, date(2022, 12, 31)), Run(date(2024, 3, 1)))
    assert gaps(found) == (Run(date(2023, 1, 1), date(2024, 2, 29)),)
    states = [
        agreement_state(found, day)
        for day in (date(2022, 12, 31), date(2023, 1, 1), date(2024, 2, 29), date(2024, 3, 1))
    ]
    assert states == ["in_force", "ended", "ended", "in_force"]


DISTRICT = number(4)


@pytest.mark.parametrize(
    ("city", "district", "signed", "runs"),
    [
        ({}, {"signed_on": LATER}, SIGNED_ON, (Run(SIGNED_ON),)),
        ({"signed_on": LATER}, {}, SIGNED_ON, (Run(SIGNED_ON),)),
        ({"left_on": LATER}, {}, SIGNED_ON, (Run(SIGNED_ON),)),
        ({"left_on": LATER}, {"left_on": LATER - ONE}, SIGNED_ON, (Run(SIGNED_ON, LATER),)),
        ({"signed_on": None}, {"signed_on": None}, None, ()),
    ],
)
def test_any_own_side_stands_for_the_city(
    city: dict[str, date | None],
    district: dict[str, date | None],
    signed: date | None,
    runs: tuple[Run, ...],
) -> None:
    found = agreement(party(CITY, **city), party(DISTRICT, side="own", **district), party(NAVER))

    assert (signed_from(found), in_force(found)) == (signed, runs)


UNKNOWN = End("unknown")


def test_of_an_unknown_end_nobody_says_in_force_or_ended() -> None:
    found = agreement(end=UNKNOWN, effective_on=LATER)

    assert in_force(found) == ()
    assert in_doubt(found) == (Run(LATER),)
    states = [agreement_state(found, day) for day in (SIGNED_ON - ONE, SIGNED_ON, LATER)]
    assert states == ["signing", "unknown_end", "unknown_end"]
    assert agreement_flags(found, date(2030, 1, 1), last_sign_on=None) == ()
    assert [party_state(found, found.parties[1], day) for day in (SIGNED_ON, LATER)] == [
        "signed",
        "unknown_end",
    ]
    standing = agreement_standing(found, LATER, last_sign_on=None)
    assert (standing.run, standing.unknown_from, standing.last_on) == (None, LATER, None)


def test_what_all_others_left_has_ended_whatever_its_end() -> None:
    found = agreement(party(CITY), party(NAVER, left_on=LATER), end=UNKNOWN)

    assert [agreement_state(found, day) for day in (LATER, LATER + ONE)] == [
        "unknown_end",
        "ended",
    ]
    assert party_state(found, found.parties[1], LATER + ONE) == "left"


def test_who_came_back_to_an_unknown_end_leaves_a_gap_that_is_known() -> None:
    found = returning(end=UNKNOWN)

    states = [
        agreement_state(found, day)
        for day in (date(2022, 12, 31), date(2023, 6, 1), date(2024, 3, 1))
    ]
    assert states == ["unknown_end", "ended", "unknown_end"]


def test_nobody_knows_whether_a_commitment_under_an_unknown_end_holds() -> None:
    run, unknown = Run(SIGNED_ON, LATER), date.min

    assert holding(SIGNED_ON, None, run, unknown) == Holding(
        SIGNED_ON, SIGNED_ON - ONE, Run(SIGNED_ON, LATER)
    )
    assert holding(LATER + ONE, None, run, unknown) == Holding(LATER + ONE, LATER)
    assert holding(SIGNED_ON, LATER, Run(SIGNED_ON), LATER) == Holding(
        SIGNED_ON, LATER - ONE, Run(LATER, LATER)
    )


def in_part(**days: str) -> dict[str, Any]:
    """Give days as they are written, in place of the exact ones."""
    found: dict[str, Any] = {}
    for name, written in days.items():
        found |= {f"{name}_on": None, f"{name}_as": part_day(written)}
    return found


def test_what_began_on_a_day_known_in_part_has_begun_by_the_last_that_it_may_be() -> None:
    parties = [party(each, **in_part(signed="2014.5")) for each in (CITY, NAVER)]
    found = agreement(*parties, **in_part(signed="2014.5", effective="2014.5"))

    assert signed_from(found) == date(2014, 5, 31)
    assert in_force(found) == (Run(date(2014, 5, 31)),)


def test_what_was_signed_on_a_day_that_nobody_knows_is_signed() -> None:
    parties = [party(each, **in_part(signed="미상")) for each in (CITY, NAVER)]
    found = agreement(*parties, **in_part(signed="미상", effective="미상"))

    assert agreement_state(found, LATER) == "in_force"
    assert party_state(found, found.parties[1], LATER) == "in_force"


def test_an_end_known_in_part_is_not_known_on_the_days_between() -> None:
    found = agreement(end=End("fixed", ends_as=part_day("2024")))

    assert in_force(found) == (Run(SIGNED_ON, date(2024, 1, 1)),)
    assert in_doubt(found) == (Run(date(2024, 1, 2), date(2024, 12, 31)),)
    days = (date(2024, 1, 1), date(2024, 1, 2), date(2024, 12, 31), date(2025, 1, 1))
    states = [agreement_state(found, day) for day in days]
    assert states == ["in_force", "unknown_end", "unknown_end", "ended"]
    assert last_day(found) is None
    assert agreement_state(agreement(end=End("fixed", ends_as=part_day("미상"))), LATER) == (
        "unknown_end"
    )


def test_who_left_on_a_day_known_in_part_is_bound_to_the_first_that_it_may_be() -> None:
    found = agreement(party(CITY), party(NAVER, **in_part(left="2022.3")))

    assert in_force(found) == (Run(SIGNED_ON, date(2022, 3, 1)),)
    assert party_state(found, found.parties[1], date(2022, 3, 2)) == "left"


def test_parties_that_follow_each_other_leave_no_gap() -> None:
    found = agreement(party(CITY), party(NAVER, left_on=LATER), party(GIST, signed_on=LATER + ONE))

    assert in_force(found) == (Run(SIGNED_ON),)
    assert gaps(found) == ()


def test_each_span_of_a_partner_stands_for_itself() -> None:
    again, _, before = returning().parties

    assert [party_state(returning(), each, date(2023, 6, 1)) for each in (before, again)] == [
        "left",
        "awaited",
    ]
    assert [party_state(returning(), each, date(2025, 6, 1)) for each in (before, again)] == [
        "left",
        "in_force",
    ]


@pytest.mark.parametrize(
    ("starts_on", "holds"),
    [
        (date(2022, 1, 1), (date(2022, 1, 1), date(2022, 12, 31))),
        (date(2024, 3, 1), (date(2024, 3, 1), None)),
        (date(2023, 6, 1), (date(2024, 3, 1), None)),
        (date(2021, 1, 1), (SIGNED_ON, date(2022, 12, 31))),
    ],
)
def test_a_commitment_is_bound_by_the_span_in_which_it_begins(
    starts_on: date, holds: tuple[date, date | None]
) -> None:
    run = run_of_commitment(returning(), NAVER, starts_on)

    assert holding(starts_on, None, run) == Holding(*holds)


def test_a_commitment_after_the_last_span_never_holds() -> None:
    left = returning(end=End("fixed", date(2024, 12, 31)))

    run = run_of_commitment(left, NAVER, date(2025, 1, 1))

    assert holding(date(2025, 1, 1), None, run) == Holding(date(2025, 1, 1), date(2024, 12, 31))
    assert run_of_commitment(left, GIST, SIGNED_ON) is None


def test_a_commitment_holds_while_its_partner_is_bound() -> None:
    run = Run(SIGNED_ON, date(2024, 12, 31))

    assert holding(LATER, None, run) == Holding(LATER, date(2024, 12, 31))
    assert holding(date(2021, 1, 1), date(2023, 1, 1), run) == Holding(SIGNED_ON, date(2023, 1, 1))
    assert holding(LATER, None, Run(SIGNED_ON)) == Holding(LATER, None)


def test_a_commitment_that_holds_on_no_day_ends_before_it_begins() -> None:
    assert holding(LATER, None, None) == Holding(LATER, LATER - ONE)
    assert holding(LATER, None, Run(SIGNED_ON, SIGNED_ON)) == Holding(LATER, LATER - ONE)


@pytest.mark.parametrize(
    ("day", "state", "days_left"),
    [
        (date(2026, 12, 1), "due", 30),
        (date(2026, 12, 31), "due", 0),
        (date(2027, 1, 1), "overdue", -1),
    ],
)
def test_an_open_milestone_is_due_or_overdue(day: date, state: str, days_left: int) -> None:
    found = milestone_standing(milestone(), day)

    assert (found.state, found.days_left) == (state, days_left)


def test_a_closed_milestone_stood_open_before() -> None:
    done = milestone(done_on=date(2026, 12, 1))
    cancelled = milestone(cancelled_on=date(2026, 12, 1))

    assert milestone_standing(done, date(2026, 12, 1)).state == "done"
    assert milestone_standing(cancelled, date(2026, 12, 1)).state == "cancelled"
    assert milestone_standing(done, date(2026, 11, 30)).state == "due"
    assert milestone_standing(cancelled, date(2026, 12, 1)).days_left is None


@pytest.mark.parametrize(
    ("end", "days", "last_on"),
    [
        (End("fixed", LATER), {}, LATER),
        (End("auto_renews", LATER), {}, LATER),
        (End("auto_renews"), {}, None),
        (End("evergreen"), {}, None),
        (End("until_purpose_achieved", LATER), {}, None),
        (End("fixed", LATER), {"left_on": LATER - ONE}, LATER - ONE),
        (End("auto_renews", LATER), {"left_on": LATER - ONE}, LATER - ONE),
        (End("auto_renews", LATER), {"left_on": LATER + ONE}, LATER),
        (End("evergreen"), {"left_on": LATER}, None),
        (End("fixed", LATER), {"signed_on": None}, None),
    ],
)
def test_the_last_day_is_that_agreed_or_an_earlier_one_in_force(
    end: End, days: dict[str, date | None], last_on: date | None
) -> None:
    found = agreement(party(CITY), party(NAVER, **days), end=end)

    assert last_day(found) == last_on
    assert agreement_standing(found, SIGNED_ON, last_sign_on=None).last_on == last_on
