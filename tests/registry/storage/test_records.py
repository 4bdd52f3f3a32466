"""Stored text is handed out now or as known then, page by page, to whoever may see it."""

import base64
import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from changefeed.subjects.parts import Place
from ieum_registry.domain.errors import NotFound
from ieum_registry.domain.seat import held
from ieum_registry.domain.term import Term
from ieum_registry.operations.ports.condition import (
    Condition,
    any_of,
    at_least,
    at_most,
    equal,
    linked,
)
from ieum_registry.operations.ports.records import CursorRefused, Listing
from ieum_registry.storage.store import Store

from .subjects import (
    NOON,
    SIGNED,
    agreement,
    how_many,
    milestone,
    partner,
    programme,
    record,
    seat,
    strategy,
    task,
    technology,
)


def names(listing: Listing) -> list[str]:
    return [each.text.split('"ko":"')[1].split('"')[0] for each in listing.items]


def test_a_resource_is_the_stored_text_with_its_version(store: Store) -> None:
    (entry,) = record(store, partner())

    reading = store.records.one("partner", entry.subject_id)

    assert reading.text == entry.text
    assert reading.resource == f'{entry.text[:-1]},"version":1}}'


def test_a_subject_is_read_as_known_then(store: Store) -> None:
    one = partner()
    record(store, partner())
    (first,) = record(store, one)
    record(store, replace(one, website="https://n.example"))

    assert store.records.one("partner", one.id, known_at=2).text == first.text
    assert store.records.one("partner", one.id, known_at=3).version == 2
    with pytest.raises(NotFound):
        store.records.one("partner", one.id, known_at=1)


def test_several_are_read_at_once_and_the_unknown_are_absent(store: Store) -> None:
    one, other = partner(), partner()
    record(store, one, other)

    found = store.records.many("partner", [one.id, other.id, uuid4()])

    assert set(found) == {one.id, other.id}


def test_pages_follow_each_other_in_order(store: Store) -> None:
    record(store, *(partner(name) for name in ("다", "가", "나", "가", "라")))

    names = [json.loads(text)["name"]["ko"] for text in _all_pages(store, "partner")]

    assert names == ["가", "가", "나", "다", "라"]


def test_pages_follow_each_other_backwards_where_the_newest_comes_first(store: Store) -> None:
    city, one = uuid4(), uuid4()
    days = [date(2022, 3, day) for day in (2, 1, 3, 1, 2)]
    record(store, *(replace(agreement(city, one), signed_on=day) for day in days))

    signed = [json.loads(text)["signed_on"][-2:] for text in _all_pages(store, "agreement")]

    assert signed == ["03", "02", "02", "01", "01"]


def _all_pages(store: Store, subject_type: str) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = store.records.list(subject_type, limit=2, after=after)
        found += [each.text for each in page.items]
        after = page.next
        if after is None:
            return found


def test_lists_sort_alike_on_both(store: Store) -> None:
    record(store, *(partner(name) for name in ("하나", "NHN", "가온", "nexon", "㈜다온", "1호")))

    found = names(store.records.list("partner"))

    assert found == ["1호", "NHN", "nexon", "㈜다온", "가온", "하나"]


def test_a_page_that_is_just_full_is_the_last(store: Store) -> None:
    record(store, partner("가"), partner("나"))

    assert store.records.list("partner", limit=2).next is None


@pytest.mark.parametrize("cursor", ["", "!", "AAAA", "한글", "WzEsMl0", "bnVsbA"])
def test_a_cursor_that_no_list_gave_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(CursorRefused):
        store.records.list("partner", after=cursor)


