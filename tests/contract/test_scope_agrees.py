"""A caller's agreements are the same to the registry and to the graph, case by case."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from neo4j import Driver

from changefeed.page import Page, from_wire
from ieum_graph.domain.answers import Thing
from ieum_graph.operations.apply_page import apply_page
from ieum_graph.operations.ask import Asker
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.graph.conftest import Graph
from tests.postgres import Databases
from tests.registry.api.bodies import Network, agreement, network
from tests.registry.desk import Desk, House

TODAY = date(2026, 11, 23)
WORKING_ON = date(2026, 2, 2)
"""A day on which the partner beside ours is at work under every agreement of the table."""

SIGNED = {"signed_on": "2026-01-10"}
EVERGREEN = {"rule": "evergreen"}
ENDED = {"rule": "fixed", "ends_on": "2026-06-30"}


@dataclass(frozen=True)
class Case:
    """One closed agreement.

    Attributes:
        party: The days of our partner's side; None if it is not a party.
        again: Those of a second span of it.
    """

    name: str
    party: dict[str, str] | None
    end: dict[str, str]
    is_seen: bool
    again: dict[str, str] | None = None


LONG_AGO = {**SIGNED, "left_on": "2026-05-31"}

CASES = (
    Case("signed", SIGNED, EVERGREEN, is_seen=True),
    Case("unsigned", {}, EVERGREEN, is_seen=True),
    Case("joins later", {**SIGNED, "joined_on": "2027-01-01"}, EVERGREEN, is_seen=True),
    Case("leaves today", {**SIGNED, "left_on": "2026-11-23"}, EVERGREEN, is_seen=True),
    Case("left yesterday", {**SIGNED, "left_on": "2026-11-22"}, EVERGREEN, is_seen=False),
    Case("agreement ended", SIGNED, ENDED, is_seen=True),
    Case("ended unsigned", {}, ENDED, is_seen=True),
    Case("left, then it ended", {**SIGNED, "left_on": "2026-05-31"}, ENDED, is_seen=False),
    Case("never a party", None, EVERGREEN, is_seen=False),
    Case("came back", LONG_AGO, EVERGREEN, True, {"signed_on": "2026-07-01"}),
    Case("comes back later", LONG_AGO, EVERGREEN, True, {"signed_on": "2027-07-01"}),
    Case("is awaited back", LONG_AGO, EVERGREEN, True, {}),
    Case(
        "came back and left",
        LONG_AGO,
        EVERGREEN,
        False,
        {"signed_on": "2026-07-01", "left_on": "2026-11-22"},
    ),
)


@pytest.fixture
def net(tmp_path: Path, sqlite_databases: Databases) -> Network:
    """Give a registry over SQLite, at noon of TODAY in Seoul, with a small network in it."""
    url = sqlite_databases(STEPS.migrate)
    (tmp_path / "house").mkdir()
    desk = Desk(House.build(tmp_path / "house", url), Store(url, disclose=disclosed))
    desk.clock.now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    return network(desk)


@pytest.fixture
def titles(net: Network) -> dict[str, str]:
    """Record the table's agreements, each with closed work of another partner; give their ids."""
    return {record(net, case): case.name for case in CASES}


def record(net: Network, case: Case) -> str:
    body = agreement(
        net.city,
        net.gist,
        title={"ko": case.name},
        programme_id=net.programme,
        signed_on="2026-01-10",
        end=case.end,
    )
    for each in body["parties"]:
        each["signed_on"] = "2026-01-10"
    spans = [each for each in (case.again, case.party) if each is not None]
    body["parties"] += ({"partner_id": net.naver, **each} for each in spans)
    office = net.desk.office
    made: str = office.made("/v1/agreements", body)["id"]
    work = net.collaboration(partner_id=net.gist, agreement_id=made, starts_on="2026-02-01")
    office.made("/v1/collaborations", work)
    return made


def test_both_show_a_liaison_the_same_agreements(
    net: Network, titles: dict[str, str], neo4j_driver: Driver
) -> None:
    graph = followed(net, neo4j_driver)

    liaison = net.desk.of("liaison", [net.naver])
    listed = {titles.get(each["id"]) for each in liaison.items("/v1/agreements")}
    work = {titles.get(each["agreement_id"]) for each in liaison.items("/v1/collaborations")}
    told = graph.ask(
        "partner-network",
        Asker(sees_all=False, partners=(UUID(net.naver),)),
        on=WORKING_ON,
        today=TODAY,
    )
    drawn = {titles.get(thing_id(row.cells["agreement"])) for row in told.answer.rows}

    expected = {case.name for case in CASES if case.is_seen}
    assert (listed - {None}, work, drawn) == (expected, expected, expected)


