"""Tasks under strategies."""

from datetime import date
from functools import partial
from typing import Any

from marshmallow import fields

from changefeed.subjects.catalogue import Task
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import TaskBody, TaskShape
from ieum_registry.operations.catalogue import change_item, register_item
from ieum_registry.operations.ports.condition import Condition, equal


class TasksQuery(NamedQuery):
    """Filters of tasks."""

    programme = fields.UUID(metadata={"description": "Programme of its strategy (사업)"})

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Stand under a strategy of the programme."""
        return [equal("programme_id", data["programme"])] if "programme" in data else []


routes = plain_routes(
    Plain(
        Task,
        TaskShape,
        TaskBody,
        register_item,
        partial(change_item, Task),
        TasksQuery,
    ),
    __doc__,
)
