"""Where the registry begins: its application and its verbs."""

import argparse
import json
import logging
import os
import secrets
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from threading import Event, Thread

from flask import Flask
from uuid_utils.compat import uuid7

from changefeed.change import Actor
from httpedge.access import ACCESS_LOG, require_rules
from httpedge.caller import KeyRing
from httpedge.edge import make_edge
from httpedge.heartbeat import heartbeat
from httpedge.logs import configure_logs
from httpedge.metrics import SourceFigures
from httpedge.program import run_verb, serve_service
from httpedge.repeating import repeat
from httpedge.serving import when_stopping
from httpedge.storage import require_room
from ieum_registry.api import (
    access_records,
    agreement_moves,
    agreements,
    archive,
    calendar_days,
    candidates,
    changes,
    collaborations,
    contacts,
    departments,
    documents,
    events,
    handovers,
    history,
    imports,
    journal,
    loads,
    milestones,
    partners,
    programmes,
    promise_rates,
    promise_reports,
    promises,
    redactions,
    replies,
    resolutions,
    search,
    seats,
    service_fields,
    strategies,
    tasks,
    technologies,
)
from ieum_registry.api.figures import document_figures, log_figures
from ieum_registry.api.problems import PROBLEMS, install_refusals
from ieum_registry.api.wired import EXTENSION, SEOUL, Documents, Wiring
from ieum_registry.commands.comparing import compare_partners
from ieum_registry.commands.copying_documents import documents_in, documents_out
from ieum_registry.commands.daily import LOOKS_EVERY_S, verify_daily
from ieum_registry.commands.document_checks import verify_documents, verify_documents_daily
from ieum_registry.commands.documents import read_texts, sweep_hourly
from ieum_registry.commands.register_archive import export, say_unfit, take_in
from ieum_registry.commands.reindex import say_what_differs
from ieum_registry.commands.verify import verify_store, witness
from ieum_registry.commands.work import roll, work
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.ports.document_files import DocumentFiles
from ieum_registry.operations.ports.idempotency import KeyUse
from ieum_registry.operations.ports.ledger import Ledger
from ieum_registry.operations.register_archive import ArchiveUnfit
from ieum_registry.operations.retention import Retained, retain
from ieum_registry.settings import LOG_NAME, Settings, read_settings
from ieum_registry.storage.copies import COPIES
from ieum_registry.storage.documents.arriving import arrived
from ieum_registry.storage.documents.bucket import Bucket, BucketFiles
from ieum_registry.storage.documents.folder import FolderFiles
from ieum_registry.storage.documents.reading import DocumentReader
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from sqlstore.steps import LockedOut

DESCRIPTION = """The record: who agreed what with whom, and everything that happened to it.

  serve     answer HTTP
  migrate   bring the database to the newest form; safe to repeat
  verify    check the whole change log: every hash, number and version
  verify-documents
            check the files of all documents against the hashes in the log
  retain    erase people whose retention has run out; safe to repeat
  reindex   build all shelves anew from the log, and mend what differs
  work      check large sheets, write imports, take back what is to be, carry out handovers,
            and record renewals by themselves
  roll      record which terms have renewed by themselves; safe to repeat

store-state, copy-out, copy-in, documents-out, documents-in, export and take-in are what
`ieum backup`, `ieum export` and `ieum restore` call."""

EPILOG = """examples:
  ieum-registry verify --witness 41:9f2c…
  ieum-registry reindex --compare

Settings come from the environment (docs/settings.md)."""

ROUTES = (
    partners,
    candidates,
    departments,
    contacts,
    seats,
    programmes,
    strategies,
    tasks,
    service_fields,
    technologies,
    agreements,
    agreement_moves,
    collaborations,
    milestones,
    events,
    journal,
    documents,
    promise_rates,  # Before what takes an id in the same place.
    promises,
    promise_reports,
    handovers,
    replies,
    calendar_days,
    loads,
    imports,
    redactions,
    changes,
    history,
    resolutions,
    access_records,
    search,
    archive,
)


RETENTION_RULE = Actor("rule:retention", "rule")
"""In whose name people are erased when their retention has run out."""


def now() -> datetime:
    """Read the clock; the only place that does."""
    return datetime.now(UTC)


def create_app(settings: Settings, *, clock: Callable[[], datetime] = now) -> Flask:
    """Put the registry together.

    Args:
        clock: Gives the instant of each request, aware.
    """
    store = Store(settings.database, disclose=disclosed)
    edge = make_edge(
        "registry",
        title="이음 registry: 협약 원장 (the record of partners and agreements)",
        problems=PROBLEMS,
        keys=KeyRing(settings.keys),
        checks={"database": store.check, "room": lambda: require_room(settings.database)},
    )

    documents_of = open_documents(settings)
    wire(edge.app, store, clock, documents=documents_of, log_name=settings.log_name)
    install_refusals(edge.app)
    for module in ROUTES:
        edge.api.register_blueprint(module.routes)
    edge.figures.register(SourceFigures("database", lambda: log_figures(store.records)))
    edge.figures.register(SourceFigures("documents", lambda: document_figures(store.checks)))
    when_stopping(edge.app, store.let_waiters_go)
    when_stopping(edge.app, store.access_log.flush)
    require_rules(edge.app)
    return edge.app


