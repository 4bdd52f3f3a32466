"""Where the portal begins: its application and its verbs."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

from flask import Flask, g, has_request_context, request
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.middleware.proxy_fix import ProxyFix

from changefeed.session import house_session
from httpedge.access import ACCESS_LOG, ACCESS_REASON, CLIENT_ADDRESS, require_rules
from httpedge.access_record import AccessLog
from httpedge.bodies import Sender, install_body_limit
from httpedge.caller import Signer
from httpedge.health import install_health
from httpedge.heartbeat import heartbeat
from httpedge.logs import configure_logs, install_request_log
from httpedge.metrics import install_metrics
from httpedge.program import run_verb, serve_service
from httpedge.repeating import repeat
from httpedge.requestid import install_request_ids, outgoing_headers
from httpedge.serving import when_stopping
from httpedge.storage import require_room
from ieum_portal.commands.accounts import (
    AccountRefused,
    Means,
    carry_out,
    declare_account_verbs,
    forget,
)
from ieum_portal.commands.first_accounts import tell_first_accounts
from ieum_portal.domain.account import Account
from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused
from ieum_portal.domain.first_run import code_of
from ieum_portal.domain.passkey import relying_party_at
from ieum_portal.operations.account_links import Invitations, send_letters
from ieum_portal.operations.make_first_accounts import make_first_accounts
from ieum_portal.operations.retention import Retained, retain
from ieum_portal.operations.sign_in import Authentication
from ieum_portal.outbound.account_mail import AccountMailOverHttp, LetterRoundsInBackground
from ieum_portal.outbound.neighbours import NeighbourAddresses
from ieum_portal.outbound.oidc import OidcOverHttp
from ieum_portal.outbound.token_issuer import TokenIssuer
from ieum_portal.pages.access_records.route import EXTENSION as ACCESS_RECORDS
from ieum_portal.pages.assets import install_assets
from ieum_portal.pages.blueprints import blueprints
from ieum_portal.pages.changing.sentences import install_sentences
from ieum_portal.pages.document.form import install_uploads
from ieum_portal.pages.drafts.route import install_drafts
from ieum_portal.pages.entry import FORM_LIMIT, install_entry, new_token
from ieum_portal.pages.errors.route import install_error_pages, unavailable
from ieum_portal.pages.facts import install_facts
from ieum_portal.pages.frame.frame import install_frame
from ieum_portal.pages.imports.route import install_sheets
from ieum_portal.pages.languages import install_languages
from ieum_portal.pages.packing import install_packing
from ieum_portal.pages.reasons.asking import reason_told
from ieum_portal.pages.register import SCREENS
from ieum_portal.pages.screen import install_screens
from ieum_portal.pages.sign_in.clock import install_clock
from ieum_portal.pages.themes.route import install_themes
from ieum_portal.pages.typeset import install_filters
from ieum_portal.pages.waiting import waiting_left_s
from ieum_portal.pages.wired import Desk, desk_of, wire
from ieum_portal.settings import Settings, read_settings
from ieum_portal.storage.access_records import StoredAccess
from ieum_portal.storage.account_links import StoredAccountLinks
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.attempts import StoredAttempts
from ieum_portal.storage.calendar_links import StoredCalendarLinks
from ieum_portal.storage.copies import COPIES, close_what_was_open
from ieum_portal.storage.drafts import StoredDrafts
from ieum_portal.storage.identities import StoredIdentities
from ieum_portal.storage.migrate import STEPS
from ieum_portal.storage.office import StoredOffice
from ieum_portal.storage.passkeys import StoredPasskeys
from ieum_portal.storage.passwords import Argon2Passwords
from ieum_portal.storage.saved_views import StoredViews
from ieum_portal.storage.sessions import StoredSessions
from registryclient.wire import new_session
from sqlstore.engine import open_engine
from sqlstore.steps import LockedOut

ROOT = Path(__file__).parent

DESCRIPTION = """The desk: what needs me today, one partner, the network around it.

  serve            answer the pages
  migrate          bring the database to the newest form; safe to repeat
  first-accounts   make the accounts with which a sample installation begins, once
  first-run        give the link by which a new, empty installation begins
  retain           let go of accounts and drafts of people erased, and of what is old
  account          add, lock, unlock, reset, change, appoint, dismiss, end, list
  unlock           forget failed attempts to sign in, of one login, one address or all"""

EPILOG = """examples:
  ieum-portal migrate
  ieum-portal first-accounts
  ieum-portal account add kim@gwangju.example --name 김 --role department --department smart-city
  ieum-portal account reset kim@gwangju.example
  ieum-portal unlock kim@gwangju.example

