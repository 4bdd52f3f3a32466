"""What was promised and what came, on the wire."""

from marshmallow import fields

from httpedge.day import Day
from ieum_registry.api.shapes.parts import Shape, WordsShape


class PromiseSumBody(Shape):
    """Some promises of one measure added up."""

    promises = fields.Integer(metadata={"description": "How many"})
    delivered = fields.Integer(metadata={"description": "How many of them are delivered"})
    target = fields.Integer(metadata={"description": "What was promised: the denominator"})
    reached = fields.Integer(metadata={"description": "What came: the numerator"})
    ids = fields.List(fields.UUID())
    delivered_ids = fields.List(fields.UUID())


class PromiseFigureBody(Shape):
    """One measure: an indicator in a unit; measures are never added to each other."""

    indicator = fields.String()
    unit = fields.String()
    name = fields.Nested(WordsShape, allow_none=True)
    due = fields.Nested(
        PromiseSumBody, metadata={"description": "By-day passed, or settled before it"}
    )
    not_due = fields.Nested(PromiseSumBody, metadata={"description": "Counted apart"})


class PromiseCarriedBody(Shape):
    """Agreements by what became of their promises."""

    due = fields.List(fields.UUID(), metadata={"description": "A promise at least is due"})
    delivered = fields.List(
        fields.UUID(), metadata={"description": "Of these: each promise due is delivered"}
    )
    not_due = fields.List(fields.UUID(), metadata={"description": "None is due yet"})


class PromiseGroupBody(Shape):
    """What is counted together."""

    key = fields.String(
        allow_none=True, metadata={"description": "An id, a code or a year; null: it has none"}
    )
    figures = fields.List(fields.Nested(PromiseFigureBody))
    agreements = fields.Nested(PromiseCarriedBody)


class PromiseRatesBody(Shape):
    """What was promised and what came, as of a day, as known at an entry."""

    on = Day()
    known_at = fields.Integer()
    by = fields.String(allow_none=True)
    groups = fields.List(fields.Nested(PromiseGroupBody))
    total = fields.Nested(PromiseGroupBody)


class PromiseQuarterBody(Shape):
    """All of it at the end of a quarter, or on the day that is asked about."""

    on = Day()
    total = fields.Nested(PromiseGroupBody)


class PromiseTrendBody(Shape):
    """The same over quarters, in order."""

    quarters = fields.List(fields.Nested(PromiseQuarterBody))
