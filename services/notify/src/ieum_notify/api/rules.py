"""Which rules there are."""

from typing import Any

from flask_smorest import Blueprint

from httpedge.access import allow
from ieum_notify.api.bodies import rule_body
from ieum_notify.api.shapes import RulesBody
from ieum_notify.api.wired import desk

routes = Blueprint("rules", __name__, url_prefix="/v1/rules", description="Rules")


@routes.route("")
@routes.response(200, RulesBody)
@allow("office", "department", "auditor", "service")
def list_rules() -> dict[str, Any]:
    """List every rule: which steps before which date, to which seat."""
    return {"items": [rule_body(rule) for rule in desk().rules], "next": None}
