"""Whether this browser is sent the keys; single letters that act must be possible to switch off."""

from flask import Blueprint, Response, make_response, redirect, request

from httpedge.access import allow
from ieum_portal.pages.entry import cookie_name, own_path
from ieum_portal.pages.wired import desk

routes = Blueprint("keys", __name__)

_KEPT_FOR = 365 * 86_400


@routes.post("/keys")
@allow("office", "department", "liaison", "auditor")
def switch() -> Response:
    """Switch the keys off, or on again, for whoever uses this browser."""
    answer = make_response(redirect(own_path(request.form.get("next")), 303))
    answer.set_cookie(
        _name(),
        "off" if request.form.get("keys") == "off" else "on",
        max_age=_KEPT_FOR,
        httponly=True,
        secure=desk().is_secure,
        samesite="Lax",
        path="/",
    )
    return answer


def has_keys() -> bool:
    """Whether the keys are on, as they are unless somebody switched them off."""
    return request.cookies.get(_name()) != "off"


def _name() -> str:
    return cookie_name("ieum_keys", is_secure=desk().is_secure)