Settings come from the environment (docs/settings.md)."""


def create_app(settings: Settings) -> Flask:
    """Put the pages together with what stands behind them."""
    configure_logs("portal")
    engine = open_engine(settings.database)
    is_secure = settings.portal_url.startswith("https://")
    app = Flask("ieum_portal", root_path=str(ROOT), template_folder="pages", static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    install_packing(app)  # First: what is done after an answer goes backwards, and this is last.
    install_request_ids(app)
    install_request_log(app)
    install_metrics(app)
    install_body_limit(app, FORM_LIMIT, known=_sender)
    install_uploads(app, settings.document_largest_mb * 2**20)
    install_sheets(app)
    install_health(
        app,
        {"database": lambda: STEPS.check(engine), "room": lambda: require_room(settings.database)},
    )
    install_languages(app, ROOT)
    install_themes(app)
    install_entry(app, secret=settings.secret, is_secure=is_secure)
    install_assets(app, ROOT)
    install_filters(app)
    install_facts(app)
    install_frame(app)
    install_error_pages(app)
    app.register_error_handler(DBAPIError, unavailable)
    app.register_error_handler(ServiceUnavailable, unavailable)
    kept = StoredAccess(engine)
    app.extensions[ACCESS_LOG] = log = AccessLog(kept.keep)
    app.extensions[ACCESS_RECORDS] = kept
    when_stopping(app, log.flush)
    connect, drafts = _addresses(settings).connect, StoredDrafts(engine)
    auth, views = _authentication(settings, engine), StoredViews(engine)
    links, letters = StoredAccountLinks(engine), _letters(settings, engine, app)
    wire(
        app,
        Desk(
            auth,
            connect,
            _now,
            is_secure,
            drafts,
            views,
            links,
            StoredCalendarLinks(engine),
            letters,
            StoredIdentities(engine),
            StoredPasskeys(engine),
            settings.office,
            StoredOffice(engine),
            settings.samples,
            settings.gateway,
            _sign_on(settings, app),
            relying_party_at(settings.portal_url),
        ),
    )
    install_drafts(app)
    install_sentences(app)
    install_clock(app)
    for routes in blueprints():
        app.register_blueprint(routes)
    install_screens(app, SCREENS)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # How Flask documents it.
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    require_rules(app)
    return app


def _sender() -> Sender | None:
    account: Account | None = g.get("account")
    return None if account is None else Sender("person", str(account.id))


def create() -> Flask:
    """Make the application from the environment; what the web server calls."""
    return create_app(read_settings(os.environ))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; give its exit status."""
    return run_verb(_parser(), read_settings, argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ieum-portal",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("serve", help="answer the pages").set_defaults(run=_serve)
    verbs.add_parser("migrate", help="bring the database to the newest form").set_defaults(
        run=_migrate
    )
    verbs.add_parser("first-accounts", help="make the first accounts, once").set_defaults(
        run=_first_accounts
    )
    verbs.add_parser("first-run", help="give the link by which a new house begins").set_defaults(
        run=_first_run
    )
    retained = verbs.add_parser("retain", help="end the accounts of people erased")
    retained.add_argument(
        "--every", type=int, metavar="HOURS", help="go on for ever, once in so many hours"
    )
    retained.add_argument(
        "--heartbeat", type=Path, metavar="FILE", help="touched meanwhile, for a health check"
    )
    retained.set_defaults(run=_retain)
    verbs.add_parser("restored", help="close what was open when the store was copied").set_defaults(
        run=_restored
    )
    COPIES.declare(verbs)
    declare_account_verbs(verbs)
    verbs.choices["account"].set_defaults(run=_account)
    verbs.choices["unlock"].set_defaults(run=_unlock)
    return parser


def _serve(settings: Settings, _asked: argparse.Namespace) -> int:
    return serve_service("portal", settings.listen, settings.processes, settings.database)


def _migrate(settings: Settings, _asked: argparse.Namespace) -> int:
    try:
        STEPS.migrate(settings.database)
    except LockedOut as locked:
        print(locked, file=sys.stderr)
        return 1
    return 0


def _restored(settings: Settings, _asked: argparse.Namespace) -> int:
    closed = close_what_was_open(open_engine(settings.database), _now())
    print(json.dumps(asdict(closed)))
    return 0


def _first_accounts(settings: Settings, _asked: argparse.Namespace) -> int:
    engine = open_engine(settings.database)
    try:
        outcome = make_first_accounts(
            accounts=StoredAccounts(engine),
            passwords=Argon2Passwords(),
            find_contact=_token_issuer(settings).contact_by_key,
            new_id=uuid7,
            new_password=lambda: new_token()[:20],
            now=_now(),
        )
    except (NeighbourDown, NeighbourRefused) as error:
        print(
            f"{error}\n대장에서 연락담당자를 찾지 못했습니다. 대장이 켜졌는지 보고 다시 하십시오.\n"
            "The registry could not say who the liaison is. See that it runs and try again.",
            file=sys.stderr,
        )
        return 1
    for line in tell_first_accounts(outcome, settings.first_accounts_file):
        print(line)
    return 0


def _first_run(settings: Settings, _asked: argparse.Namespace) -> int:
    """Give the link while nobody has begun; nothing is said once somebody has."""
    if not StoredAccounts(open_engine(settings.database)).are_there():
        print(f"{settings.portal_url}/first-run/{code_of(settings.secret.encode())}")
    return 0


def _retain(settings: Settings, asked: argparse.Namespace) -> int:
    engine, tokens = open_engine(settings.database), _token_issuer(settings)

    def once() -> Retained:
        send_letters(_invitations(settings, engine), _account_mail(settings), _now())
        return retain(
            auth=_authentication(settings, engine),
            erased_of=tokens.erased_of,
            access=StoredAccess(engine),
            drafts=StoredDrafts(engine),
            invitations=_invitations(settings, engine),
            views=StoredViews(engine),
            access_kept_days=settings.access_kept_days,
            now=_now(),
        )

    if asked.every is None:
        try:
            done = once()
        except (NeighbourDown, NeighbourRefused) as error:
            print(f"{error}: the registry gave no answer; try again.", file=sys.stderr)
            return 1
        print(
            f"계정 {done.accounts:,}개를 종료하고 열람 기록 {done.access_records:,}건과 "
            f"작성 중이던 양식 {done.drafts:,}건, 저장한 보기 {done.views:,}개를 지웠습니다 · "
            f"{done.accounts:,} accounts ended, {done.access_records:,} records of access, "
            f"{done.drafts:,} drafts and {done.views:,} saved views gone"
        )
        return 0
    configure_logs("portal-retain")
    log = logging.getLogger("retain")

    def told() -> None:
        log.info("retained", extra=asdict(once()))

    return repeat(told, every_hours=asked.every, beat=heartbeat(asked.heartbeat))


def _account(settings: Settings, asked: argparse.Namespace) -> int:
    tokens = _token_issuer(settings)
    means = Means(
        _authentication(settings, open_engine(settings.database)),
        tokens.contact_by_key,
        tokens.department_by_key,
        uuid7,
        lambda: new_token()[:20],
        _now(),
    )
    try:
        for line in carry_out(asked, means):
            print(line)
    except (NeighbourDown, NeighbourRefused) as error:
        print(
            f"{error}\n대장에서 찾지 못했습니다. 대장이 켜졌는지 보고 다시 하십시오.\n"
            "The registry gave no answer. See that it runs and try again.",
            file=sys.stderr,
        )
        return 1
    except AccountRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def _unlock(settings: Settings, asked: argparse.Namespace) -> int:
    print(forget(asked, _authentication(settings, open_engine(settings.database))))
    return 0


def _authentication(settings: Settings, engine: Engine) -> Authentication:
    return Authentication(
        StoredAccounts(engine),
        StoredSessions(engine),
        StoredAttempts(engine),
        Argon2Passwords(),
        settings.secret.encode(),
    )


def _sign_on(settings: Settings, app: Flask) -> OidcOverHttp | None:
    if settings.oidc is None:
        return None
    come_back = f"{settings.portal_url}/sign-in/oidc/back"
    return OidcOverHttp(settings.oidc, come_back, house_session(), lambda: desk_of(app).now())


def _letters(settings: Settings, engine: Engine, app: Flask) -> LetterRoundsInBackground:
    mail, invitations = _account_mail(settings), _invitations(settings, engine)
    return LetterRoundsInBackground(lambda: send_letters(invitations, mail, desk_of(app).now()))


def _invitations(settings: Settings, engine: Engine) -> Invitations:
    return Invitations(_authentication(settings, engine), StoredAccountLinks(engine), uuid7)


def _account_mail(settings: Settings) -> AccountMailOverHttp:
    return AccountMailOverHttp(
        settings.notify_url,
        settings.portal_url,
        settings.secret.encode(),
        new_session(),
        partial(_token_issuer(settings).own_token, "notify"),
        outgoing_headers,
    )


def _token_issuer(settings: Settings) -> TokenIssuer:
    return TokenIssuer(
        Signer(settings.signing_key),
        settings.registry_url,
        new_session(),
        outgoing_headers,
        waiting_left_s,
    )


def _addresses(settings: Settings) -> NeighbourAddresses:
    return NeighbourAddresses(
        settings.registry_url,
        settings.graph_url,
        settings.notify_url,
        _token_issuer(settings),
        new_session(),
        _asking_headers,
        waiting_left_s,
    )


def _asking_headers() -> dict[str, str]:
    """Let a neighbour speak of the same request, and record from where the person asks, and why."""
    if not has_request_context():
        return outgoing_headers()
    told = {CLIENT_ADDRESS: request.remote_addr, ACCESS_REASON: quote(reason_told() or "")}
    return outgoing_headers() | {name: value for name, value in told.items() if value}


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
