"""What a change would do to the letters: exactly what they become once it is written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.errors import CopyBehind, CopyFilling, FactsRefused, NotGiven
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.touched import touched
from ieum_notify.operations import consequences as operation
from ieum_notify.operations.consequences import Consequences, Proposed, Waiting, consequences
from ieum_notify.operations.ports import FeedPage
from tests.notify.makers import (
    EVENT,
    LIAISON,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    OFFICE,
    OFFICER_SEAT,
    PARTNER,
    PostRoom,
    at,
    day_off,
    deadline,
    event,
    milestone,
    place,
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
    waiting = Waiting(lambda: len(room.registry.log), pause)
    return consequences(
        room.rules, room.copy, room.history, room.now, proposed=proposed, waiting=waiting
    )


def keys(room: PostRoom, days: int = 45) -> set[str]:
    found = room.preview(days)
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
    before, known = keys(room), room.copy.known()

    found = foreseen(room, change)

    room.registry.record(change)
    room.follow()
    after = keys(room)
    assert {each.occurrence.key for each in found.added} == after - before
    assert {each.letter.occurrence.key for each in found.withdrawn} == before - after
    stay = {each.occurrence.key for each in found.readdressed}
    stay |= {each.letter.occurrence.key for each in found.moved}
    assert stay <= before & after
    letters = room.preview(45).items
    only = touched(room.rules, known, room.copy.known(), change)
    about = {
        each.occurrence.key for each in letters if only is None or each.occurrence.subject in only
    }
    assert found.kept == len(before & after & about) - len(stay)


@pytest.mark.parametrize(
    "change",
    [
        milestone(DUE, done_on="2026-11-23"),
        event(BEGINS, partner_ids=[]),
        seat(LIAISON_SEAT, PARTNER, "liaison"),
        {Subject("contact", LIAISON): {"consented_on": "2026-12-20"}},
        {PARTNER: {"id": str(PARTNER.id), "own": True}},
        day_off(date(2026, 12, 24)),
        seat(OFFICER_SEAT, OFFICE, "officer"),
    ],
    ids=["done", "nobody goes", "seat", "person", "partner", "day off", "office"],
)
def test_what_is_foretold_is_the_difference_of_two_whole_plans(
    room: PostRoom, change: dict[Subject, Facts], monkeypatch: pytest.MonkeyPatch
) -> None:
    others = Subject("milestone", UUID(int=(0x018F << 112) + 2))
    room.registry.record(event(BEGINS), milestone(DUE), milestone(DUE, others, owner=place(OFFICE)))
    room.follow()
    found = foreseen(room, change)

    monkeypatch.setattr(operation, "touched", lambda *_: None)  # Plans everybody.
    whole = foreseen(room, change)

    assert replace(found, kept=0) == replace(whole, kept=0)


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


def test_facts_that_could_not_be_read_are_no_letters_withdrawn(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()

    with pytest.raises(FactsRefused):
        foreseen(room, milestone(DUE, due_on="soon"))


def test_a_partner_that_would_be_taken_off_would_be_told(room: PostRoom) -> None:
    room.registry.record(event(BEGINS))
    room.now = at(date(2026, 11, 30))
    room.day()  # 30 days before, a Saturday: told on the Friday.

    found = foreseen(room, event(BEGINS, partner_ids=[]))

    assert [each.occurrence.rule for each in found.added] == ["event_left"]
    assert {each.letter.occurrence.rule for each in found.withdrawn} == {"event_ahead"}


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


@pytest.mark.parametrize("ahead", [1, 2**53])
def test_a_number_that_was_never_given_is_not_waited_for(room: PostRoom, ahead: int) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    head = room.copy.mark().seq
    paused: list[float] = []

    with pytest.raises(NotGiven) as refused:
        asked(room, Proposed({EVENT: None}, head + ahead), pause=paused.append)

    assert refused.value.facts == {"asked": head + ahead, "head": head}
    assert paused == []


def test_a_registry_that_is_silent_is_not_waited_for(room: PostRoom) -> None:
    room.follow()
    head, paused = room.copy.mark().seq, list[float]()

    with pytest.raises(CopyBehind):
        consequences(
            room.rules,
            room.copy,
            room.history,
            room.now,
            proposed=Proposed({EVENT: None}, head + 1),
            waiting=Waiting(lambda: None, paused.append),
        )

    assert paused == []


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


SUCCESSOR = UUID("018f0000-0000-7000-8000-0000000000c1")


def handed_over(last_day: str, first_day: str) -> dict[Subject, Facts]:
    """The liaison's seat with another person from a day on."""
    [(about, facts)] = seat(LIAISON_SEAT, PARTNER, "liaison").items()
    holders: list[Fact] = [
        {"contact_id": str(LIAISON), "from": "2026-01-01", "to": last_day},
        {"contact_id": str(SUCCESSOR), "from": first_day, "to": None},
    ]
    return {about: facts | {"holders": holders}}


def test_letters_that_another_person_would_read_are_readdressed(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))  # 30 days before is 3 December, 7 days before the 25th.
    room.follow()

    found = foreseen(room, handed_over("2026-12-04", "2026-12-05"))

    assert [each.occurrence.lead_days for each in found.readdressed] == [7, 1]
    assert (found.added, found.withdrawn, found.moved, found.kept) == ((), (), (), 1)


def test_letters_of_a_person_whose_record_changes_are_readdressed(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    consent: Facts = {"consented_on": "2026-01-01", "retain_until": None}

    found = foreseen(room, {Subject("contact", LIAISON): consent})
    other = foreseen(room, {Subject("contact", SUCCESSOR): consent})

    assert [each.occurrence.lead_days for each in found.readdressed] == [30, 7, 1]
    assert (found.kept, other.readdressed, other.kept) == (0, (), 0)


def test_a_letter_that_a_day_off_moves_is_shown_with_both_its_days(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()

    found = foreseen(room, day_off(date(2026, 12, 3)))

    [moved] = found.moved
    assert moved.due_at_before == at(date(2026, 12, 3), 9)
    assert moved.letter.occurrence.due_at == at(date(2026, 12, 2), 9)
    assert (found.added, found.withdrawn, found.readdressed, found.kept) == ((), (), (), 2)
