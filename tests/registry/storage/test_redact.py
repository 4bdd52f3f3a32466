# ruff: noqa: S608 - the statements are fixed.
"""What is redacted is gone from every table, and the live shelves are those of a rebuild."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from changefeed.chain import GENESIS, first_break
from changefeed.mapping import from_facts
from changefeed.page import page_from_wire
from changefeed.subjects.agreement import Party
from changefeed.subjects.load import Load
from changefeed.subjects.parts import Words
from changefeed.subjects.redaction import Redaction
from ieum_registry.domain.errors import Destroyed, NotFound, Redacted, RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.records import Sought
from ieum_registry.operations.ports.scope import DISCLOSED, EVERYTHING, Scope
from ieum_registry.operations.redaction import redact
from ieum_registry.operations.reindex import reindex
from ieum_registry.operations.verify import verify
from ieum_registry.storage.index.tables import METADATA
from ieum_registry.storage.store import Store

from .subjects import SIGNED, agreement, how_many, ledger, partner, record

SECRET = "잘못 적힌 비밀 이름"


def redacted(store: Store, seq: int) -> int:
    entry = redact(seq, reason="잘못 적음", redaction_id=uuid4(), ledger=ledger(store))
    return entry.seq


def words_anywhere(store: Store, word: str) -> set[str]:
    """Name the tables that hold a word in any column."""
    found = set()
    for table in METADATA.tables.values():
        columns = " || ' ' || ".join(
            f"coalesce(CAST(\"{each.name}\" AS TEXT), '')"
            for each in table.columns
            if str(each.type) != "BLOB"
        )
        rows = store.database.rows(f"SELECT {columns} FROM {table.name}")
        if any(word in str(row[0]) for row in rows):
            found.add(table.name)
    return found


def differences(store: Store) -> tuple[object, ...]:
    with store.new_shelves() as shelves:
        return reindex(shelves, compare_only=True).differences


@pytest.fixture
def told(store: Store) -> tuple[Store, Partner]:
    """A partner in five versions, the second and third of which say what should not be there."""
    one = partner("네이버", key="naver")
    record(store, one)
    record(store, replace(one, name=Words(SECRET)))
    record(store, replace(one, name=Words(SECRET), website="https://n.example"))
    record(store, replace(one, website="https://n.example"))
    record(store, replace(one, name=Words("네이버 주식회사")))
    return store, one


def test_what_was_redacted_stands_nowhere_any_more(told: tuple[Store, Partner]) -> None:
    store, one = told
    assert words_anywhere(store, "비밀") == {
        "change_log",
        "partner_span",
        "partner_text",
        "partner_gram",
    }

    redacted(store, 2)
    redacted(store, 3)

    assert words_anywhere(store, "비밀") == set()
    assert store.records.one("partner", one.id).version == 5
    assert how_many(store, "partner", q="네이버") == 1
    assert differences(store) == ()
    assert verify(store.stored_changes()).redacted == 2


def test_a_former_name_that_was_redacted_finds_neither_itself_nor_what_points_there(
    told: tuple[Store, Partner],
) -> None:
    store, one = told
    city = partner("시", own=True)
    record(store, city, agreement(city.id, one.id))
    types = ("partner", "agreement")
    assert [how_many(store, each, q="비밀") for each in types] == [1, 1]

    redacted(store, 2)
    assert [how_many(store, each, q="비밀") for each in types] == [1, 1]  # The third says it, too.
    redacted(store, 3)

    assert [how_many(store, each, q="비밀") for each in types] == [0, 0]
    assert [how_many(store, each, q="네이버") for each in types] == [1, 1]
    assert differences(store) == ()


def test_a_word_that_another_version_holds_is_still_found(told: tuple[Store, Partner]) -> None:
    store, _ = told

    redacted(store, 3)

    assert how_many(store, "partner", q="비밀", known_at=2) == 1
    assert how_many(store, "partner", q="비밀", known_at=3) == 0
    assert how_many(store, "partner", q="네이버", known_at=4) == 1
    assert differences(store) == ()


def test_links_and_lists_around_a_redacted_version_stay(store: Store) -> None:
    city, one, other = partner("시", own=True), partner("하나"), partner("둘")
    record(store, city, one, other)
    first = agreement(city.id, one.id, disclosure="public", ends_on=date(2027, 1, 1))
    record(store, first)
    party = Party(other.id, "partner", signed_on=SIGNED)
    record(store, replace(first, parties=(*first.parties, party), title=Words(SECRET)))
    record(store, first)

    redacted(store, 5)

    assert how_many(store, "agreement", known_at=4) == 1
    assert how_many(store, "agreement", known_at=5) == 0
    assert how_many(store, "agreement", known_at=6) == 1
    assert store.records.one("agreement", first.id, scope=DISCLOSED).version == 3
    assert differences(store) == ()


def test_reading_a_redacted_version_says_so_to_who_could_have_read_it(
    told: tuple[Store, Partner],
) -> None:
    store, one = told
    by = redacted(store, 2)

    for scope in (EVERYTHING, DISCLOSED):
        with pytest.raises(Redacted) as refused:
            store.records.one("partner", one.id, known_at=2, scope=scope)
        assert (refused.value.facts["seq"], refused.value.facts["by"]) == (2, by)
        assert store.records.one("partner", one.id, known_at=1, scope=scope).version == 1
        assert store.records.one("partner", one.id, known_at=3, scope=scope).version == 3


def test_strangers_hear_nothing_of_a_redacted_version_that_was_closed(store: Store) -> None:
    city, one, other = partner("시", own=True), partner("하나"), partner("둘")
    shut = agreement(city.id, one.id)
    record(store, city, one, other, shut)
    record(store, replace(shut, title=Words("새 제목")))
    redacted(store, 4)

    def asked(partner_id: UUID | None) -> object:
        scope = DISCLOSED if partner_id is None else Scope.of_partners([partner_id], SIGNED)
        return store.records.one("agreement", shut.id, known_at=4, scope=scope)

    for outsider in (None, other.id):
        with pytest.raises(NotFound):
            asked(outsider)
    with pytest.raises(Redacted):
        asked(one.id)


def test_history_tells_which_entry_redacted_which(told: tuple[Store, Partner]) -> None:
    store, one = told
    by = redacted(store, 2)

    found = store.records.history(Sought((one.id,)), before=None, limit=10)

    lines = "".join(found.items)
    assert '"seq":2,' in lines
    assert [f'"redacted_by":{by}' in item for item in found.items] == [
        '"seq":2,' in item for item in found.items
    ]
    assert SECRET in lines  # Entry 3 has it still.


def test_the_feed_verifies_for_everybody(told: tuple[Store, Partner]) -> None:
    store, _ = told
    redacted(store, 2)

    for scope in (EVERYTHING, DISCLOSED):
        feed = store.records.feed(0, scope=scope)
        text = f'{{"items":[{",".join(feed.items)}],"next":{feed.next},"head":{feed.head}}}'
        changes = page_from_wire(json.loads(text)).items
        is_office = scope is EVERYTHING
        assert (
            first_break(changes, after_seq=0, after_hash=GENESIS, to_head=True, shows_all=is_office)
            is None
        )


@pytest.mark.parametrize(
    ("seq", "code"),
    [(99, "redaction.no_entry"), (5, "redaction.newest"), (2, "redaction.repeated")],
)
def test_what_is_not_redacted(told: tuple[Store, Partner], seq: int, code: str) -> None:
    store, _ = told
    redacted(store, 2)
    before = list(store.stored_changes())

    with pytest.raises(RuleBroken) as refused:
        redacted(store, seq)

    assert refused.value.code == code
    assert list(store.stored_changes()) == before


def test_a_redaction_is_not_redacted(told: tuple[Store, Partner]) -> None:
    store, _ = told
    by = redacted(store, 2)

    with pytest.raises(RuleBroken) as refused:
        redacted(store, by)

    assert refused.value.code == "redaction.of_redaction"


def test_a_load_that_nothing_goes_on_from_is_redacted_whole(store: Store) -> None:
    load = Load(uuid4(), SIGNED, (), {"partner": 1})
    with ledger(store).open() as transaction:
        transaction.record("load.recorded", load)

    redacted(store, 1)

    with pytest.raises(Redacted):
        store.records.one("load", load.id)
    assert how_many(store, "load") == 0
    assert differences(store) == ()
    assert verify(store.stored_changes()).is_whole


def test_a_dry_run_destroys_nothing(told: tuple[Store, Partner]) -> None:
    store, _ = told
    before = list(store.stored_changes())

    entry = redact(2, reason="왜", redaction_id=uuid4(), ledger=ledger(store, dry_run=True))

    assert (entry.seq, entry.change.body is None) == (6, False)
    assert list(store.stored_changes()) == before


def test_what_was_destroyed_by_hand_can_be_put_on_record(told: tuple[Store, Partner]) -> None:
    store, _ = told
    with store.database.writing() as writing:
        writing.run(
            "UPDATE change_log SET body = NULL, salt = NULL, reason = NULL, disclosed = NULL,"
            " disclosed_salt = NULL WHERE seq = 2"
        )
    assert not verify(store.stored_changes()).is_whole

    redacted(store, 2)

    assert verify(store.stored_changes()).is_whole
    assert differences(store) == ()
    assert words_anywhere(store, "비밀") != set()  # Entry 3 has it still.


def test_a_subject_that_lost_its_text_is_told_and_not_written_to(store: Store) -> None:
    one = partner("네이버")
    record(store, one)
    with store.database.writing() as writing:
        writing.run("UPDATE change_log SET body = NULL, salt = NULL, disclosed = NULL")

    for scope in (EVERYTHING, DISCLOSED):
        with pytest.raises(Destroyed):
            store.records.one("partner", one.id, scope=scope)
        with pytest.raises(Destroyed):
            store.records.list("partner", scope=scope)
    with pytest.raises(Destroyed):
        store.records.many("partner", [one.id])
    with pytest.raises(Destroyed):
        record(store, replace(one, website="https://n.example"))
    with pytest.raises(Destroyed), ledger(store).open() as transaction:
        transaction.those(Partner)


def test_a_redaction_is_read_by_everybody_without_its_reason(told: tuple[Store, Partner]) -> None:
    store, one = told
    redacted(store, 2)

    [found] = store.records.list("redaction", scope=DISCLOSED).items

    redaction = from_facts(Redaction, json.loads(found.text))
    assert (redaction.redacts, redaction.of_type, redaction.of_id) == (2, "partner", one.id)
    assert "잘못 적음" not in "".join(store.records.feed(0, scope=DISCLOSED).items)
    assert "잘못 적음" in "".join(store.records.feed(0).items)
