"""Files to load, and what came of them, on the wire."""

from typing import Any

from marshmallow import fields, post_load, validate

from changefeed.subjects.load import Load
from httpedge.day import Day
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Line, Shape, TupleOf
from ieum_registry.operations.load import LoadFile


class LoadFileShape(Shape):
    """One file."""

    name = Line(required=True, metadata={"description": "As faults are to name it"})
    text = fields.String(required=True, metadata={"description": "Its YAML text"})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> LoadFile:
        """Give the value."""
        return LoadFile(**data)


class LoadsShape(Shape):
    """Files that are loaded together or not at all."""

    documents = TupleOf(
        fields.Nested(LoadFileShape), required=True, validate=validate.Length(1, 20)
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[LoadFile, ...]:
        """Give the files."""
        files: tuple[LoadFile, ...] = data["documents"]
        return files


class DoubtBody(Shape):
    """What was taken although it looks wrong."""

    pointer = fields.String()
    file = fields.String()
    line = fields.Integer()
    code = fields.String()
    detail = fields.String()


class LoadedBody(Shape):
    """What came of loading; counts by subject type."""

    load_id = fields.UUID(allow_none=True, data_key="load")
    anchor_on = Day()
    recorded = fields.Dict(keys=fields.String(), values=fields.Integer())
    changed = fields.Dict(keys=fields.String(), values=fields.Integer())
    unchanged = fields.Dict(keys=fields.String(), values=fields.Integer())
    doubts = fields.List(fields.Nested(DoubtBody))
    head = fields.Integer()


LoadRecordBody = body_shape(subject_shape("LoadRecord", Load))
