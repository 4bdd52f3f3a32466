"""How many of a list there are, by what it is filtered by: the counts of tables and columns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from flask import Response
from marshmallow import Schema, ValidationError, fields, post_load, validate

from changefeed.declared import Declaration, collection_of
from changefeed.lists import Filter, groupings_of
from httpedge.access import allow
from httpedge.caller import Role
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.asked import Asked, ListQuery, query_of
from ieum_registry.api.message import Message
from ieum_registry.api.wired import records, scope, seq_known
from ieum_registry.operations.ports.records import Counts

MOST_GROUPS = 5_000
MOST_WAYS, MOST_TOGETHER = 6, 3
"""So many ways of counting at once, each by so many things together."""

OF_A_PAGE = ("limit", "after", "before", "count", "sort", "standing")
"""What lists understand, and counts have no use for."""

SIGNED_IN: tuple[Role, ...] = ("office", "department", "liaison", "auditor", "service")
"""Who may count what everybody may list: it is a walk through all of it."""

NO_GROUPING = Message(
    "이렇게는 셀 수 없습니다. 다음 가운데에서 적으십시오(함께는 쉼표, 따로는 쌍반점): {names}.",
    "Lists are not counted by this. Give some of these, commas for together, semicolons for"
    " apart: {names}.",
)
TOO_MANY_WAYS = Message(
    "한 번에 {ways}가지까지, 한 가지에 {together}개까지 적습니다. 나누어 물으십시오.",
    "Count in up to {ways} ways at once, each by up to {together}. Ask for the rest apart.",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How a list is to be counted."""

    asked: Asked
    by: tuple[tuple[Filter, ...], ...]
    distinct: Filter | None
    limit: int


class CountsQuery(ListQuery):
    """What all counts understand; what a list is filtered by is added by `counts_query_of`."""

    groupings: ClassVar[Mapping[str, Filter]] = {}

    by = fields.String(load_default="")
    distinct = fields.String(load_default=None)
    most = fields.Integer(
        load_default=200,
        validate=validate.Range(1, MOST_GROUPS),
        metadata={"description": "So many groups of each way of counting, the largest first"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Counted:
        """Give the value."""
        by = tuple(self._way(each) for each in data.pop("by").split(";") if each)
        if len(by) > MOST_WAYS or any(len(each) > MOST_TOGETHER for each in by):
            told = TOO_MANY_WAYS.format(ways=MOST_WAYS, together=MOST_TOGETHER)
            raise ValidationError(told, "by")
        distinct = data.pop("distinct")
        page = {"limit": 1, "after": None, "before": None, "count": False}
        asked: Asked = super().make({**page, **data})
        return Counted(
            asked,
            by,
            None if distinct is None else self._grouping(distinct, "distinct"),
            data["most"],
        )

    def _way(self, written: str) -> tuple[Filter, ...]:
        return tuple(self._grouping(each, "by") for each in dict.fromkeys(written.split(",")))

    def _grouping(self, name: str, place: str) -> Filter:
        found = self.groupings.get(name)
        if found is None:
            raise ValidationError(NO_GROUPING.format(names=", ".join(self.groupings)), place)
        return found


class CountGroupBody(Schema):
    """How many have the same values."""

    values = fields.List(
        fields.Raw(allow_none=True),
        required=True,
        metadata={"description": "One for each of `by`, in its order; null is to have none"},
    )
    count = fields.Integer(required=True)


class CountedWayBody(Schema):
    """A list counted in one way."""

    by = fields.List(fields.String(), required=True)
    groups = fields.List(fields.Nested(CountGroupBody), required=True)
    more = fields.Boolean(
        required=True, metadata={"description": "There are smaller groups than these"}
    )


class CountsBody(Schema):
    """A list counted, for who asks."""

    total = fields.Integer(required=True)
    counts = fields.List(fields.Nested(CountedWayBody), required=True)


def counts_query_of(kind_of: type[Declaration], query: type[ListQuery]) -> Schema:
    """Give what counts of a type understand: all that its lists do, and how to count."""
    groupings = groupings_of(kind_of)
    names = ", ".join(groupings)
    ways = f"{names}: by several together with commas, in several ways with semicolons"
    members: dict[str, Any] = {
        "__doc__": query.__doc__,
        "groupings": groupings,
        "by": fields.String(load_default="", metadata={"description": ways}),
        "distinct": fields.String(
            load_default=None,
            metadata={"description": f"Count different ones of this in place of each: {names}"},
        ),
    }
    listed = query_of(kind_of, query)
    made = cast(
        "type[CountsQuery]", type(f"{kind_of.__name__}Counts", (CountsQuery, listed), members)
    )
    known = (*made._declared_fields,)
    return made(exclude=tuple(each for each in OF_A_PAGE if each in known))


def add_counts(
    routes: Routes, kind_of: type[Declaration], query: type[ListQuery], *readers: Role
) -> None:
    """Add the route that counts a type's lists.

    Args:
        readers: Who may list it; where everybody may, who signed in may count.
    """
    kind, several = kind_of.subject_type, collection_of(kind_of).replace("-", " ")

    def count(asked: Counted) -> Response:
        return _answer(kind, asked)

    count.__name__ = f"count_{several}".replace(" ", "_")
    count.__doc__ = f"Count {several} by what lists of them are filtered by."
    guarded = allow(*(SIGNED_IN if "public" in readers else readers))(count)
    answering = routes.response(200, CountsBody)(guarded)
    reading = routes.arguments(counts_query_of(kind_of, query), location="query")(answering)
    routes.route("/counts", methods=["GET"])(reading)


def _answer(kind: str, how: Counted) -> Response:
    found = records().counts(
        kind,
        how.asked.conditions,
        by=[[each.column for each in way] for way in how.by],
        distinct=None if how.distinct is None else how.distinct.column,
        q=how.asked.q,
        known_at=seq_known(how.asked.known_at),
        limit=how.limit,
        scope=scope(),
    )
    return json_answer(json.dumps(_told(found, how), ensure_ascii=False))


def _told(found: Counts, how: Counted) -> dict[str, Any]:
    return {
        "total": found.total,
        "counts": [
            {
                "by": [each.name for each in way],
                "groups": [
                    {"values": list(map(_value, way, each.values)), "count": each.count}
                    for each in groups.items
                ],
                "more": groups.has_more,
            }
            for way, groups in zip(how.by, found.by, strict=True)
        ],
    }


def _value(of: Filter, stored: str | int | None) -> str | int | bool | None:
    return bool(stored) if of.field.holds is bool and stored is not None else stored
