"""What is planned, what went out, and what did not."""

from typing import Any

from httpedge.access import allow
from httpedge.problem import Problem
from httpedge.routes import Routes
from ieum_notify.api.bodies import explanation_body, listed_body, preview_body
from ieum_notify.api.shapes import (
    ExplainQuery,
    ExplanationBody,
    OccurrencesBody,
    OccurrencesQuery,
    PreviewBody,
    PreviewQuery,
)
from ieum_notify.api.wired import desk, sight
from ieum_notify.operations.explain import explain
from ieum_notify.operations.preview import preview

routes = Routes("occurrences", __name__, url_prefix="/v1", description="Reminders")


@routes.route("/occurrences")
@routes.arguments(OccurrencesQuery, location="query")
@routes.response(200, OccurrencesBody)
@allow("office", "department", "auditor", "service")
def list_occurrences(query: dict[str, Any]) -> dict[str, Any]:
    """List what was planned, latest due first, with where it stands and why."""
    try:
        found = desk().history.listed(**query, sight=sight())
    except ValueError as error:
        raise Problem("cursor.refused") from error
    is_full = len(found) == query["limit"]
    return {
        "items": [listed_body(each) for each in found],
        "next": found[-1].cursor if found and is_full else None,
    }


@routes.route("/preview")
@routes.arguments(PreviewQuery, location="query")
@routes.response(200, PreviewBody)
@allow("office", "department", "auditor", "service")
def show_preview(query: dict[str, Any]) -> dict[str, Any]:
    """Show what goes out in the next days, by the planner itself, with the reasons."""
    at = desk()
    return preview_body(
        preview(at.rules, at.copy, at.history, at.now(), days=query["days"], sight=sight())
    )


@routes.route("/explain")
@routes.arguments(ExplainQuery, location="query")
@routes.response(200, ExplanationBody)
@allow("office", "department", "auditor", "service")
def show_explanation(query: dict[str, Any]) -> dict[str, Any]:
    """Tell why one letter goes out, went out or did not, with every attempt."""
    at = desk()
    return explanation_body(
        explain(at.rules, at.copy, at.history, at.now(), key=query["key"], sight=sight())
    )
