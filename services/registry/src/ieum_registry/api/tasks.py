"""Tasks under strategies."""

from functools import partial

from marshmallow import fields

from changefeed.subjects.catalogue import Task
from ieum_registry.api.asked import NamedQuery
from ieum_registry.api.plain import Plain, plain_routes
from ieum_registry.api.shapes.catalogue import TaskBody, TaskShape
from ieum_registry.operations.catalogue import change_item, register_item


class TasksQuery(NamedQuery):
    """Filters of tasks."""

    filters = {"strategy": "strategy_id", "programme": "programme_id"}

    strategy = fields.UUID()
    programme = fields.UUID()


routes = plain_routes(
    Plain(
        Task,
        TaskShape,
        TaskBody,
        TasksQuery,
        register_item,
        partial(change_item, Task),
    ),
    __doc__,
)
