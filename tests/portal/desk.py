"""The portal itself for a test: its settings, accounts, and a server in the test's own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from uuid import UUID

from argon2 import PasswordHasher
from flask import Flask
from uuid_utils.compat import uuid7
from werkzeug.serving import make_server

from ieum_portal.app import create_app
from ieum_portal.domain.account import Account
from ieum_portal.domain.viewer import Role
from ieum_portal.domain.words import Language
from ieum_portal.settings import Settings
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.passwords import Argon2Passwords
from sqlstore.engine import open_engine
from tests.portal import sample
from tests.portal.neighbours import Neighbours

PASSWORD = "이음 이음 2026"
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # In Seoul.
QUICK = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Hashes as the portal does, at a cost that is right for tests alone."""


def settings_for(folder: Path, database: str, neighbours: Neighbours) -> Settings:
    """Make settings over a migrated database; a file for first accounts lies in the folder."""
    return Settings(
        listen=("127.0.0.1", 0),
        processes=1,
        database=database,
        portal_url="http://127.0.0.1",
        registry_url=neighbours.registry.url,
        graph_url=neighbours.graph.url,
        notify_url=neighbours.notify.url,
        signing_key=neighbours.registry.signing_key,
        secret="a secret for tests alone",
        first_accounts_file=folder / "first-accounts.json",
        proxies=0,
    )


def add_account(
    settings: Settings, role: Role, language: Language = "ko", passwords: Argon2Passwords = QUICK
) -> Account:
    """Keep an account `<role>@ieum.example` with the one password of the tests."""
    contact = UUID(sample.identity("naver-liaison")) if role == "liaison" else None
    account = Account(
        uuid7(),
        f"{role}@ieum.example",
        {
            "office": "총괄부서 담당자",
            "department": "담당부서 담당자",
            "liaison": "협약기관 연락담당자",
            "auditor": "의회 열람자",
        }[role],
        role,
        language,
        passwords.hash(PASSWORD),
        NOON,
        contact_id=contact,
        is_administrator=role == "office",
    )
    StoredAccounts(open_engine(settings.database)).add(account)
    return account


def app_at(settings: Settings, now: datetime = NOON) -> Flask:
    """Make the application with its clock standing still and passwords that cost little."""
    app = create_app(settings)
    desk = app.extensions["ieum"]
    auth = replace(desk.auth, passwords=QUICK)
    app.extensions["ieum"] = replace(desk, now=lambda: now, auth=auth)
    return app


@dataclass(frozen=True)
class Desk:
    """A running portal."""

    url: str
    settings: Settings
    neighbours: Neighbours


@contextmanager
def run_desk(folder: Path, database: str, neighbours: Neighbours) -> Iterator[Desk]:
    """Run the portal with an account for each role."""
    settings = settings_for(folder, database, neighbours)
    for role in ("office", "department", "liaison", "auditor"):
        add_account(settings, role)
    server = make_server("127.0.0.1", 0, app_at(settings), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Desk(f"http://127.0.0.1:{server.port}", settings, neighbours)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
