"""How lists are walked and words are found: by which index, on both databases."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa

from changefeed.finding import words
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.ports.condition import (
    Condition,
    any_of,
    at_least,
    at_most,
    either,
    equal,
    linked,
    within,
)
from ieum_registry.operations.ports.scope import EVERYTHING, Scope
from ieum_registry.storage.index.shelf import Shelf
from ieum_registry.storage.index.shelves import SHELVES
from ieum_registry.storage.index.tables import METADATA
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases

from .plans import Asked, watch
from .subjects import agreement, how_many, record

DAY = date(2024, 5, 1)
TITLES = [f"스마트 도시 {number:03}호 업무협약" for number in range(120)]


def fill(url: str) -> None:
    """Make a small store, of which the database knows how much there is of what."""
    STEPS.migrate(url)
    store = Store(url, disclose=disclosed)
    record(
        store,
        *(
            agreement(uuid4(), uuid4(), title=title, number=f"광주-{at:03}")
            for at, title in enumerate(TITLES)
        ),
    )
    store.database.take_stock()
    store.close()


@pytest.fixture
def planned(database_urls: Databases) -> Iterator[Store]:
    """A small store whose server, too, takes an index wherever there is one."""
    url = sa.make_url(database_urls(fill))
    if url.get_backend_name() == "postgresql":
        url = url.update_query_dict({"options": "-c enable_seqscan=off -c enable_sort=off"})
    store = Store(url.render_as_string(hide_password=False), disclose=disclosed)
    yield store
    store.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return watch(monkeypatch)


@pytest.mark.parametrize(
    ("subject_type", "conditions"),
    [
        ("agreement", [at_least("signed_from", DAY)]),
        ("agreement", [at_most("signed_from", DAY), at_least("in_force_until", DAY)]),
        ("agreement", [at_most("signed_from", DAY), at_most("lasts_until", DAY)]),
        ("collaboration", [at_most("holds_from", DAY), at_least("holds_until", DAY)]),
        ("milestone", [at_least("done_on", DAY), at_least("cancelled_on", DAY)]),
        ("milestone", [at_most("done_on", DAY)]),
    ],
)
@pytest.mark.parametrize("known_at", [None, 100])
def test_where_things_stand_on_a_day_is_read_off_the_index_that_is_walked(
    planned: Store,
    asked: Asked,
    subject_type: str,
    conditions: list[Condition],
    known_at: int | None,
) -> None:
    asked.forget()
    planned.records.list(subject_type, conditions, known_at=known_at)

    [plan] = asked.plans(planned, " ORDER BY s.")
    walked = f"{subject_type}_span_all_{'now' if known_at is None else 'then'}"
    assert f"USING INDEX {walked}" in plan or f"using {walked}" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    [index] = (
        each for each in METADATA.tables[f"{subject_type}_span"].indexes if each.name == walked
    )
    assert {each.field for each in conditions} <= set(index.columns.keys())


@pytest.mark.parametrize("shelf", [each for each in SHELVES.values() if each.carried])
def test_whatever_a_list_is_filtered_by_its_index_carries_the_days_that_decide(
    shelf: Shelf,
) -> None:
    indexes = METADATA.tables[shelf.span_table].indexes
    walked = [each for each in indexes if shelf.sorted_by in each.columns]

    assert len(walked) == 2 * (1 + len(shelf.lists))
    assert all(set(shelf.carried) <= set(each.columns.keys()) for each in walked)


SORTED = [
    (shelf.subject_type, f"{sign}{column}")
    for shelf in SHELVES.values()
    for column in (shelf.sorted_by, *shelf.ranges, *shelf.sorts)
    for sign in ("", "-")
    if shelf.texts is not None
]


@pytest.mark.parametrize(("subject_type", "sort"), SORTED)
def test_what_a_list_is_often_sorted_by_is_walked_by_an_index(
    planned: Store, asked: Asked, subject_type: str, sort: str
) -> None:
    asked.forget()
    planned.records.list(subject_type, sort=sort)

    plans = asked.plans(planned, " ORDER BY s.")
    assert plans
    for plan in plans:
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("sort", ["signed_on", "-last_on", "last_on"])
def test_so_it_is_as_known_then(planned: Store, asked: Asked, sort: str) -> None:
    asked.forget()
    planned.records.list("agreement", sort=sort, known_at=100)

    for plan in asked.plans(planned, " ORDER BY s."):
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan


PARTNER = uuid4()


@pytest.fixture
def busy(database_urls: Databases) -> Iterator[Store]:
    """A store where one partner has signed every third agreement."""

    def fill_busy(url: str) -> None:
        STEPS.migrate(url)
        store = Store(url, disclose=disclosed)
        record(
            store,
            *(
                agreement(
                    uuid4(),
                    PARTNER if at % 3 == 0 else uuid4(),
                    title=title,
                    number=f"광주-{at:03}",
                )
                for at, title in enumerate(TITLES)
            ),
        )
        store.database.take_stock()
        store.close()

    store = Store(database_urls(fill_busy), disclose=disclosed)
    yield store
    store.close()


@pytest.mark.parametrize("many", [0, 1_000])
def test_a_list_of_many_that_are_linked_is_the_same_walked_or_led_to(
    busy: Store, asked: Asked, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("ieum_registry.storage.index.spans.MANY", many)
    theirs = Scope.of_partners([PARTNER], DAY)
    conditions = [linked("partner", PARTNER)]
    asked.forget()

    page = busy.records.list("agreement", conditions, limit=15, count=True)
    seen = busy.records.list("agreement", conditions, limit=50, scope=theirs, count=True)

    assert page.total is not None
    assert (len(page.items), page.total.count) == (15, 40)
    assert seen.total is not None
    assert (len(seen.items), seen.total.count) == (40, 40)
    rest = busy.records.list("agreement", conditions, limit=50, after=page.next)
    assert len(rest.items) == 25
    walked = [sql for sql, _ in asked.queries if " ORDER BY s." in sql]
    assert all(("EXISTS (SELECT k.id" in sql) == (not many) for sql in walked[:1])
    if not many:
        assert all("TEMP B-TREE" not in plan for plan in asked.plans(busy, " ORDER BY s."))


def test_what_ends_within_some_days_is_read_off_the_index_whoever_leads_it(
    planned: Store, asked: Asked
) -> None:
    unled_too = either(any_of("lead_department_id", [uuid4()]), equal("lead_department_id", None))
    asked.forget()

    soon = within("last_on", DAY, date(2099, 1, 1))
    planned.records.list("agreement", [*soon, unled_too], sort="last_on")

    plans = asked.plans(planned, " ORDER BY s.")
    assert plans
    assert not any("MULTI-INDEX" in plan or "BitmapOr" in plan for plan in plans)
    if planned.database.dialect.name == "sqlite":
        assert "agreement_span_last_on_now (last_on>?" in plans[0]
        # Those without a last day come last, off either index.
        assert all("agreement_span_last_on_" in plan for plan in plans)


def test_who_is_linked_on_a_day_is_read_off_an_index_alone(planned: Store, asked: Asked) -> None:
    asked.forget()

    planned.records.list("agreement", scope=Scope.of_partners([uuid4()], DAY), count=True)

    plans = asked.plans(planned, "SELECT count(*) FROM (SELECT k.id")
    assert plans
    if planned.database.dialect.name == "sqlite":
        assert all("COVERING INDEX agreement_partner_link_other" in each for each in plans)


def test_a_total_follows_what_is_written_and_is_counted_once_until_then(
    planned: Store, asked: Asked
) -> None:
    asked.forget()
    before = [planned.records.list("agreement", count=True, limit=size).total for size in (1, 2)]
    counted = [sql for sql, _ in asked.queries if "count(*)" in sql]
    record(planned, agreement(uuid4(), uuid4(), title="더한 협약", number="광주-999"))
    after = planned.records.list("agreement", count=True).total

    assert len(counted) == 1
    assert [each.count for each in before if each] == [120, 120]
    assert after is not None
    assert after.count == 121


ASKED = [
    *("광주-007", "007호", "스마트 도시", "도시 스마트", "업무협약", "협약 117", "1", "11", "시"),
    *(
        "트스마",
        "119호업무협약",
        "무업",
        "호업무 011",
        "ㅅㅁㅌ",
        "ㄷㅅ",
        "없는말",
        "광주-120",
        "012 013",
    ),
]


@pytest.mark.parametrize(("rare", "common"), [(500, 12_000), (15, 60), (2, 100_000), (1, 2)])
def test_what_is_found_is_what_holds_all_words_however_common_their_pieces(
    planned: Store, monkeypatch: pytest.MonkeyPatch, rare: int, common: int
) -> None:
    monkeypatch.setattr("ieum_registry.storage.index.word_search.RARE", rare)
    monkeypatch.setattr("ieum_registry.storage.index.word_search.FEW", rare // 4)
    monkeypatch.setattr("ieum_registry.storage.index.word_search.COMMON", common)

    found = {q: how_many(planned, "agreement", q=q) for q in ASKED}

    assert found == {q: _holding(q) for q in ASKED}


def _holding(q: str) -> int:
    initials = {"ㅅㅁㅌ": "스마트", "ㄷㅅ": "도시"}
    asked = [initials.get(word, word).replace("-", "") for word in q.split()]
    texts = [f"{title.replace(' ', '')}\n2021년\n광주{at:03}" for at, title in enumerate(TITLES)]
    return sum(all(word in text for word in asked) for text in texts)


def test_a_number_is_found_by_what_its_pieces_have_in_common(
    planned: Store, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_registry.storage.index.word_search.RARE", 5)
    monkeypatch.setattr("ieum_registry.storage.index.word_search.FEW", 5)
    asked.forget()

    assert how_many(planned, "agreement", q="광주-107") == 1

    [together] = asked.plans(planned, "AND EXISTS (SELECT 1 FROM agreement_gram o")
    [walked] = asked.plans(planned, " ORDER BY s.")
    assert "SCAN g" not in together
    assert "Seq Scan" not in together
    assert "agreement_text" not in walked


def test_a_word_whose_pieces_never_meet_is_given_up_without_a_walk(
    planned: Store, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_registry.storage.index.word_search.RARE", 2)
    monkeypatch.setattr("ieum_registry.storage.index.word_search.FEW", 2)
    asked.forget()

    assert how_many(planned, "agreement", q="00호 011") == 0

    assert asked.plans(planned, " ORDER BY s.") == []


def test_words_that_no_index_begins_are_looked_for_in_the_first_of_a_list_only(
    planned: Store, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_registry.storage.records.MOST_LOOKED_AT", 10)
    asked.forget()

    found = planned.records.candidates("agreement", words("0"), limit=50, scope=EVERYTHING)

    assert len(found.items) == 10
    assert not found.total.is_exact
    [plan] = asked.plans(planned, "LIMIT 10) s")
    assert "agreement_span_all_now" in plan
    assert "Seq Scan" not in plan
    monkeypatch.setattr("ieum_registry.storage.index.word_search.RARE", 1)
    old = planned.records.candidates("agreement", words("000호"), limit=5, scope=EVERYTHING)
    assert len(old.items) == 1
    assert not old.total.is_exact
    monkeypatch.undo()
    whole = planned.records.candidates("agreement", words("011"), limit=50, scope=EVERYTHING)
    assert (len(whole.items), whole.total.is_exact) == (1, True)


def test_of_many_those_that_begin_with_the_words_are_taken_by_the_index_on_names(
    planned: Store, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.forget()

    found = planned.records.candidates("agreement", words("스마트"), limit=5, scope=EVERYTHING)

    titles = {json.loads(each.text)["title"]["ko"] for each in found.items}
    assert set(TITLES[:5]) <= titles
    assert (found.total.count, found.total.is_exact) == (120, True)
    monkeypatch.setattr("ieum_registry.storage.records.MOST_FOUND", 100)
    more = planned.records.candidates("agreement", words("스마트"), limit=5, scope=EVERYTHING)
    assert (more.total.count, more.total.is_exact) == (100, False)
    plans = asked.plans(planned, 'ORDER BY s."title"')
    assert plans
    assert all("agreement_span_title_now" in each for each in plans)
