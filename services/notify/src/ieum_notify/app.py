"""Where notify begins: its application, its worker and its verbs."""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.engine import Engine
from uuid_utils.compat import uuid7

from changefeed.reader import FeedReader
from changefeed.session import house_session
from httpedge.access import require_rules
from httpedge.caller import KeyRing, ServiceTokens, Signer
from httpedge.edge import make_edge
from httpedge.heartbeat import heartbeat
from httpedge.logs import configure_logs
from httpedge.metrics import SourceFigures
from httpedge.program import run_verb, serve_service
from httpedge.requestid import outgoing_headers
from httpedge.storage import require_room
from ieum_notify.api import account_letters, consequences, occurrences, resends, rules, sender
from ieum_notify.api.figures import sender_figures
from ieum_notify.api.problems import PROBLEMS, install_refusals, refusal_lines
from ieum_notify.api.wired import Desk, wire
from ieum_notify.commands.preview import print_preview
from ieum_notify.domain.errors import CopyFilling, NotFound, ResendRefused
from ieum_notify.domain.hours import OFFICE_HOURS, Hours
from ieum_notify.domain.known import PLANNED_FROM
from ieum_notify.domain.restored import Restored
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.register import RULES
from ieum_notify.jobs.run import Work, Worker
from ieum_notify.operations.consequences import Waiting
from ieum_notify.operations.dispatch import dispatch
from ieum_notify.operations.follow import follow
from ieum_notify.operations.plan import plan
from ieum_notify.operations.ports import Outside
from ieum_notify.operations.preview import preview
from ieum_notify.operations.resend import resend
from ieum_notify.outbound.feed import RegistryFeed
from ieum_notify.outbound.registry import RegistryDirectory
from ieum_notify.outbound.smtp import SmtpMailServer
from ieum_notify.outbound.typeset import require_texts
from ieum_notify.settings import Settings, read_settings
from ieum_notify.storage.copies import COPIES
from ieum_notify.storage.copy import StoredCopy
from ieum_notify.storage.history import StoredHistory
from ieum_notify.storage.migrate import STEPS
from ieum_notify.storage.outbox import StoredOutbox
from ieum_notify.storage.tally import stored_tally
from sqlstore.engine import open_engine
from sqlstore.steps import LockedOut

DESCRIPTION = """The post room: who is told what, once, and why.

  serve     answer /v1/rules, /v1/occurrences, /v1/preview, /v1/consequences, /v1/explain,
            /v1/resends, /v1/sender, /v1/account-letters
  work      follow the registry, plan 45 days ahead, send what is due
  migrate   bring the database to the newest shape; safe to repeat
  preview   print what goes out in the next days, with the reasons
  recopy    copy the log anew from its first entry, whichever log it is
  resend    let a letter that was refused, put off or left in doubt go out again now

restored, store-state, copy-out and copy-in are what `ieum backup` and `ieum restore` call."""

EPILOG = """examples:
  ieum-notify preview --days 30
  ieum-notify preview --days 7 --language en
  ieum-notify resend 'milestone:018f…|milestone_due|2026-11-28|7|018f…|mail'

Settings come from the environment (docs/settings.md)."""


def create_app(settings: Settings) -> Flask:
    """Put the HTTP side together; it only reads, the worker writes."""
    engine = open_engine(settings.database)
    edge = make_edge(
        "notify",
        title="이음 notify: 누구에게 무엇을 왜 알리는가 (who is told what, and why)",
        problems=PROBLEMS,
        keys=KeyRing(settings.keys),
        checks={
            "database": lambda: STEPS.check(engine),
            "room": lambda: require_room(settings.database),
        },
    )
    install_refusals(edge.app)
    history = StoredHistory(engine)
    reader = FeedReader(settings.registry_url, lambda: "", house_session(), outgoing_headers)
    wire(
        edge.app,
        Desk(
            RULES,
            stored_copy(engine, RULES, settings.letter_hours),
            history,
            StoredOutbox(engine, uuid7),
            _now,
            Waiting(reader.newest, time.sleep),
            _mail_server(settings),
            settings.portal_url,
        ),
    )
    edge.figures.register(
        SourceFigures(
            "database",
            lambda: sender_figures(history, lambda: stored_tally(engine), _now, reader.newest),
        )
    )
    for module in (rules, occurrences, consequences, resends, sender, account_letters):
        edge.api.register_blueprint(module.routes)
    require_rules(edge.app)
    return edge.app


def create() -> Flask:
    """Make the application from the environment; what the web server calls."""
    return create_app(read_settings(os.environ))


def make_work(settings: Settings) -> Work:
    """Put the worker's calls together.

    Raises:
        LookupError: A letter lacks a text: better not to begin than to find out when it is due.
    """
    require_texts(RULES)
    engine = open_engine(settings.database)
    copy, outbox = stored_copy(engine, RULES, settings.letter_hours), StoredOutbox(engine, uuid7)
    token = ServiceTokens(Signer(settings.signing_key), ("registry",))
    registry = (settings.registry_url, token, house_session(), outgoing_headers)
    feed = RegistryFeed(FeedReader(*registry))
    outside = Outside(
        copy,
        outbox,
        RegistryDirectory(*registry),
        _mail_server(settings),
        _now,
        random.random,
        settings.portal_url,
    )
    return Work(
        follow=lambda wait_s: follow(feed, copy, outbox, now=_now(), wait_s=wait_s),
        plan=lambda changed: plan(RULES, copy, outbox, _now(), changed=changed),
        dispatch=lambda alive: dispatch(RULES, outside, alive),
        outbox=outbox,
        now=_now,
    )


