"""What must have gone out follows from the facts: who, about which date, in which words."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import ieum_notify
from tests.chaos.owed import TELLING, WORDS, Owed, last_word_by_hand, owed_by_hand, times_joined
from tests.chaos.record import Logged, Mail

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ADDRESSES = {f"{house}{number}": f"{house}{number}@x" for house in "pqod" for number in (1, 2)}
LETTERS = Path(ieum_notify.__file__).parent / "letters"


def entry(seq: int, kind: str, subject_id: str, **facts: object) -> Logged:
    return Logged(seq, f"{kind}.changed", kind, subject_id, 1, facts, "")


def seat(house: str, kind: str = "partner", role: str = "liaison") -> Logged:
    holders = [{"contact_id": f"{house}{number}"} for number in (1, 2)]
    place = {"type": kind, "id": house}
    return entry(5, "seat", f"seat-{house}", role=role, at=place, holders=holders)


HOUSES = [
    entry(1, "department", "o", office=True),
    entry(2, "department", "d", office=False),
    *(seat("o", "department", "officer"), seat("d", "department", "officer")),
    *(seat("p"), seat("q")),
]


def milestone(mark: str, due_on: str, **closed: str) -> Logged:
    facts = {
        "title": {"ko": f"약속 {mark}"},
        "due_on": due_on,
        "owner": {"type": "partner", "id": "p"},
        "done_on": None,
        "cancelled_on": None,
    } | closed
    return entry(9, "milestone", f"m-{mark}", **facts)


def event(
    mark: str, revision: int, *houses: str, department: str | None = None, off: bool = False
) -> Logged:
    facts = {
        "title": {"ko": f"행사 {mark}"},
        "revision": revision,
        "partner_ids": list(houses),
        "department_id": department,
        "cancelled_on": "2026-11-23" if off else None,
    }
    return entry(20, "event", "e", **facts)


def owed(*entries: Logged) -> dict[str, tuple[str, str]]:
    """Give by house the marks and the words that it is owed."""
    found = owed_by_hand([*HOUSES, *entries], TODAY, ADDRESSES)
    assert all(each.to == {f"{each.house}1@x", f"{each.house}2@x"} for each in found)
    return {
        each.house: ("/".join(sorted(each.marks)), "/".join(sorted(each.says))) for each in found
    }


def test_open_milestones_of_three_weeks_owe_a_letter_and_others_do_not() -> None:
    log = [
        milestone("chaos-2-1", "2026-12-14"),
        milestone("chaos-2-2", "2026-12-15"),
        milestone("chaos-2-3", "2026-11-22"),
        milestone("chaos-2-4", "2026-11-24", done_on="2026-11-23"),
        milestone("chaos-2-5", "2026-11-24", cancelled_on="2026-11-23"),
    ]

    assert owed(*log) == {"p": ("chaos-2-1", "step")}
    assert owed_by_hand(log, TODAY, ADDRESSES) == []  # Nobody sits there.


def test_every_participant_and_the_office_hear_of_an_event() -> None:
    each = ("chaos-3-1", "moved/returned/step")

    assert owed(event("chaos-3-1", 0, "p", "q")) == {"p": each, "q": each, "o": each}


def test_the_department_in_charge_hears_instead_of_the_office() -> None:
    found = owed(event("chaos-3-1", 0, "p", department="d"))

    assert set(found) == {"p", "d"}


def test_a_moved_event_is_told_as_moved_and_under_its_new_title() -> None:
    moved = [event("chaos-3-1", 0, "p"), event("chaos-3-2", 1, "p")]

    assert owed(*moved) == dict.fromkeys("po", ("chaos-3-2", "moved"))


def test_a_new_title_alone_owes_no_letter_of_its_own() -> None:
    renamed = [event("chaos-3-1", 0, "p"), event("chaos-3-2", 0, "p")]

    assert owed(*renamed) == dict.fromkeys("po", ("chaos-3-1/chaos-3-2", "moved/returned/step"))


def test_who_joins_after_the_move_may_hear_of_it_in_either_way() -> None:
    joined = [
        event("chaos-3-1", 0, "p"),
        event("chaos-3-2", 1, "p"),
        event("chaos-3-2", 1, "p", "q"),
    ]
    back = [*joined, event("chaos-3-2", 1, "q"), event("chaos-3-2", 1, "p", "q")]

    assert owed(*joined)["q"] == ("chaos-3-2", "moved/returned/step")
    assert owed(*joined)["p"] == ("chaos-3-2", "moved")
    assert owed(*back)["p"] == ("chaos-3-2", "moved/returned/step")


def test_a_cancellation_is_owed_to_each_who_is_named_at_the_end() -> None:
    ended = [
        event("chaos-3-1", 0, "p", "q"),
        event("chaos-3-1", 0, "p"),
        event("chaos-3-1", 1, "p", off=True),
    ]

    assert owed(*ended) == dict.fromkeys("po", ("chaos-3-1", "cancelled"))


OFF = [*HOUSES, event("chaos-3-1", 0, "p", "q"), event("chaos-3-1", 0, "q")]


def letter(message_id: str, to: str, words: str, at: datetime = NOW) -> Mail:
    return Mail(message_id, to, f"[이음] {words} 「행사 chaos-3-1」", at)


def test_who_was_told_and_is_named_no_longer_is_owed_that_word() -> None:
    again = NOW + timedelta(minutes=1)
    mails = [
        *(letter("<1>", "p1@x", "D-9"), letter("<2>", "p2@x", "D-8", again)),
        *(letter("<3>", "q1@x", "D-9"), letter("<4>", "p1@x", "행사 참가 해제:")),
    ]

    found = last_word_by_hand(OFF, ADDRESSES, mails, {"<1>", "<2>", "<3>"})

    people = frozenset({"p1@x", "p2@x"})
    assert found == [Owed(frozenset({"chaos-3-1"}), "p", frozenset({"left"}), people, again)]
    assert not any(map(found[0].is_told_by, mails))  # That one came before the last letter.


def test_who_left_the_seat_is_owed_no_word() -> None:
    gone = entry(
        6,
        "seat",
        "seat-p",
        role="liaison",
        at={"type": "partner", "id": "p"},
        holders=[{"contact_id": "p1", "to": "2026-11-22"}, {"contact_id": "p2", "to": None}],
    )
    first, second = letter("<1>", "p1@x", "D-9"), letter("<2>", "p2@x", "D-9")

    assert last_word_by_hand([*OFF, gone], ADDRESSES, [first], {"<1>"}) == []
    [owed_now] = last_word_by_hand([*OFF, gone], ADDRESSES, [first, second], {"<1>", "<2>"})
    assert owed_now.to == {"p2@x"}


@pytest.mark.parametrize("told", [{"<9>"}, set()], ids=["another", "none"])
def test_nothing_is_taken_back_that_the_book_told_nobody(told: set[str]) -> None:
    mails = [letter("<1>", "p1@x", "D-9")]

    assert last_word_by_hand(OFF, ADDRESSES, mails, told) == []


def test_who_was_told_so_and_is_named_again_is_owed_another_word() -> None:
    back = [*OFF, event("chaos-3-1", 0, "p", "q")]
    again = NOW + timedelta(minutes=1)
    mails = [letter("<1>", "p1@x", "D-9"), letter("<2>", "p2@x", "행사 참가 해제:", again)]

    found = last_word_by_hand(back, ADDRESSES, mails, {"<1>", "<2>"})

    people = frozenset({"p1@x", "p2@x"})
    assert found == [Owed(frozenset({"chaos-3-1"}), "p", TELLING, people, again)]
    assert not any(map(found[0].is_told_by, mails))
    assert found[0].is_told_by(
        letter("<3>", "p2@x", "행사 다시 참가:", again + timedelta(seconds=1))
    )


def test_a_cancellation_is_the_last_word_to_who_was_put_back() -> None:
    ended = [*OFF, event("chaos-3-1", 1, "p", "q", off=True)]
    mails = [letter("<1>", "p1@x", "D-9"), letter("<2>", "p2@x", "행사 참가 해제:")]

    assert last_word_by_hand(ended, ADDRESSES, mails, {"<1>", "<2>"}) == []


def test_how_often_somebody_joined_is_counted() -> None:
    log = [event("chaos-3-1", 0, "p"), event("chaos-3-1", 0), event("chaos-3-2", 1, "p", "q")]

    assert times_joined(log) == {"chaos-3-1": 2, "chaos-3-2": 2}


@pytest.mark.parametrize("words", WORDS)
def test_each_letter_still_begins_with_these_words(words: str) -> None:
    says = {
        path.read_text(encoding="utf-8").partition("{% block subject %}")[2].partition("\n")[0]
        for path in LETTERS.glob(f"{WORDS[words][1]}/??.txt")
    }

    assert sum(words in each for each in says) == 1
