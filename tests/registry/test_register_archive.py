"""The whole register goes out as text and comes in again elsewhere, to the same state."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ieum_registry.commands.register_archive import export, take_in
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.register_archive import ArchiveUnfit
from ieum_registry.operations.reindex import reindex
from ieum_registry.operations.verify import verify
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases
from tests.registry.desk import GWANGJU, ILLUSTRATION, Desk, House

NOW = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)

on_sqlite = pytest.mark.parametrize("database_urls", ["sqlite"], indirect=True)


@pytest.fixture
def stores(database_urls: Databases) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def fresh() -> Store:
        opened.append(Store(database_urls(STEPS.migrate), disclose=disclosed))
        return opened[-1]

    yield fresh
    for each in opened:
        each.close()


@pytest.fixture
def filled(house: House, stores: Callable[[], Store]) -> Store:
    """A register with both samples, a redacted entry and an erased person."""
    store = stores()
    desk = Desk(house, store)
    office = desk.office
    assert desk.load(GWANGJU, ILLUSTRATION).status == 201
    partner = office.by_key("/v1/partners", "nhn")
    seq = office.seq() + 1
    renamed = {"memo": "실수로 적은 것"}
    assert office.patch(f"/v1/partners/{partner['id']}", renamed, seen=1).status == 200
    assert office.patch(f"/v1/partners/{partner['id']}", {"memo": "지움"}, seen=2).status == 200
    assert office.post("/v1/redactions", {"seq": seq, "reason": "잘못 적음"}).status == 201
    person = office.by_key("/v1/contacts", "unity-liaison")
    erased = office.post(f"/v1/contacts/{person['id']}/erasures", {"reason": "요청"}, seen=1)
    assert erased.status == 201, erased.text
    return store


def state(house: House, store: Store) -> object:
    """What anybody could ask: the log's end, each list, and every entry as it travels."""
    office = Desk(house, store).office
    lists = ("partners", "agreements", "seats", "contacts", "milestones", "collaborations", "tasks")
    feed, after = [], 0
    while page := office.get(f"/v1/changes?after={after}&limit=1000").json["items"]:
        feed += page
        after = page[-1]["seq"]
    return office.get("/v1/head").json, feed, [office.items(f"/v1/{each}") for each in lists]


def test_a_register_taken_in_elsewhere_is_the_same(
    house: House, filled: Store, stores: Callable[[], Store], tmp_path: Path
) -> None:
    other = stores()

    said = export(filled, tmp_path, with_people=True, now=NOW)
    found = take_in(other, tmp_path)

    assert state(house, other) == state(house, filled)
    assert (said["seq"], said["hash"]) == (found.entries, found.head_hash.hex())
    assert verify(other.stored_changes()).is_whole
    with other.new_shelves() as shelves:
        assert reindex(shelves, compare_only=True).differences == ()


def test_people_are_taken_out_only_when_asked_and_that_is_kept(
    house: House, filled: Store, stores: Callable[[], Store], tmp_path: Path
) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "with").mkdir()

    without = export(filled, tmp_path / "without", with_people=False, now=NOW)
    before = Desk(house, filled).office.get("/v1/access-records?limit=200").json["items"]
    with_people = export(filled, tmp_path / "with", with_people=True, now=NOW)
    other = stores()
    take_in(other, tmp_path / "without")

    text = (tmp_path / "without" / "log.jsonl").read_text(encoding="utf-8")
    named = (tmp_path / "with" / "people.jsonl").read_text(encoding="utf-8")
    assert "홍길동" not in text
    assert "홍길동" in named
    assert "Alice" not in named
    assert without["people"] is None
    assert with_people["people"] == len(named.splitlines())
    after = Desk(house, filled).office.get("/v1/access-records?limit=200").json["items"]
    told = [each for each in after if each not in before and "export" in each["act"]]
    assert [each["account"] for each in told] == ["operator:ieum-registry"]
    assert [each["name"] for each in Desk(house, other).office.items("/v1/contacts")] == [None] * 12


@on_sqlite
@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("register.damaged", lambda text: text.replace('"NHN"', '"NHX"', 1)),
        ("register.damaged", lambda text: text[: len(text) // 2]),
        ("register.damaged", lambda text: "".join(text.splitlines(keepends=True)[1:])),
        ("register.newer", lambda text: text.replace('"partner.registered"', '"partner.sung"', 1)),
    ],
)
def test_a_spoilt_register_changes_nothing(
    house: House,
    filled: Store,
    stores: Callable[[], Store],
    tmp_path: Path,
    code: str,
    spoil: Callable[[str], str],
) -> None:
    export(filled, tmp_path, with_people=False, now=NOW)
    log, other = tmp_path / "log.jsonl", stores()
    log.write_text(spoil(log.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises(ArchiveUnfit) as refused:
        take_in(other, tmp_path)

    assert refused.value.code == code
    assert Desk(house, other).office.seq() == 0


@on_sqlite
def test_a_register_is_taken_into_an_empty_one_alone(filled: Store, tmp_path: Path) -> None:
    export(filled, tmp_path, with_people=False, now=NOW)
    lines = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "log.jsonl").write_text("".join(lines[:10]), encoding="utf-8")

    with pytest.raises(ArchiveUnfit) as refused:
        take_in(filled, tmp_path)

    assert refused.value.code == "register.not_empty"


@on_sqlite
def test_a_line_is_what_the_feed_says(house: House, filled: Store, tmp_path: Path) -> None:
    export(filled, tmp_path, with_people=False, now=NOW)

    first = json.loads((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first == Desk(house, filled).service("graph").get("/v1/changes?limit=1").json["items"][0]
