"""The `ieum-engine` program: fetch Neo4j's jars once, serve the embedded Neo4j."""

import argparse
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ieum_engine.cache import default_cache
from ieum_engine.refused import Refused

NEEDS_A_PERSON = 78
"""Exit status (EX_CONFIG of sysexits.h): starting again will not help before someone acts."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one verb; give the exit status."""
    asked = _parser().parse_args(argv)
    try:
        status: int = asked.verb(asked)
    except Refused as refused:
        sys.stderr.write(f"ieum-engine: {refused}\n")
        return NEEDS_A_PERSON
    return status


def _serve(asked: argparse.Namespace) -> int:
    os.umask(0o077)  # The store, its logs: their owner alone reads them.
    # Imported here: `fetch` and `--help` need no Java bridge.
    from ieum_engine import jars, server  # noqa: PLC0415 - see above

    host, port = _address(asked.listen)
    password = _password(asked.password_file)
    began = time.monotonic()
    with server.owned(asked.data):
        server.check_port(host, port)
        server.heed_signals()
        server.start_jvm(jars.class_path(asked.cache))
        # From here on Java's threads would keep the process alive after an error.
        with _ended_for_good():
            dbms = server.open_dbms(asked.data, host, port, password)
            _log("engine.ready", bolt=f"bolt://{host}:{port}", ms=_ms_since(began))
            server.wait_for_the_end(dbms.database("neo4j").beginTx)
            began = time.monotonic()
            dbms.shutdown()
            _log("engine.stopped", ms=_ms_since(began))
    return 0


@contextmanager
def _ended_for_good() -> Iterator[None]:
    status = 1
    try:
        yield
        status = 0
    except Refused as refused:
        sys.stderr.write(f"ieum-engine: {refused}\n")
        status = NEEDS_A_PERSON
    except BaseException:  # noqa: BLE001 - logged here, then the process is gone
        _log("ended by a fault", level="error", exception=traceback.format_exc())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _fetch(asked: argparse.Namespace) -> int:
    from ieum_engine import jars  # noqa: PLC0415 - jgo takes 0.5 s to import

    began = shown = time.monotonic()

    def tell(there: int, wanted: int, volume: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if there == wanted or now - shown > (0.2 if sys.stderr.isatty() else 2):
            shown = now
            line = f"Neo4j {jars.NEO4J}: {there} of {wanted} jars, {volume // 1_000_000} MB"
            sys.stderr.write(f"\r{line}" if sys.stderr.isatty() else f"{line}\n")
            sys.stderr.flush()

    folder = jars.fetch(asked.cache, tell)
    if shown != began and sys.stderr.isatty():
        sys.stderr.write("\n")
    sys.stdout.write(f"{folder}\n")
    return 0


def _lock(asked: argparse.Namespace) -> int:
    from ieum_engine import jars  # noqa: PLC0415 - jgo takes 0.5 s to import

    with tempfile.TemporaryDirectory() as scratch:
        found = jars.resolved(Path(scratch))
    text = f"# {jars.ENDPOINT}, as jgo resolved it; written by `ieum-engine lock`.\n"
    asked.output.write_text(text + "".join(f"{jar.line()}\n" for jar in found), encoding="utf-8")
    return 0


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise Refused(f"--listen wants HOST:PORT, not {text!r}; for example 127.0.0.1:9087.")
    return host.strip("[]"), int(port)


def _password(file: Path) -> str:
    try:
        password = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Refused(
            f"The password file {file} cannot be read: {error.strerror}. It is made by `make up`; "
            "one line, at least eight characters."
        ) from error
    if len(password) < 8:
        raise Refused(f"The password in {file} is shorter than the eight characters Neo4j wants.")
    return password


def _log(event: str, *, level: str = "info", **facts: object) -> None:
    """Write one line as docs/observability.md has it; nothing of httpedge is installed here."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said = {"event": event, "level": level, "timestamp": at, "service": "engine", **facts}
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _ms_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ieum-engine",
        description="The embedded Neo4j of Ieum: a process of its own, spoken to over Bolt only.",
        epilog=f"Exit status {NEEDS_A_PERSON}: a person must act first (busy port, folder in use, "
        "full disk, no jars, no password); the message says what to do.",
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    serve = verbs.add_parser("serve", help="run Neo4j until SIGTERM")
    serve.add_argument("--data", type=Path, required=True, help="folder that holds the databases")
    serve.add_argument("--listen", required=True, help="HOST:PORT for Bolt, e.g. 127.0.0.1:9087")
    serve.add_argument(
        "--password-file", type=Path, required=True, help="one line; the password of user neo4j"
    )
    _with_cache(serve)
    serve.set_defaults(verb=_serve)

    fetch = verbs.add_parser("fetch", help="bring Neo4j's jars into the cache and check each")
    _with_cache(fetch)
    fetch.set_defaults(verb=_fetch)

    lock = verbs.add_parser("lock", help="work out jars.lock anew (for a new Neo4j version)")
    lock.add_argument("--output", type=Path, required=True, help="the jars.lock to write")
    lock.set_defaults(verb=_lock)
    return parser


def _with_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cache",
        type=Path,
        default=default_cache(),
        help="folder of the jars (default: IEUM_CACHE, else the user's cache folder)",
    )


if __name__ == "__main__":
    sys.exit(main())
