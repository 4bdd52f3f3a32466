"""A mail server's faults: none of them buries a letter, doubles it without end or holds another."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID

import pytest

from changefeed.change import Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from ieum_notify.domain.occurrence import State
from ieum_notify.operations.dispatch import dispatch
from ieum_notify.operations.ports import Claim, Finished
from ieum_notify.operations.resend import resend
from ieum_notify.operations.sender import sender
from ieum_notify.operations.sending import IN_A_ROW
from ieum_notify.outbound import smtp
from sqlstore.engine import open_engine
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    PARTNER,
    PEOPLE,
    PostRoom,
    milestone,
    place,
    seat,
)
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)
SEVEN = f"{MILESTONE}|milestone_due|2026-11-28|7|{LIAISON_SEAT}|mail"
GONE = "550 5.1.1 no such user"

BY_EVERYBODY = [
    ("mail", "451 4.7.1 try later"),
    ("mail", "530 5.7.0 authenticate first"),
    ("mail", "550 5.7.1 not from you"),
    ("mail", "553 5.1.8 sender unknown"),
    ("rcpt", "421 4.3.2 closing"),
    ("rcpt", "450 4.2.1 busy"),
    ("rcpt", GONE),
    ("rcpt", "550 5.4.1 access denied"),
    ("rcpt", "550 5.7.1 relaying denied"),
    ("rcpt", "550 no"),
    ("rcpt", "551 5.1.6 moved"),
    ("rcpt", "552 5.2.2 full"),
    ("rcpt", "553 5.1.3 malformed"),
    ("rcpt", "554 5.7.26 unauthenticated"),
    ("data", "421 4.3.2 closing"),
    ("data", "452 4.3.1 no room"),
    ("data", "550 5.7.1 policy"),
    ("data", "552 5.3.4 too big"),
    ("data", "554 5.6.0 content"),
    ("data", "554 no"),
]


def nth(n: int) -> Subject:
    return Subject("milestone", UUID(int=(0x018F << 112) + n))


def house(room: PostRoom, n: int, email: str) -> Facts:
    """Let another partner have a liaison; give the partner as an owner."""
    identity = UUID(int=(0x0190 << 112) + n)
    partner = Subject("partner", identity)
    room.registry.people[identity] = Person(identity, "이예시", "ko", email)
    room.registry.record(contact(identity), seat(identity, partner, "liaison", identity))
    return place(partner)


def contact(contact_id: UUID) -> dict[Subject, Facts]:
    return {
        Subject("contact", contact_id): {
            "id": str(contact_id),
            "at": place(PARTNER),
            "language": "ko",
            "purpose": "협약 이행",
            "consented_on": "2026-01-01",
            "retain_until": None,
        }
    }


def alarms(room: PostRoom) -> set[str]:
    return {each.alarm.code for each in sender(room.history, room.now).pulse.alarms}


def run_for(room: PostRoom, hours: float, every_minutes: int = 5) -> None:
    for _ in range(int(hours * 60 / every_minutes)):
        room.now += timedelta(minutes=every_minutes)
        room.day()


@pytest.mark.parametrize(("stage", "answer"), BY_EVERYBODY)
def test_a_relay_that_refuses_everybody_for_a_while_buries_no_letter(
    room: PostRoom, smtp_server: Mailbox, stage: str, answer: str
) -> None:
    for n in range(7):
        room.registry.record(milestone(DUE, nth(n + 1), owner=house(room, n, f"p{n}@x.example")))
    smtp_server.always[stage] = answer
    room.day()
    run_for(room, hours=0.25, every_minutes=15)
    shown = alarms(room)
    assert set(room.states().values()) <= {"retry", "planned"}

    smtp_server.always.clear()
    run_for(room, hours=2, every_minutes=60)

    assert len({each["Message-ID"] for each in smtp_server.messages}) == 7
    assert len(smtp_server.messages) == 7
    assert shown & {"mail.away", "letter.not_taken", "letter.refused"}
    assert alarms(room) == set()


def test_refusals_in_a_row_spare_the_rest_of_the_batch(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    for n in range(12):
        room.registry.record(milestone(DUE, nth(n + 1), owner=house(room, n, f"p{n}@x.example")))
    smtp_server.always["rcpt"] = "550 5.7.1 not from you"

    assert room.day() == {"retry": 12}

    tried = [each for key in room.states() for each in room.history.attempts(key)]
    assert len(tried) == IN_A_ROW
    assert "mail.away" in alarms(room)


def test_an_address_that_does_not_exist_ends_its_letter_while_others_are_taken(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_rcpt["gone@x.example"] = [GONE] * 9
    room.registry.record(milestone(DUE, nth(1), owner=house(room, 1, "gone@x.example")))
    room.registry.record(milestone(DUE, nth(2), owner=house(room, 2, "there@x.example")))
    room.day()
    room.registry.record(milestone(DUE, nth(3), owner=house(room, 3, "other@x.example")))
    run_for(room, hours=1, every_minutes=20)

    assert sorted(room.states().values()).count("dead") == 1
    assert len(smtp_server.on_rcpt["gone@x.example"]) == 7
    assert alarms(room) == {"letter.refused"}


def test_an_address_refused_while_nobody_else_is_taken_waits(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = [GONE] * 3
    room.registry.record(milestone(DUE))
    room.day()
    run_for(room, hours=3, every_minutes=30)

    assert len(smtp_server.messages) == 1
    assert alarms(room) == set()


def bury(room: PostRoom, smtp_server: Mailbox) -> None:
    """Let the liaison's letter be refused for good."""
    smtp_server.on_rcpt["liaison@naver.example"] = [GONE] * 2
    room.registry.record(contact(LIAISON), milestone(DUE))
    room.registry.record(milestone(DUE, nth(2), owner=house(room, 2, "there@x.example")))
    room.day()
    room.registry.record(milestone(DUE, nth(3), owner=house(room, 3, "other@x.example")))
    run_for(room, hours=0.25)
    assert room.states()[SEVEN] == "dead"


