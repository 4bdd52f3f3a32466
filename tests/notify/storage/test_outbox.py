"""Claims, leases and attempts: nothing is lost and nothing doubled, whoever dies or competes."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from ieum_notify.domain.facts import Subject
from ieum_notify.operations.sending import LEASE_S
from sqlstore.engine import open_engine
from tests.notify.dying import MOMENTS, two_readers
from tests.notify.makers import (
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    PostRoom,
    milestone,
    milestone_in_five_days,
)
from tests.smtp import Mailbox

ROOT = Path(__file__).parents[3]
DUE = MONDAY + timedelta(days=5)
SEVEN = f"{MILESTONE}|milestone_due|2026-11-28|7|{LIAISON_SEAT}|mail"


def record_many(room: PostRoom, count: int) -> None:
    for n in range(1, count + 1):
        subject = Subject("milestone", UUID(int=(0x018F << 112) + n))
        room.registry.record(milestone(DUE, subject))
    room.follow()
    room.plan()


def kill_a_dispatcher(room: PostRoom, database: str, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.notify.dying", database, room.smtp_url, moment],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == -9, done.stderr
    room.registry.record(milestone_in_five_days())


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_dispatcher_killed_at_any_moment_loses_no_letter(
    room: PostRoom, database: str, smtp_server: Mailbox, moment: str
) -> None:
    kill_a_dispatcher(room, database, moment)
    assert room.send() == {}  # Its lease still holds.

    room.now += timedelta(seconds=LEASE_S + 1)
    assert room.send() == {"sent": 1}
    assert room.send() == {}

    copies = 2 if moment == "after 250" else 1
    assert len(smtp_server.messages) == copies
    assert len({each["Message-ID"] for each in smtp_server.messages}) == 1


def test_who_had_the_letter_before_the_kill_gets_no_other_one(
    room: PostRoom, database: str, smtp_server: Mailbox
) -> None:
    kill_a_dispatcher(room, database, "between readers")
    two_readers(room.registry)
    room.now += timedelta(seconds=LEASE_S + 1)

    assert room.send() == {"sent": 1}

    assert len(smtp_server.to("liaison@naver.example")) == 1
    assert len(smtp_server.to("second@naver.example")) == 1


def test_what_was_taken_is_put_down_in_the_same_moment(
    room: PostRoom, database: str, smtp_server: Mailbox
) -> None:
    kill_a_dispatcher(room, database, "after record")

    assert room.states()[SEVEN] == "sent"
    assert [each.outcome for each in room.history.attempts(SEVEN)] == ["sent"]
    assert len(smtp_server.messages) == 1


def test_an_attempt_that_never_finished_is_shown_as_in_doubt(
    room: PostRoom, database: str, smtp_server: Mailbox
) -> None:
    kill_a_dispatcher(room, database, "after 250")
    room.now += timedelta(seconds=LEASE_S + 1)
    room.send()

    first, second = room.history.attempts(SEVEN)
    assert (first.outcome, first.finished_at) == ("in_doubt", None)
    assert second.outcome == "sent"
    assert first.message_id == second.message_id


def test_four_dispatchers_send_each_letter_once(
    room: PostRoom, database: str, smtp_server: Mailbox
) -> None:
    record_many(room, 120)

    def work(_: int) -> dict[str, int]:
        engine = open_engine(database)
        try:
            return PostRoom(engine, room.registry, room.smtp_url, room.now).send()
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as workers:
        done = list(workers.map(work, range(4)))
    while room.send():
        pass

    assert sum(each.get("sent", 0) for each in done) == 120
    copies = Counter(each["Message-ID"] for each in smtp_server.messages)
    assert len(copies) == 120
    assert set(copies.values()) == {1}


def test_claims_come_oldest_first_and_no_more_than_asked_for(room: PostRoom) -> None:
    record_many(room, 5)

    first = room.outbox.claim(room.now, limit=3, lease_s=60)
    second = room.outbox.claim(room.now, limit=3, lease_s=60)

    assert (len(first), len(second)) == (3, 2)
    assert not {each.id for each in first} & {each.id for each in second}
    assert len({each.token for each in (*first, *second)}) == 2


def test_a_claim_comes_back_when_its_lease_ends_and_is_fenced_off(room: PostRoom) -> None:
    record_many(room, 1)
    [stale] = room.outbox.claim(room.now, limit=1, lease_s=60)

    assert room.outbox.claim(room.now + timedelta(seconds=60), limit=1, lease_s=60) == ()
    [fresh] = room.outbox.claim(room.now + timedelta(seconds=61), limit=1, lease_s=60)

    assert fresh.id == stale.id
    assert not room.outbox.settle(stale, "sent", None, now=room.now)
    assert room.outbox.settle(fresh, "sent", None, now=room.now)


def test_progress_renews_the_lease(room: PostRoom) -> None:
    record_many(room, 1)
    [claim] = room.outbox.claim(room.now, limit=1, lease_s=60)
    later = room.now + timedelta(seconds=59)
    attempt = room.outbox.begin(
        claim, UUID(int=1), "<x@y>", contact_version=None, now=later, lease_s=60
    )

    assert attempt is not None
    assert room.outbox.claim(room.now + timedelta(seconds=100), limit=1, lease_s=60) == ()


def test_one_put_off_steps_behind_those_that_wait(room: PostRoom) -> None:
    record_many(room, 2)
    [first] = room.outbox.claim(room.now, limit=1, lease_s=60)
    again_at = room.now + timedelta(hours=1)
    room.outbox.settle(first, "retry", "letter.put_off", now=room.now, next_try_at=again_at)

    [second] = room.outbox.claim(room.now, limit=2, lease_s=60)
    assert second.id != first.id
    [third] = room.outbox.claim(again_at, limit=1, lease_s=7200)
    assert third.tries in (0, 1)


def test_the_list_is_read_page_by_page_latest_due_first(room: PostRoom) -> None:
    record_many(room, 7)
    seen: list[str] = []
    after = None
    while page := room.history.listed(state=None, after=after, limit=4):
        seen += [each.entry.occurrence.key for each in page]
        after = page[-1].cursor

    assert len(seen) == len(set(seen)) == 14
    assert len(room.history.listed(state="sent", after=None, limit=50)) == 0


@pytest.mark.parametrize("hours", [2, 30])
def test_a_clock_set_back_puts_nothing_off(room: PostRoom, *, hours: int) -> None:
    """Neither a letter put off by the clock of before, nor one whose dispatcher died with it."""
    record_many(room, 2)
    ahead = room.now + timedelta(hours=hours)
    put_off, _ = room.outbox.claim(ahead, limit=2, lease_s=LEASE_S)
    again_at = ahead + timedelta(hours=1)
    room.outbox.settle(put_off, "retry", "letter.put_off", now=ahead, next_try_at=again_at)

    assert len(room.outbox.claim(room.now, limit=2, lease_s=LEASE_S)) == 2


def test_clocks_a_little_apart_take_nothing_from_one_another(room: PostRoom) -> None:
    record_many(room, 1)
    room.outbox.claim(room.now + timedelta(minutes=4), limit=1, lease_s=LEASE_S)

    assert room.outbox.claim(room.now, limit=1, lease_s=LEASE_S) == ()
