"""Where graph begins: its application, its follower and its verbs."""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

from flask import Flask
from neo4j import Driver
from neo4j.exceptions import Neo4jError

from changefeed.cursor import FeedForked, FeedGap
from changefeed.reader import FeedReader, FeedUnavailable
from changefeed.session import house_session
from httpedge.access import require_rules
from httpedge.caller import KeyRing, ServiceTokens, Signer
from httpedge.edge import make_edge
from httpedge.heartbeat import heartbeat
from httpedge.logs import configure_logs
from httpedge.metrics import SourceFigures
from httpedge.program import run_verb
from httpedge.requestid import outgoing_headers
from httpedge.serving import serve
from ieum_graph.api import consequences, projection
from ieum_graph.api.figures import projection_figures
from ieum_graph.api.problems import PROBLEMS, install_refusals
from ieum_graph.api.questions import question_routes
from ieum_graph.api.wired import Wired, wire
from ieum_graph.domain.changes import NotApplied
from ieum_graph.domain.errors import GraphAway
from ieum_graph.jobs.follow import follow
from ieum_graph.operations.come_as_far import Waiting
from ieum_graph.operations.compare import canonical_hash
from ieum_graph.operations.kept_answers import KeptAnswers
from ieum_graph.operations.rebuild import rebuild, require_motion
from ieum_graph.settings import Settings, read_settings
from ieum_graph.storage.driver import RETRY_S, open_driver
from ieum_graph.storage.edits import StoredProjection
from ieum_graph.storage.reading import StoredReading
from ieum_graph.storage.schema import migrate

DESCRIPTION = """The projection: what follows from the record, as of any day.

  serve     answer /v1/questions and /v1/projection
  follow    pull the registry's log and apply it at once, for ever
  migrate   create Neo4j's constraints and indexes; safe to repeat
  rebuild   make the graph anew from the log alone; questions wait meanwhile
  hash      print the last entry applied and the canonical hash of the graph"""

EPILOG = """examples:
  ieum-graph rebuild
  ieum-graph hash        # twice, before and after a rebuild: the same

Settings come from the environment (docs/settings.md)."""

SEOUL = ZoneInfo("Asia/Seoul")
ENGINE_WAIT_S = 240
"""How long `migrate` waits for Neo4j: ten seconds do, on a busy machine it takes minutes."""

WARM_UP_WAIT_S = 120


def create_app(settings: Settings) -> Flask:
    """Put the HTTP side together; it only reads, the follower writes."""
    driver = _driver(settings, retry_s=0)
    reading = StoredReading(driver)
    edge = make_edge(
        "graph",
        title="이음 graph: 기록에서 따라 나오는 것 (what follows from the record)",
        problems=PROBLEMS,
        keys=KeyRing(settings.keys),
        checks={"neo4j": reading.check, "projection": lambda: require_motion(reading)},
    )
    install_refusals(edge.app)
    reader = FeedReader(settings.registry_url, lambda: "", house_session(), outgoing_headers)
    waiting = Waiting(reader.newest, time.sleep)
    wire(edge.app, Wired(reading, _today, _now, waiting, KeptAnswers()))
    edge.api.register_blueprint(question_routes(reading.questions()))
    edge.api.register_blueprint(projection.routes)
    edge.api.register_blueprint(consequences.routes)
    edge.figures.register(
        SourceFigures("neo4j", lambda: projection_figures(reading, _now, waiting.newest))
    )
    require_rules(edge.app)
    return edge.app


def create() -> Flask:
    """Make the application from the environment; what the web server calls."""
    settings = read_settings(os.environ)
    app = create_app(settings)
    # Not earlier: what the driver warns of goes where the application has sent its log.
    threading.Thread(target=_warm_up, args=(settings,), daemon=True).start()
    return app


