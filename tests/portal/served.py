"""The portal behind the real server, with an account of the office."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.portal.desk import add_account, settings_for
from tests.portal.neighbours import Neighbours
from tests.served import Served, serving


@contextmanager
def serve_portal(folder: Path, neighbours: Neighbours, **more: str) -> Iterator[Served]:
    """Serve a portal behind one proxy.

    Args:
        more: Settings that differ, by the name of their variable.
    """
    settings = settings_for(folder, neighbours)
    add_account(settings, "office")
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
