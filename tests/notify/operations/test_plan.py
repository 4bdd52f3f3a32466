"""The outbox holds what is owed, however often it is planned and however dates move."""

from datetime import date, timedelta
from typing import Any, cast

from ieum_notify.domain.known import Known
from ieum_notify.operations.plan import plan
from ieum_notify.operations.ports import Copy
from ieum_notify.operations.sender import sender
from tests.notify.makers import (
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    OFFICE,
    PostRoom,
    at,
    day_off,
    milestone,
    place,
)
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)


class Overtaken:
    """The room's copy; while its facts are read first, newer ones come and are planned from."""

    def __init__(self, room: PostRoom) -> None:
        self._room = room
        self.was_overtaken = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  Whatever the copy holds.
        return getattr(self._room.copy, name)

    def known(self) -> Known:
        found = self._room.copy.known()
        if not self.was_overtaken:
            self.was_overtaken = True
            self._room.registry.record(milestone(DUE))
            self._room.follow()
            self._room.plan()
        return found


def key(due_on: date, lead_days: int) -> str:
    return f"{MILESTONE}|milestone_due|{due_on}|{lead_days}|{LIAISON_SEAT}|mail"


def test_planning_a_hundred_times_writes_no_more_rows(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()

    made = [room.plan() for _ in range(100)]

    assert made[0].entered == 2
    assert all((each.entered, each.replanned, each.withdrawn) == (0, 0, 0) for each in made[1:])
    assert len(room.states()) == 2


def test_a_slow_planning_withdraws_nothing_that_a_faster_one_entered(room: PostRoom) -> None:
    room.registry.record(milestone(DUE + timedelta(days=40)))
    room.follow()
    overtaken = Overtaken(room)

    plan(room.rules, cast("Copy", overtaken), room.outbox, room.now)

    assert overtaken.was_overtaken
    assert room.states()[key(DUE, 7)] == "planned"


def test_a_date_moved_forth_and_back_repeats_nothing_that_was_sent(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.day()
    room.registry.record(milestone(DUE + timedelta(days=40)))
    room.day()
    moved = room.states()
    room.registry.record(milestone(DUE))
    room.day()

    assert moved[key(DUE, 7)] == "sent"
    assert moved[key(DUE, 1)] == "superseded"
    assert room.states()[key(DUE, 1)] == "planned"
    assert len(smtp_server.messages) == 1


def test_a_moved_date_is_reminded_afresh(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(DUE))
    room.day()
    room.registry.record(milestone(DUE + timedelta(days=1)))
    room.day()

    assert [each["Subject"].split("기한 ")[1] for each in smtp_server.messages] == [
        "2026. 11. 28.(토)",
        "2026. 11. 29.(일)",
    ]


def test_a_date_moved_into_the_past_says_nothing(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(DUE + timedelta(days=60)))
    room.day()
    room.registry.record(milestone(MONDAY - timedelta(days=3)))
    room.day()

    assert smtp_server.messages == []
    assert set(room.states().values()) <= {"superseded"}


def test_entered_twenty_days_before_its_date_a_milestone_gets_one_mail_not_three(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(MONDAY + timedelta(days=20)))
    room.day()

    assert len(smtp_server.messages) == 1
    assert "D-20" in smtp_server.messages[0]["Subject"]


def test_a_newly_decreed_holiday_moves_a_letter_and_never_doubles_it(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    friday = date(2026, 11, 27)
    room.registry.record(milestone(DUE))
    room.day()
    room.registry.record(day_off(friday))
    room.day()
    entry = room.history.entry(key(DUE, 1))
    for day in range(1, 6):
        room.now = at(MONDAY + timedelta(days=day), 9)
        room.day()

    assert entry is not None
    assert entry.entry.occurrence.due_on == date(2026, 11, 26)
    assert len(smtp_server.messages) == 2


def test_a_holiday_decreed_after_the_letter_went_out_sends_no_second(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(date(2026, 11, 30)))
    room.day()
    room.registry.record(day_off(MONDAY))  # The seven-day letter would have gone on Friday.
    room.day()

    assert len(smtp_server.messages) == 1


def test_the_next_year_is_reminded_too(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(DUE))
    room.day()
    room.registry.record(milestone(date(2027, 11, 28)))
    room.now = at(date(2027, 11, 22))
    room.day()

    assert len(smtp_server.messages) == 2


def test_a_clock_a_year_ahead_and_an_hour_back_repeats_nothing(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.day()
    for moment in (at(MONDAY, 9), at(date(2027, 11, 23)), at(MONDAY)):
        room.now = moment
        room.day()

    assert len(smtp_server.messages) == 1


def test_the_date_that_passed_unsent_is_skipped_with_its_reason(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.stop()
    room.registry.record(milestone(DUE))
    room.day()
    room.now = at(DUE + timedelta(days=1))
    room.day()

    entry = room.history.entry(key(DUE, 7))
    assert entry is not None
    assert (entry.entry.state, entry.entry.reason) == ("skipped", "date.passed")


def test_a_new_owner_is_told_of_the_step_that_the_old_one_heard(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.day()
    room.registry.record(milestone(DUE, owner=place(OFFICE)))
    room.day()

    assert len(smtp_server.to("liaison@naver.example")) == 1
    assert len(smtp_server.to("officer@gwangju.example")) == 1


def test_a_rule_that_is_gone_withdraws_what_waits(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    room.rules = ()
    room.plan()

    entry = room.history.entry(key(DUE, 1))
    assert entry is not None
    assert (entry.entry.state, entry.entry.reason) == ("superseded", "rule.gone")


def test_facts_that_cannot_be_read_are_an_alarm_until_they_are_mended(room: PostRoom) -> None:
    room.registry.record(milestone(DUE, due_on="soon"))
    room.day()
    shown = sender(room.history, room.now).pulse.alarms
    room.registry.record(milestone(DUE))
    room.day()

    assert [each.alarm.code for each in shown] == ["facts.unreadable"]
    assert sender(room.history, room.now).pulse.alarms == ()


def test_from_a_copy_that_is_still_filling_nothing_is_planned_or_withdrawn(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    before = room.states()
    room.copy.forget()

    assert room.plan().withdrawn == 0
    assert room.states() == before
