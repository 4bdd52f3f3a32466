"""Steps go up, down and up again on filled tables, and end where the declarations say."""

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from changefeed.subjects.agreement import End
from changefeed.subjects.load import Load, LoadedDocument, file_id
from changefeed.subjects.parts import Words
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.reindex import reindex
from ieum_registry.storage.index.tables import METADATA
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from sqlstore.steps import LockedOut
from tests.postgres import Databases

from .subjects import agreement, collaboration, event, how_many, ledger, partner, record

LEFT = date(2022, 1, 1)


def nothing(_url: str) -> None:
    """Leave a database empty."""


@pytest.fixture
def empty_url(database_urls: Databases) -> str:
    return database_urls(nothing)


def test_the_file_head_names_the_newest_step() -> None:
    script = ScriptDirectory.from_config(STEPS.settings("sqlite://"))
    names = sorted(each.stem for each in (STEPS.folder / "versions").glob("0*.py"))

    assert script.get_heads() == [STEPS.newest()]
    assert [each.revision for each in script.walk_revisions()][::-1] == names


def test_the_steps_make_what_the_declarations_want(store_url: str) -> None:
    with sa.create_engine(store_url, poolclass=sa.NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        for name, table in METADATA.tables.items():
            assert _indexes(connection, name) == {str(each.name) for each in table.indexes}


def _indexes(connection: sa.Connection, table: str) -> set[str]:
    found = sa.inspect(connection).get_indexes(table)
    return {str(each["name"]) for each in found if not each.get("duplicates_constraint")}


def test_partial_indexes_are_partial(store: Store) -> None:
    if store.database.dialect.name == "sqlite":
        rows = store.database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
    else:
        rows = store.database.rows(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        )
    partial = {name for name, sql in rows if sql and "9007199254740991" in sql}
    assert {"partner_span_one_key", "partner_span_one_current", "partner_span_all_now"} <= partial
    assert "partner_span_all_then" not in partial


def test_up_down_and_up_again_on_filled_tables(empty_url: str) -> None:
    newest = STEPS.newest()
    assert STEPS.migrate(empty_url) == (None, newest)
    store = Store(empty_url, disclose=disclosed)
    record(store, partner("네이버"))
    store.close()

    assert STEPS.migrate(empty_url, "0001_log") == (newest, "0001_log")
    assert STEPS.migrate(empty_url) == ("0001_log", newest)
    store = Store(empty_url, disclose=disclosed)
    with store.new_shelves() as shelves:
        reindex(shelves, compare_only=False)
    found = how_many(store, "partner", q="네이버")
    store.close()
    assert STEPS.migrate(empty_url, "base") == (newest, None)
    assert STEPS.migrate(empty_url) == (None, newest)

    assert found == 1


def test_a_store_of_the_release_before_gets_its_shelf_of_events(empty_url: str) -> None:
    STEPS.migrate(empty_url)
    STEPS.migrate(empty_url, "0002_shelves")
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)

    record(store, event())

    found = how_many(store, "event", q="세계 Vegas")
    store.close()
    assert found == 1
    assert STEPS.migrate(empty_url, "0002_shelves") == (STEPS.newest(), "0002_shelves")


def test_events_of_the_step_before_get_their_instants(empty_url: str) -> None:
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)
    record(store, event())
    store.close()
    STEPS.migrate(empty_url, "0003_events")
    STEPS.migrate(empty_url)

    store = Store(empty_url, disclose=disclosed)
    rows = store.database.rows("SELECT begins_at, is_over_at FROM event_span")
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    store.close()

    assert [tuple(each) for each in rows] == [("2027-01-06T17:00:00Z", "2027-01-10T02:00:00Z")]
    assert differences == ()


def test_agreements_of_the_step_before_get_their_last_days(empty_url: str) -> None:
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)
    city, naver = partner("광주", own=True), partner("네이버")
    record(store, city, naver)
    last = date(2027, 3, 19)
    plain = agreement(city.id, naver.id)
    for end in (End("fixed", last), End("auto_renews", last), End("evergreen")):
        record(store, replace(plain, id=uuid4(), end=end))
    record(store, agreement(city.id, naver.id, ends_on=last, left=naver.id, left_on=LEFT))
    unsigned = (plain.parties[0], replace(plain.parties[1], signed_on=None))
    record(store, replace(plain, end=End("fixed", last), parties=unsigned))
    store.close()
    STEPS.migrate(empty_url, "0005_lead_department")
    STEPS.migrate(empty_url)

    store = Store(empty_url, disclose=disclosed)
    rows = store.database.rows("SELECT last_on FROM agreement_span ORDER BY seq_from")
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    store.close()

    assert [each for (each,) in rows] == [
        "2027-03-19",
        "2027-03-19",
        "9999-12-31",
        "2022-01-01",
        "9999-12-31",
    ]
    assert differences == ()


