"""The copy follows the log strictly, survives outages, and fills again after a fork."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ieum_notify.operations.follow import follow
from ieum_notify.operations.ports import Bookmark, FeedForked, FeedGap, FeedPage, OtherLog
from ieum_notify.operations.sender import sender
from tests.notify.makers import MONDAY, PostRoom, Registry, at, milestone
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)


def alarms(room: PostRoom) -> set[str]:
    return {each.alarm.code for each in sender(room.history, room.now).pulse.alarms}


def look(room: PostRoom) -> tuple[int, bool]:
    found = follow(room.registry, room.copy, room.outbox, now=room.now, wait_s=0)
    return found.applied, found.is_away


def test_a_page_is_copied_once(room: PostRoom) -> None:
    assert look(room) == (5, False)
    assert look(room) == (0, False)
    assert room.copy.is_whole()


def test_an_outage_is_an_alarm_that_goes_with_it(room: PostRoom) -> None:
    room.registry.is_away = True
    assert look(room) == (0, True)
    shown = alarms(room)
    room.registry.is_away = False
    look(room)

    assert shown == {"feed.away"}
    assert alarms(room) == set()


class Broken(Registry):
    """A feed that is at fault once."""

    fault: Exception | None = None

    def read(self, mark: Bookmark, wait_s: int) -> FeedPage:
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        return super().read(mark, wait_s)


def broken(room: PostRoom, fault: Exception) -> None:
    room.registry = Broken(room.registry.log)
    room.registry.fault = fault


def test_a_gap_stops_and_says_so(room: PostRoom) -> None:
    broken(room, FeedGap())

    assert look(room) == (0, True)
    assert alarms(room) == {"feed.gap"}


def test_another_log_stops_and_says_so_and_nothing_of_it_is_copied(room: PostRoom) -> None:
    look(room)
    mark = room.copy.mark()
    broken(room, OtherLog())

    assert look(room) == (0, True)
    assert alarms(room) == {"feed.other_log"}
    assert room.copy.mark() == mark
    assert look(room) == (0, False)
    assert alarms(room) == set()


def test_the_copy_remembers_which_log_it_is_of(room: PostRoom) -> None:
    mark = room.copy.mark()
    page = replace(room.registry.read(mark, 0), genesis=b"1" * 32)
    room.copy.apply(mark, page, room.now)

    assert room.copy.mark().genesis == b"1" * 32
    room.copy.forget()
    assert room.copy.mark().genesis is None


def test_after_a_fork_the_copy_fills_again_and_nothing_is_sent_twice(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.day()
    broken(room, FeedForked())

    assert look(room) == (0, False)
    assert not room.copy.is_whole()
    room.day()

    assert room.copy.is_whole()
    assert len(smtp_server.messages) == 1


def test_a_page_that_somebody_else_applied_meanwhile_changes_nothing(room: PostRoom) -> None:
    mark = room.copy.mark()
    page = room.registry.read(mark, 0)

    assert room.copy.apply(mark, page, room.now)
    assert not room.copy.apply(mark, page, room.now)


def test_a_copy_behind_the_head_is_not_whole(room: PostRoom) -> None:
    mark = room.copy.mark()
    page = room.registry.read(mark, 0)
    room.copy.apply(mark, replace(page, changes=page.changes[:2]), room.now)

    assert not room.copy.is_whole()
    assert sender(room.history, at(MONDAY)).pulse.applied_seq == 2
    assert sender(room.history, at(MONDAY)).pulse.head_seq == 5


@pytest.mark.parametrize("seconds", [0, 29, -20])
def test_a_sender_that_ticked_lately_is_alive(room: PostRoom, seconds: int) -> None:
    room.outbox.tick("dispatch", room.now - timedelta(seconds=seconds))

    assert sender(room.history, room.now).is_alive


def test_a_sender_that_never_ticked_or_long_ago_is_not(room: PostRoom) -> None:
    assert not sender(room.history, room.now).is_alive
    room.outbox.tick("dispatch", room.now - timedelta(seconds=31))

    assert not sender(room.history, room.now).is_alive
    assert sender(room.history, room.now).seconds_ago == 31
