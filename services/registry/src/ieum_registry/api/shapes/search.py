"""The search on the wire."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load, validate

from changefeed.finding import asks_for_something
from ieum_registry.api.answers import TotalBody
from ieum_registry.api.shapes.parts import QueryShape, Shape
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.search import HOW

MOST_HITS = 20


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """What is searched for, and how many hits of each type are wanted."""

    q: str
    limit: int


class SearchQuery(QueryShape):
    """What a search asks."""

    q = fields.String(
        load_default="",
        validate=validate.Length(max=100),
        metadata={
            "description": "Words that must all be met, each by a name, title, number or year, or"
            " by a name of what it points at; parts and initials (ㄱㅈ) too"
        },
    )
    limit = fields.Integer(
        load_default=5,
        validate=validate.Range(1, MOST_HITS),
        metadata={"description": "So many hits of each type"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> SearchAsked:
        """Give the value.

        Raises:
            RuleBroken: `search.nothing_asked`.
        """
        if not asks_for_something(data["q"]):
            raise RuleBroken("search.nothing_asked", pointer="/q")
        return SearchAsked(data["q"], data["limit"])


class WordsBody(Shape):
    """A name or title."""

    ko = fields.String(required=True)
    en = fields.String(allow_none=True)


class PointedBody(Shape):
    """What a hit points at."""

    type = fields.String(required=True)
    id = fields.UUID(required=True)
    name = fields.Nested(WordsBody, required=True)


class WhyBody(Shape):
    """Where a word was met; the text from first to before last is to be marked."""

    field = fields.String(required=True)
    label = fields.Nested(WordsBody, required=True)
    text = fields.String(required=True)
    first = fields.Integer(required=True)
    last = fields.Integer(required=True)
    former = fields.Boolean(
        required=True, metadata={"description": "It said so once, and says so no longer"}
    )
    of = fields.Nested(
        PointedBody,
        required=True,
        allow_none=True,
        metadata={"description": "What the hit points at, if the text is of that"},
    )


class HitBody(Shape):
    """One thing that was found, as far as the caller may read it."""

    subject = fields.Dict(
        required=True, metadata={"description": "As its type's list gives it; of people less"}
    )
    how = fields.String(required=True, validate=validate.OneOf(HOW))
    ended = fields.Boolean(required=True)
    why = fields.List(fields.Nested(WhyBody), required=True)


class GroupBody(Shape):
    """What was found of one type, the best first."""

    type = fields.String(required=True)
    total = fields.Nested(TotalBody, required=True)
    items = fields.List(fields.Nested(HitBody), required=True)


class SearchBody(Shape):
    """What was found, by type, and the names of what it points at."""

    groups = fields.List(fields.Nested(GroupBody), required=True)
    names = fields.Dict(keys=fields.UUID(), values=fields.Nested(WordsBody), required=True)