ONE = UUID("01975c10-a2a5-7546-ae9e-cd6527f3e133")


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("subject_type", "cursor"),
    [
        ("task", forged("position", 10**30, str(ONE))),
        ("task", forged("position", -(2**63), str(ONE))),
        ("task", forged("position", 1.5, str(ONE))),
        ("task", forged("position", "1", str(ONE))),
        ("task", forged("position", True, str(ONE))),
        ("partner", forged("name", "a\x00b", str(ONE))),
        ("partner", forged("name", "\ud800", str(ONE))),
        ("partner", forged("name", 10**30, str(ONE))),
        ("partner", forged("name", None, str(ONE))),
        ("partner", forged("name", "가", 10**30)),
        ("partner", base64.urlsafe_b64encode(b"[" * 100_000).decode()),
        ("partner", base64.urlsafe_b64encode(b"9" * 5_000).decode()),
    ],
)
def test_a_forged_cursor_is_refused(store: Store, subject_type: str, cursor: str) -> None:
    with pytest.raises(CursorRefused):
        store.records.list(subject_type, after=cursor)


def test_a_cursor_of_another_order_is_refused(store: Store) -> None:
    record(store, *(partner(name) for name in "가나다"))
    cursor = store.records.list("partner", limit=1).next

    with pytest.raises(CursorRefused):
        store.records.list("agreement", after=cursor)


def test_lists_without_a_sortable_fact_are_in_order_of_their_ids(store: Store) -> None:
    seats = [seat(Place("partner", uuid4())) for _ in range(3)]
    record(store, *seats)

    first = store.records.list("seat", limit=2)
    rest = store.records.list("seat", limit=2, after=first.next)

    texts = [each.text for each in (*first.items, *rest.items)]
    expected = sorted(str(each.id) for each in seats)
    assert [text.split('"id":"')[2].split('"')[0] for text in texts] == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (equal("due_on", date(2026, 12, 1)), ["12-01"]),
        (at_most("due_on", date(2026, 12, 1)), ["11-01", "12-01"]),
        (at_least("due_on", date(2026, 12, 1)), ["12-01", "12-31"]),
        (any_of("due_on", [date(2026, 11, 1), date(2026, 12, 31)]), ["11-01", "12-31"]),
        (any_of("due_on", []), []),
        (at_least("done_on", date(2030, 1, 1)), ["11-01", "12-01", "12-31"]),
        (at_most("done_on", date(2030, 1, 1)), []),
        (equal("agreement_id", None), ["11-01", "12-01", "12-31"]),
    ],
)
def test_conditions(store: Store, condition: Condition, expected: list[str]) -> None:
    owner = Place("partner", uuid4())
    days = (date(2026, 12, 31), date(2026, 11, 1), date(2026, 12, 1))
    record(store, *(milestone(owner, due_on=day) for day in days))

    found = store.records.list("milestone", [condition])

    assert [each.text.split('"due_on":"2026-')[1][:5] for each in found.items] == expected


def test_a_filter_is_true_of_what_was_known_then(store: Store) -> None:
    one = partner("가", own=True)
    record(store, one)
    record(store, replace(one, own=False))

    assert how_many(store, "partner", [equal("own", True)], known_at=1) == 1
    assert how_many(store, "partner", [equal("own", True)]) == 0


def test_tasks_are_filtered_by_the_programme_of_their_strategy(store: Store) -> None:
    one, other = programme(), programme()
    here, there = strategy(one), strategy(other)
    record(store, one, other, here, there, task(here, 1), task(here, 2), task(there, 1))

    assert how_many(store, "task", [equal("programme_id", one.id)]) == 2


def test_seats_are_found_by_who_holds_them_on_a_day(store: Store) -> None:
    contact_id = uuid4()
    one = seat(Place("partner", uuid4()))
    taken = replace(one, holders=(held(contact_id, Term(SIGNED, date(2022, 12, 31))),))
    record(store, taken)

    def count(on: date | None) -> int:
        return how_many(store, "seat", [linked("holder", contact_id, on=on)])

    assert (count(date(2022, 12, 31)), count(date(2023, 1, 1)), count(None)) == (1, 0, 1)


def test_agreements_are_filtered_by_the_days_they_are_in_force(store: Store) -> None:
    city, one = uuid4(), uuid4()
    record(store, agreement(city, one, ends_on=date(2024, 11, 15)), agreement(city, one))

    def in_force(on: date) -> int:
        on_that_day = [at_most("in_force_from", on), at_least("in_force_until", on)]
        return how_many(store, "agreement", on_that_day)

    assert in_force(date(2021, 11, 15)) == 0
    assert in_force(date(2024, 11, 15)) == 2
    assert in_force(date(2024, 11, 16)) == 1


