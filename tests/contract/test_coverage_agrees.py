"""The desk's table of coverage and the graph's question count alike, whoever asks, on any day."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

import pytest
from neo4j import Driver

from changefeed.mapping import from_facts
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task
from ieum_graph.domain.answers import Thing
from ieum_graph.operations.ask import Asker as GraphAsker
from ieum_portal.domain.coverage import Cell, frames, matrix
from ieum_portal.operations.coverage_counts import partner_counts
from ieum_portal.operations.ports import Registry
from registryclient.answers import Counts, Way
from registryclient.client import counts_from_wire
from tests.contract.test_scope_agrees import TODAY, followed
from tests.contract.test_scope_agrees import net as net
from tests.graph.conftest import Graph
from tests.registry.api.bodies import Network, agreement
from tests.registry.desk import Asker

ENDS: Sequence[dict[str, Any]] = (
    {"rule": "evergreen"},
    {"rule": "unknown"},
    {"rule": "fixed", "ends_on": "2026-06-30"},
    {"rule": "fixed", "ends_as": {"written": "2026.8"}},
    {"rule": "auto_renews", "ends_on": "2025-12-31"},
)
DAYS = (date(2026, 2, 1), date(2026, 8, 15), TODAY)
Kind = TypeVar("Kind")
Counted = dict[str, tuple[str, int, int]]
"""By task: how it is covered, by how many, and by how many others perhaps."""


@dataclass(frozen=True)
class World:
    """A record of many commitments, and the graph of it."""

    net: Network
    graph: Graph
    lead: str
    fields: Sequence[str]


@pytest.fixture
def world(net: Network, neo4j_driver: Driver) -> World:
    """Draw agreements of every kind of end, and commitments under them; the same every time."""
    drawn, made = random.Random(26), net.desk.office.made
    [strategy] = net.desk.office.items("/v1/strategies")
    for position in range(2, 7):
        body = {"strategy_id": strategy["id"], "position": position}
        made("/v1/tasks", {**body, "name": {"ko": f"과제 {position}"}})
    fields = [
        made(
            "/v1/service-fields",
            {
                "programme_id": net.programme,
                "position": position,
                "group": "industry",
                "name": {"ko": f"분야 {position}"},
            },
        )["id"]
        for position in (1, 2)
    ]
    lead = made("/v1/departments", {"name": {"ko": "교통과"}})["id"]
    tasks = [each["id"] for each in net.desk.office.items("/v1/tasks")]
    partners = (net.naver, net.gist, net.stranger)
    for end, is_open in product(ENDS, (True, False)):
        body = agreement(net.city, *partners, programme_id=net.programme, end=end)
        body |= {"disclosure": "public" if is_open else "closed"}
        body |= {"lead_department_id": lead} if end["rule"] == "unknown" else {}
        if not is_open:  # The liaison's partner is none of these.
            body["parties"] = [each for each in body["parties"] if each["partner_id"] != net.naver]
        under = made("/v1/agreements", body)["id"]
        for _ in range(6):
            work = net.collaboration(
                agreement_id=under,
                partner_id=drawn.choice(partners if is_open else partners[1:]),
                task_id=drawn.choice(tasks),
                service_field_id=drawn.choice([*fields, None]),
                starts_on=(date(2026, 1, 1) + timedelta(days=drawn.randrange(150))).isoformat(),
                disclosure="public" if is_open and drawn.random() < 0.5 else "closed",
            )
            made("/v1/collaborations", work)
    return World(net, followed(net, neo4j_driver), lead, fields)


def test_both_count_alike(world: World) -> None:
    seen = set()
    for (name, caller, asker), on in product(callers(world), DAYS):
        for field in (None, *world.fields):
            by_desk, by_graph = table(caller, on, field), question(world, asker, on, field)
            assert by_desk == by_graph, (name, on, field)
            seen |= {(name, cover) for cover, _, _ in by_desk.values()}

    assert {cover for name, cover in seen if name == "office"} == {
        "nobody",
        "unknown",
        "one",
        "several",
    }
    assert {name for name, cover in seen if cover == "unknown"} > {"office", "department"}


def callers(world: World) -> Iterator[tuple[str, Asker, GraphAsker]]:
    """Give each caller twice: to the registry, and to the graph."""
    desk, naver, lead = world.net.desk, world.net.naver, world.lead
    yield "office", desk.office, GraphAsker(sees_all=True)
    yield "liaison", desk.of("liaison", [naver]), GraphAsker(False, partners=(UUID(naver),))
    department = GraphAsker(sees_all=False, department=UUID(lead))
    yield "department", desk.of("department", department=lead), department
    far = UUID(int=7)
    yield "stranger", desk.of("liaison", [str(far)]), GraphAsker(sees_all=False, partners=(far,))


def table(caller: Asker, on: date, field: str | None) -> Counted:
    """Count as the desk's page does, out of what the registry counts for the caller."""
    [frame] = frames(
        _all(caller, Programme, "/v1/programmes"),
        _all(caller, Strategy, "/v1/strategies"),
        _all(caller, Task, "/v1/tasks"),
        _all(caller, ServiceField, "/v1/service-fields"),
    )
    registry = AskedFor(caller)
    counts = partner_counts(frame, on=on, registry=cast("Registry", registry))
    assert counts is not None
    made = matrix(frame, counts)
    return {str(row.task.id): _counted(row.whole, row.cells, field) for row in made.rows}


@dataclass(frozen=True)
class AskedFor:
    """The registry as the desk's client asks it, in the name of a caller."""

    caller: Asker

    def counts(
        self, _: object, *by: Way, distinct: str | None = None, most: int = 200, **asked: object
    ) -> Counts:
        """Count commitments."""
        given = {
            "by": ";".join(",".join(each) for each in by),
            "distinct": distinct,
            "most": most,
            **asked,
        }
        query = urlencode({name: _text(each) for name, each in given.items() if each is not None})
        answer = self.caller.get(f"/v1/collaborations/counts?{query}")
        assert answer.status == 200, answer.text
        return counts_from_wire(answer.json)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _all(caller: Asker, kind_of: type[Kind], place: str) -> list[Kind]:
    return [from_facts(kind_of, each) for each in caller.items(place)]


def _counted(whole: Cell, cells: Sequence[Cell], field: str | None) -> tuple[str, int, int]:
    cell = (
        whole if field is None else next(c for c in cells if c.field and str(c.field.id) == field)
    )
    return cell.cover, cell.count, cell.unknown


def question(world: World, asker: GraphAsker, on: date, field: str | None) -> Counted:
    """Ask the graph."""
    named: dict[str, Any] = {} if field is None else {"service_field": field}
    told = world.graph.ask("task-coverage", asker, on=on, today=TODAY, **named)
    return {
        _id(row.cells["task"]): (
            str(row.cells["status"]),
            _many(row.cells["partners"]),
            _many(row.cells["unknown"]),
        )
        for row in told.answer.rows
    }


def _id(cell: object) -> str:
    assert isinstance(cell, Thing)
    return cell.id


def _many(cells: object) -> int:
    assert isinstance(cells, tuple)
    return len({_id(each) for each in cells})
