"""The judges find each kind of broken promise: a run that cannot fail would show nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.chaos.judge import (
    book_differs,
    doubles,
    gaps,
    lost,
    not_once,
    owed_by_hand,
    refused,
    unexcused_doubles,
    untold,
)
from tests.chaos.record import Attempt, Book, Logged, Mail, Write

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def entry(
    seq: int, subject_id: str, version: int, text: str, *, kind: str = "partner", **facts: object
) -> Logged:
    return Logged(seq, f"{kind}.changed", kind, subject_id, version, facts, text)


def acknowledged(mark: str, *answers: tuple[str, int, int], **facts: object) -> Write:
    return Write(mark, "partner", "acknowledged", answers=answers, facts=facts)


def mail(message_id: str, *, to: str = "a@x", subject: str = "letter") -> Mail:
    return Mail(message_id, to, subject, NOW)


def attempt(message_id: str, outcome: str | None) -> Attempt:
    return Attempt(message_id, outcome, NOW, NOW if outcome else None)


WHOLE = [entry(7, "p", 1, "chaos-1-1", name="a"), entry(8, "p", 2, "chaos-1-2", name="b")]
WRITES = [
    acknowledged("chaos-1-1", ("p", 1, 7), name="a", version=1),
    acknowledged("chaos-1-2", ("p", 2, 8), name="b", version=2),
]


def test_a_run_that_kept_everything_is_not_blamed() -> None:
    assert lost(WRITES, WHOLE) == []
    assert not_once(WRITES, WHOLE) == []
    assert refused(WRITES) == []
    assert gaps(WHOLE, first=7) == []


def test_an_acknowledged_write_that_is_not_in_the_log_is_lost() -> None:
    # What a client would show that took a write without an answer for acknowledged.
    assert lost([*WRITES, acknowledged("chaos-1-3", ("p", 3, 9))], WHOLE) == [
        "chaos-1-3 (partner): entry 9 is not in the log"
    ]


def test_other_facts_or_another_number_than_answered_are_a_loss() -> None:
    other = acknowledged("chaos-1-2", ("p", 2, 8), name="c", version=2)
    moved = acknowledged("chaos-1-2", ("p", 2, 9), name="b", version=2)

    assert lost([other], WHOLE) == ["chaos-1-2 (partner): entry 8 holds other facts"]
    assert lost([moved], WHOLE) == ["chaos-1-2 (partner): answered 9, logged 8"]


def test_names_and_addresses_of_a_contact_are_not_looked_for_in_the_log() -> None:
    log = [entry(1, "c", 1, "chaos-1-1", kind="contact", purpose="x")]
    write = acknowledged("chaos-1-1", ("c", 1, 1), purpose="x", name="n", email="e", phone=None)

    assert lost([write], log) == []


def test_a_write_carried_out_twice_is_seen() -> None:
    twice = [*WHOLE, entry(9, "q", 1, "chaos-1-1", name="a")]

    assert not_once(WRITES, twice) == ["chaos-1-1 (partner, acknowledged): 2 entries, not 1"]


def test_a_key_answered_in_two_ways_is_seen() -> None:
    both = acknowledged("chaos-1-1", ("p", 1, 7), ("q", 1, 9), name="a")

    assert "answered in two ways" in not_once([both, WRITES[1]], WHOLE)[0]


def test_a_mark_that_stays_through_later_versions_counts_once() -> None:
    log = [entry(1, "p", 1, "chaos-1-1"), entry(2, "p", 2, "chaos-1-1 chaos-1-2")]
    writes = [Write("chaos-1-1", "set", "found"), Write("chaos-1-2", "moved", "found")]

    assert not_once(writes, log) == []


def test_a_refused_write_in_the_log_and_half_a_load_are_seen() -> None:
    writes = [
        Write("chaos-1-1", "partner", "refused", refusal="412 version.stale"),
        Write("chaos-1-2", "load", "acknowledged", entries=4),
    ]

    assert not_once(writes, WHOLE) == [
        "chaos-1-1 (partner, refused): 1 entries, not 0",
        "chaos-1-2 (load, acknowledged): 1 entries, not 4",
    ]


def test_a_write_that_nobody_can_know_of_may_have_happened_once_or_not() -> None:
    unknown = replace(WRITES[1], ending="unknown", answers=(), facts=None)

    assert not_once([WRITES[0], unknown], WHOLE) == []
    assert not_once([WRITES[0], unknown], WHOLE[:1]) == []


def test_what_nobody_asked_for_is_seen() -> None:
    assert not_once(WRITES[:1], WHOLE) == ["chaos-1-2: 1 entries that nobody asked for"]


def test_a_refusal_that_no_rule_explains_is_a_fault() -> None:
    stale = Write("chaos-1-1", "partner", "refused", refusal="412 version.stale")
    odd = Write("chaos-1-2", "partner", "refused", refusal="422 shape.refused")

    assert refused([stale, odd]) == ["partner: 422 shape.refused (1 times)"]


def test_a_gap_in_the_log_is_seen() -> None:
    skipped, jumped = replace(WHOLE[1], seq=9), replace(WHOLE[1], version=3)

    assert gaps([WHOLE[0], skipped], first=7) == ["entry 9 stands where 8 should"]
    assert gaps([WHOLE[0], jumped], first=7) == ["entry 8: version 3 of p"]


def test_a_beginning_that_is_gone_is_seen() -> None:
    assert gaps(WHOLE)[0] == "entry 7 stands where 1 should"


def milestone(mark: str, due_on: str, **closed: str) -> Logged:
    facts = {
        "title": {"ko": f"약속 {mark}"},
        "due_on": due_on,
        "owner": {"type": "partner", "id": "p"},
        "done_on": None,
        "cancelled_on": None,
    } | closed
    return entry(9, f"m-{mark}", 1, mark, kind="milestone", **facts)


SEAT = entry(
    5,
    "s",
    1,
    "",
    kind="seat",
    role="liaison",
    at={"type": "partner", "id": "p"},
    holders=[{"contact_id": "c1"}, {"contact_id": "c2"}],
)
PEOPLE = [
    entry(3, "c1", 1, "", kind="contact", purpose="chaos-1-8"),
    entry(4, "c2", 1, "", kind="contact", purpose="chaos-1-9"),
]
EITHER = frozenset({"chaos-1-8@chaos.example", "chaos-1-9@chaos.example"})


def event(mark: str, version: int, revision: int) -> Logged:
    facts = {"title": {"ko": f"행사 {mark}"}, "revision": revision, "partner_ids": ["p"]}
    return entry(20 + version, "e", version, mark, kind="event", **facts)


@pytest.mark.parametrize(
    ("entries", "owed"),
    [
        ([event("chaos-3-1", 1, 0)], {"chaos-3-1"}),
        ([event("chaos-3-1", 1, 0), event("chaos-3-2", 2, 1)], {"chaos-3-2"}),
        ([event("chaos-3-1", 1, 0), event("chaos-3-2", 2, 0)], set()),
    ],
    ids=["registered", "moved", "renamed"],
)
def test_an_event_owes_a_letter_once_registered_or_moved(
    entries: list[Logged], owed: set[str]
) -> None:
    assert owed_by_hand([*PEOPLE, SEAT, *entries], TODAY) == dict.fromkeys(owed, EITHER)
    assert owed_by_hand(entries, TODAY) == {}


def test_open_milestones_of_this_week_owe_a_letter_and_others_do_not() -> None:
    log = [
        *PEOPLE,
        SEAT,
        milestone("chaos-2-1", "2026-11-30"),
        milestone("chaos-2-2", "2026-12-01"),
        milestone("chaos-2-3", "2026-11-22"),
        milestone("chaos-2-4", "2026-11-24", done_on="2026-11-23"),
        milestone("chaos-2-5", "2026-11-24", cancelled_on="2026-11-23"),
    ]

    assert owed_by_hand(log, TODAY) == {"chaos-2-1": EITHER}


def test_an_owed_letter_that_the_mail_server_never_took_is_seen() -> None:
    # What deleting a letter from the mail server's book would show.
    owed = {"chaos-2-1": EITHER, "chaos-2-2": EITHER}
    taken = [mail("<1>", to="chaos-1-9@chaos.example", subject="D-5 「약속 chaos-2-1」")]

    assert untold(owed, taken) == ["chaos-2-2: nobody was told"]
    assert untold(owed, []) == ["chaos-2-1: nobody was told", "chaos-2-2: nobody was told"]


def test_a_letter_to_a_stranger_does_not_count() -> None:
    stray = [mail("<1>", to="z@x", subject="「약속 chaos-2-1」")]

    assert untold({"chaos-2-1": EITHER}, stray) == ["chaos-2-1: nobody was told"]


def test_a_letter_told_as_sent_but_never_taken_is_seen() -> None:
    book = Book(frozenset({"<1>", "<2>"}), frozenset({"<1>", "<2>"}), (), ("key",))

    assert book_differs(book, [mail("<1>"), mail("<3>")]) == [
        "key: due, and neither sent nor withdrawn",
        "<2>: told as sent, never taken",
        "<3>: taken, in no book",
    ]


def test_a_double_is_excused_by_a_cut_attempt_alone() -> None:
    taken = [mail("<1>"), mail("<1>")]

    assert doubles(taken) == {"<1>": 2}
    assert unexcused_doubles(taken, [attempt("<1>", "in_doubt"), attempt("<1>", "sent")]) == []
    assert unexcused_doubles(taken, [attempt("<1>", None)]) == []
    assert unexcused_doubles(taken, [attempt("<1>", "sent"), attempt("<2>", "in_doubt")]) == [
        "<1>: taken 2 times, cut 0 times"
    ]


def test_three_of_a_letter_need_two_cut_attempts() -> None:
    taken = [mail("<1>"), mail("<1>"), mail("<1>")]

    assert unexcused_doubles(taken, [attempt("<1>", "in_doubt"), attempt("<1>", "sent")]) == [
        "<1>: taken 3 times, cut 1 times"
    ]


def test_the_same_letter_under_another_message_id_is_never_excused() -> None:
    taken = [mail("<1>"), mail("<2>")]

    assert unexcused_doubles(taken, [attempt("<1>", "in_doubt")]) == [
        "letter: the same letter to one person under 2 Message-IDs"
    ]
