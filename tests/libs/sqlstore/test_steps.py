"""Steps go up and down, two migrators do not race, and a wrong shape names its remedy.

Nobody waits long for anybody: a migrator gives up and says so, a check waits for no writer.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from sqlstore.engine import open_engine
from sqlstore.steps import LockedOut, Steps
from tests.postgres import Databases

ENV = """
from sqlalchemy import MetaData
from sqlstore.steps import run_steps
run_steps(MetaData())
"""

STEP = """
import time
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001_add_things", None
def upgrade():
    time.sleep(0.3)
    op.create_table("things", sa.Column("id", sa.Integer, primary_key=True))
def downgrade():
    op.drop_table("things")
"""

MIGRATE = """
import sys
from pathlib import Path
from sqlstore.steps import Steps
Steps(Path(sys.argv[1]), "x").migrate(sys.argv[2])
"""


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENV)
    (folder / "versions" / "0001_add_things.py").write_text(STEP)
    (folder / "head").write_text("0001_add_things\n")
    return Steps(folder, "ieum-example migrate")


@pytest.fixture
def url(database_urls: Databases) -> str:
    return database_urls(lambda _url: None)


def test_up_up_again_and_down(steps: Steps, url: str) -> None:
    engine = open_engine(url)

    assert steps.migrate(url) == (None, "0001_add_things")
    assert steps.migrate(url) == ("0001_add_things", "0001_add_things")
    steps.check(engine)
    made = inspect(engine).get_table_names()
    assert steps.migrate(url, "base") == ("0001_add_things", None)
    left = inspect(engine).get_table_names()
    engine.dispose()

    assert "things" in made
    assert "things" not in left


def test_a_database_that_was_never_migrated_names_the_remedy(steps: Steps) -> None:
    with pytest.raises(RuntimeError, match="ieum-example migrate"):
        steps.check(open_engine("sqlite://"))


def test_a_step_that_fails_leaves_nothing_behind(steps: Steps, url: str) -> None:
    failing = STEP.replace("def downgrade", "    raise ZeroDivisionError\ndef downgrade")
    (steps.folder / "versions" / "0001_add_things.py").write_text(failing)

    with pytest.raises(ZeroDivisionError):
        steps.migrate(url)

    engine = open_engine(url)
    assert "things" not in inspect(engine).get_table_names()
    engine.dispose()


def test_an_earlier_step_than_the_code_needs_names_the_remedy(steps: Steps, url: str) -> None:
    steps.migrate(url)
    (steps.folder / "head").write_text("0002_add_more\n")
    engine = open_engine(url)

    with pytest.raises(RuntimeError, match=r"at 0001_add_things.*needs 0002_add_more"):
        steps.check(engine)
    engine.dispose()


def test_the_running_release_survives_a_step_of_the_next_one(steps: Steps, url: str) -> None:
    steps.migrate(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0002_add_more'"))

    steps.check(engine)
    engine.dispose()


def test_a_check_waits_for_no_writer(steps: Steps, url: str) -> None:
    steps.migrate(url)
    engine, other = open_engine(url), open_engine(url)
    with engine.begin() as writer:
        writer.execute(text("INSERT INTO things VALUES (1)"))

        steps.check(other)
    engine.dispose()
    other.dispose()


def test_a_table_in_use_is_not_waited_for_long_and_left_alone(steps: Steps, url: str) -> None:
    steps.migrate(url)
    engine = open_engine(url)
    with engine.begin() as writer:
        writer.execute(text("INSERT INTO things VALUES (1)"))

        with pytest.raises(LockedOut, match=r"in use \(.*\): run `ieum-example migrate` again"):
            steps.migrate(url, "base")
    steps.check(engine)
    engine.dispose()


@pytest.mark.usefixtures("other_processes")
def test_three_migrators_at_once_do_not_race(steps: Steps, url: str) -> None:
    command = [sys.executable, "-c", MIGRATE, str(steps.folder), url]

    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    faults = [each.communicate(timeout=60)[1] for each in running]

    assert [each.returncode for each in running] == [0, 0, 0], faults
    engine = open_engine(url)
    steps.check(engine)
    engine.dispose()
