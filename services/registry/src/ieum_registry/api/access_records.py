"""Who looked at people's data, and whose calls were denied."""

import json
from dataclasses import asdict

from flask import Response

from httpedge.access import allow
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.shapes.access import (
    AccessAsked,
    AccessQuery,
    AccessRecordsBody,
    cursor_of,
)
from ieum_registry.api.wired import wiring

routes = Routes("access-records", __name__, url_prefix="/v1/access-records", description=__doc__)


@routes.route("", methods=["GET"])
@routes.arguments(AccessQuery, location="query")
@routes.response(200, AccessRecordsBody)
@allow("office", "auditor")
def list_access_records(asked: AccessAsked) -> Response:
    """List records of access, the newest first; what is under way shows within a second."""
    wiring().access_log.flush()
    page = wiring().access.page(asked.sought, after=asked.after, limit=asked.limit)
    items = [asdict(each) for each in page.items]
    return json_answer(json.dumps({"items": items, "next": cursor_of(page.next)}))