def test_a_corrected_address_is_written_to_by_itself(room: PostRoom, smtp_server: Mailbox) -> None:
    bury(room, smtp_server)
    person = PEOPLE[LIAISON]
    room.registry.people[LIAISON] = replace(person, email="right@naver.example")
    room.registry.record(contact(LIAISON))
    room.day()

    assert len(smtp_server.to("right@naver.example")) == 1
    assert room.states()[SEVEN] == "sent"
    assert alarms(room) == set()


def test_what_was_refused_stays_so_while_nothing_is_corrected(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    bury(room, smtp_server)
    tried = len(room.history.attempts(SEVEN))
    run_for(room, hours=5)

    assert room.states()[SEVEN] == "dead"
    assert len(room.history.attempts(SEVEN)) == tried


def test_an_address_corrected_while_its_letter_waits_is_tried_at_once(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = [GONE] * 99
    room.registry.record(contact(LIAISON), milestone(DUE))
    room.day()
    run_for(room, hours=3, every_minutes=30)
    room.registry.people[LIAISON] = replace(PEOPLE[LIAISON], email="right@naver.example")
    room.registry.record(contact(LIAISON))
    room.day()

    assert len(smtp_server.to("right@naver.example")) == 1


def test_letters_that_an_earlier_release_buried_are_tried_once_more(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(contact(LIAISON), milestone(DUE))
    room.follow()
    room.plan()
    [claim] = room.outbox.claim(room.now, limit=1, lease_s=60)
    attempt = room.outbox.begin(
        claim, LIAISON, "<x@y>", contact_version=None, now=room.now, lease_s=60
    )
    assert attempt is not None
    room.outbox.finish(Finished(attempt, "refused"), now=room.now)
    room.outbox.settle(claim, "dead", "letter.refused", now=room.now)
    room.day()

    assert len(smtp_server.to("liaison@naver.example")) == 1
    assert room.states()[SEVEN] == "sent"


def test_one_letter_taken_leaves_the_alarm_of_another_about_the_same(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    second = UUID(int=(0x0190 << 112) + 5)
    room.registry.people[second] = Person(second, "이예시", "ko", "second@naver.example")
    room.registry.record(
        seat(second, PARTNER, "liaison", second),
        milestone(DUE),
    )
    smtp_server.on_rcpt["second@naver.example"] = ["554 5.7.1 not from you"] * 99
    smtp_server.on_rcpt["liaison@naver.example"] = ["451 4.7.1 greylisted"]
    room.day()
    run_for(room, hours=1, every_minutes=20)

    assert len(smtp_server.to("liaison@naver.example")) == 1
    assert alarms(room) == {"letter.not_taken"}


def test_a_second_doubt_is_for_a_person(room: PostRoom, smtp_server: Mailbox) -> None:
    smtp_server.on_data = ["take and drop"] * 9
    room.registry.record(milestone(DUE))
    room.day()
    run_for(room, hours=12, every_minutes=120)

    assert room.states()[SEVEN] == "in_doubt"
    assert len(smtp_server.messages) == 2
    assert alarms(room) == {"letter.in_doubt"}


def test_a_letter_that_waits_for_a_person_is_no_longer_said_to_be_tried_again(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = ["554 5.7.1 not from you"] * 2
    smtp_server.on_data = ["take and drop"] * 9
    room.registry.record(milestone(DUE))
    room.day()
    assert alarms(room) == {"letter.not_taken"}

    run_for(room, hours=12, every_minutes=60)

    assert room.states()[SEVEN] == "in_doubt"
    assert alarms(room) == {"letter.in_doubt"}


def test_a_decided_doubt_is_no_alarm_beside_what_the_server_says_next(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_data = ["take and drop"] * 2
    room.registry.record(milestone(DUE))
    room.day()
    run_for(room, hours=3, every_minutes=60)
    assert alarms(room) == {"letter.in_doubt"}

    smtp_server.on_rcpt["liaison@naver.example"] = ["554 5.7.1 not from you"]
    resend(room.rules, room.copy, room.outbox, room.history, room.now, which=SEVEN)
    assert alarms(room) == set()
    room.send()

    assert alarms(room) == {"letter.not_taken"}


def test_a_doubt_about_one_reader_keeps_no_other_waiting(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    second = UUID(int=(0x0190 << 112) + 5)
    room.registry.people[second] = Person(second, "이예시", "ko", "second@naver.example")
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON, second), milestone(DUE))
    smtp_server.on_data = ["take and drop", "451 4.3.0 later"] * 2
    room.day()
    run_for(room, hours=3, every_minutes=30)

    assert room.states()[SEVEN] == "in_doubt"
    assert len(smtp_server.to("liaison@naver.example")) == 2
    assert len(smtp_server.to("second@naver.example")) == 1


def test_an_answer_that_takes_its_time_is_waited_for_and_the_others_go_on(
    room: PostRoom, smtp_server: Mailbox, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slow letter keeps its lease past its first end; the rest of its batch is let go."""
    monkeypatch.setattr(smtp, "LOOK_EVERY_S", 0.05)
    for n in range(6):
        room.registry.record(milestone(DUE, nth(n + 1)))
    room.follow()
    room.plan()
    smtp_server.answer_after_s = 3
    let_go, alive = Event(), []
    give_back = room.outbox.give_back

    def note(claims: Collection[Claim], until: datetime | None = None) -> None:
        give_back(claims, until)
        let_go.set()

    room.outbox.give_back = note  # type: ignore[method-assign]  # To know when it waits.
    first: list[Mapping[State, int]] = []
    slow = Thread(
        target=lambda: first.append(
            dispatch(room.rules, room.outside(), lambda: alive.append(1)).states
        )
    )
    slow.start()
    assert let_go.wait(10)
    smtp_server.answer_after_s = 0.0
    # Whoever sends the rest is not in a hurry to let go of it, however busy the machine.
    monkeypatch.setattr(smtp, "LOOK_EVERY_S", 60)
    engine = open_engine(database)
    try:
        others = PostRoom(engine, room.registry, room.smtp_url, room.now).send()
    finally:
        engine.dispose()
    slow.join()

    assert (first, others) == ([{"sent": 1}], {"sent": 5})
    assert len(smtp_server.messages) == 6
    assert alive
