"""Partners on the wire."""

from typing import Any

from marshmallow import fields, pre_load, validate

from changefeed.subjects.partner import PARTNER_KINDS
from ieum_registry.api.shapes.parts import AtMost, Line, TupleOf, WordsShape, key_field, web_field
from ieum_registry.api.shapes.subject import Body, SubjectShape
from ieum_registry.domain import limits
from ieum_registry.domain.business_number import digits_of
from ieum_registry.domain.partner import Partner


class PartnerShape(SubjectShape):
    """An organisation that can sign."""

    makes = Partner

    key = key_field()
    kind = fields.String(required=True, validate=validate.OneOf(PARTNER_KINDS))
    name = fields.Nested(WordsShape, required=True)
    aliases = TupleOf(Line(), load_default=(), validate=AtMost(limits.ALIASES))
    own = fields.Boolean(load_default=False)
    business_number = fields.String(load_default=None, allow_none=True)
    website = web_field()

    @pre_load
    def take_out_hyphens(self, data: Any, **_: object) -> Any:  # noqa: ANN401  Whatever came.
        """Take `124-81-00998` as people write it."""
        if isinstance(data, dict) and isinstance(data.get("business_number"), str):
            return {**data, "business_number": digits_of(data["business_number"]) or None}
        return data


class PartnerBody(Body, PartnerShape):
    """A partner on record."""
