"""The judges find each kind of broken promise: a run that cannot fail would show nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.chaos.judge import (
    book_differs,
    doubles,
    gaps,
    lost,
    not_once,
    owed_by_letters_sent,
    refused,
    surplus,
    unexcused_doubles,
    untold,
    untraced,
)
from tests.chaos.owed import Owed
from tests.chaos.record import Attempt, Book, Logged, Mail, Write

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


OWED = Owed(frozenset({"chaos-2-1"}), "p", frozenset({"step"}), frozenset({"a@x", "b@x"}))


def test_an_owed_letter_that_the_mail_server_never_took_is_seen() -> None:
    # What deleting a letter from the mail server's book would show.
    other = replace(OWED, marks=frozenset({"chaos-2-2"}))
    taken = [mail("<1>", to="b@x", subject="[이음] D-5 「약속 chaos-2-1」 기한")]

    assert untold([OWED, other], taken) == ["chaos-2-2: p was not told (step)"]
    assert untold([OWED], []) == ["chaos-2-1: p was not told (step)"]


def test_a_letter_to_a_stranger_does_not_count() -> None:
    stray = [mail("<1>", to="z@x", subject="「약속 chaos-2-1」")]

    assert untold([OWED], stray) == ["chaos-2-1: p was not told (step)"]


def test_an_earlier_letter_does_not_stand_for_a_lost_cancellation() -> None:
    cancelled = replace(OWED, says=frozenset({"cancelled"}))
    told = mail("<1>", subject="[이음] D-5 「행사 chaos-2-1」 현지 2026. 11. 28. 시작")
    end = mail("<2>", subject="[이음] 행사 취소: 「행사 chaos-2-1」 현지 2026. 11. 28. 예정")

    assert untold([cancelled], [told]) == ["chaos-2-1: p was not told (cancelled)"]
    assert untold([cancelled], [told, end]) == []


def test_what_somebody_else_hears_instead_does_not_count() -> None:
    instead = mail("<1>", subject='[Ieum] Nobody to tell (Milestone due): "chaos-2-1" D-5')

    assert untold([OWED], [instead]) == ["chaos-2-1: p was not told (step)"]


def test_a_letter_before_its_time_does_not_count() -> None:
    again = replace(OWED, after=NOW)
    taken = mail("<1>", subject="D-5 「chaos-2-1」")

    assert untold([again], [taken]) == ["chaos-2-1: p was not told (step)"]
    assert untold([again], [replace(taken, at=NOW + timedelta(seconds=1))]) == []


def test_what_is_due_by_a_letter_that_went_out_may_wait_for_the_next_planning() -> None:
    new, again, left = "m|milestone_due|d|7|s", "m|milestone_due|d|1|s", "e|event_left|d|r0|s"

    assert owed_by_letters_sent([new, again, left], {again}) == [again, left]


def test_a_letter_told_as_sent_but_never_taken_is_seen() -> None:
    book = Book(frozenset({"<1>", "<2>"}), {"<1>": "sent", "<2>": "sent"}, (), ("key",))

    assert book_differs(book, [mail("<1>"), mail("<3>")]) == [
        "key: due, and neither sent nor withdrawn",
        "<2>: told as sent, never taken",
        "<3>: taken, in no book",
    ]


def test_what_was_sent_beyond_the_book_is_told_by_what_is_owed_now() -> None:
    cut = (attempt("<1>", None), attempt("<2>", "in_doubt"))
    states = {"<1>": "superseded", "<2>": "cancelled", "<3>": "sent", "<4>": "skipped"}
    book = Book(frozenset({"<3>"}), states, cut, ())
    taken = [mail("<1>"), mail("<2>"), mail("<2>"), mail("<3>")]

    assert surplus(book, taken) == {"superseded": 1, "cancelled": 1}
    assert untraced(book, taken) == []


def test_a_letter_beyond_the_book_without_a_reason_is_seen() -> None:
    states = {"<1>": "superseded", "<2>": "retry"}
    book = Book(frozenset(), states, (attempt("<2>", None),), ())

    assert untraced(book, [mail("<1>"), mail("<2>")]) == [
        "<1>: taken, not booked as sent, no attempt was cut",
        "<2>: taken, not booked as sent, and retry even now",
    ]


def test_a_double_is_excused_by_a_cut_attempt_alone() -> None:
    taken = [mail("<1>"), mail("<1>")]

    assert doubles(taken) == {"<1>": 2}
    assert unexcused_doubles(taken, [attempt("<1>", "in_doubt"), attempt("<1>", "sent")], {}) == []
    assert unexcused_doubles(taken, [attempt("<1>", None)], {}) == []
    assert unexcused_doubles(taken, [attempt("<1>", "sent"), attempt("<2>", "in_doubt")], {}) == [
        "<1>: taken 2 times, cut 0 times"
    ]


def test_three_of_a_letter_need_two_cut_attempts() -> None:
    taken = [mail("<1>"), mail("<1>"), mail("<1>")]

    assert unexcused_doubles(taken, [attempt("<1>", "in_doubt"), attempt("<1>", "sent")], {}) == [
        "<1>: taken 3 times, cut 1 times"
    ]


def test_the_same_letter_under_another_message_id_is_never_excused() -> None:
    taken = [mail("<1>"), mail("<2>")]

    assert unexcused_doubles(taken, [attempt("<1>", "in_doubt")], {}) == [
        "letter: the same letter to one person under 2 Message-IDs"
    ]


def test_who_leaves_an_event_twice_is_told_so_under_two_message_ids() -> None:
    words = "[이음] 행사 참가 해제: 「행사 chaos-1-1」"
    taken = [mail("<1>", subject=words), mail("<2>", subject=words)]

    assert unexcused_doubles(taken, [], {"chaos-1-1": 2}) == []
    assert unexcused_doubles(taken, [], {"chaos-1-1": 1}) == [
        f"{words}: the same letter to one person under 2 Message-IDs"
    ]
