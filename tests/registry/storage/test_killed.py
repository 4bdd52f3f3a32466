"""A writing process may die at any moment: what was acknowledged is there, and nothing is half."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.reindex import reindex
from ieum_registry.operations.verify import verify
from ieum_registry.storage.store import Store

from .subjects import partner, record

# Writes and changes partners for ever, and tells each number once it is committed: with its line's
# end in one piece, as the other writer tells on the same file and death may come between two.
WRITER = """
import os
import sys
from dataclasses import replace
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.store import Store
from tests.registry.storage.subjects import partner, record

store = Store(sys.argv[1], disclose=disclosed)
while True:
    one = partner("네이버")
    for each in (one, replace(one, website="https://n.example")):
        (entry,) = record(store, each)
        os.write(1, f"{entry.seq}\\n".encode())
"""
ROUNDS = 4


@pytest.mark.usefixtures("other_processes")
def test_nothing_acknowledged_is_lost_and_nothing_is_half(store_url: str, tmp_path: Path) -> None:
    acknowledged: list[int] = []
    for number in range(ROUNDS):
        acknowledged += _write_until_killed(store_url, tmp_path / f"{number}.txt")

    _wait_until_the_server_is_done(store_url)
    store = Store(store_url, disclose=disclosed)
    found = verify(store.stored_changes())
    with store.new_shelves() as shelves:
        differences = reindex(shelves, compare_only=True).differences
    (after,) = record(store, partner())
    store.close()

    assert found.is_whole
    assert differences == ()
    assert len(acknowledged) > ROUNDS
    assert len(set(acknowledged)) == len(acknowledged)
    assert set(acknowledged) <= set(range(1, found.entries + 1))
    # At most the one entry that was committed and not yet told is beyond them, in each round.
    assert found.entries <= len(acknowledged) + 2 * ROUNDS
    assert after.seq == found.entries + 1


def _wait_until_the_server_is_done(url: str) -> None:
    """Wait for sessions of the killed: PostgreSQL may still be carrying out their last COMMIT."""
    if url.startswith("sqlite"):
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        while connection.exec_driver_sql(others).scalar_one() > 1:
            connection.rollback()
            time.sleep(0.05)


def _write_until_killed(url: str, told: Path) -> list[int]:
    """Let two processes write for a while, then kill both in the middle of it."""
    with told.open("wb") as output:
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=output) for _ in range(2)
        ]
        until = time.monotonic() + 30
        while told.read_bytes().count(b"\n") < 20 and time.monotonic() < until:
            time.sleep(0.05)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer in writers:
            writer.wait()
    return [int(line) for line in told.read_text().splitlines()]
