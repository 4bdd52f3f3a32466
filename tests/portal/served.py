"""The portal behind the real server, with an account of the office."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ieum_portal.storage.migrate import STEPS
from ieum_portal.storage.passwords import Argon2Passwords
from tests.portal.desk import add_account, settings_for
from tests.portal.neighbours import listening, neighbours_in
from tests.served import Served, serving


@contextmanager
def serve_portal(folder: Path, **more: str) -> Iterator[Served]:
    """Serve a portal behind one proxy, with neighbours of its own.

    Args:
        more: Settings that differ, by the name of their variable.
    """
    database = f"sqlite:///{folder}/portal.db"
    STEPS.migrate(database)
    (folder / "neighbours").mkdir()
    neighbours = neighbours_in(folder / "neighbours")
    neighbours.begin()
    with listening(neighbours):
        settings = settings_for(folder, database, neighbours)
        add_account(settings, "office", passwords=Argon2Passwords())
        (folder / "secret").write_text(settings.secret)
        environment = {
            "IEUM_PORTAL_LISTEN": "127.0.0.1:0",
            "IEUM_PORTAL_DATABASE": settings.database,
            "IEUM_PORTAL_URL": settings.portal_url,
            "IEUM_PORTAL_PROXIES": "1",
            "IEUM_REGISTRY_URL": settings.registry_url,
            "IEUM_GRAPH_URL": settings.graph_url,
            "IEUM_NOTIFY_URL": settings.notify_url,
            "IEUM_SIGNING_KEY": str(settings.signing_key),
            "IEUM_PORTAL_SECRET_FILE": str(folder / "secret"),
            "IEUM_FIRST_ACCOUNTS_FILE": str(settings.first_accounts_file),
        }
        with serving("ieum_portal.app:create", environment | more) as served:
            yield served
    neighbours.registry.end()