def _mail_server(settings: Settings) -> SmtpMailServer:
    return SmtpMailServer(settings.smtp_url, settings.mail_from, _now)


def stored_copy(engine: Engine, rules: Sequence[Rule], hours: Hours = OFFICE_HOURS) -> StoredCopy:
    """Open the copy of facts that the rules plan from."""
    planned_from = (*PLANNED_FROM, *{rule.subject_type for rule in rules})
    return StoredCopy(engine, planned_from, uuid7, hours)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; give its exit status."""
    return run_verb(_parser(), read_settings, argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ieum-notify",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(
        dest="verb", required=True, metavar="{serve,work,migrate,preview,recopy,resend,…}"
    )
    verbs.add_parser("serve", help="answer HTTP").set_defaults(run=_serve)
    works = verbs.add_parser("work", help="follow, plan and send")
    works.add_argument(
        "--heartbeat",
        type=Path,
        metavar="FILE",
        help="touched while all parts come round, for a health check",
    )
    works.set_defaults(run=_work)
    verbs.add_parser("migrate", help="bring the database to the newest shape").set_defaults(
        run=_migrate
    )
    shown = verbs.add_parser("preview", help="print what goes out in the next days")
    shown.add_argument("--days", type=int, default=30, help="how far ahead, 1 to 366 (default 30)")
    shown.add_argument("--language", choices=("ko", "en"), default="ko")
    shown.set_defaults(run=_preview)
    verbs.add_parser(
        "recopy", help="copy the log anew from its first entry, whichever log it is"
    ).set_defaults(run=_recopy)
    held = verbs.add_parser(
        "restored", help="hold what may have gone out since the store was copied"
    )
    held.add_argument("--seq", type=int, required=True, help="how far the restored log reaches")
    held.set_defaults(run=_restored)
    COPIES.declare(verbs)
    again = verbs.add_parser("resend", help="let a letter go out again now")
    again.add_argument("key", metavar="KEY", help="as GET /v1/occurrences gives it; quote it")
    again.set_defaults(run=_resend)
    return parser


def _serve(settings: Settings, _asked: argparse.Namespace) -> int:
    return serve_service("notify", settings.listen, settings.processes, settings.database)


def _work(settings: Settings, asked: argparse.Namespace) -> int:
    configure_logs("notify-work")
    work = make_work(settings)
    if settings.letter_hours.always:  # What waits since before the setting waits no longer.
        work.outbox.let_go(OFFICE_HOURS.opens)
    return Worker(work, heartbeat(asked.heartbeat)).run()


def _migrate(settings: Settings, _asked: argparse.Namespace) -> int:
    try:
        STEPS.migrate(settings.database)
    except LockedOut as locked:
        print(locked, file=sys.stderr)
        return 1
    return 0


def _migrated(settings: Settings) -> Engine | None:
    """Open the database; say what to do, and give None, if it is not of the newest shape."""
    engine = open_engine(settings.database)
    try:
        STEPS.check(engine)
    except RuntimeError as behind:
        print(behind, file=sys.stderr)
        return None
    return engine


def _preview(settings: Settings, asked: argparse.Namespace) -> int:
    if not 1 <= asked.days <= 366:
        print("--days takes 1 to 366.", file=sys.stderr)
        return 2
    engine = _migrated(settings)
    if engine is None:
        return 1
    found = preview(
        RULES,
        stored_copy(engine, RULES, settings.letter_hours),
        StoredHistory(engine),
        _now(),
        days=asked.days,
    )
    print("\n".join(print_preview(found, asked.language)))
    return 0


def _recopy(settings: Settings, _asked: argparse.Namespace) -> int:
    engine = _migrated(settings)
    if engine is None:
        return 1
    stored_copy(engine, RULES, settings.letter_hours).forget()
    print("대장의 사본을 처음부터 다시 만듭니다. The log is copied anew; what was sent stays sent.")
    return 0


def _restored(settings: Settings, asked: argparse.Namespace) -> int:
    outbox = StoredOutbox(open_engine(settings.database), uuid7)
    print(json.dumps({"held": outbox.hold_back(Restored(_now(), asked.seq))}))
    return 0


def _resend(settings: Settings, asked: argparse.Namespace) -> int:
    engine = _migrated(settings)
    if engine is None:
        return 1
    copy, outbox = stored_copy(engine, RULES, settings.letter_hours), StoredOutbox(engine, uuid7)
    try:
        resend(RULES, copy, outbox, StoredHistory(engine), _now(), which=asked.key)
    except (NotFound, ResendRefused, CopyFilling) as refused:
        print("\n".join(refusal_lines(refused)), file=sys.stderr)
        return 1
    if settings.letter_hours.always:
        print(f"곧 다시 나갑니다. It goes out again at once: {asked.key}")
    else:
        print(f"다시 나갑니다(근무 시간에). It goes out again, in working hours: {asked.key}")
    return 0


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
