"""Migrations: one line of them, up, down and up again, and the tables are those declared."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.engine import Engine

from ieum_notify.storage.migrate import STEPS
from ieum_notify.storage.tables import BOOKMARK, METADATA
from sqlstore.engine import open_engine
from tests.notify.makers import OFFICE, PostRoom, milestone_in_five_days
from tests.postgres import Databases


def test_there_is_one_newest_step_and_the_head_file_names_it() -> None:
    scripts = ScriptDirectory.from_config(STEPS.settings("sqlite://"))

    assert scripts.get_heads() == [STEPS.newest()]


def test_the_migrated_tables_are_those_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)

        assert compare_metadata(context, METADATA) == []


def test_up_down_and_up_again_on_filled_tables(room: PostRoom, database: str) -> None:
    room.registry.record(milestone_in_five_days())
    room.day()
    room.engine.dispose()

    STEPS.migrate(database, "base")
    STEPS.migrate(database)
    STEPS.migrate(database)

    assert room.states() == {}


def test_a_database_that_was_never_migrated_names_the_remedy(database_urls: Databases) -> None:
    empty = open_engine(database_urls(lambda _url: None))
    try:
        with pytest.raises(RuntimeError, match="ieum-notify migrate"):
            STEPS.check(empty)
    finally:
        empty.dispose()


def test_a_copy_of_before_is_told_apart_from_one_begun_again(
    room: PostRoom, database: str, engine: Engine
) -> None:
    room.follow()
    engine.dispose()
    STEPS.migrate(database, "0003_by_subject")
    STEPS.migrate(database)

    with engine.connect() as connection:
        assert connection.execute(select(BOOKMARK.c.copy)).scalar_one() is not None
    assert room.copy.known().office == OFFICE
