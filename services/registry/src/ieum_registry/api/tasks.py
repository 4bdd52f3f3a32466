"""Tasks under strategies."""

from uuid import UUID

from flask import Response
from marshmallow import fields

from changefeed.subjects.catalogue import Task
from httpedge.access import allow
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, NamedQuery, OneAsked, OneQuery
from ieum_registry.api.shapes.catalogue import TaskBody, TaskShape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.catalogue import change_item, register_item
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("tasks", __name__, url_prefix="/v1/tasks", description=__doc__)


class TasksQuery(NamedQuery):
    """Filters of tasks."""

    filters = {"strategy": "strategy_id", "programme": "programme_id"}

    strategy = fields.UUID()
    programme = fields.UUID()


@routes.route("", methods=["GET"])
@routes.arguments(TasksQuery, location="query")
@routes.response(200, listed(TaskBody))
@allow("public")
def list_tasks(asked: Asked) -> Response:
    """List tasks by position."""
    return listing("task", asked)


@routes.route("", methods=["POST"])
@routes.arguments(TaskShape)
@routes.response(201, TaskBody)
@allow("office")
@recorded(201)
def register(task: Task) -> Entry:
    """Register a task."""
    return register_item(task, ledger=ledger())


@routes.route("/<uuid:task_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, TaskBody)
@allow("public")
@tagged
def show_task(asked: OneAsked, task_id: UUID) -> Response:
    """Show one task."""
    return one("task", task_id, asked)


@routes.route("/<uuid:task_id>", methods=["PATCH"])
@routes.arguments(patch_of(TaskShape))
@routes.response(200, TaskBody)
@allow("office")
@recorded(200)
def change(patch: Patch, task_id: UUID) -> Entry:
    """Change a task's facts."""
    return change_item(
        Task,
        task_id,
        patch.onto,
        reason=patch.reason,
        seen=if_match(),
        ledger=ledger(),
    )
