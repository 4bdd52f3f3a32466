"""Agreements, their parties and their standing on the wire."""

from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validate

from changefeed import limits
from changefeed.subjects.agreement import AGREEMENT_KINDS, DISCLOSURES, END_RULES, End, Party
from httpedge.day import Day
from ieum_registry.api.shapes.parts import (
    AtMost,
    Line,
    LongWordsShape,
    Passage,
    Shape,
    TitleShape,
    TupleOf,
    WordsShape,
    key_field,
)
from ieum_registry.api.shapes.subject import Body, SubjectShape
from ieum_registry.domain.agreement import Agreement, must_end


class EndShape(Shape):
    """How the agreement ends."""

    rule = fields.String(required=True, validate=validate.OneOf(END_RULES))
    ends_on = Day(load_default=None, allow_none=True)
    note = Passage(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> End:
        """Give the value."""
        end = End(**data)
        must_end(end)
        return end


class PartyShape(Shape):
    """A partner's side of the agreement."""

    partner_id = fields.UUID(required=True)
    side = fields.String(load_default="partner", validate=validate.OneOf(("own", "partner")))
    signed_on = Day(load_default=None, allow_none=True)
    joined_on = Day(load_default=None, allow_none=True)
    left_on = Day(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Party:
        """Give the value."""
        return Party(**data)


class AgreementShape(SubjectShape):
    """An MOU, MOA, pact or annex with all its parties."""

    makes = Agreement

    key = key_field()
    number = Line(load_default=None, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(AGREEMENT_KINDS))
    title = fields.Nested(TitleShape, required=True)
    purpose = fields.Nested(LongWordsShape, load_default=None, allow_none=True)
    programme_id = fields.UUID(load_default=None, allow_none=True)
    lead_department_id = fields.UUID(load_default=None, allow_none=True)
    signed_on = Day(required=True)
    effective_on = Day(
        metadata={"description": "First day in force; the day of signing if left out"}
    )
    venue = fields.Nested(WordsShape, load_default=None, allow_none=True)
    end = fields.Nested(EndShape, required=True)
    parties = TupleOf(fields.Nested(PartyShape), required=True, validate=AtMost(limits.PARTIES))
    disclosure = fields.String(load_default="closed", validate=validate.OneOf(DISCLOSURES))

    def made(self, subject_id: UUID, data: dict[str, Any]) -> Agreement:
        """Take effect on the day of signing where no other day is given."""
        return Agreement(id=subject_id, **{"effective_on": data["signed_on"], **data})


class AgreementBody(Body, AgreementShape):
    """An agreement on record."""


class PartyStandingBody(Shape):
    """Where one party stands."""

    partner_id = fields.UUID()
    state = fields.String(metadata={"description": "awaited, signed, in_force, left, ended"})


class AgreementStandingBody(Shape):
    """Where an agreement stands on a day, as known at an entry."""

    on = Day()
    known_at = fields.Integer()
    state = fields.String(metadata={"description": "signing, in_force, ended"})
    flags = fields.List(fields.String())
    signed_from = Day(
        allow_none=True, metadata={"description": "From when the city and one other have signed"}
    )
    in_force_from = Day(
        allow_none=True, metadata={"description": "First day in force; null if there is none"}
    )
    in_force_until = Day(
        allow_none=True, metadata={"description": "Last day in force; null if open or none"}
    )
    last_on = Day(
        allow_none=True,
        metadata={
            "description": "Last day in force, or of the running term where it renews by itself; "
            "null if none was agreed or it is not in force"
        },
    )
    parties = fields.List(fields.Nested(PartyStandingBody))


class AgreementLineBody(AgreementBody):
    """An agreement of a list."""

    standing = fields.Nested(
        AgreementStandingBody, metadata={"description": "Only if asked for by standing=true"}
    )
