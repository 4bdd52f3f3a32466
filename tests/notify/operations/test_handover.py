"""Whoever takes a seat over hears of what is ahead, and nobody hears it twice."""

from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from uuid import UUID

from changefeed.change import Fact, Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MONDAY,
    OFFICE,
    PARTNER,
    PEOPLE,
    PostRoom,
    at,
    event,
    milestone,
    place,
    seat,
)
from tests.notify.operations.test_consequences import foreseen
from tests.notify.operations.test_events import text_of
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)
SUCCESSOR = UUID("018f0000-0000-7000-8000-0000000000c1")
THEIRS = "successor@naver.example"


def held(*holdings: tuple[UUID, str, str | None]) -> dict[Subject, Facts]:
    """The liaison's seat with these people, each from and to a day."""
    [(about, facts)] = seat(LIAISON_SEAT, PARTNER, "liaison").items()
    holders: list[Fact] = [
        {"contact_id": str(who), "from": first, "to": last} for who, first, last in holdings
    ]
    return {about: facts | {"holders": holders}}


def handed_over(
    first_day: str = "2026-11-24", last_day: str = "2026-11-23"
) -> dict[Subject, Facts]:
    return held((LIAISON, "2026-01-01", last_day), (SUCCESSOR, first_day, None))


def meet_the_successor(room: PostRoom) -> None:
    room.registry.people[SUCCESSOR] = Person(SUCCESSOR, "후예시", "ko", THEIRS)


def subjects(letters: list[EmailMessage]) -> list[str]:
    return [str(each["Subject"]) for each in letters]


def test_a_successor_is_told_of_the_newest_step_at_once_and_the_one_before_not_again(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    meet_the_successor(room)
    room.registry.record(milestone(DUE))  # D-5: the step of seven days.
    room.day()
    room.now = at(date(2026, 11, 24))
    room.registry.record(handed_over())

    assert room.day() == {"sent": 1}
    assert room.day() == {}

    [first], [theirs] = smtp_server.to("liaison@naver.example"), smtp_server.to(THEIRS)
    assert "메타도시 실증 시나리오 제출" in str(theirs["Subject"])
    assert first["Message-ID"] != theirs["Message-ID"]
    assert "업무를 새로 맡으셔서" in text_of(theirs)
    assert "업무를 새로 맡으셔서" not in text_of(first)


def test_the_day_on_which_a_handover_begins_decides(room: PostRoom, smtp_server: Mailbox) -> None:
    meet_the_successor(room)
    room.registry.record(milestone(DUE))
    room.day()
    room.registry.record(handed_over("2026-11-25", "2026-11-24"))

    room.now = at(date(2026, 11, 24))
    assert room.day() == {}
    room.now = at(date(2026, 11, 25))
    assert room.day() == {"sent": 1}
    assert len(smtp_server.to(THEIRS)) == 1


def test_what_has_passed_is_told_to_no_successor(room: PostRoom) -> None:
    meet_the_successor(room)
    room.registry.record(milestone(DUE))
    room.day()
    room.now = at(DUE + timedelta(days=1))
    room.registry.record(handed_over())

    assert room.day() == {}


def test_whoever_takes_a_seat_back_has_read_it(room: PostRoom, smtp_server: Mailbox) -> None:
    meet_the_successor(room)
    room.registry.record(milestone(DUE))
    room.day()
    room.now = at(date(2026, 11, 24))
    room.registry.record(handed_over())
    room.day()
    room.registry.record(held((LIAISON, "2026-01-01", None)))

    assert room.day() == {}
    assert len(smtp_server.messages) == 2


def test_a_second_holder_is_told_and_the_first_not_again(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    meet_the_successor(room)
    room.registry.record(milestone(DUE))
    room.day()
    room.registry.record(held((LIAISON, "2026-01-01", None), (SUCCESSOR, "2026-01-01", None)))

    assert room.day() == {"sent": 1}
    assert len(smtp_server.to("liaison@naver.example")) == len(smtp_server.to(THEIRS)) == 1


def test_whoever_was_refused_for_good_makes_room_for_a_successor(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    meet_the_successor(room)
    room.registry.people[LIAISON] = replace(PEOPLE[LIAISON], email="no address")
    room.registry.record(milestone(DUE))
    assert room.day() == {"dead": 1}
    room.registry.record(handed_over("2026-11-23", "2026-11-22"))

    assert room.day() == {"sent": 1}
    assert len(smtp_server.to(THEIRS)) == 1


def test_no_successor_is_told_that_something_they_never_heard_of_is_off(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    meet_the_successor(room)
    off: Facts = {"revision": 1, "revised_on": "2026-11-23", "cancelled_on": "2026-11-23"}
    for facts in (event("2026-12-23T09:00"), event("2026-12-23T09:00", **off)):
        room.registry.record(facts)
        room.day()
    room.now = at(date(2026, 11, 24))
    room.registry.record(handed_over())

    assert room.day() == {}
    assert smtp_server.to(THEIRS) == []


def test_a_successor_gets_an_event_for_the_calendar_the_day_before_it(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    meet_the_successor(room)
    room.now = at(date(2026, 12, 22))
    room.registry.record(event("2026-12-23T09:00"))
    room.day()
    room.registry.record(handed_over("2026-12-22", "2026-12-21"))
    room.day()

    [letter] = smtp_server.to(THEIRS)
    assert any(part.get_content_type() == "text/calendar" for part in letter.walk())


def test_preview_and_foresight_say_what_a_successor_will_get(room: PostRoom) -> None:
    meet_the_successor(room)
    room.registry.record(milestone(DUE))
    room.day()
    room.now = at(date(2026, 11, 24))

    found = foreseen(room, handed_over())
    before = room.preview(2).items
    room.registry.record(handed_over())
    room.follow()
    after = room.preview(2).items

    assert [each.occurrence.lead_days for each in found.added] == [7]
    assert (found.withdrawn, len(found.readdressed)) == ((), 1)  # The step of the day before.
    assert before == ()
    assert [each.occurrence for each in after] == [each.occurrence for each in found.added]


def test_after_a_department_hands_over_its_letters_go_to_who_took_over(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    meet_the_successor(room)
    new = Subject("department", UUID("018f0000-0000-7000-8000-0000000000d1"))
    plain: Facts = {"key": None, "provenance": {"source": [], "illustrative": True}}
    named: Facts = {"id": str(new.id), "name": {"ko": "미래산업과", "en": None}, "office": False}
    room.registry.record(
        {
            new: plain | named,
            **seat(UUID("018f0000-0000-7000-8000-0000000000d2"), new, "officer", SUCCESSOR),
            **milestone(DUE, owner=place(OFFICE)),
        }
    )
    room.day()
    before = len(smtp_server.messages)
    receipt = Subject("handover", UUID("018f0000-0000-7000-8000-0000000000d3"))
    room.registry.record(milestone(DUE, owner=place(new)))
    room.registry.record({receipt: plain | {"id": str(receipt.id), "on": "2026-11-23"}})

    for days in range(6):
        room.now = at(MONDAY + timedelta(days=days))
        room.day()

    later = smtp_server.messages[before:]
    assert later
    assert [each for each in later if THEIRS not in str(each["To"])] == []
