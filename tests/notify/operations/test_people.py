"""Letters are owed to seats and read by people: of two in one seat neither is lost."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from changefeed.change import Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from tests.notify.makers import LIAISON, MONDAY, PostRoom, at, event, milestone, the_city
from tests.notify.operations.test_handover import SUCCESSOR, THEIRS, held
from tests.smtp import Mailbox

BEGINS = "2026-12-23T09:00"
HERS = "liaison@naver.example"
HIM, HIS = SUCCESSOR, THEIRS
SINCE = "2026-01-01"


@pytest.fixture
def room(room: PostRoom) -> PostRoom:
    """Give a post room in which two may share the liaison's seat."""
    room.registry.people[HIM] = Person(HIM, "후예시", "ko", HIS)
    room.registry.record(the_city())
    return room


def on() -> dict[Subject, Facts]:
    return event(BEGINS)


def off() -> dict[Subject, Facts]:
    return event(BEGINS, partner_ids=[])


def both() -> dict[Subject, Facts]:
    return held((LIAISON, SINCE, None), (HIM, SINCE, None))


def only(who: UUID) -> dict[Subject, Facts]:
    return held((who, SINCE, None))


def go_on(room: PostRoom, *facts: dict[Subject, Facts]) -> None:
    """Record, then let everything that is put off come round, all within one morning."""
    room.registry.record(*facts)
    for _ in range(3):
        room.day()
        room.now += timedelta(minutes=20)


def methods(smtp_server: Mailbox, address: str) -> list[object]:
    return [
        part.get_param("method")
        for message in smtp_server.to(address)
        for part in message.walk()
        if part.get_content_type() == "text/calendar"
    ]


def test_that_somebody_is_back_is_said_again_if_nobody_knows_whether_it_was_heard(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    go_on(room, on())
    go_on(room, event(BEGINS, partner_ids=[]))
    smtp_server.on_data = ["drop"]
    go_on(room, on())

    assert methods(smtp_server, HERS) == ["REQUEST", "CANCEL", "REQUEST"]


def test_that_two_are_back_is_said_to_both(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(both())
    go_on(room, on())
    go_on(room, off())
    smtp_server.on_rcpt[HIS] = ["451 4.3.0 Later"]
    go_on(room, on())

    assert methods(smtp_server, HERS) == methods(smtp_server, HIS)
    assert methods(smtp_server, HIS) == ["REQUEST", "CANCEL", "REQUEST"]


def test_whoever_was_taken_off_alone_is_put_back_alone(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(both())
    go_on(room, on())
    smtp_server.on_rcpt[HIS] = ["451 4.3.0 Later"]
    room.registry.record(off())
    room.day()
    go_on(room, on())

    assert methods(smtp_server, HERS) == ["REQUEST", "CANCEL", "REQUEST"]
    assert methods(smtp_server, HIS) == ["REQUEST"]


@pytest.mark.parametrize("facts", [event(BEGINS), milestone(MONDAY + timedelta(days=5))])
def test_whoever_was_only_put_off_gets_a_copy_when_they_sit_there_again(
    room: PostRoom, smtp_server: Mailbox, facts: dict[Subject, Facts]
) -> None:
    room.registry.record(only(HIM))
    smtp_server.on_rcpt[HIS] = ["451 4.3.0 Later"]
    room.registry.record(facts)
    room.day()
    room.now += timedelta(hours=2)
    room.registry.record(only(LIAISON))
    room.day()
    go_on(room, only(HIM))

    assert len(smtp_server.to(HERS)) == len(smtp_server.to(HIS)) == 1


def test_a_successor_who_never_heard_of_it_is_not_told_that_it_is_off(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    go_on(room, on())
    go_on(room, off(), only(HIM))

    assert smtp_server.to(HIS) == []


def test_a_successor_who_was_never_off_is_not_told_that_they_are_back(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    go_on(room, on())
    go_on(room, off())
    go_on(room, only(HIM))
    room.now = at(date(2026, 11, 25))
    go_on(room, on())

    [letter] = smtp_server.to(HIS)
    assert "다시 참가" not in letter["Subject"]
