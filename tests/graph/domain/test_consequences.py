"""What changes would do, worked out from the edges that stand, without any database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from changefeed.change import Change
from ieum_graph.domain.changes import Edge, NotApplied, Tracing
from ieum_graph.domain.clocks import OPEN_SEQ
from ieum_graph.domain.consequences import Turn, merged_by, shifts, turns
from tests.graph.makers import Log, id_of, small_city

ON = date(2026, 3, 1)


def standing(log: Log) -> list[Edge]:
    """Give the edges that stand once all of a log is applied."""
    tracing = Tracing(())
    for change in log.changes:
        tracing.take(change)
    return [edge for edge in tracing.edits.opened.values() if edge.seq_to == OPEN_SEQ]


def would(log: Log, *changes: Change) -> tuple[Turn, ...]:
    """Give what changes do that were recorded last."""
    known = log.changes[: log.head - len(changes)]
    return turns(changes, standing(Log(changes=list(known))))[0]


def said(turned: Sequence[Turn]) -> set[tuple[str, str]]:
    return {(each.change, each.tie.type) for each in turned}


Numbers = tuple[str, tuple[int, int], tuple[int, int]]


def covered(log: Log, turned: Sequence[Turn], on: date = ON) -> list[Numbers]:
    """Give whose counts shift, against what stood before a log's last entry.

    Each task with how many partners work on it and of how many nobody knows, before and after.
    """
    before = standing(Log(changes=log.changes[:-1]))
    return [
        (
            each.task,
            (len(each.before.partners), len(each.before.unknown)),
            (len(each.after.partners), len(each.after.unknown)),
        )
        for each in shifts(turned, [each.tie for each in before], on)
    ]


def test_a_second_record_of_one_organisation_covers_no_task_a_second_time() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    works = [each.tie for each in standing(log)]
    turned = would(log, log.collaboration("c2", "gist", "T1"))

    [shift] = shifts(turned, works, ON)

    assert (len(shift.before.partners), len(shift.after.partners)) == (1, 2)
    assert shifts(turned, works, ON, {id_of("gist"): id_of("naver")}) == ()


def test_who_would_be_one_organisation_counts_once_and_twice_again_when_parted() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    log.collaboration("c2", "gist", "T1")
    works = [each.tie for each in standing(log)]
    one = {id_of("gist"): id_of("naver")}
    merged = would(log, log.partner("naver", merged_ids=[id_of("gist")]))
    parted = would(log, log.partner("naver"))

    [shift] = shifts(merged, works, ON, {}, one)
    [back] = shifts(parted, works, ON, one, {})

    assert (len(shift.before.partners), len(shift.after.partners)) == (2, 1)
    assert (len(back.before.partners), len(back.after.partners)) == (1, 2)
    assert (merged_by(merged, "opens"), merged_by(parted, "closes")) == (one, one)


def test_a_new_commitment_opens_all_that_it_ties_and_covers_its_task() -> None:
    log = small_city()
    turned = would(log, log.collaboration("c1", "naver", "T1", technologies=("xr",)))

    assert {each.change for each in turned} == {"opens"}
    assert {each.tie.type for each in turned} == {
        "TAKES_PART",
        "UNDER",
        "ON",
        "USES",
        "WORKS_ON",
        "BRINGS",
        "USED_FOR",
    }
    assert covered(log, turned) == [(id_of("T1"), (0, 0), (1, 0))]
    assert covered(log, turned, date(2026, 1, 31)) == []


def test_an_end_closes_with_the_old_days_and_opens_with_the_new() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    turned = would(log, log.collaboration("c1", "naver", "T1", holds_until="2026-06-30"))

    works = [each for each in turned if each.tie.type == "WORKS_ON"]
    assert [(each.change, each.tie.valid_to) for each in works] == [
        ("closes", date(9999, 12, 31)),
        ("opens", date(2026, 7, 1)),
    ]
    assert covered(log, turned, date(2026, 6, 30)) == []
    assert covered(log, turned, date(2026, 7, 1)) == [(id_of("T1"), (1, 0), (0, 0))]


def test_a_partner_with_a_second_commitment_on_the_task_still_covers_it() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    log.collaboration("c2", "naver", "T1")
    turned = would(log, log.collaboration("c1", "naver", "T1", holds_until="2026-02-10"))

    assert covered(log, turned) == []


def test_what_is_moved_to_another_task_shifts_both() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    turned = would(log, log.collaboration("c1", "naver", "T2"))

    shifted = {task: (before, after) for task, before, after in covered(log, turned)}
    assert shifted == {id_of("T1"): ((1, 0), (0, 0)), id_of("T2"): ((0, 0), (1, 0))}


def test_a_commitment_whose_end_becomes_unknown_leaves_a_number_of_its_own() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    log.collaboration("c2", "nhn", "T1")
    unknown: dict[str, Any] = {"holds_until": "2026-01-31", "unknown_from": "2026-02-01"}
    turned = would(log, log.collaboration("c1", "naver", "T1", **unknown))

    assert covered(log, turned) == [(id_of("T1"), (2, 0), (1, 1))]


def test_what_was_unknown_and_is_gone_is_told_too() -> None:
    log = small_city()
    unknown: dict[str, Any] = {"holds_until": "2026-01-31", "unknown_from": "2026-02-01"}
    log.collaboration("c1", "naver", "T1", **unknown)
    turned = would(log, log.collaboration("c1", "naver", "T1", holds_until="2026-01-31"))

    assert covered(log, turned) == [(id_of("T1"), (0, 1), (0, 0))]


def test_what_changes_and_changes_back_turns_nothing() -> None:
    log = small_city()
    log.collaboration("c1", "naver", "T1")
    away = log.collaboration("c1", "naver", "T2")
    back = log.collaboration("c1", "naver", "T1")

    assert would(log, away, back) == ()


def test_a_mere_name_turns_nothing_and_is_shown_anew() -> None:
    log = small_city()
    stands = standing(log)

    turned, nodes = turns([log.partner("naver", "새 이름")], stands)

    assert turned == ()
    assert [node.shown["label_ko"] for node in nodes] == ["새 이름"]


def test_a_cancelled_event_closes_its_ties() -> None:
    log = small_city()
    log.event("ces", ("naver",), ("T1",))
    turned = would(log, log.event("ces", ("naver",), ("T1",), cancelled_on="2026-11-20"))

    assert said(turned) == {
        ("closes", "ATTENDS"),
        ("opens", "ATTENDS"),
        ("closes", "ABOUT"),
        ("opens", "ABOUT"),
    }


def test_facts_that_cannot_be_drawn_are_named() -> None:
    log = small_city()
    bad = log.record("task.registered", "bad", {"nonsense": True})

    with pytest.raises(NotApplied) as caught:
        turns([bad], ())

    assert caught.value.change is bad
    assert "strategy_id" in caught.value.fault