def open_documents(settings: Settings) -> Documents:
    """Give where the files of documents are kept and how they are opened."""
    files = _files(settings)
    largest = settings.document_largest_mb * 2**20
    return Documents(files, DocumentReader(), partial(arrived, files=files), largest)


def _files(settings: Settings) -> DocumentFiles:
    if not settings.documents.startswith("s3://"):
        return FolderFiles(Path(settings.documents))
    access, _, secret = settings.s3_credentials.partition(" ")
    bucket = Bucket(
        settings.documents, settings.s3_endpoint, settings.s3_region, (access, secret.strip())
    )
    return BucketFiles(bucket.open(), Path(gettempdir()) / "ieum-incoming")


def wire(
    app: Flask,
    store: Store,
    clock: Callable[[], datetime],
    *,
    documents: Documents,
    log_name: str = LOG_NAME,
) -> None:
    """Give the routes their store, documents and clock."""

    def ledger_for(actor: Actor, *, at: datetime, key_use: KeyUse | None, dry_run: bool) -> Ledger:
        return store.ledger.in_name_of(actor, at=at, dry_run=dry_run, key=key_use)

    app.extensions[EXTENSION] = Wiring(
        ledger_for,
        store.records,
        store.keys,
        store.access,
        store.access_log,
        store.imports,
        store.look_alikes,
        clock,
        uuid7,
        log_name,
        documents,
        store.checks,
        store.texts,
        store,
    )
    app.extensions[ACCESS_LOG] = store.access_log


