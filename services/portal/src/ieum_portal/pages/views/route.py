"""저장한 보기: what a list's own page sends to keep, name, choose and throw away its views."""

from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, redirect, request, url_for
from uuid_utils.compat import uuid7
from werkzeug.exceptions import NotFound

from httpedge.access import allow
from ieum_portal.domain.saved_view import SavedView, ViewRefused
from ieum_portal.operations.saved_views import (
    Shelf,
    delete_view,
    open_with,
    rename_view,
    save_view,
)
from ieum_portal.pages.links import asking
from ieum_portal.pages.listing.list_page import EXTENSION as LISTS
from ieum_portal.pages.screen import EVERYBODY, screen_of
from ieum_portal.pages.views.shelf import NOT_KEPT, VIEW, shelf
from ieum_portal.pages.wired import account, now

routes = Blueprint("views", __name__)


@routes.post("/views/<of>")
@allow(*EVERYBODY)
def save(of: str) -> Response:
    """Keep what the address of a list says under a name; of a list that is not theirs, nothing."""
    _must_be_theirs(of)
    asked = parse_qsl(request.form.get("query", ""), keep_blank_values=True)
    query = urlencode([each for each in asked if each[0] not in NOT_KEPT])
    name, shared = request.form.get("name", ""), request.form.get("shared") == "1"
    try:
        view = save_view(of, name, query, shared=shared, view_id=uuid7(), now=now(), shelf=shelf())
    except ViewRefused as refused:
        return _to(of, query, ("view_fault", refused.code), ("view_name", name[:200]))
    return _to_view(view)


@routes.post("/views/<of>/<uuid:view_id>")
@allow(*EVERYBODY)
def change(of: str, view_id: UUID) -> Response:
    """Rename a view, throw it away, or open its list with it; one that is gone changes nothing."""
    _must_be_theirs(of)
    act, own = request.form.get("act", ""), shelf()
    try:
        changed = _changed(act, view_id, own)
    except ViewRefused as refused:
        query = request.form.get("query", "")
        return _to(of, query, (VIEW, str(view_id)), ("view_fault", refused.code))
    if changed is None:
        return _to(of, "", ("view_fault", "view.gone"))
    return _to(of, "", (VIEW, "all")) if act == "delete" else _to_view(changed)


def _changed(act: str, view_id: UUID, own: Shelf) -> SavedView | None:
    match act:
        case "rename":
            return rename_view(view_id, request.form.get("name", ""), own)
        case "delete":
            return delete_view(view_id, own)
        case "open" | "open_not":
            return open_with(view_id, own, opens=act == "open")
    raise NotFound


def _must_be_theirs(of: str) -> None:
    """Leave what is no list, or not for whoever is signed in, as if it were not there."""
    screen = screen_of(f"{of}.show")
    is_list = of in current_app.extensions[LISTS]
    if screen is None or not is_list or account().role not in screen.roles:
        raise NotFound


def _to_view(view: SavedView) -> Response:
    return _to(view.of, view.query, (VIEW, str(view.id)))


def _to(of: str, query: str, *more: tuple[str, str]) -> Response:
    kept = [each for each in parse_qsl(query, keep_blank_values=True) if each[0] not in NOT_KEPT]
    return make_response(redirect(asking(url_for(f"{of}.show"), [*kept, *more]), 303))
