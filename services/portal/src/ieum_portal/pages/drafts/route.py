"""Unfinished forms as the first page lists them, and throwing one away."""

from uuid import UUID

from flask import Blueprint, Flask, Response, make_response, redirect

from httpedge.access import allow
from ieum_portal.operations.drafts import discard_draft, unfinished
from ieum_portal.pages.drafts.keeping import address_of, folder_of
from ieum_portal.pages.wired import account, now

routes = Blueprint("drafts", __name__)


def install_drafts(app: Flask) -> None:
    """Let any page list the drafts of whoever is signed in."""
    app.jinja_env.globals.update(
        unfinished_drafts=lambda: unfinished(folder_of(account().id)),
        address_of_draft=address_of,
        is_unsure_draft=lambda draft: draft.is_unsure(now()),
    )


@routes.post("/drafts/<uuid:draft_id>/discard")
@allow("office", "department", "liaison", "auditor")
def discard(draft_id: UUID) -> Response:
    """Throw a draft of one's own away; another's stays as it is."""
    discard_draft(draft_id, folder_of(account().id))
    return make_response(redirect("/#drafts", 303))
