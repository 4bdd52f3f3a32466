"""A store without room is answered 507 in words, whichever database it is."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from httpedge.problems import install_problems
from httpedge.storage import NoRoom, free_mb, is_full, require_room


def fill(path: Path) -> str:
    """Write into a real SQLite file that may not grow any more."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA page_size=4096")
    connection.execute("PRAGMA max_page_count=4")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (?)", ("x" * 100_000,))
    return "written"


def test_a_write_without_room_is_answered_with_what_to_do(tmp_path: Path) -> None:
    app = Flask("full")
    install_problems(app, {})
    app.add_url_rule("/", "write", lambda: fill(tmp_path / "full.db"))

    answer = app.test_client().get("/", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.get_json()["code"]) == (507, "storage.full")
    assert "ieum doctor" in answer.get_json()["detail"]
    assert "Nothing was stored" in answer.get_json()["detail"]


def test_it_is_known_through_what_it_was_wrapped_into(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as inner:
        fill(tmp_path / "full.db")
    wrapped = sa.exc.OperationalError("INSERT", {}, inner.value)
    raised = RuntimeError("in our words")
    raised.__cause__ = wrapped

    assert is_full(raised)
    assert is_full(psycopg.errors.DiskFull())
    assert is_full(OSError(28, "No space left on device"))


@pytest.mark.parametrize(
    "other", [psycopg.errors.UniqueViolation(), sqlite3.OperationalError("locked"), ValueError()]
)
def test_other_faults_are_not_taken_for_it(other: Exception) -> None:
    assert not is_full(other)


def test_a_service_is_not_ready_where_nothing_more_can_be_stored(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/registry.db"

    require_room(url, measure=lambda _: 16)
    require_room("postgresql+psycopg://db/r", measure=lambda _: 0)
    with pytest.raises(NoRoom, match="3 MB"):
        require_room(url, measure=lambda _: 3)


def test_the_room_is_that_of_the_file_system(tmp_path: Path) -> None:
    require_room(f"sqlite:///{tmp_path}/registry.db")
    assert free_mb(tmp_path) > 0
