"""Events: who is told when, on the clock of their place, and what a change of them owes."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import NOBODY_TO_TELL, Occurrence
from ieum_notify.domain.planner import plan
from ieum_notify.domain.reason import why_not_owed, why_owed
from ieum_notify.domain.rules.register import RULES
from tests.notify.makers import (
    EVENT,
    LIAISON,
    LIAISON_SEAT,
    OFFICE,
    OFFICER,
    OFFICER_SEAT,
    OWN,
    PARTNER,
    at,
    day_off,
    deadline,
    event,
    houses,
    records,
    seat,
    the_city,
)
from workdays.calendar import WorkingDays

BEGINS = "2027-01-06T09:00"
AUTUMN = date(2026, 11, 23)
BY_NAME = {rule.name: rule for rule in RULES}


def known(*facts: dict[Subject, Facts]) -> Known:
    return Known.of(records(houses(), the_city(), *facts))


def owed(
    *facts: dict[Subject, Facts], now: datetime | None = None, days: int = 60
) -> list[Occurrence]:
    return list(plan(RULES, known(*facts), now or at(AUTUMN), days).occurrences)


def steps(found: list[Occurrence], seat_id: UUID = LIAISON_SEAT) -> list[tuple[str, int, str]]:
    return [
        (each.rule, each.lead_days, each.due_on.isoformat())
        for each in found
        if each.seat_id == seat_id
    ]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def moved(starts_at: str, revised_on: date, **other: Fact) -> dict[Subject, Facts]:
    return event(starts_at, **{"revision": 1, "revised_on": revised_on.isoformat(), **other})


def test_an_event_is_told_thirty_fourteen_and_one_days_before_to_partners_and_office() -> None:
    found = owed(event(BEGINS))

    assert steps(found) == [
        ("event_ahead", 30, "2026-12-07"),
        ("event_ahead", 14, "2026-12-23"),
        ("event_ahead", 1, "2027-01-05"),
    ]
    assert steps(found, OFFICER_SEAT) == steps(found)
    assert {each.due_at for each in found} == {
        at(date(2026, 12, 7), 9),
        at(date(2026, 12, 23), 9),
        at(date(2027, 1, 5), 9),
    }


def test_a_step_moves_back_to_a_korean_working_day_and_keeps_its_key() -> None:
    [before, *_] = owed(event(BEGINS))
    [after, *_] = owed(event(BEGINS), day_off(date(2026, 12, 7)))

    assert (before.due_on, after.due_on) == (date(2026, 12, 7), date(2026, 12, 4))
    assert before.key == after.key == f"{EVENT}|event_ahead|2027-01-06|30|{LIAISON_SEAT}|mail"


@pytest.mark.parametrize(
    ("zone", "begins", "first_step"),
    [
        ("America/Los_Angeles", "2027-01-05T23:30", "2026-12-04"),  # The 6th in Korea.
        ("Pacific/Kiritimati", "2027-01-07T00:30", "2026-12-08"),  # The 6th in Korea.
        ("Asia/Seoul", "2027-01-06T09:00", "2026-12-07"),
    ],
)
def test_days_are_counted_on_the_calendar_of_the_place(
    zone: str, begins: str, first_step: str
) -> None:
    assert steps(owed(event(begins, zone=zone)))[0] == ("event_ahead", 30, first_step)


def test_the_citys_own_partner_is_named_and_not_told() -> None:
    own_seat = UUID("018f0000-0000-7000-8000-0000000000f1")
    found = owed(event(BEGINS), seat(own_seat, OWN, "liaison", LIAISON))

    assert {each.seat_id for each in found} == {LIAISON_SEAT, OFFICER_SEAT}


def test_a_department_in_charge_is_told_instead_of_the_office() -> None:
    other = Subject("department", UUID("018f0000-0000-7000-8000-0000000000f2"))
    their_seat = UUID("018f0000-0000-7000-8000-0000000000f3")
    facts: Facts = {"id": str(other.id), "name": {"ko": "투자유치과", "en": None}}

    found = owed(
        event(BEGINS, department_id=str(other.id)),
        {other: facts},
        seat(their_seat, other, "officer", OFFICER),
    )

    assert {each.seat_id for each in found} == {LIAISON_SEAT, their_seat}


def test_places_with_nobody_make_one_letter_to_the_office_for_each_step() -> None:
    other = Subject("partner", UUID("018f0000-0000-7000-8000-0000000000f4"))
    found = owed(
        event(BEGINS, partner_ids=[str(PARTNER.id), str(other.id)]),
        seat(LIAISON_SEAT, PARTNER, "liaison"),
    )

    nobody = [each.key for each in found if each.letter == NOBODY_TO_TELL]
    assert nobody == [
        f"{EVENT}|event_ahead/nobody|2027-01-06|{step}|{OFFICER_SEAT}|mail" for step in (30, 14, 1)
    ]
    assert len(found) == len({each.key for each in found}) == 6


def test_where_even_the_office_is_empty_the_letter_has_no_seat() -> None:
    found = owed(
        event(BEGINS, department_id=str(OFFICE.id)),
        seat(LIAISON_SEAT, PARTNER, "liaison"),
        seat(OFFICER_SEAT, OFFICE, "officer"),
    )

    assert {each.seat_id for each in found} == {None}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("zone", "begins", "just_before", "just_then"),
    [
        # Seoul has been in the 7th for ten hours when it begins in Los Angeles on the 6th.
        ("America/Los_Angeles", "2027-01-06T17:00", "2027-01-07T00:59", "2027-01-07T01:00"),
        # Seoul is still in the 5th when it begins in Kiritimati on the 6th.
        ("Pacific/Kiritimati", "2027-01-06T00:30", "2027-01-05T10:29", "2027-01-05T10:30"),
        # The hour that comes twice means the first.
        ("America/Los_Angeles", "2026-11-01T01:30", "2026-11-01T08:29", "2026-11-01T08:30"),
        ("America/Los_Angeles", "2027-03-14T03:00", "2027-03-14T09:59", "2027-03-14T10:00"),
        ("Europe/Berlin", "2027-03-28T09:00", "2027-03-28T06:59", "2027-03-28T07:00"),
        ("Pacific/Apia", "2027-01-06T09:00", "2027-01-05T19:59", "2027-01-05T20:00"),
    ],
)
def test_nothing_is_owed_from_the_instant_at_which_it_begins(
    zone: str, begins: str, just_before: str, just_then: str
) -> None:
    facts = event(begins, zone=zone)

    assert {each.lead_days for each in owed(facts, now=utc(just_before))} == {1}
    assert owed(facts, now=utc(just_then)) == []


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("registration", "event_registration"),
        ("booth", "event_booth"),
        ("papers", "event_papers"),
    ],
)
def test_each_deadline_is_told_on_its_own(kind: str, rule: str) -> None:
    found = owed(event("2027-06-01T09:00", deadlines=[deadline(kind, "2027-01-06")]))

    assert steps(found) == [
        (rule, 30, "2026-12-07"),
        (rule, 14, "2026-12-23"),
        (rule, 1, "2027-01-05"),
    ]


@pytest.mark.parametrize(
    ("hour", "just_before", "just_then"),
    [
        (None, "2027-01-07T07:59", "2027-01-07T08:00"),  # Midnight there is 17:00 in Korea.
        ("12:00", "2027-01-06T19:59", "2027-01-06T20:00"),
    ],
)
def test_a_deadline_passes_when_its_hour_strikes_there(
    hour: str | None, just_before: str, just_then: str
) -> None:
    facts = event("2027-06-01T09:00", deadlines=[deadline("booth", "2027-01-06", hour)])

    assert {each.lead_days for each in owed(facts, now=utc(just_before))} == {1}
    assert owed(facts, now=utc(just_then), days=10) == []


def test_a_deadline_that_is_taken_away_or_moved_withdraws_its_letters() -> None:
    first = owed(event("2027-06-01T09:00", deadlines=[deadline("booth", "2027-01-06")]))[0]
    rule = BY_NAME["event_booth"]

    gone = why_not_owed(rule, first, known(event("2027-06-01T09:00")), at(AUTUMN))
    later = event("2027-06-01T09:00", deadlines=[deadline("booth", "2027-01-20")])

    assert gone.code == "event.no_such_deadline"
    assert why_not_owed(rule, first, known(later), at(AUTUMN)).code == "date.moved"


def test_a_change_is_told_at_once_and_covers_the_steps_up_to_it() -> None:
    revised_on = date(2026, 12, 12)  # A Saturday: a change waits for no working day.

    found = owed(moved("2026-12-30T09:00", revised_on), now=at(revised_on, 15))

    assert steps(found) == [
        ("event_moved", 0, "2026-12-12"),
        ("event_ahead", 14, "2026-12-16"),
        ("event_ahead", 1, "2026-12-29"),
    ]
    assert found[0].due_at < at(revised_on, 15)
    assert found[0].key == f"{EVENT}|event_moved|2026-12-30|r1|{LIAISON_SEAT}|mail"


def test_a_step_reached_after_the_change_is_owed() -> None:
    found = owed(moved("2026-12-30T09:00", date(2026, 12, 12)), now=at(date(2026, 12, 20)))

    assert ("event_ahead", 14, "2026-12-16") in steps(found)


def test_each_revision_is_told_once_and_the_newest_takes_the_place_of_the_older() -> None:
    revised_on = date(2026, 12, 11)
    first = owed(moved("2026-12-30T09:00", revised_on), now=at(revised_on))[0]
    again = known(moved("2026-12-30T09:00", revised_on, revision=2))

    second = plan(RULES, again, at(revised_on)).occurrences[0]

    assert second.key == first.key.replace("|r1|", "|r2|")
    rule = BY_NAME["event_moved"]
    assert why_not_owed(rule, first, again, at(revised_on)).code == "revision.newer"


def test_a_venue_changed_before_a_step_covers_that_step_and_says_so() -> None:
    step = owed(event(BEGINS))[0]
    changed = known(moved(BEGINS, date(2026, 12, 7)))

    found = why_not_owed(BY_NAME["event_ahead"], step, changed, at(date(2026, 12, 7), 8))

    assert (found.code, found.state) == ("step.covered", "superseded")


def test_a_change_is_told_until_the_event_is_over() -> None:
    facts = moved("2027-01-06T17:00", date(2027, 1, 7))  # Until the 9th 01:00 there.

    assert {each.rule for each in owed(facts, now=utc("2027-01-09T08:59"))} == {"event_moved"}
    assert owed(facts, now=utc("2027-01-09T09:00")) == []


def test_a_start_brought_forward_into_the_past_is_told_while_it_runs() -> None:
    today = date(2026, 12, 12)
    facts = moved("2026-12-11T09:00", today, revised_from={"starts_at": "2026-12-23T09:00"})

    found = owed(facts, now=at(today, 15))

    assert {each.rule for each in found} == {"event_moved"}


def test_a_cancellation_is_told_at_once_and_nothing_else_any_more() -> None:
    cancelled: Facts = {
        "revision": 2,
        "revised_on": "2026-12-18",
        "cancelled_on": "2026-12-18",
        "deadlines": [deadline("booth", "2026-12-30")],
    }

    found = owed(event(BEGINS, **cancelled), now=at(date(2026, 12, 18)))

    assert {(each.rule, each.seat_id) for each in found} == {
        ("event_cancelled", LIAISON_SEAT),
        ("event_cancelled", OFFICER_SEAT),
    }
    assert found[0].key == f"{EVENT}|event_cancelled|2027-01-06|r2|{LIAISON_SEAT}|mail"


def test_a_cancellation_is_told_until_the_end_that_would_have_been() -> None:
    cancelled: Facts = {
        "revision": 1,
        "revised_on": "2027-01-08",
        "cancelled_on": "2027-01-08",
    }
    facts = event(BEGINS, **cancelled)  # Until the 8th 17:00 there, the 9th 01:00 UTC.

    assert owed(facts, now=utc("2027-01-09T00:59")) != []
    assert owed(facts, now=utc("2027-01-09T01:00")) == []


def test_the_reasons_speak_of_the_place_the_seat_and_the_change() -> None:
    [step, *_] = owed(event(BEGINS))
    said = why_owed(BY_NAME["event_ahead"], step, WorkingDays(), AUTUMN)
    revised_on = date(2026, 12, 12)
    change = owed(moved(BEGINS, revised_on), now=at(revised_on))[0]
    told = why_owed(BY_NAME["event_moved"], change, WorkingDays(), revised_on)

    assert said[0].ko == (
        "행사 일정 알림: 현지 시작일 2027. 1. 6.(수)의 30일 전은 2026. 12. 7.(월)입니다."
    )
    assert said[-1].ko == "받는 사람: 참가 기관의 연락담당자."
    assert told[0].en == (
        "Event changed: the time, the place or a deadline was changed on Sat 12 December 2026, so "
        "this goes out at once."
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"zone": "Mars/Base"},
        {"starts_at": "soon"},
        {"deadlines": [{"kind": "booth", "on": "soon", "at": None}]},
        {"deadlines": [{"kind": "booth", "on": "2027-01-01", "at": "noon"}]},
        {"partner_ids": ["nobody"]},
    ],
)
def test_an_event_that_cannot_be_read_is_named_and_stops_nothing(broken: Facts) -> None:
    other = Subject("event", UUID("018f0000-0000-7000-8000-0000000000f9"))

    found = plan(RULES, known(event(BEGINS, **broken), event(BEGINS, other)), at(AUTUMN))

    assert set(found.unreadable) == {EVENT}
    assert {each.subject for each in found.occurrences} == {other}


@pytest.mark.parametrize(
    "endless",
    [
        {"starts_at": "9999-12-31T23:59"},
        {"ends_at": "9999-12-31T23:59", "cancelled_on": "2026-11-20"},
        {"deadlines": [deadline("booth", "9999-12-31")]},
    ],
)
def test_an_event_at_the_end_of_time_stops_nothing(endless: Facts) -> None:
    other = Subject("event", UUID("018f0000-0000-7000-8000-0000000000f9"))

    found = plan(RULES, known(event(BEGINS, **endless), event(BEGINS, other)), at(AUTUMN))

    assert set(found.faulty) == {EVENT}
    assert {each.rule for each in found.occurrences if each.subject == other} == {"event_ahead"}
