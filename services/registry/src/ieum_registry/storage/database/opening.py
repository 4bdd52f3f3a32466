"""Opening a store by its address."""

from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

from .database import Database, DatabaseUnfit
from .postgres import PostgresDatabase
from .sqlite import SqliteDatabase


def open_database(url: str) -> Database:
    """Open `sqlite:////absolute/file` or `postgresql+psycopg://…`.

    Raises:
        DatabaseUnfit: The address names neither.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite" and (file := sa.make_url(url).database):
        return SqliteDatabase(Path(file))
    if scheme == "postgresql+psycopg":
        return PostgresDatabase(sa.make_url(url))
    raise DatabaseUnfit(
        f"database address with scheme {scheme!r}; use sqlite:////file or postgresql+psycopg://…"
    )
