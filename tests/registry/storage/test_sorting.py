"""Lists in any order: whole and once, what lacks the value last, now and as known then."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from changefeed.subjects.parts import PartDay, Place, Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.operations.ports.condition import Condition, equal
from ieum_registry.operations.ports.records import CursorRefused, Listing, Total
from ieum_registry.operations.ports.scope import DISCLOSED
from ieum_registry.storage import records
from ieum_registry.storage.store import Store

from .subjects import SIGNED, agreement, milestone, partner, record

VALUES: dict[str, Callable[[Agreement], Any]] = {
    "title": lambda each: each.title.ko,
    "number": lambda each: each.number,
    "last_on": lambda each: each.end.ends_on,
    "signed_on": lambda each: each.signed_on,
    "kind": lambda each: each.kind,
    "id": lambda each: each.id,
}
UNKNOWN = PartDay("미상")


@pytest.fixture
def some() -> list[Agreement]:
    """Nine with many ties, of which some lack a number, an end or a day of signing."""
    city, other = partner(own=True), partner()
    made = [
        agreement(
            city.id,
            other.id,
            title=f"협약 {at % 4}",
            number=f"광주-{at:02}" if at % 3 else None,
            ends_on=SIGNED + timedelta(days=at % 2) if at % 3 else None,
        )
        for at in range(9)
    ]
    return [
        replace(each, signed_on=None, signed_as=UNKNOWN) if at in (2, 5) else each
        for at, each in enumerate(made)
    ]


def _sides(of: Agreement) -> list[UUID]:
    return [each.partner_id for each in of.parties]


def _walk(
    store: Store,
    sort: str,
    conditions: Sequence[Condition] = (),
    *,
    known_at: int | None = None,
) -> list[UUID]:
    """Read the list of agreements by pages of two."""
    found: list[UUID] = []
    after: str | None = None
    while True:
        page = store.records.list(
            "agreement", conditions, sort=sort, known_at=known_at, limit=2, after=after
        )
        found += [UUID(json.loads(each.text)["id"]) for each in page.items]
        if page.next is None:
            return found
        after = page.next


def _expected(subjects: Sequence[Agreement], sort: str) -> list[UUID]:
    value, is_descending = VALUES[sort.removeprefix("-")], sort.startswith("-")
    has = [each for each in subjects if value(each) is not None]
    lacks = [each for each in subjects if value(each) is None]
    has.sort(key=lambda each: (value(each), each.id), reverse=is_descending)
    lacks.sort(key=lambda each: each.id, reverse=is_descending)
    return [each.id for each in (*has, *lacks)]


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_list_is_walked_whole_in_any_order_and_what_lacks_the_value_comes_last(
    store: Store, some: list[Agreement], sign: str, name: str
) -> None:
    *_, last = record(store, *some)
    changed = [
        replace(each, title=Words(f"바꾼 {at}"), number=None if at % 2 else f"새-{9 - at}")
        for at, each in enumerate(some)
    ]
    record(store, *changed)

    sort = f"{sign}{name}"
    assert _walk(store, sort) == _expected(changed, sort)
    assert _walk(store, sort, known_at=last.seq) == _expected(some, sort)
    titled = [each for each in some if each.title.ko == "협약 1"]
    found = _walk(store, sort, [equal("title", "협약 1")], known_at=last.seq)
    assert found == _expected(titled, sort)


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_list_leads_back_page_by_page_the_way_it_came(
    store: Store, some: list[Agreement], sign: str, name: str
) -> None:
    *_, last = record(store, *some)
    record(store, *[replace(each, title=Words("뒤"), number=None) for each in some])
    sort = f"{sign}{name}"

    for known_at, limit in ((None, 2), (last.seq, 2), (last.seq, 1), (last.seq, 3)):
        ways: list[list[list[str]]] = [[], []]
        read = partial(store.records.list, "agreement", sort=sort, known_at=known_at, limit=limit)
        page = read()
        assert page.previous is None
        ways[0].append([each.text for each in page.items])
        while page.next is not None:
            page = read(after=page.next)
            ways[0].append([each.text for each in page.items])
        # The last page may be short; those before it are what they were.
        assert page.previous is not None
        ways[1].append([each.text for each in page.items])
        while page.previous is not None:
            page = read(before=page.previous)
            ways[1].append([each.text for each in page.items])
            assert page.next is not None
        assert ways[1] == ways[0][::-1]


def test_the_way_back_holds_while_others_are_recorded(store: Store, some: list[Agreement]) -> None:
    record(store, *[replace(each, title=Words(f"가 {at}")) for at, each in enumerate(some)])
    read = partial(store.records.list, "agreement", sort="title", limit=4)

    def titles(page: Listing) -> list[str]:
        return [json.loads(each.text)["title"]["ko"] for each in page.items]

    second = read(after=read().next)
    assert titles(second) == ["가 4", "가 5", "가 6", "가 7"]
    early = [
        replace(agreement(*_sides(some[0])), title=Words(each))
        for each in ("가", "가 3-1", "가 4-1")
    ]
    record(store, *early)

    back = read(before=second.previous)
    assert titles(back) == ["가 1", "가 2", "가 3", "가 3-1"]
    assert titles(read(after=back.next)) == ["가 4", "가 4-1", "가 5", "가 6"]
    # Two stand before that: the first page is given whole, and leads on.
    first = read(before=back.previous)
    assert titles(first) == ["가", "가 0", "가 1", "가 2"]
    assert first.previous is None
    assert titles(read(after=first.next))[0] == "가 3"


def test_a_cursor_goes_on_in_its_own_order_alone(store: Store, some: list[Agreement]) -> None:
    record(store, *some)
    cursor = store.records.list("agreement", sort="title", limit=2).next

    for sort in (None, "-title", "number", "id"):
        with pytest.raises(CursorRefused) as refused:
            store.records.list("agreement", sort=sort, limit=2, after=cursor)
        assert refused.value.is_of_another_order
        with pytest.raises(CursorRefused):
            store.records.list("agreement", sort=sort, limit=2, before=cursor)
    assert store.records.list("agreement", sort="title", limit=2, after=cursor).items


def test_a_list_is_counted_in_whatever_order_and_wherever_its_page_begins(
    store: Store, some: list[Agreement]
) -> None:
    *_, last = record(store, *some)
    record(store, replace(agreement(*_sides(some[0])), title=Words("뒤에 온 협약")))
    read = store.records.list

    cursor = read("agreement", limit=2).next
    assert read("agreement").total is None
    assert read("agreement", count=True, limit=2, after=cursor).total == Total(10, is_exact=True)
    assert read("agreement", count=True, sort="-title").total == Total(10, is_exact=True)
    assert read("agreement", count=True, known_at=last.seq).total == Total(9, is_exact=True)
    one_title = [equal("title", "협약 1")]
    assert read("agreement", one_title, count=True).total == Total(2, is_exact=True)
    assert read("agreement", q="뒤에 온", count=True).total == Total(1, is_exact=True)
    assert read("agreement", q="없는 말", count=True).total == Total(0, is_exact=True)


def test_a_count_obeys_the_scope(store: Store, some: list[Agreement]) -> None:
    shown = replace(some[0], disclosure="public")
    record(store, shown, *some[1:])

    found = store.records.list("agreement", count=True, scope=DISCLOSED)

    assert [json.loads(each.text)["id"] for each in found.items] == [str(shown.id)]
    assert found.total == Total(1, is_exact=True)


def test_of_more_than_are_counted_it_is_said_that_they_are_more(
    store: Store, some: list[Agreement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_COUNTED", 8)
    monkeypatch.setattr(records, "MOST_WALKED", 3)
    record(store, *some)

    assert store.records.list("agreement", count=True).total == Total(8, is_exact=False)
    few = store.records.list("agreement", q="협약1", count=True)
    assert few.total == Total(2, is_exact=True)
    monkeypatch.setattr("ieum_registry.storage.index.word_search.RARE", 1)
    walked = store.records.list("agreement", q="협약", count=True)
    assert walked.total == Total(3, is_exact=False)


def test_days_that_never_came_are_last_from_either_end(store: Store) -> None:
    city = partner(own=True)
    done = [
        replace(
            milestone(Place("partner", city.id)), done_on=None if at % 2 else date(2026, 1, 1 + at)
        )
        for at in range(5)
    ]
    record(store, *done)

    for sort in ("done_on", "-done_on"):
        page = store.records.list("milestone", sort=sort)
        days = [json.loads(each.text)["done_on"] for each in page.items]
        assert days[3:] == [None, None]
        assert days[:3] == sorted(days[:3], reverse=sort.startswith("-"))
