"""What is found due at night or on a day off waits for the next opening; the preview says so."""

from datetime import date, timedelta

import pytest

from ieum_notify.app import stored_copy
from ieum_notify.domain.calendar import SEOUL, today_in_seoul
from ieum_notify.domain.hours import ANY_HOUR, OFFICE_HOURS, Hours
from ieum_notify.operations.explain import explain
from ieum_notify.operations.sender import sender
from tests.notify.makers import PostRoom, at, day_off, event, milestone, the_city
from tests.smtp import Mailbox

SUNDAY = date(2026, 11, 29)


def test_a_milestone_entered_on_a_sunday_is_told_on_monday_at_nine(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.now = at(SUNDAY, 7, 1)
    room.registry.record(milestone(date(2026, 12, 5)))
    assert room.day() == {}
    pulse = sender(room.history, room.now).pulse
    [shown, _] = room.preview().items
    room.now = at(date(2026, 11, 30), 8, 59)
    assert room.day() == {}
    room.now = at(date(2026, 11, 30), 9)

    assert room.day() == {"sent": 1}
    assert shown.occurrence.due_at == room.now
    assert "2026. 11. 30.(월) 09:00에 보냅니다" in " ".join(each.ko for each in shown.why)
    assert (pulse.due, pulse.oldest_due_at) == (0, None)
    assert "근무일이 아니어서" not in str(smtp_server.messages[0].get_body(("plain",)))


def test_what_waits_for_monday_goes_out_once_every_hour_will_do(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.now = at(SUNDAY, 7, 1)
    room.registry.record(milestone(date(2026, 12, 5)))
    assert room.day() == {}
    room.copy = stored_copy(room.engine, room.rules, ANY_HOUR)
    assert room.day() == {}

    room.outbox.let_go(OFFICE_HOURS.opens)

    assert room.day() == {"sent": 1}
    assert len(smtp_server.messages) == 1


def test_what_failed_before_it_had_to_wait_goes_out_too(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.always["rcpt"] = "451 4.7.1 later"
    room.registry.record(milestone(date(2026, 12, 1)))
    room.now = at(date(2026, 11, 24), 17, 59)
    assert room.day() == {"retry": 1}
    smtp_server.always.clear()
    room.now = at(date(2026, 11, 24), 19)
    assert room.day() == {}
    room.copy = stored_copy(room.engine, room.rules, ANY_HOUR)

    room.outbox.let_go(OFFICE_HOURS.opens)

    assert room.day() == {"sent": 1}


def test_what_failed_and_is_tried_again_later_keeps_its_patience(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.always["rcpt"] = "451 4.7.1 later"
    room.registry.record(milestone(date(2026, 12, 1)))
    assert room.day() == {"retry": 1}
    smtp_server.always.clear()

    room.outbox.let_go(OFFICE_HOURS.opens)

    assert room.day() == {}


@pytest.mark.parametrize("hours", [OFFICE_HOURS, ANY_HOUR])
def test_no_letter_that_waits_is_shown_under_an_hour_that_has_passed(
    room: PostRoom, hours: Hours
) -> None:
    """Due since Friday at nine: on Sunday it goes out on Monday, or now."""
    room.registry.record(milestone(date(2026, 12, 4)))
    room.now = at(SUNDAY, 7, 1)
    room.copy = stored_copy(room.engine, room.rules, hours)
    room.follow()
    room.plan()
    goes_at = room.now if hours.always else at(date(2026, 11, 30), 9)

    [shown, *_] = room.preview().items
    key = shown.occurrence.key
    told = explain(room.rules, room.copy, room.history, room.now, key=key)

    assert (shown.occurrence.due_at, told.occurrence.due_at) == (goes_at, goes_at)
    assert shown.why == told.why
    assert ("09:00에 보냅니다" in " ".join(each.ko for each in told.why)) == (not hours.always)


def test_a_letter_put_off_by_day_is_not_tried_by_night(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.always["rcpt"] = "451 4.7.1 later"
    room.registry.record(milestone(date(2026, 12, 1)))
    room.now = at(date(2026, 11, 24), 17, 59)
    room.day()
    smtp_server.always.clear()
    for hour in range(18, 33):
        room.now = at(date(2026, 11, 24), 0) + timedelta(hours=hour)
        room.day()
    assert smtp_server.messages == []

    room.now = at(date(2026, 11, 25), 9)
    assert room.day() == {"sent": 1}


def test_a_cancellation_of_tomorrows_event_goes_out_on_a_sunday(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.now = at(SUNDAY, 7, 1)
    room.registry.record(
        the_city(),
        event("2026-11-30T17:00", revision=1, revised_on="2026-11-29", cancelled_on="2026-11-29"),
    )

    assert room.day() == {"sent": 2}


def test_a_change_of_an_event_next_month_waits_over_the_weekend(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(the_city(), event("2026-12-28T17:00"))
    room.day()
    before = len(smtp_server.messages)
    room.now = at(SUNDAY, 7, 1)
    room.registry.record(event("2026-12-29T17:00", revision=1, revised_on="2026-11-29"))
    assert room.day() == {}
    room.now = at(date(2026, 11, 30), 9, 1)
    room.day()

    assert len(smtp_server.messages) == before + 2


def test_of_two_steps_that_would_go_out_at_one_opening_the_newer_is_owed(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    """Found on Sunday, the seven days' step would go out on Monday with that of one day."""
    room.now = at(SUNDAY, 7, 1)
    room.registry.record(milestone(date(2026, 12, 1)))
    room.day()
    found = room.preview().items
    for hour in (9, 12):
        room.now = at(date(2026, 11, 30), hour)
        room.day()

    assert [each.occurrence.lead_days for each in found] == [1]
    assert len(smtp_server.messages) == 1


def test_no_letter_ever_goes_out_at_night_or_on_a_day_off(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(day_off(date(2026, 12, 4)))
    sent_at = []
    for step in range(12 * 14):
        room.now = at(date(2026, 11, 26), 0) + timedelta(hours=2 * step)
        if step % 12 == 5:
            room.registry.record(milestone(today_in_seoul(room.now) + timedelta(days=9)))
        before = len(smtp_server.messages)
        room.day()
        sent_at += [room.now] * (len(smtp_server.messages) - before)

    assert len(sent_at) > 4
    for each in sent_at:
        local = each.astimezone(SEOUL)
        assert 9 <= local.hour < 18
        assert room.copy.known().days.is_working(local.date())
