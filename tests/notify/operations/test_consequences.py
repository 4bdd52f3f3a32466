"""What a change would do to the letters: exactly what they become once it is written."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from changefeed.change import Facts
from ieum_notify.domain.errors import CopyBehind, CopyFilling
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.operations.consequences import Consequences, Proposed, consequences
from ieum_notify.operations.ports import FeedPage
from ieum_notify.operations.preview import preview
from tests.notify.makers import (
    EVENT,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    PARTNER,
    PostRoom,
    day_off,
    deadline,
    event,
    milestone,
    seat,
)

DUE = MONDAY + timedelta(days=40)
BEGINS = "2026-12-28T09:00"


def foreseen(room: PostRoom, *facts: dict[Subject, Facts]) -> Consequences:
    changed = {about: Record(9, each) for group in facts for about, each in group.items()}
    return asked(room, Proposed(changed, 0))


def asked(
    room: PostRoom, proposed: Proposed, pause: Callable[[float], None] = lambda _s: None
) -> Consequences:
    return consequences(
        room.rules, room.copy, room.history, room.now, proposed=proposed, pause=pause
    )


def keys(room: PostRoom, days: int = 45) -> set[str]:
    found = preview(room.rules, room.copy, room.history, room.now, days=days)
    return {each.occurrence.key for each in found.items}


@pytest.mark.parametrize(
    "change",
    [
        event("2026-12-30T17:00", revision=1, revised_on="2026-11-23"),
        event(BEGINS, revision=1, revised_on="2026-11-23", cancelled_on="2026-11-23"),
        event(BEGINS, deadlines=[deadline("booth", "2026-12-10")]),
        event(BEGINS, partner_ids=[]),
        milestone(DUE + timedelta(days=3)),
        milestone(DUE, done_on="2026-11-23"),
        milestone(DUE, Subject("milestone", UUID(int=(0x018F << 112) + 1))),
        seat(LIAISON_SEAT, PARTNER, "liaison"),
        day_off(date(2026, 12, 24)),
    ],
    ids=["moved", "cancelled", "deadline", "nobody goes", "later", "done", "new", "left", "off"],
)
def test_what_is_foretold_is_what_the_change_then_does(
    room: PostRoom, change: dict[Subject, Facts]
) -> None:
    room.registry.record(event(BEGINS), milestone(DUE))
    room.follow()
    before = keys(room)

    found = foreseen(room, change)

    room.registry.record(change)
    room.follow()
    after = keys(room)
    assert {each.occurrence.key for each in found.added} == after - before
    assert {each.letter.occurrence.key for each in found.withdrawn} == before - after
    assert found.kept == len(before & after)


def test_each_withdrawn_letter_says_why(room: PostRoom) -> None:
    room.registry.record(event(BEGINS))
    room.follow()

    found = foreseen(
        room, event(BEGINS, revision=1, revised_on="2026-11-23", cancelled_on="2026-11-23")
    )

    assert {each.reason.ko for each in found.withdrawn} == {"행사가 취소되었습니다."}
    assert {each.occurrence.rule for each in found.added} == {"event_cancelled"}
    assert found.added[0].why[0].en.startswith("Event cancelled: the event was cancelled on")
    assert found.withdrawn[0].letter.why[0].en.startswith("Event ahead: 30 days before")


def test_what_was_sent_is_neither_added_nor_withdrawn(room: PostRoom) -> None:
    room.registry.record(milestone(MONDAY + timedelta(days=5)))
    room.day()  # The step of seven days went out.

    found = foreseen(room, milestone(MONDAY + timedelta(days=5), done_on="2026-11-23"))

    assert [each.letter.occurrence.lead_days for each in found.withdrawn] == [1]
    assert foreseen(room, milestone(MONDAY + timedelta(days=5))).kept == 1


def test_a_subject_that_would_be_gone_takes_its_letters_along(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()

    found = asked(room, Proposed({MILESTONE: None, EVENT: None}, 0))

    assert {each.reason.en for each in found.withdrawn} == {"The subject is gone."}
    assert (found.added, found.kept, found.days) == ((), 0, 45)


def test_facts_that_could_not_be_read_take_their_letters_along_and_say_so(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()

    found = foreseen(room, milestone(DUE, due_on="soon"))

    assert {each.reason.en for each in found.withdrawn} == {"The subject's facts cannot be read."}


def test_asking_writes_nothing(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    states, mark, shown = room.states(), room.copy.mark(), keys(room)

    foreseen(room, milestone(DUE, done_on="2026-11-23"), event(BEGINS))

    assert (room.states(), room.copy.mark(), keys(room)) == (states, mark, shown)


def test_a_copy_that_lacks_the_entries_before_says_so_instead_of_guessing(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    head = room.copy.mark().seq
    room.registry.record(event(BEGINS))

    with pytest.raises(CopyBehind) as refused:
        asked(room, Proposed({EVENT: None}, head + 1))

    assert refused.value.facts == {"wanted": head + 1, "applied": head}


def test_half_a_copy_foresees_nothing(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    page = room.registry.read(room.copy.mark(), 0)
    assert room.copy.apply(room.copy.mark(), FeedPage(page.changes[:2], page.head), room.now)

    with pytest.raises(CopyFilling) as refused:
        asked(room, Proposed({MILESTONE: None}, 1))

    assert refused.value.facts == {"applied": 2}


def test_a_copy_that_is_just_coming_is_waited_for(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))

    found = asked(room, Proposed({MILESTONE: None}, 6), pause=lambda _s: room.follow())

    assert {each.letter.occurrence.subject for each in found.withdrawn} == {MILESTONE}
    assert found.seq == 6