def test_agreements_of_the_step_before_get_the_days_between_their_runs(empty_url: str) -> None:
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)
    city, naver = partner("광주", own=True), partner("네이버")
    record(store, city, naver)
    plain = agreement(city.id, naver.id)
    ours, theirs = plain.parties
    again = (ours, replace(theirs, left_on=LEFT), replace(theirs, signed_on=date(2024, 3, 1)))
    for parties in (plain.parties, again, again, plain.parties, again):
        record(store, replace(plain, parties=parties, venue=Words(str(uuid4()))))
    store.close()
    STEPS.migrate(empty_url, "0011_verification")
    STEPS.migrate(empty_url)

    store = Store(empty_url, disclose=disclosed)
    rows = store.database.rows("SELECT from_on, to_on FROM agreement_gap_link ORDER BY seq_from")
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    store.close()

    assert [tuple(each) for each in rows] == [("2022-01-02", "2024-02-29")] * 2
    assert differences == ()


def test_agreements_of_the_step_before_last_as_long_as_they_are_in_force(empty_url: str) -> None:
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)
    city, naver = partner("광주", own=True), partner("네이버")
    record(store, city, naver)
    ending = agreement(city.id, naver.id, ends_on=date(2027, 3, 19))
    record(store, ending, collaboration(ending, naver.id))
    store.close()
    STEPS.migrate(empty_url, "0012_gaps")
    STEPS.migrate(empty_url)

    store = Store(empty_url, disclose=disclosed)
    rows = store.database.rows("SELECT lasts_until FROM agreement_span")
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    store.close()

    assert [each for (each,) in rows] == ["2027-03-19"]
    assert differences == ()


def test_loads_of_the_step_before_are_found_by_their_files(empty_url: str) -> None:
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)
    files = (LoadedDocument("a.yaml", "0" * 64), LoadedDocument("b.yaml", "1" * 64))
    with ledger(store).open() as transaction:
        for documents in (files, files[:1]):
            transaction.record("load.recorded", Load(uuid4(), LEFT, documents, {"partner": 1}))
    store.close()
    STEPS.migrate(empty_url, "0016_sorted_lists")
    STEPS.migrate(empty_url)

    store = Store(empty_url, disclose=disclosed)
    found = {
        name: len(store.database.rows("SELECT 1 FROM load_file_link WHERE other_id = ?", [str(it)]))
        for name in ("a.yaml", "b.yaml", "c.yaml")
        for it in [file_id(name)]
    }
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    store.close()

    assert found == {"a.yaml": 2, "b.yaml": 1, "c.yaml": 0}
    assert differences == ()


def test_names_of_the_step_before_are_found_without_their_marks(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)
    lodz, plain = partner("Łódź", key="lodz"), partner("Lublin")
    with monkeypatch.context() as before:
        before.setattr("changefeed.finding.without_marks", lambda text: text)
        record(store, lodz, plain, partner("École Supérieure"), event())
        record(store, replace(lodz, name=Words("Lodz")))
        record(store, replace(lodz, name=Words("Łódź", "Lodz")))
        assert how_many(store, "partner", q="ecole") == 0
    store.close()
    STEPS.migrate(empty_url, "0008_access_records")
    STEPS.migrate(empty_url)

    store = Store(empty_url, disclose=disclosed)
    found = [how_many(store, "partner", q=q) for q in ("lodz", "łódź", "ecole superieure", "lub")]
    then = how_many(store, "partner", q="lodz", known_at=1)
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    store.close()

    assert found == [1, 1, 1, 1]
    assert then == 1
    assert differences == ()


def test_migrating_again_changes_nothing(store_url: str) -> None:
    assert STEPS.migrate(store_url) == (STEPS.newest(), STEPS.newest())


def test_a_table_in_use_is_waited_for_four_seconds_and_left_alone(
    store: Store, store_url: str
) -> None:
    STEPS.migrate(store_url, "0008_access_records")
    engine = sa.create_engine(store_url, poolclass=sa.NullPool)
    with engine.connect() as reader:
        if engine.dialect.name == "sqlite":
            reader.exec_driver_sql("BEGIN IMMEDIATE")
        # Of the step that is undone first; each step stands for itself.
        reader.exec_driver_sql("SELECT * FROM access_record")

        with pytest.raises(LockedOut):
            STEPS.migrate(store_url, "0001_log")

        reader.rollback()
    assert STEPS.migrate(store_url) == ("0008_access_records", STEPS.newest())
    store.check()


def test_what_the_step_before_searched_with_its_hyphens_is_found_without(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    STEPS.migrate(empty_url)
    store = Store(empty_url, disclose=disclosed)
    city, joined = partner("광주광역시", own=True), partner("AI-메타버스 연구소")
    signed = agreement(city.id, joined.id, title="산·학 협약")
    with monkeypatch.context() as before:
        before.setattr("changefeed.finding._JOINTS", re.compile("(?!)"))
        record(store, city, joined, signed)
        record(store, replace(joined, name=Words("AI 메타버스 연구소")))
        assert how_many(store, "agreement", q="산학") == 0
    store.close()
    STEPS.migrate(empty_url, "0017_loaded_files")
    STEPS.migrate(empty_url)

    store = Store(empty_url, disclose=disclosed)
    found = [how_many(store, "partner", q=q, known_at=3) for q in ("ai메타버스", "ai-메타")]
    agreements = [how_many(store, "agreement", q=q) for q in ("산학", "산-학 2021", "메타버스")]
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    store.close()

    assert found == [1, 1]
    assert agreements == [1, 1, 1]
    assert differences == ()
