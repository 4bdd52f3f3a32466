"""Asking why data of people are taken out, before they are.

The reason is kept in the signed cookie of forms, for the session that it was given in.

Source: docs/rules/access.md, A-19.
"""

from flask import Response, g, make_response, redirect, request, session, url_for

from ieum_portal.domain.reasons import KEPT_FOR, TakenOut
from ieum_portal.domain.websession import WebSession
from ieum_portal.pages.wired import now

KEPT = "reasons"


def ask_why(kind: TakenOut, back: str) -> Response | None:
    """Lead to the page that asks for the reason; None if it is known, and neighbours are told.

    Args:
        back: The page on which it was asked for, as an address of our own.
    """
    held = session.get(KEPT, {}).get(kind)
    if held is not None and held[1] == _this_session() and now().timestamp() < held[2]:
        g.access_reason = held[0]
        return None
    wanted = back if request.method == "POST" else request.full_path.rstrip("?")
    return make_response(redirect(url_for("reasons.show", kind=kind, next=wanted, back=back), 303))


def keep_reason(kind: TakenOut, reason: str) -> None:
    """Let it hold for some minutes, in this session alone."""
    until = (now() + KEPT_FOR).timestamp()
    session[KEPT] = {**session.get(KEPT, {}), kind: [reason, _this_session(), until]}


def reason_told() -> str | None:
    """Give why data are taken out by the request under way; None if they are only looked at."""
    told: str | None = g.get("access_reason")
    return told


def _this_session() -> str:
    web_session: WebSession = g.web_session
    return web_session.token_hash[:16]
