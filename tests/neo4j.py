"""A real Neo4j: the engine of `make up`, one for the whole test run, emptied before each test."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ServiceUnavailable

from ieum_graph.storage.schema import begin_projection, migrate

ENGINE = (sys.executable, str(Path(__file__).with_name("engine.py")))
START_S = 240


@dataclass(frozen=True)
class Server:
    """Where it listens and how to sign in."""

    url: str
    password_file: Path

    @property
    def password(self) -> str:
        """The password of user neo4j."""
        return self.password_file.read_text(encoding="utf-8")

    def driver(self) -> Driver:
        """Open a driver of one's own."""
        return GraphDatabase.driver(self.url, auth=("neo4j", self.password))


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the engine; its jars come from the cache that `make up` uses too."""
    folder = tmp_path_factory.mktemp("neo4j")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Server(f"bolt://127.0.0.1:{port}", folder / "password")
    server.password_file.write_text(secrets.token_hex(16), encoding="utf-8")
    subprocess.run([*ENGINE, "fetch"], check=True, stdout=subprocess.DEVNULL)
    command = [*ENGINE, "serve", "--data", str(folder / "data"), "--listen", f"127.0.0.1:{port}"]
    with (folder / "engine.log").open("wb") as log:
        engine = subprocess.Popen(
            [*command, "--password-file", str(server.password_file)], stdout=log, stderr=log
        )
    try:
        _await(server, engine, folder / "engine.log")
        with server.driver() as driver:
            migrate(driver)
        yield server
    finally:
        engine.terminate()
        try:
            engine.wait(25)
        except subprocess.TimeoutExpired:
            engine.kill()
            engine.wait()


@pytest.fixture(scope="session")
def neo4j_shared_driver(neo4j_server: Server) -> Iterator[Driver]:
    """Open one pool for all tests."""
    with neo4j_server.driver() as driver:
        yield driver


@pytest.fixture
def neo4j_driver(neo4j_shared_driver: Driver) -> Driver:
    """Give a driver to a database with a schema and nothing projected."""
    with neo4j_shared_driver.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
        begin_projection(session)
    return neo4j_shared_driver


@pytest.fixture
def neo4j_url(neo4j_server: Server, neo4j_driver: Driver) -> str:
    """Give the address of the emptied database; `neo4j_server` has the password."""
    return neo4j_server.url


def _await(server: Server, engine: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and engine.poll() is None:
        if '"engine.ready"' in log.read_text(encoding="utf-8"):
            try:
                with server.driver() as driver:
                    driver.verify_connectivity()
            except (ServiceUnavailable, AuthError):
                pass
            else:
                return
        time.sleep(0.2)
    pytest.fail(f"Neo4j did not start:\n{log.read_text(encoding='utf-8')}", pytrace=False)