def _warm_up(settings: Settings) -> None:
    """Have the questions planned while nobody waits, once the graph follows.

    Not before: during a start the processor has better things to do.
    """
    began_at = _now()
    with _driver(settings) as driver:
        reading = StoredReading(driver)
        for _ in range(WARM_UP_WAIT_S):
            try:
                heard_at = reading.standing().heard_at
                if heard_at is not None and heard_at > began_at:
                    reading.warm_up()
                    return
            except GraphAway:
                pass
            time.sleep(1)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; give its exit status."""
    try:
        return run_verb(_parser(), read_settings, argv)
    except (GraphAway, FeedUnavailable) as error:
        what = "Neo4j" if isinstance(error, GraphAway) else "The registry"
        sys.stderr.write(f"{what} does not answer ({_reason(error)}). Is it running? ieum status\n")
        return 1


def _serve(settings: Settings, _asked: argparse.Namespace) -> int:
    return serve("ieum_graph.app:create", settings.listen, settings.processes)


def _migrate(settings: Settings, _asked: argparse.Namespace) -> int:
    configure_logs("graph")  # The driver warns while Neo4j is not there yet.
    with _driver(settings) as driver:
        until = time.monotonic() + ENGINE_WAIT_S
        while True:
            try:
                migrate(driver)
            except GraphAway:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
            else:
                return 0


def _follow(settings: Settings, asked: argparse.Namespace) -> int:
    configure_logs("graph")
    signal.signal(signal.SIGTERM, _end)
    with _driver(settings) as driver:
        try:
            follow(
                feed=_feed(settings),
                projection=StoredProjection(driver),
                now=_now,
                pause=time.sleep,
                beat=heartbeat(asked.heartbeat),
            )
        except KeyboardInterrupt:
            return 0


def _rebuild(settings: Settings, _asked: argparse.Namespace) -> int:
    def tell(what: str, done: int, of: int) -> None:
        sys.stderr.write(f"{what} {done}" + (f" of {of} entries\n" if of else " edges and nodes\n"))

    with _driver(settings) as driver:
        stored = StoredProjection(driver)
        try:
            reached = rebuild(projection=stored, feed=_feed(settings), now=_now, tell=tell)
        except (NotApplied, FeedGap, FeedForked, Neo4jError) as error:
            sys.stderr.write(f"stopped after entry {stored.standing().cursor.seq}: {error}\n")
            sys.stderr.write(_remedy(error))
            return 1
    sys.stdout.write(f"rebuilt up to entry {reached}\n")
    return 0


def _remedy(error: Exception) -> str:
    """Say what to do about a rebuild that could not go on."""
    if isinstance(error, FeedForked):
        return "The log was replaced while it was read. Run: ieum-graph rebuild\n"
    if isinstance(error, NotApplied):
        return (
            "The record holds facts that this release cannot draw; questions wait meanwhile. "
            "Install the release that wrote the entry, or correct the subject there, and run "
            "ieum-graph rebuild again. Is the log sound? ieum registry verify\n"
        )
    if isinstance(error, FeedGap):
        return "An entry is missing from the log. Look at it: ieum registry verify\n"
    return (
        "Neo4j refused to write one of the next 1,000 entries. See its log; then run: "
        "ieum-graph rebuild\n"
    )


def _hash(settings: Settings, _asked: argparse.Namespace) -> int:
    with _driver(settings) as driver:
        stored = StoredProjection(driver)
        sys.stdout.write(f"{stored.standing().cursor.seq} {canonical_hash(stored)}\n")
    return 0


def _end(*_: object) -> NoReturn:
    """End where it stands: a step half done is rolled back and done by the next follower."""
    raise KeyboardInterrupt


def _driver(settings: Settings, *, retry_s: float = RETRY_S) -> Driver:
    url, user, password = settings.neo4j_url, settings.neo4j_user, settings.neo4j_password
    return open_driver(url, user, password, retry_s=retry_s)


def _feed(settings: Settings) -> FeedReader:
    tokens = ServiceTokens(Signer(settings.signing_key), ("registry",))
    return FeedReader(settings.registry_url, tokens, house_session(), outgoing_headers)


def _reason(error: Exception) -> object:
    return error.facts.get("reason") if isinstance(error, GraphAway) else error


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return datetime.now(SEOUL).date()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ieum-graph",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, verb, says in (
        ("serve", _serve, "answer questions until SIGTERM"),
        ("migrate", _migrate, "create Neo4j's constraints and indexes"),
        ("follow", _follow, "pull the registry's log and apply it, until SIGTERM"),
        ("rebuild", _rebuild, "make the graph anew from the log alone"),
        ("hash", _hash, "print the last entry applied and the hash of the graph"),
    ):
        verbs.add_parser(name, help=says, description=says).set_defaults(run=verb)
    verbs.choices["follow"].add_argument(
        "--heartbeat", type=Path, metavar="FILE", help="touched at each turn, for a health check"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
