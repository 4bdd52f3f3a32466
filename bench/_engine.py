"""A Neo4j started for one case, so that nothing else is in it and nobody else uses it."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ServiceUnavailable

from ieum_graph.storage.schema import migrate

ENGINE = (sys.executable, "-m", "ieum_engine.app")
START_S = 240


@contextmanager
def own_engine(folder: Path) -> Iterator[Driver]:
    """Start a Neo4j of its own, with the schema in it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    password, log = folder / "password", folder / "engine.log"
    password.write_text(secrets.token_hex(16), "utf-8")
    where = ("--data", str(folder / "data"), "--listen", f"127.0.0.1:{port}")
    with log.open("wb") as out:
        engine = subprocess.Popen(
            [*ENGINE, "serve", *where, "--password-file", str(password)], stdout=out, stderr=out
        )
    try:
        url, auth = f"bolt://127.0.0.1:{port}", ("neo4j", password.read_text("utf-8"))
        with GraphDatabase.driver(url, auth=auth, warn_notification_severity="OFF") as driver:
            _await(driver, engine, log)
            migrate(driver)
            yield driver
    finally:
        engine.terminate()
        engine.wait()


def _await(driver: Driver, engine: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and engine.poll() is None:
        if '"engine.ready"' in log.read_text("utf-8"):
            try:
                driver.verify_connectivity()
            except (ServiceUnavailable, AuthError):
                pass
            else:
                return
        time.sleep(0.2)
    raise SystemExit(f"Neo4j did not start:\n{log.read_text('utf-8')}")
