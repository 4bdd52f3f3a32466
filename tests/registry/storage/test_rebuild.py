# ruff: noqa: S608 - the statements are fixed.
"""Shelves can be built anew from the log alone, and are then equal to the live ones."""

import threading
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from ieum_registry.commands.reindex import say_what_differs
from ieum_registry.operations.reindex import Difference, reindex
from ieum_registry.storage.store import Store

from .subjects import agreement, collaboration, event, how_many, partner, record, technology


def filled(store: Store) -> None:
    city, one = partner("광주광역시", own=True), partner("네이버", key="naver")
    under, twin = agreement(city.id, one.id), technology()
    record(store, city, one, twin, under)
    record(store, collaboration(under, one.id, technologies=(twin.id,)))
    record(store, replace(one, key=None, website="https://n.example"))
    expo = event(one.id, city.id)
    record(store, expo)
    record(store, replace(expo, partner_ids=(one.id,), revision=1))


def test_untouched_shelves_are_what_the_log_says(store: Store) -> None:
    filled(store)
    said: list[str] = []

    with store.new_shelves() as shelves:
        code = say_what_differs(shelves, said.append, compare_only=True)

    assert code == 0
    assert said[-1].endswith("· The shelves are what the log says: 8 entries.")


def test_damage_is_named_and_mended(store: Store) -> None:
    filled(store)
    with store.database.writing() as writing:
        writing.run("UPDATE partner_span SET name = 'X' WHERE own = 1")
        writing.run("DELETE FROM technology_text")
        writing.run("DELETE FROM agreement_partner_link")

    with store.new_shelves() as shelves:
        seen = reindex(shelves, compare_only=True)
    with store.new_shelves() as shelves:
        mended = reindex(shelves, compare_only=False)
    with store.new_shelves() as shelves:
        after = reindex(shelves, compare_only=True)

    assert set(seen.differences) == {
        Difference("partner_span", 1, 1),
        Difference("technology_text", 1, 0),
        Difference("agreement_partner_link", 2, 0),
    }
    assert mended.differences == seen.differences
    assert after.differences == ()
    assert how_many(store, "technology", q="트윈") == 1


def test_writers_and_readers_go_on_while_shelves_are_built(store: Store) -> None:
    filled(store)

    with store.new_shelves() as shelves:
        shelves.fill(lambda _done, _of: None)
        record(store, partner("버넥트"))
        found = shelves.exchange()

    assert found == ()
    assert how_many(store, "partner") == 3


def test_what_was_destroyed_is_not_tidied_away(store: Store) -> None:
    one = partner("비밀")
    record(store, one, partner("네이버"))
    record(store, replace(one, name=replace(one.name, ko="공개")))
    for gone in ("body = NULL, salt = NULL", "disclosed = NULL, disclosed_salt = NULL"):
        with store.database.writing() as writing:
            writing.run(f"UPDATE change_log SET {gone} WHERE seq = 1")
        said: list[str] = []

        with store.new_shelves() as shelves:
            code = say_what_differs(shelves, said.append, compare_only=False)

        assert code == 1
        assert any("· What entry 1 said is gone, and no redaction" in each for each in said)
        # The shelves stay as they were; a former name goes by redaction alone (test_redact.py).
        assert how_many(store, "partner", q="비밀") == 1
        rows = store.database.rows("SELECT count(*) FROM partner_gram WHERE gram = '비밀'")
        assert rows[0][0] == 1


@pytest.mark.parametrize(
    "damage",
    [
        "at = 'soon'",
        "subject_type = 'parnter'",
        "body = '{'",
        "body = '[]'",
        "body = '{}'",
    ],
)
def test_an_entry_that_cannot_be_read_is_named_and_nothing_is_changed(
    new_store: Callable[[], Store], damage: str
) -> None:
    store = new_store()
    filled(store)
    with store.database.writing() as writing:
        writing.run("UPDATE partner_span SET name = 'X' WHERE own = 1")
        writing.run(f"UPDATE change_log SET {damage} WHERE seq = 2")
    before = store.database.rows("SELECT * FROM partner_span ORDER BY id, seq_from")

    for compare_only in (True, False):
        said: list[str] = []
        with store.new_shelves() as shelves:
            code = say_what_differs(shelves, said.append, compare_only=compare_only)

        assert code == 1
        assert "· Entry 2 cannot be read" in said[-2]
        assert said[-1].startswith("아무것도 바꾸지 않았습니다.")
        assert store.database.rows("SELECT * FROM partner_span ORDER BY id, seq_from") == before


def test_two_rebuildings_wait_for_each_other(new_store: Callable[[], Store]) -> None:
    store = new_store()
    filled(store)
    found: list[tuple[Difference, ...]] = []

    def build() -> None:
        with store.new_shelves() as shelves:
            found.append(reindex(shelves, compare_only=False).differences)

    threads = [threading.Thread(target=build) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [(), ()]


def test_what_nobody_recorded_is_surplus(store: Store) -> None:
    filled(store)
    with store.database.writing() as writing:
        writing.run(
            "INSERT INTO load_span (id, version, seq_from, seq_to, disclosed, anchor_on)"
            " VALUES (?, 1, 99, 9007199254740991, 0, '2026-01-01')",
            [str(uuid4())],
        )
    said: list[str] = []

    with store.new_shelves() as shelves:
        code = say_what_differs(shelves, said.append, compare_only=True)

    assert code == 1
    assert any(each.endswith("0 rows missing, 1 too many") for each in said)
