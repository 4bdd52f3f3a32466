"""The preview shows what goes out, no more and no less, as long as nothing changes."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from ieum_notify.domain.facts import Subject
from tests.notify.makers import (
    MONDAY,
    OFFICE,
    PARTNER,
    PostRoom,
    at,
    day_off,
    milestone,
    place,
)
from tests.smtp import Mailbox


def test_thirty_days_of_preview_are_what_thirty_simulated_days_send(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    draw = Random(20261123)
    room.registry.record(day_off(date(2026, 12, 3)), day_off(date(2026, 12, 4)))
    for n in range(1, 61):
        subject = Subject("milestone", UUID(int=(0x018F << 112) + n))
        owner = place(draw.choice([PARTNER, OFFICE, Subject("partner", OFFICE.id)]))
        due_on = MONDAY + timedelta(days=draw.randint(-5, 75))
        settled = "2026-11-20" if n % 10 == 0 else None
        room.registry.record(milestone(due_on, subject, owner=owner, done_on=settled))
    room.follow()
    promised = {each.occurrence.key for each in room.preview().items}
    for day in range(31):
        for hour in (7, 9, 12, 17, 23):
            if day or hour > 10:
                room.now = at(MONDAY + timedelta(days=day), hour, draw.randint(0, 59))
                room.day()

    sent = {key for key, state in room.states().items() if state == "sent"}
    assert len(promised) > 60
    assert sent == promised
    assert len(smtp_server.messages) == len(promised)


def test_what_was_sent_is_not_shown_again(due: PostRoom, smtp_server: Mailbox) -> None:
    due.day()

    found = due.preview()

    assert [each.occurrence.lead_days for each in found.items] == [1]
    assert (found.from_on, found.to_on) == (MONDAY, MONDAY + timedelta(days=30))


def test_a_letter_that_nobody_can_get_is_shown_without_a_seat(nobody: PostRoom) -> None:
    found = nobody.preview()

    assert [each.occurrence.seat_id for each in found.items] == [None, None]
    assert found.items[0].title.ko == "메타도시 실증 시나리오 제출"
