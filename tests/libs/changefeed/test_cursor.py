"""A follower applies each entry once, in order, and stops at a gap or another history."""

from dataclasses import replace

import pytest

from changefeed.cursor import Cursor, FeedForked, FeedGap
from changefeed.log_id import LogId, OtherLog
from tests.libs.changefeed.makers import chain_of

ENTRIES = chain_of({"name": "하나"}, {"name": "둘"}, {"name": "셋"})


def test_a_page_given_twice_gives_nothing_the_second_time() -> None:
    cursor = Cursor().moved_past(Cursor().unseen(ENTRIES))

    assert cursor.unseen(ENTRIES) == ()


def test_an_overlapping_page_gives_the_rest() -> None:
    cursor = Cursor().moved_past(ENTRIES[:2])

    assert cursor.unseen(ENTRIES) == (ENTRIES[2],)


def test_a_missing_number_stops_the_follower() -> None:
    with pytest.raises(FeedGap) as stopped:
        Cursor().unseen([ENTRIES[0], ENTRIES[2]])

    assert (stopped.value.expected, stopped.value.found) == (2, 3)


def test_another_history_is_not_followed() -> None:
    cursor = Cursor().moved_past(ENTRIES[:1])
    other = replace(ENTRIES[1], prev_hash=bytes(32))

    with pytest.raises(FeedForked):
        cursor.unseen([other])


def test_a_rewritten_last_entry_is_noticed() -> None:
    cursor = Cursor().moved_past(ENTRIES[:1])

    with pytest.raises(FeedForked):
        cursor.unseen([replace(ENTRIES[0], hash=bytes(32))])


OURS, THEIRS = LogId("gwangju", b"1" * 32), LogId("ulsan", b"2" * 32)


def test_a_cursor_learns_its_log_and_keeps_it() -> None:
    cursor = Cursor().within(None).within(LogId("gwangju", None)).within(OURS)

    assert cursor.moved_past(ENTRIES).genesis == OURS.genesis
    assert cursor.within(None).genesis == OURS.genesis


def test_a_log_that_is_renamed_is_the_same_log() -> None:
    assert Cursor().within(OURS).within(replace(OURS, name="gj")).genesis == OURS.genesis


@pytest.mark.parametrize("met", [THEIRS, LogId("gwangju", None)])
def test_another_log_is_not_followed_nor_an_empty_one_where_one_was(met: LogId) -> None:
    with pytest.raises(OtherLog, match=f"feed.other_log.*{met.name}"):
        Cursor().within(OURS).within(met)
