"""What an entry tells, what a chain computed anew says of itself, and whom neither names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from changefeed.change import Change
from changefeed.page import Page
from changefeed.subjects.parts import Words
from ieum_portal.domain.difference import Difference
from ieum_portal.domain.history import (
    LogEntry,
    account_of,
    changed_part,
    check_chain,
    title_of,
)
from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.registry import Registry

ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.fixture
def registry(neighbours: Neighbours) -> Registry:
    """Give a registry that wrote eight entries, two of which can be redacted."""
    naver, milestone = sample.PARTNERS[1], sample.MILESTONES[0]
    records = {each: sample.SAMPLE[each][:1] for each in ("department", "seat", "event")}
    registry = neighbours.registry
    registry.hold_only({"partner": [naver], "milestone": [milestone]} | records)
    for website in ("https://naver.example", "https://new.naver.example"):
        registry.write("partner.changed", naver | {"website": website})
    registry.write("milestone.done", milestone | {"done_on": "2026-11-20"})
    return registry


@pytest.fixture
def log(registry: Registry) -> list[Change]:
    """Give its entries."""
    return registry.changes()


def without_contents(change: Change) -> Change:
    return replace(change, body=None, reason=None, salt=None)


def pages(log: Sequence[Change], *, size: int = 3, withheld: tuple[int, ...] = ()) -> list[Page]:
    """Cut a log into pages as the feed gives them."""
    items = tuple(without_contents(each) if each.seq in withheld else each for each in log)
    return [
        Page(items[start : start + size], items[min(start + size, len(items)) - 1].seq, len(items))
        for start in range(0, len(items), size)
    ]


def test_a_whole_chain_is_checked_to_its_head(log: list[Change]) -> None:
    found = check_chain(pages(log), shows_all=True)

    assert (found.last, found.head, found.broken, found.not_whole) == (8, 8, None, 0)
    assert found.hash == log[-1].hash.hex()
    assert found.is_complete


def test_withheld_contents_are_counted_as_unchecked_and_do_not_break_the_chain(
    log: list[Change],
) -> None:
    found = check_chain(pages(log, withheld=(2, 5)), shows_all=False)

    assert (found.last, found.not_whole, found.broken) == (8, 2, None)


def test_a_forged_content_is_named_and_nothing_after_it_is_read(log: list[Change]) -> None:
    log[3] = replace(log[3], reason="뒤늦게 적은 까닭")
    read: list[int] = []

    def reading() -> Iterator[Page]:
        for page in pages(log, size=2):
            read.append(page.next)
            yield page

    found = check_chain(reading(), shows_all=True)

    assert (found.last, found.broken, found.is_complete) == (3, 4, False)
    assert read == [2, 4]


def test_a_missing_entry_is_a_break(log: list[Change]) -> None:
    del log[2]

    assert check_chain(pages(log), shows_all=True).broken == 3


def test_a_check_that_stopped_early_says_how_far_it_came(log: list[Change]) -> None:
    found = check_chain(pages(log)[:2], shows_all=True)

    assert (found.last, found.head, found.is_complete) == (6, 8, False)


def test_an_empty_log_is_whole() -> None:
    assert check_chain([Page((), 0, 0)], shows_all=True).is_complete


def test_a_list_shows_what_came_and_went() -> None:
    found = changed_part(Difference("parties", ["가", "나"], ["나", "다"]))

    assert found == Difference("parties", ["가"], ["다"], is_part=True)


@pytest.mark.parametrize(
    ("before", "after"), [(None, ["가"]), ("가", "나"), (["가", "나"], ["나", "가"])]
)
def test_other_differences_stay_as_they_are(before: object, after: object) -> None:
    difference = Difference("fact", before, after)

    assert changed_part(difference) == difference


def test_nothing_is_compared_with_what_is_not_shown(log: list[Change]) -> None:
    change = log[7]

    assert LogEntry(change, None).differences == ()
    assert LogEntry(replace(change, body=None), {"name": "x"}).differences == ()


def test_only_accounts_of_the_desk_are_accounts() -> None:
    assert account_of(f"portal:{ONE}") == ONE
    assert account_of(f"operator:{ONE}") is None
    assert account_of("portal:load") is None
    assert account_of("rule:auto-renewal") is None


def test_a_subject_is_called_by_its_name_or_by_what_it_joins() -> None:
    names = {ONE: Words("네이버", "NAVER"), TWO: Words("실증")}

    assert title_of({"name": {"ko": "이름", "en": None}}, {}) == Words("이름")
    assert title_of({"partner_id": str(ONE), "task_id": str(TWO)}, names) == Words(
        "네이버 · 실증", "NAVER · 실증"
    )
    assert title_of({"at": {"type": "partner", "id": str(ONE)}}, names) == names[ONE]
    assert title_of({"partner_id": str(ONE), "text": "통화"}, names) == names[ONE]
    assert title_of({"partner_id": str(ONE), "task_id": str(TWO)}, {}) is None
    assert title_of({"on": "2026-12-24"}, names) is None
    assert title_of(None, names) is None


def test_a_redacted_entry_fits_and_one_that_was_destroyed_does_not(registry: Registry) -> None:
    registry.redact(1, reason="잘못 적음")
    log = registry.changes()
    assert log[0].body is None
    assert check_chain(pages(log), shows_all=True).is_complete

    log[2] = replace(without_contents(log[2]), disclosed=None, disclosed_salt=None)

    assert check_chain(pages(log), shows_all=True).broken == 3
