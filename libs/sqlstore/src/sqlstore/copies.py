"""Copying a whole database while it is in use, and putting a copy in the place of an empty one.

SQLite by its online backup, in one step and so of one moment; PostgreSQL by `pg_dump` and
`pg_restore`, under one exported snapshot. Nobody who writes is made to wait.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Literal, TypeVar

from sqlalchemy import NullPool, create_engine, inspect, make_url, select, table
from sqlalchemy.engine import URL, Connection

from sqlstore.engine import open_engine, reading

T = TypeVar("T")
Kind = Literal["sqlite", "postgresql"]

BEGINS: dict[bytes, Kind] = {b"SQLite format 3\x00": "sqlite", b"PGDMP": "postgresql"}
"""How the file of a copy begins."""

DEBIANS = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of each release, which are not all on PATH."""


class CopyFailed(Exception):
    """A database could not be copied, out or in; the text says why and what to do."""


def kind_of(database: str) -> Kind:
    """Say which database an address names."""
    return "sqlite" if database.startswith("sqlite") else "postgresql"


def kind_of_copy(copy: Path) -> Kind | None:
    """Say of which database a file is a copy; None if of neither."""
    with copy.open("rb") as file:
        first = file.read(16)
    return next((kind for begins, kind in BEGINS.items() if first.startswith(begins)), None)


def copy_out(database: str, into: Path, read: Callable[[Connection], T]) -> T:
    """Copy a database, of one moment, and read from what was copied.

    Args:
        into: Must not exist; readable by its owner alone.

    Returns:
        What `read` gave of that same moment.

    Raises:
        CopyFailed: There is no such database, or it gave no copy.
    """
    into.touch(mode=0o600, exist_ok=False)
    url = make_url(database)
    if kind_of(database) == "sqlite":
        _copy_file(Path(url.database or ""), into)
        engine = create_engine(f"sqlite:///{into}", poolclass=NullPool)
        with engine.connect() as connection:
            return read(connection)
    engine = create_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    with engine.connect() as connection, connection.begin():
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        arguments = ("--format=custom", "--no-owner", "--no-acl", "--exclude-schema=anew")
        _run("pg_dump", *arguments, f"--snapshot={snapshot}", f"--file={into}", _libpq(url))
        return read(connection)


def copy_in(database: str, copy: Path) -> None:
    """Put a copy in the place of a database; what was there is gone.

    Raises:
        CopyFailed: It is a copy of another kind of database, or was not taken.
    """
    found, wanted = kind_of_copy(copy), kind_of(database)
    if found != wanted:
        raise CopyFailed(f"{copy.name} is a copy of {found or 'no database'}, not of {wanted}")
    url = make_url(database)
    if wanted == "postgresql":
        arguments = ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction")
        _run("pg_restore", *arguments, "--exit-on-error", f"--dbname={_libpq(url)}", str(copy))
        return
    file = Path(url.database or "")
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    file.touch(mode=0o600)
    _copy_file(copy, file)


def has_rows(database: str, *tables: str) -> bool:
    """Say whether any of the tables holds anything; one that is not there holds nothing."""
    url = make_url(database)
    if kind_of(database) == "sqlite" and not Path(url.database or "").exists():
        return False
    engine = open_engine(database)
    try:
        with reading(engine) as connection:
            there = set(inspect(connection).get_table_names())
            return any(
                connection.execute(select(1).select_from(table(each)).limit(1)).first() is not None
                for each in tables
                if each in there
            )
    finally:
        engine.dispose()


def _copy_file(source: Path, target: Path) -> None:
    if not source.is_file():
        raise CopyFailed(f"there is no database at {source}")
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True, timeout=30)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # One file, with nothing beside it.
    except sqlite3.Error as error:
        raise CopyFailed(f"{source} could not be copied: {error}") from error


def _libpq(url: URL) -> str:
    """Write an address as PostgreSQL's own programs take it; a password stays in its file."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  PostgreSQL's own program
        [_found(program), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PGCONNECT_TIMEOUT": "10"},
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[-400:]
        raise CopyFailed(f"{program} ended with {done.returncode}: {said}")


def _found(program: str) -> str:
    """Find one of PostgreSQL's programs; the newest, as an older one refuses a newer server."""
    newest = sorted(DEBIANS.glob(f"*/bin/{program}"), key=lambda each: float(each.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which(program)
    if found is None:
        raise CopyFailed(
            f"{program} is not installed here; install PostgreSQL's client programs "
            "(Debian: apt-get install postgresql-client) and try again"
        )
    return found