def test_an_unknown_field_is_an_error_of_the_caller(store: Store) -> None:
    for wrong in ([equal("colour", "red")], [linked("colour", uuid4())]):
        with pytest.raises(ValueError, match="colour"):
            store.records.list("partner", wrong)


def test_the_entry_at_an_instant_is_the_last_one_by_then(store: Store) -> None:
    record(store, partner(), at=NOON)
    record(store, partner(), partner(), at=NOON + timedelta(hours=1))

    def seq_at(minutes: int) -> int:
        return store.records.seq_at(NOON + timedelta(minutes=minutes))

    assert [seq_at(-1), seq_at(0), seq_at(59), seq_at(60), seq_at(999)] == [0, 1, 1, 3, 3]


@pytest.mark.parametrize(
    ("q", "finds"),
    [
        ("인공", ["광주인공지능산업융합사업단"]),
        ("지능 산업", ["광주인공지능산업융합사업단"]),
        ("지능산업", ["광주인공지능산업융합사업단"]),
        ("ㄱㅈㅇㄱ", ["광주인공지능산업융합사업단"]),
        ("ㄴㅇㅂ", ["㈜ 네이버 클라우드"]),
        ("네이버 주식회사", ["㈜ 네이버 클라우드"]),
        ("(주)네이버", ["㈜ 네이버 클라우드"]),
        ("네이버클라우드", ["㈜ 네이버 클라우드"]),
        ("naver", ["㈜ 네이버 클라우드"]),
        ("skt", ["SK텔레콤"]),
        ("SK 텔레", ["SK텔레콤"]),
        ("주", ["㈜ 네이버 클라우드", "광주인공지능산업융합사업단"]),
        ("협동조합", ["청년협동조합"]),
        ("%", []),
        ("버클라우네", []),
        (" ", ["SK텔레콤", "㈜ 네이버 클라우드", "광주인공지능산업융합사업단", "청년협동조합"]),
    ],
)
def test_names_are_found_by_parts_of_words(store: Store, q: str, finds: list[str]) -> None:
    naver = partner("㈜ 네이버 클라우드")
    record(
        store,
        replace(naver, name=replace(naver.name, en="NAVER Cloud")),
        partner("광주인공지능산업융합사업단"),
        replace(partner("SK텔레콤"), aliases=("SKT",)),
        partner("청년협동조합"),
    )

    assert sorted(names(store.records.list("partner", q=q))) == sorted(finds)


def test_a_name_is_found_only_while_it_was_the_name(store: Store) -> None:
    one = technology("가상현실")
    record(store, one)
    record(store, replace(one, name=replace(one.name, ko="확장현실")))
    record(store, one)

    def counts(q: str) -> list[int]:
        known: list[int | None] = [1, 2, 3, None]
        return [how_many(store, "technology", q=q, known_at=seq) for seq in known]

    assert counts("가상") == [1, 0, 1, 1]
    assert counts("확장") == [0, 1, 0, 0]


def test_a_common_word_is_found_by_walking_the_list(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_registry.storage.index.word_search.RARE", 2)
    record(store, *(partner(f"광주 {number}") for number in range(5)), partner("전남"))

    first = store.records.list("partner", q="광주", limit=3)
    rest = store.records.list("partner", q="광주", limit=3, after=first.next)

    assert len(first.items) + len(rest.items) == 5


def test_text_with_quotes_and_wildcards_is_just_text(store: Store) -> None:
    record(store, partner("100% '나눔' \"사랑\" _x_ \\ ?"), partner("백"))

    for q in ("100%", "'나눔'", '"사랑"', "_x_", "\\", "?"):
        assert how_many(store, "partner", q=q) == 1


def test_people_are_found_by_contact(store: Store) -> None:
    assert store.records.people([UUID(int=1)]) == {}
    assert store.records.people([]) == {}
