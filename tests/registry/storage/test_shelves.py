"""Shelves hold what declarations say that lists are filtered and sorted by."""

from collections.abc import Iterator

import pytest

from changefeed.declared import Field, fields_of
from changefeed.lists import Filter, column_of, filters_of, sorts_of
from changefeed.subjects.all import DECLARED
from ieum_registry.storage.index.shelf import ALWAYS, NEVER
from ieum_registry.storage.index.shelves import SHELVES

TYPES = sorted(DECLARED)


@pytest.mark.parametrize("subject_type", TYPES)
def test_whatever_lists_are_filtered_by_stands_on_the_shelf(subject_type: str) -> None:
    shelf = SHELVES[subject_type]
    links = {each.name for each in shelf.links}
    columns = {each.name for each in shelf.columns}

    for each in filters_of(DECLARED[subject_type]):
        assert each.column in (links if each.by == "link" else columns)


@pytest.mark.parametrize("subject_type", TYPES)
def test_whatever_lists_are_sorted_by_stands_on_the_shelf(subject_type: str) -> None:
    shelf = SHELVES[subject_type]
    columns = {each.name for each in shelf.columns} | {"id"}

    assert set(sorts_of(DECLARED[subject_type]).values()) <= columns


@pytest.mark.parametrize("subject_type", TYPES)
def test_what_strangers_may_not_read_they_cannot_ask_by_either(subject_type: str) -> None:
    kind_of = DECLARED[subject_type]
    if not (kind_of.declares.public or kind_of.declares.opened_by):
        return  # No stranger is shown one.

    asked: list[Filter] = list(filters_of(kind_of))
    closed = {each.column for each in asked if not each.field.fact.public}
    fields = {each.key: each for each in fields_of(kind_of)}
    sorts = [fields[each] for each in sorts_of(kind_of) if each in fields]
    closed |= {column_of(each) for each in sorts if not each.fact.public}

    assert closed <= set(SHELVES[subject_type].closed)


@pytest.mark.parametrize("subject_type", TYPES)
def test_what_strangers_may_not_read_no_words_of_theirs_find(subject_type: str) -> None:
    kind_of = DECLARED[subject_type]
    if not (kind_of.declares.public or kind_of.declares.opened_by):
        return  # No stranger is shown one.

    searched = [each for each in _facts(fields_of(kind_of)) if each.fact.searched]
    assert all(each.fact.public and not each.fact.whole_only for each in searched)


def _facts(fields: tuple[Field, ...]) -> Iterator[Field]:
    for each in fields:
        yield each
        if each.parts is not None and each.fact.searched:
            yield from _facts(fields_of(each.parts))


def test_a_shelf_is_filled_by_its_declaration() -> None:
    facts: dict[str, object] = {
        "kind": "company",
        "name": {"ko": "네이버", "en": "NAVER"},
        "business_number": None,
        "aliases": [],
    }
    seat = {"at": {"type": "partner", "id": "p"}, "role": "liaison", "language": "ko"}
    promise = {
        "title": {"ko": "시연", "en": None},
        "due_on": "2026-12-31",
        "owner": {"type": "department", "id": "d"},
    }

    assert SHELVES["partner"].fill(facts) == {
        "kind": "company",
        "name": "네이버",
        "key": None,
        "own": 0,
        "business_number": None,
    }
    assert SHELVES["seat"].fill(seat) == {
        "at_type": "partner",
        "at_id": "p",
        "role": "liaison",
        "language": "ko",
        "key": None,
    }
    filled = SHELVES["milestone"].fill(promise)
    assert (filled["due_on"], filled["done_on"], filled["owner_id"]) == ("2026-12-31", NEVER, "d")


def test_what_follows_from_several_facts_wins_over_one_of_them() -> None:
    shelf = SHELVES["contact"]
    [retained] = [each for each in shelf.columns if each.name == "retain_until"]
    facts = {"at": {"type": "partner", "id": "p"}, "retain_until": "2030-01-01"}

    assert shelf.fill(facts)["retain_until"] == "2030-01-01"
    assert shelf.fill({**facts, "erased_on": "2026-01-01"})["retain_until"] == NEVER
    assert retained.lacks == (NEVER,)


def test_a_subject_is_linked_with_each_of_a_list_of_ids() -> None:
    links = {each.name: each for each in SHELVES["event"].links}

    assert set(links) == {"partner", "task"}
    assert list(links["task"].fill({"task_ids": ["a", "b"]})) == [
        ("a", ALWAYS, NEVER),
        ("b", ALWAYS, NEVER),
    ]
