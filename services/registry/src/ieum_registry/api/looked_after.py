"""Lists of what some places look after, whoever owes it; L-35 of docs/rules/lifecycle.md."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from marshmallow import fields, validate
from webargs.fields import DelimitedList

from ieum_registry.api.asked import StandingQuery
from ieum_registry.operations.ports.condition import Condition, any_of, equal

MOST_PLACES = 100


class LookedAfterQuery(StandingQuery):
    """Things by the departments that look after them."""

    looked_after_by = DelimitedList(
        fields.UUID(),
        validate=validate.Length(1, MOST_PLACES),
        metadata={
            "description": "Only what these departments look after (L-35); of milestones partners"
            " may be named, too"
        },
    )
    unled = fields.Boolean(
        load_default=False,
        metadata={"description": "With `looked_after_by`: also what no department leads"},
    )


def led_by(data: dict[str, Any], *fields_of_lead: str) -> Iterator[Condition]:
    """Give what a thing meets one of, that these departments lead.

    Args:
        fields_of_lead: Who leads it, the last one; before it what it lies under, if anything.
    """
    places: list[UUID] = data["looked_after_by"]
    yield any_of(fields_of_lead[-1], places)
    if data["unled"]:
        yield from (equal(each, None) for each in fields_of_lead)
