"""Until when a session lasts, as the pages tell it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, g

from ieum_portal.domain.websession import WARNED_BEFORE, WebSession
from ieum_portal.pages.wired import SEOUL, now

WAITS = (0, *range(5, 55, 5), 54)
"""Minutes after which a page can warn, each with its rule in page.css; 54 is an hour's."""


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """A session's end as a page shows it.

    Attributes:
        at: The hour on a clock in Seoul.
        warns_in: So many minutes from now the page says that it ends, five before or a little more.
        is_extensible: Whether it can be put off.
    """

    at: str
    warns_in: int
    is_extensible: bool


def install_clock(app: Flask) -> None:
    """Let every page tell it."""
    app.jinja_env.globals.update(session_end=_session_end)


def end_of(session: WebSession, now: datetime) -> SessionEnd:
    """Say when a session ends."""
    left = session.ends_at - now - WARNED_BEFORE
    waits = [each for each in WAITS if timedelta(minutes=each) <= left]
    at = session.ends_at.astimezone(SEOUL).strftime("%H:%M")
    return SessionEnd(at, max(waits, default=0), session.is_extensible)


def _session_end() -> SessionEnd | None:
    session: WebSession | None = g.get("web_session")
    return None if session is None else end_of(session, now())
