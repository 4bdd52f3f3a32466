"""What the cases `read` and `write` ask: bare Flask, the store behind it, the registry itself.

One application in one server, so that all are measured under the same load at the same time.
"""

import json
import os
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bench._raw import RawWriter
from ieum_registry.app import create_app
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.settings import Settings
from ieum_registry.storage.store import Store

DATABASE = "IEUM_BENCH_DATABASE"
KEYS = "IEUM_BENCH_KEYS"
RAW = "IEUM_BENCH_RAW_DATABASE"
"""Where the bare writer writes; a database of its own in the case `write`."""


def create() -> Flask:
    """Put the three behind one another: `/bare`, `/shelf`, and `/v1` with all its checks."""
    url, keys = os.environ[DATABASE], Path(os.environ[KEYS])
    registry = create_app(Settings(("127.0.0.1", 0), 1, url, keys, str(keys.parent / "documents")))
    plain = _plain_app(url)
    # The two plain applications answer before anything of the registry's runs.
    registry.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign] # as Flask advises
        registry.wsgi_app, {"/plain": plain}
    )
    return registry


def _plain_app(url: str) -> Flask:
    app, store, bare = Flask("plain"), Store(url, disclose=disclosed), _Bare(url)
    raw = RawWriter(os.environ.get(RAW, url))

    @app.get("/bare/<uuid:subject_id>")
    def bare_one(subject_id: UUID) -> Response:
        ((text,),) = bare.rows("SELECT text FROM bare WHERE id = ?", [str(subject_id)])
        return Response(text, content_type="application/json")

    @app.get("/bare")
    def bare_list() -> Response:
        rows = bare.rows("SELECT text FROM bare ORDER BY signed_on DESC, id DESC LIMIT ?", [50])
        return _list(text for (text,) in rows)

    @app.get("/shelf/<uuid:subject_id>")
    @app.get("/shelf/<uuid:subject_id>/<int:seq>")
    def shelf_one(subject_id: UUID, seq: int | None = None) -> Response:
        reading = store.records.one("agreement", subject_id, known_at=seq)
        return Response(reading.resource, content_type="application/json")

    @app.get("/shelf")
    @app.get("/shelf-then/<int:seq>")
    def shelf_list(seq: int | None = None) -> Response:
        page = store.records.list("agreement", known_at=seq, limit=50)
        return _list(each.resource for each in page.items)

    @app.post("/raw/<int:number>")
    def raw_write(number: int) -> Response:
        return Response(str(raw.write(number)), content_type="application/json")

    return app


def _list(texts: Any) -> Response:  # noqa: ANN401 - texts in any order of asking
    return Response(f'{{"items":[{",".join(texts)}]}}', content_type="application/json")


class _Bare:
    """Reads with the driver alone, a connection for each thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_sqlite = url.startswith("sqlite")
        self._threads = threading.local()

    def rows(self, sql: str, values: list[Any]) -> list[Any]:
        connection = getattr(self._threads, "connection", None)
        if connection is None:
            connection = self._threads.connection = self._connect()
        if not self._is_sqlite:
            sql = sql.replace("?", "%s")
        found: list[Any] = connection.execute(sql, values).fetchall()
        return found

    def _connect(self) -> Any:  # noqa: ANN401 - either driver's
        if self._is_sqlite:
            return sqlite3.connect(self._url.removeprefix("sqlite:///"), isolation_level=None)
        return psycopg.connect(self._url.replace("+psycopg", ""), autocommit=True)


def bare_rows(store: Store) -> list[tuple[str, str, str]]:
    """Give what the bare table holds: the current text of each agreement."""
    found = []
    after = None
    while True:
        page = store.records.list("agreement", limit=200, after=after)
        for each in page.items:
            facts = json.loads(each.text)
            found.append((facts["id"], facts["signed_on"], each.resource))
        after = page.next
        if after is None:
            return found


NOW = datetime(2026, 11, 23, tzinfo=UTC)
