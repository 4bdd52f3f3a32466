"""Whoever may read a thing sees it listed and counted, and the reverse."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from changefeed.chain import first_break
from changefeed.cursor import Cursor
from changefeed.declared import Declaration
from changefeed.page import from_wire, to_wire
from changefeed.subjects.agreement import DISCLOSURES
from changefeed.subjects.parts import Place
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import NotFound
from ieum_registry.operations.ports.records import Total
from ieum_registry.operations.ports.scope import DISCLOSED, EVERYTHING, Scope
from ieum_registry.operations.verify import StoredChange
from ieum_registry.storage.index.spans import Spans
from ieum_registry.storage.log.log import as_change
from ieum_registry.storage.store import Store

from .plans import watch
from .subjects import (
    agreement,
    collaboration,
    contact,
    how_many,
    milestone,
    partner,
    programme,
    record,
    seat,
    technology,
)

TODAY = date(2026, 11, 23)
CITY, MINE, OTHERS, LEFT = (UUID(int=number) for number in range(1, 5))
LIAISON = Scope.of_partners([MINE], TODAY)
DEPARTMENT = Scope.of_department(CITY, TODAY)
SCOPES = [
    EVERYTHING,
    DISCLOSED,
    LIAISON,
    Scope.of_partners([], TODAY),
    DEPARTMENT,
    Scope.of_department(None, TODAY),
]


def network() -> Sequence[Declaration]:
    """Every sort of subject, seen by one partner and by none."""
    found: list[Declaration] = [partner(), programme(), technology()]
    for disclosure in DISCLOSURES:
        mine = agreement(CITY, MINE, disclosure=disclosure)
        others = agreement(CITY, OTHERS, disclosure=disclosure)
        left = agreement(
            CITY, MINE, OTHERS, disclosure=disclosure, left=MINE, left_on=date(2026, 11, 22)
        )
        for under in (mine, others, left):
            committed = collaboration(under, OTHERS)
            found += [under, committed, collaboration(under, OTHERS, disclosure="public")]
            found.append(milestone(Place("department", CITY), agreement_id=under.id))
            found.append(milestone(Place("department", CITY), collaboration_id=committed.id))
    for owner in (MINE, OTHERS):
        at = Place("partner", owner)
        found += [milestone(at), seat(at), contact(at)]
    at = Place("department", CITY)
    led = replace(agreement(CITY, OTHERS), lead_department_id=CITY)
    return [*found, milestone(at), seat(at), contact(at), led, collaboration(led, OTHERS)]


@pytest.mark.parametrize("scope", SCOPES)
def test_listed_if_and_only_if_readable(store: Store, scope: Scope) -> None:
    subjects = network()
    record(store, *subjects)
    # An older state is seen by the same rule.
    record(store, *subjects)

    for known_at in (None, len(subjects)):
        for subject_type in {each.subject_type for each in subjects}:
            read = {}
            for subject in subjects:
                if subject.subject_type == subject_type:
                    with suppress(NotFound):
                        read[str(subject.id)] = store.records.one(
                            subject_type, subject.id, known_at=known_at, scope=scope
                        )
            listed = store.records.list(subject_type, known_at=known_at, limit=200, scope=scope)
            assert {json.loads(item.text)["id"]: item for item in listed.items} == read


def test_what_comes_in_sight_while_a_list_is_counted_is_counted_the_next_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = partner()
    led = replace(agreement(CITY, theirs.id), lead_department_id=CITY)
    record(store, theirs, seat(Place("partner", theirs.id)))
    page_at = Spans.page_at

    def beside_a_write(*args: Any, **how: Any) -> Any:  # noqa: ANN401  As it is.
        record(store, led)
        return page_at(*args, **how)

    with monkeypatch.context() as patch:
        patch.setattr(Spans, "page_at", beside_a_write)
        store.records.list("seat", count=True, scope=DEPARTMENT)
    found = store.records.list("seat", count=True, scope=DEPARTMENT)

    assert (len(found.items), found.total) == (1, Total(1, is_exact=True))


def test_a_liaison_sees_all_of_what_lies_under_its_own_agreements(store: Store) -> None:
    mine = agreement(CITY, MINE, disclosure="partly")
    committed = collaboration(mine, OTHERS)
    under = milestone(Place("department", CITY), collaboration_id=committed.id)
    own = Place("partner", MINE)
    seen: list[Declaration] = [mine, committed, under, seat(own), contact(own)]
    record(store, *seen)

    for each in seen:
        assert store.records.one(each.subject_type, each.id, scope=LIAISON).whole


def test_a_liaison_sees_of_other_agreements_what_the_public_sees(store: Store) -> None:
    with_purpose = replace(agreement(CITY, OTHERS, disclosure="partly"), purpose=programme().name)
    left = agreement(CITY, MINE, OTHERS, left=MINE, left_on=date(2026, 11, 22))
    hidden: list[Declaration] = [
        left,
        collaboration(left, MINE),
        contact(Place("partner", OTHERS)),
        seat(Place("partner", OTHERS)),
        seat(Place("department", CITY)),
        milestone(Place("partner", OTHERS)),
    ]
    record(store, with_purpose, *hidden)

    shown = store.records.one("agreement", with_purpose.id, scope=LIAISON)

    assert not shown.whole
    assert json.loads(shown.text)["purpose"] is None
    for each in hidden:
        with pytest.raises(NotFound):
            store.records.one(each.subject_type, each.id, scope=LIAISON)


@pytest.mark.parametrize("scope", [LIAISON, DEPARTMENT], ids=["liaison", "department"])
def test_a_read_asks_and_sends_as_much_however_many_agreements_are_theirs(
    store: Store, monkeypatch: pytest.MonkeyPatch, scope: Scope
) -> None:
    def one_of_theirs() -> Agreement:
        return replace(agreement(CITY, MINE), lead_department_id=CITY)

    first = one_of_theirs()
    owed = milestone(Place("department", OTHERS), agreement_id=first.id)
    record(store, first, owed, collaboration(first, OTHERS))
    asked = watch(monkeypatch)

    def reading() -> list[tuple[str, int]]:
        """Give each query with how much is sent along."""
        asked.forget()
        theirs: Sequence[Declaration] = (first, owed)
        for subject in theirs:
            assert store.records.one(subject.subject_type, subject.id, scope=scope).whole
            assert store.records.list(subject.subject_type, limit=1, scope=scope).items
        store.records.feed(0, limit=1, scope=scope)
        return [(sql, len(str(values))) for sql, values in asked.queries]

    few = reading()
    record(store, *(one_of_theirs() for _ in range(60)))

    assert reading() == few


def test_a_party_is_in_until_its_last_day(store: Store) -> None:
    record(store, agreement(CITY, MINE, OTHERS, left=MINE, left_on=TODAY))

    assert how_many(store, "agreement", scope=LIAISON) == 1
    assert how_many(store, "agreement", scope=replace(LIAISON, on=date(2026, 11, 24))) == 0


@pytest.mark.parametrize("scope", SCOPES)
def test_the_feed_withholds_what_may_not_be_read_and_still_verifies(
    store: Store, scope: Scope
) -> None:
    record(store, *network())

    page = store.records.feed(0, scope=scope)

    changes = [from_wire(json.loads(item)) for item in page.items]
    assert first_break(changes, after_seq=0, after_hash=Cursor().hash) is None
    for change in changes:
        try:
            whole = store.records.one(change.subject_type, change.subject_id, scope=scope).whole
        except NotFound:
            whole = False
        assert (change.body is not None) == (change.salt is not None) == whole


def test_the_feed_travels_as_the_library_would_send_it(store: Store) -> None:
    record(store, *network())

    page = store.records.feed(2, limit=3)

    stored = [
        to_wire(as_change(each))
        for each in store.stored_changes()
        if isinstance(each, StoredChange)
    ]
    assert [json.loads(item) for item in page.items] == stored[2:5]
    assert (page.next, page.head) == (5, len(stored))


def test_a_page_after_the_end_is_empty(store: Store) -> None:
    record(store, partner())

    page = store.records.feed(1)

    assert (page.items, page.next, page.head) == ((), 1, 1)
