"""Light, dark or high contrast: as the system wishes, unless the browser's reader chose one.

The choice is a cookie and no setting of the account: it is right for a screen and a pair of eyes,
and stands at the door, too, before anybody has signed in.
"""

from flask import Blueprint, Flask, Response, make_response, redirect, request

from httpedge.access import allow
from ieum_portal.pages.entry import own_path
from ieum_portal.pages.wired import desk

routes = Blueprint("themes", __name__)

THEMES = ("light", "dark", "contrast")
"""What can be chosen; their values stand in frame/1-tokens.css."""

COOKIE = "ieum_theme"
KEPT_S = 365 * 24 * 3600


def install_themes(app: Flask) -> None:
    """Let a sent form that names a theme choose it, whichever form it is (`?theme=`)."""
    app.after_request(_keep)


@routes.post("/theme")
@allow("public")
def choose() -> Response:
    """Go back to the page on which a theme was chosen."""
    return make_response(redirect(own_path(request.form.get("next")), 303))


def chosen_theme() -> str | None:
    """Give the theme that this browser's reader chose; None leaves it to the system."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in THEMES else None


def _keep(answer: Response) -> Response:
    wanted = request.args.get("theme") if request.method == "POST" else None
    if answer.status_code == 303 and wanted in THEMES:
        answer.set_cookie(
            COOKIE,
            wanted,
            max_age=KEPT_S,
            httponly=True,
            secure=desk().is_secure,
            samesite="Lax",
            path="/",
        )
    elif answer.status_code == 303 and wanted == "system":
        answer.delete_cookie(COOKIE, httponly=True, secure=desk().is_secure, samesite="Lax")
    return answer
