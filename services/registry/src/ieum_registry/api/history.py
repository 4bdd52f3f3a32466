"""The change log read backwards by people: what was changed, and what it was before."""

from flask import Response

from httpedge.access import allow
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.shapes.change import HistoryAsked, HistoryBody, HistoryQuery
from ieum_registry.api.wired import records, scope

routes = Routes("history", __name__, url_prefix="/v1", description=__doc__)


@routes.route("/history", methods=["GET"])
@routes.arguments(HistoryQuery, location="query")
@routes.response(200, HistoryBody)
@allow("public")
def list_history(asked: HistoryAsked) -> Response:
    """Give entries, newest first; what the caller may see nothing of is not there."""
    page = records().history(asked.sought, before=asked.before, limit=asked.limit, scope=scope())
    items, following = ",".join(page.items), "null" if page.next is None else page.next
    return json_answer(f'{{"items":[{items}],"next":{following},"head":{page.head}}}')