@pytest.mark.parametrize("has_department", [True, False])
def test_both_show_a_department_the_agreements_that_it_leads_now(
    net: Network, neo4j_driver: Driver, *, has_department: bool
) -> None:
    office = net.desk.office
    other = office.made("/v1/departments", {"name": {"ko": "교통과"}})["id"]
    ours = net.department
    led = {
        "always": (ours, ours),
        "now": (other, ours),
        "once": (ours, other),
        "never": (None, None),
    }
    names: dict[str, str] = {}
    for name, (first, then) in led.items():
        body = agreement(
            net.city, net.gist, title={"ko": name}, programme_id=net.programme, end=EVERGREEN
        )
        made = office.made("/v1/agreements", {**body, "lead_department_id": first})["id"]
        names[made] = name
        work = net.collaboration(partner_id=net.gist, agreement_id=made, starts_on="2026-02-01")
        office.made("/v1/collaborations", work)
        if first != then:
            change = {"lead_department_id": then, "reason": "조직 개편"}
            assert office.patch(f"/v1/agreements/{made}", change, seen=1).status == 200
    graph = followed(net, neo4j_driver)

    department = ours if has_department else None
    asker = net.desk.of("department", department=department)
    told = graph.ask(
        "partner-network",
        Asker(sees_all=False, department=None if department is None else UUID(department)),
        on=WORKING_ON,
        today=TODAY,
    )

    listed = {names.get(each["id"]) for each in asker.items("/v1/agreements")}
    work_seen = {names.get(each["agreement_id"]) for each in asker.items("/v1/collaborations")}
    drawn = {names.get(thing_id(row.cells["agreement"])) for row in told.answer.rows}
    expected = {"always", "now"} if has_department else set()
    assert (listed, work_seen, drawn) == (expected, expected, expected)
    assert told.sight == ("party" if has_department else "disclosed")


def test_both_show_an_event_to_everybody_and_only_such_neighbours_as_are_theirs_to_see(
    net: Network, titles: dict[str, str], neo4j_driver: Driver
) -> None:
    event = net.desk.office.made("/v1/events", net.event(partner_ids=[net.city, net.stranger]))
    graph = followed(net, neo4j_driver)

    for role, partners, asker in (
        ("liaison", [net.naver], net.desk.of("liaison", [net.naver])),
        ("public", [], net.desk.public),
    ):
        told = graph.ask(
            "event-neighbours",
            Asker(sees_all=False, partners=tuple(map(UUID, partners))),
            event=event["id"],
            on=WORKING_ON,
            today=TODAY,
        )

        (listed,) = asker.items("/v1/events")
        work = {each["id"] for each in asker.items("/v1/collaborations")}
        assert (len(work) > 0) == (role == "liaison")
        rows = told.answer.rows
        attending = {
            thing_id(row.cells["partner"]) for row in rows if row.cells["attends"] == "yes"
        }
        behind = {source for row in rows for source in row.sources}
        assert attending == set(listed["partner_ids"]), role
        assert behind == {event["id"], *work}, role


def test_both_show_a_contact_to_office_and_auditor_alone(
    net: Network, neo4j_driver: Driver
) -> None:
    office = net.desk.office
    body = agreement(net.city, net.naver, disclosure="public", programme_id=net.programme)
    about = office.made("/v1/agreements", {**body, "lead_department_id": net.department})["id"]
    contact = {"partner_id": net.naver, "department_id": net.department, "agreement_id": about}
    noted = {"on": "2026-11-10", "kind": "visit", "text": "진행 상황 확인"}
    made = office.made("/v1/journal", {**contact, **noted})["id"]
    graph = followed(net, neo4j_driver)
    liaison = Asker(sees_all=False, partners=(UUID(net.naver),))

    for who, asker, graph_asker in (
        ("office", office, Asker(sees_all=True)),
        ("auditor", net.desk.of("auditor"), Asker(sees_all=True)),
        (
            "lead",
            net.desk.of("department", department=net.department),
            Asker(sees_all=False, department=UUID(net.department)),
        ),
        ("liaison", net.desk.of("liaison", [net.naver]), liaison),
        ("public", net.desk.public, Asker(sees_all=False)),
    ):
        told = graph.ask(
            "partner-agreements", graph_asker, on=TODAY, today=TODAY, partner=net.naver
        ).answer

        rows = {thing_id(row.cells["agreement"]): row for row in told.rows}
        may_see = who in ("office", "auditor")
        assert (asker.get(f"/v1/journal/{made}").status == 200) == may_see, who
        last_contact = date(2026, 11, 10) if may_see else None
        assert rows[about].cells["last_contact"] == last_contact, who
        assert (made in rows[about].sources) == may_see, who


def followed(net: Network, driver: Driver) -> Graph:
    """Let a graph follow the registry's own log."""
    graph = Graph(driver)
    service = net.desk.of("service")
    while True:
        cursor = graph.projection.standing().cursor
        said: dict[str, Any] = service.get(f"/v1/changes?after={cursor.seq}").json
        if not said["items"]:
            return graph
        page = Page(tuple(from_wire(each) for each in said["items"]), said["next"], said["head"])
        apply_page(
            page, read_after=cursor, heard_at=net.desk.clock.now, projection=graph.projection
        )


def thing_id(cell: object) -> str:
    assert isinstance(cell, Thing)
    return cell.id