def create() -> Flask:
    """Make the application from the environment; what the web server calls.

    Each of its processes looks now and then whether the log is to be verified, and after the files
    of documents.
    """
    settings = read_settings(os.environ)
    app, store, stopping = (
        create_app(settings),
        Store(settings.database, disclose=disclosed),
        Event(),
    )
    first_after_s = 30 + secrets.randbelow(LOOKS_EVERY_S)
    Thread(
        target=lambda: verify_daily(store, now=now, stopping=stopping, first_after_s=first_after_s),
        name="verify",
        daemon=True,
    ).start()
    documents = open_documents(settings)
    files, reader = documents.files, documents.reader
    Thread(
        target=lambda: sweep_hourly(
            store, files, now=now, stopping=stopping, first_after_s=first_after_s
        ),
        name="sweep",
        daemon=True,
    ).start()
    Thread(
        target=lambda: verify_documents_daily(
            store, files, now=now, stopping=stopping, first_after_s=first_after_s
        ),
        name="verify-documents",
        daemon=True,
    ).start()
    Thread(
        target=lambda: read_texts(store, files, reader, now=now, stopping=stopping),
        name="texts",
        daemon=True,
    ).start()
    Thread(
        target=lambda: compare_partners(store, stopping=stopping), name="compare", daemon=True
    ).start()
    when_stopping(app, stopping.set)
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; give its exit status."""
    return run_verb(_parser(), read_settings, argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ieum-registry",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("serve", help="answer HTTP").set_defaults(run=_serve)
    verbs.add_parser("migrate", help="bring the database to the newest form").set_defaults(
        run=_migrate
    )
    verified = verbs.add_parser("verify", help="check the whole change log")
    verified.add_argument(
        "--witness",
        action="append",
        default=[],
        type=witness,
        metavar="SEQ:HASH",
        help="an entry that somebody has seen, and its hash then, as a council pack prints them",
    )
    verified.set_defaults(run=_verify)
    whole = verbs.add_parser("verify-documents", help="check the files of all documents")
    whole.set_defaults(run=_verify_documents)
    retained = verbs.add_parser("retain", help="erase people whose retention has run out")
    retained.add_argument(
        "--every", type=int, metavar="HOURS", help="go on for ever, once in so many hours"
    )
    retained.add_argument(
        "--heartbeat", type=Path, metavar="FILE", help="touched meanwhile, for a health check"
    )
    retained.set_defaults(run=_retain)
    verbs.add_parser(
        "roll", help="record which terms have renewed by themselves; safe to repeat"
    ).set_defaults(run=_roll)
    working = verbs.add_parser(
        "work", help="imports, handovers and renewals by themselves, for ever"
    )
    working.add_argument(
        "--heartbeat", type=Path, metavar="FILE", help="touched meanwhile, for a health check"
    )
    working.set_defaults(run=_work)
    reindexed = verbs.add_parser("reindex", help="build all shelves anew from the log")
    reindexed.add_argument(
        "--compare", action="store_true", help="only say what differs; change nothing"
    )
    reindexed.set_defaults(run=_reindex)
    COPIES.declare(verbs)
    out = verbs.add_parser("documents-out", help="copy all files of documents into a folder")
    out.add_argument("folder", type=Path, metavar="FOLDER", help="must be empty")
    out.set_defaults(run=_documents_out)
    kept = verbs.add_parser("documents-in", help="keep the files of a folder, which empties it")
    kept.add_argument("folder", type=Path, metavar="FOLDER")
    kept.set_defaults(run=_documents_in)
    exported = verbs.add_parser("export", help="write the whole register into a folder")
    exported.add_argument("folder", type=Path, metavar="FOLDER")
    exported.add_argument(
        "--with-people", action="store_true", help="also names, addresses and telephones"
    )
    exported.set_defaults(run=_export)
    taken = verbs.add_parser("take-in", help="take an exported register into an empty one")
    taken.add_argument("folder", type=Path, metavar="FOLDER")
    taken.set_defaults(run=_take_in)
    return parser


def _serve(settings: Settings, _asked: argparse.Namespace) -> int:
    return serve_service("registry", settings.listen, settings.processes, settings.database)


def _migrate(settings: Settings, _asked: argparse.Namespace) -> int:
    try:
        before, after = STEPS.migrate(settings.database)
    except LockedOut as locked:
        print(locked, file=sys.stderr)
        return 1
    print(f"registry: {before or 'empty'} → {after}")
    return 0


def _verify(settings: Settings, asked: argparse.Namespace) -> int:
    with closing(Store(settings.database, disclose=disclosed)) as store:
        return verify_store(store, asked.witness, now=now, say=print)


def _verify_documents(settings: Settings, _asked: argparse.Namespace) -> int:
    files = open_documents(settings).files
    with closing(Store(settings.database, disclose=disclosed)) as store:
        return verify_documents(store, files, now=now, say=print)


def _retain(settings: Settings, asked: argparse.Namespace) -> int:
    def once() -> Retained:
        with closing(Store(settings.database, disclose=disclosed)) as store:
            at = now()
            return retain(
                today=at.astimezone(SEOUL).date(),
                now=at,
                access_kept_days=settings.access_kept_days,
                new_id=uuid7,
                ledger=store.ledger.in_name_of(RETENTION_RULE, at=at),
                access=store.access,
                imports=store.imports,
            )

    if asked.every is None:
        done = once()
        print(
            f"연락처 {done.contacts:,}명, 열람 기록 {done.access_records:,}건, 가져오기 "
            f"{done.imports:,}건을 지웠습니다 · {done.contacts:,} people erased, "
            f"{done.access_records:,} records of access and {done.imports:,} imports gone"
        )
        return 0
    configure_logs("registry-retain")
    log = logging.getLogger("retain")

    def told() -> None:
        log.info("retained", extra=asdict(once()))

    return repeat(told, every_hours=asked.every, beat=heartbeat(asked.heartbeat))


def _work(settings: Settings, asked: argparse.Namespace) -> int:
    configure_logs("registry-work")
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with closing(Store(settings.database, disclose=disclosed)) as store:
        work(store, now=now, new_id=uuid7, stopping=stopping, beat=heartbeat(asked.heartbeat))
    return 0


def _roll(settings: Settings, _asked: argparse.Namespace) -> int:
    with closing(Store(settings.database, disclose=disclosed)) as store:
        renewed = roll(store, at=now())
    print(f"자동 갱신 {renewed:,}건을 기록했습니다 · {renewed:,} terms have renewed")
    return 0


def _documents_out(settings: Settings, asked: argparse.Namespace) -> int:
    print(documents_out(open_documents(settings).files, asked.folder))
    return 0


def _documents_in(settings: Settings, asked: argparse.Namespace) -> int:
    documents = open_documents(settings)
    print(documents_in(documents.files, documents.arrived, asked.folder))
    return 0


def _export(settings: Settings, asked: argparse.Namespace) -> int:
    with closing(Store(settings.database, disclose=disclosed)) as store:
        try:
            said = export(store, asked.folder, with_people=asked.with_people, now=now())
        except ArchiveUnfit as unfit:
            print(say_unfit(unfit), file=sys.stderr)
            return 1
    print(json.dumps(said))
    return 0


def _take_in(settings: Settings, asked: argparse.Namespace) -> int:
    with closing(Store(settings.database, disclose=disclosed)) as store:
        try:
            found = take_in(store, asked.folder)
        except ArchiveUnfit as unfit:
            print(say_unfit(unfit), file=sys.stderr)
            return 1
    print(json.dumps({"seq": found.entries, "hash": found.head_hash.hex()}))
    return 0


def _reindex(settings: Settings, asked: argparse.Namespace) -> int:
    with (
        closing(Store(settings.database, disclose=disclosed)) as store,
        store.new_shelves() as shelves,
    ):
        return say_what_differs(shelves, print, compare_only=asked.compare)


if __name__ == "__main__":
    sys.exit(main())
