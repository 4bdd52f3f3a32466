"""The database goes up, down and up on filled tables, and is what the code takes it for."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.migrate import STEPS
from ieum_portal.storage.tables import METADATA
from sqlstore.engine import open_engine
from tests.portal.makers import an_account


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_up_down_and_up_on_a_filled_database(engine: Engine) -> None:
    StoredAccounts(engine).add(an_account())

    STEPS.migrate(url_of(engine), "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    STEPS.migrate(url_of(engine))

    STEPS.check(engine)


def test_the_steps_make_what_the_code_declares(engine: Engine) -> None:
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)

    assert found == []


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    STEPS.migrate(url_of(engine))

    STEPS.check(engine)


def test_an_unmigrated_database_is_named_with_its_remedy() -> None:
    with pytest.raises(RuntimeError, match="ieum-portal migrate"):
        STEPS.check(open_engine("sqlite://"))


def test_the_head_file_names_the_one_newest_step() -> None:
    settings = STEPS.settings("sqlite://")

    assert ScriptDirectory.from_config(settings).get_heads() == [STEPS.newest()]
    assert len(list((STEPS.folder / "versions").glob("0*.py"))) >= 1
