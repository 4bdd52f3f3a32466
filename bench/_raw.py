"""The bare writer of the case `write`: the driver's own inserts of a change, and nothing else.

The rows are those that the ledger writes when a partner's website changes: one entry of the log
under the next number, the span before it closed, the new one opened. Nothing is read, checked,
hashed or chained; texts and hashes are as long as real ones.
"""

import secrets
import sqlite3
import threading
from uuid import UUID

import psycopg

WRITE_LOCK = 0x1E0_0001
BODY = "가" * 200
LOG = (
    "INSERT INTO change_log (seq, at, actor_id, actor_role, kind, schema, subject_type, subject_id,"
    " version, body, salt, disclosed, disclosed_salt, body_hash, disclosed_hash, prev_hash, hash)"
    " VALUES (?, ?, ?, ?, ?, 1, 'partner', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
CLOSE = "UPDATE partner_span SET seq_to = ? WHERE id = ? AND seq_to = 9007199254740991"
SPAN = (
    "INSERT INTO partner_span (id, version, seq_from, seq_to, disclosed, kind, own, name)"
    " VALUES (?, ?, ?, 9007199254740991, 1, 'company', 0, ?)"
)


class RawWriter:
    """Writes with the driver alone: one connection under a lock, or one for each thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_sqlite = url.startswith("sqlite")
        self._turn = threading.Lock()
        self._seq = 0
        self._versions: dict[int, int] = {}
        self._threads = threading.local()
        self._file: sqlite3.Connection | None = None

    def write(self, number: int) -> int:
        """Write the next version of one partner; give the number of its entry."""
        return self._to_file(number) if self._is_sqlite else self._to_server(number)

    def _to_file(self, number: int) -> int:
        with self._turn:
            if self._file is None:
                self._file = sqlite3.connect(
                    self._url.removeprefix("sqlite:///"),
                    isolation_level=None,
                    check_same_thread=False,
                )
                self._file.execute("PRAGMA synchronous=FULL")
            self._file.execute("BEGIN IMMEDIATE")
            for sql, values in self._statements(number):
                self._file.execute(sql, values)
            self._file.execute("COMMIT")
            return self._seq

    def _to_server(self, number: int) -> int:
        connection: psycopg.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            url = self._url.replace("+psycopg", "")
            connection = self._threads.connection = psycopg.connect(url)
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE_LOCK])
        for sql, values in self._statements(number):
            connection.execute(sql.replace("?", "%s"), values)
        seq = self._seq
        connection.commit()
        return seq

    def _statements(self, number: int) -> list[tuple[str, list[object]]]:
        """Give the next entry's statements; under the lock."""
        self._seq += 1
        version = self._versions[number] = self._versions.get(number, 0) + 1
        subject, digest, name = str(UUID(int=number + 1)), secrets.token_bytes(32), f"기관 {number}"
        salt, at = digest[:16], "2026-11-23T00:00:00.000000Z"
        log = [self._seq, at, "operator:operator", "office", "partner.changed", subject, version]
        log += [BODY, salt, BODY, salt, digest, digest, digest, digest]
        return [
            (LOG, log),
            (CLOSE, [self._seq, subject]),
            (SPAN, [subject, version, self._seq, name]),
        ]
