"""A query read by the short way means what marshmallow reads in it, and is refused where it is."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from flask import g
from marshmallow import ValidationError

from httpedge.caller import PUBLIC
from ieum_registry.api.shapes.document import UploadQuery
from ieum_registry.api.shapes.handover import HeldQuery
from ieum_registry.api.shapes.imports import BringQuery
from ieum_registry.api.shapes.likeness import CandidatesQuery
from ieum_registry.api.shapes.parts import QueryShape
from ieum_registry.api.shapes.search import SearchQuery
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.records import CursorRefused
from tests.registry.desk import Desk

VALUES = [
    "", "0", "7", "-1", "201", "1e400", "true", "maybe", "null", "2026-11-29", "2026-02-30",
    "1899-12-31", "29/11/2026", "광주", "mou", "company", "in_force", "a" * 101, "key-1",
    "01a22593-bf08-75a7-940f-599358679f58", "01a22593-bf08-75a7-940f-599358679f58,nobody",
    "partner.registered", "partner", "200", "WzEsMl0", "2026-11-29T00:00:00Z",
]  # fmt: skip


AN_ID = "01a22593-bf08-75a7-940f-599358679f58"

NEEDS: dict[type[QueryShape], dict[str, str]] = {
    SearchQuery: {"q": "광주"},
    CandidatesQuery: {"name": "네이버"},
    BringQuery: {"name": "대장.csv"},
    HeldQuery: {"contact": AN_ID},
    UploadQuery: {
        "agreement_id": AN_ID,
        "file_name": "협약서.pdf",
        "title": "협약서",
    },
}
"""What a query cannot do without; any other query asks for something even if nothing is given."""


def queries() -> Iterator[type[QueryShape]]:
    """Give every query that a route takes."""
    waiting = [QueryShape]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            yield each


def outcome(shape: QueryShape, given: dict[str, str], way: str) -> object:
    try:
        return getattr(shape, way)(given)
    except (ValidationError, CursorRefused, RuleBroken):
        return "refused"


@pytest.mark.parametrize("query", queries(), ids=lambda each: each.__name__)
def test_the_short_way_reads_what_the_long_one_reads(query: type[QueryShape], desk: Desk) -> None:
    shape = query()
    needed = NEEDS.get(query, {})
    given: list[dict[str, str]] = [{}, needed, {"nobody_knows": "1"}]
    given.append({**needed, "nobody_knows": "1"})
    given += [{name: value} for name in shape.fields for value in VALUES]
    given += [{**needed, name: value} for name in shape.fields for value in VALUES if needed]
    given += [{**dict.fromkeys(shape.fields, "2026-11-29"), "limit": "3"}]
    given += [{one: AN_ID, other: AN_ID} for one, other in pairwise(shape.fields)]
    read = []
    with desk.app.test_request_context():
        g.caller = PUBLIC
        for each in given:
            read.append(outcome(shape, each, "read"))
            assert read[-1] == outcome(shape, each, "load"), each

    assert (read[0] == "refused") is bool(needed)
    assert read[1] != "refused"
    assert read[2:4] == ["refused"] * 2
    assert any(each != "refused" for each in read[4:])


def test_every_route_reads_its_query_by_the_short_way(desk: Desk) -> None:
    taken = [
        parameters["schema"]
        for view in desk.app.view_functions.values()
        for parameters in getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ())
        if parameters["in"] == "query"
    ]

    assert len(taken) > 30
    assert all(isinstance(each, QueryShape) for each in taken)
