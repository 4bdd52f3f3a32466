"""Programmes, strategies, tasks, service fields and technologies on the wire."""

from marshmallow import fields, validate

from changefeed.subjects.catalogue import (
    FIELD_GROUPS,
    Programme,
    ServiceField,
    Strategy,
    Task,
    Technology,
)
from httpedge.day import Day
from ieum_registry.api.shapes.parts import AtMost, Line, TupleOf, WordsShape, key_field
from ieum_registry.api.shapes.subject import Body, SubjectShape
from ieum_registry.domain import limits


def _position() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(1, limits.POSITION))


class ProgrammeShape(SubjectShape):
    """A vision of the city under which strategies hang."""

    makes = Programme

    key = key_field()
    name = fields.Nested(WordsShape, required=True)
    announced_on = Day(required=True)


class ProgrammeBody(Body, ProgrammeShape):
    """A programme on record."""


class StrategyShape(SubjectShape):
    """One of the strategies of a programme."""

    makes = Strategy

    key = key_field()
    programme_id = fields.UUID(required=True)
    position = _position()
    name = fields.Nested(WordsShape, required=True)


class StrategyBody(Body, StrategyShape):
    """A strategy on record."""


class TaskShape(SubjectShape):
    """One task under a strategy."""

    makes = Task

    key = key_field()
    strategy_id = fields.UUID(required=True)
    position = _position()
    name = fields.Nested(WordsShape, required=True)


class TaskBody(Body, TaskShape):
    """A task on record."""


class ServiceFieldShape(SubjectShape):
    """An industry or a side of citizens' life that the programme serves."""

    makes = ServiceField

    key = key_field()
    programme_id = fields.UUID(required=True)
    position = _position()
    group = fields.String(required=True, validate=validate.OneOf(FIELD_GROUPS))
    name = fields.Nested(WordsShape, required=True)


class ServiceFieldBody(Body, ServiceFieldShape):
    """A service field on record."""


class TechnologyShape(SubjectShape):
    """What a partner brings."""

    makes = Technology

    key = key_field()
    name = fields.Nested(WordsShape, required=True)
    aliases = TupleOf(Line(), load_default=(), validate=AtMost(limits.ALIASES))
    broader_id = fields.UUID(load_default=None, allow_none=True)


class TechnologyBody(Body, TechnologyShape):
    """A technology on record."""
