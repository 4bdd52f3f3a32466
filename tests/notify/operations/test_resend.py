"""A person lets letters go out again that could not be handed over."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from ieum_notify.domain.errors import CopyFilling, NotFound, ResendRefused
from ieum_notify.operations.ports import Listed
from ieum_notify.operations.resend import resend
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    PARTNER,
    PEOPLE,
    PostRoom,
    milestone,
    seat,
)
from tests.notify.operations.test_relay import bury, nth, run_for
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)
SEVEN = f"{MILESTONE}|milestone_due|2026-11-28|7|{LIAISON_SEAT}|mail"


def again(room: PostRoom, which: object = SEVEN) -> tuple[Listed, ...]:
    return resend(room.rules, room.copy, room.outbox, room.history, room.now, which=which)  # type: ignore[arg-type]  # A key or a subject.


@pytest.mark.parametrize("which", [SEVEN, MILESTONE])
def test_a_dead_letter_goes_out_again(room: PostRoom, smtp_server: Mailbox, which: object) -> None:
    bury(room, smtp_server)
    room.now += timedelta(minutes=1)

    [listed] = again(room, which)

    assert (listed.entry.occurrence.key, listed.entry.state) == (SEVEN, "planned")
    assert room.send() == {"sent": 1}
    assert len(smtp_server.to("liaison@naver.example")) == 1


def test_a_letter_held_for_a_person_goes_out_once_more_and_is_held_again(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_data = ["take and drop"] * 4
    room.registry.record(milestone(DUE))
    room.day()
    run_for(room, hours=2, every_minutes=30)
    assert room.states()[SEVEN] == "in_doubt"

    again(room)
    room.send()
    run_for(room, hours=2, every_minutes=30)

    assert room.states()[SEVEN] == "in_doubt"
    assert len(smtp_server.messages) == 4
    again(room)
    assert room.send() == {"sent": 1}


def test_only_who_lacks_it_gets_it(room: PostRoom, smtp_server: Mailbox) -> None:
    second = UUID(int=(0x0190 << 112) + 5)
    room.registry.people[second] = replace(PEOPLE[LIAISON], contact_id=second, email="no address")
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON, second), milestone(DUE))
    room.day()
    room.registry.people[second] = replace(PEOPLE[LIAISON], contact_id=second, email="b@x.example")
    assert room.states()[SEVEN] == "sent"

    again(room)
    room.send()

    assert len(smtp_server.to("liaison@naver.example")) == 1
    assert len(smtp_server.to("b@x.example")) == 1


def test_what_went_out_or_is_not_due_is_not_sent_again(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.day()
    for key in room.states():
        with pytest.raises(ResendRefused) as refused:
            again(room, key)
        assert refused.value.code == "resend.nothing_waits"
    with pytest.raises(ResendRefused):
        again(room, nth(99))

    assert room.send() == {}
    assert len(smtp_server.messages) == 1


def test_what_is_owed_no_more_is_not_sent_again(room: PostRoom, smtp_server: Mailbox) -> None:
    bury(room, smtp_server)
    room.registry.record(milestone(DUE, done_on="2026-11-23"))
    room.day()

    with pytest.raises(ResendRefused) as refused:
        again(room)

    assert refused.value.code == "resend.not_owed"
    assert refused.value.facts["why_ko"] == "이행이 완료되었습니다."
    assert room.states()[SEVEN] == "dead"


def test_a_key_that_was_never_planned_is_unknown(room: PostRoom) -> None:
    room.follow()
    with pytest.raises(NotFound):
        again(room, "milestone:x|milestone_due|2026-11-28|7|x|mail")


def test_while_the_copy_fills_nobody_can_say_what_is_owed(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    bury(room, smtp_server)
    room.copy.forget()

    with pytest.raises(CopyFilling):
        again(room)
