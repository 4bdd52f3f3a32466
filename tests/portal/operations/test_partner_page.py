"""One partner's page: everything that hangs on it, and what is left when a neighbour fails."""

from datetime import date
from uuid import UUID

import pytest

from ieum_portal.domain.drawing import EMPTY
from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused, NotFound
from ieum_portal.domain.viewer import Role
from ieum_portal.operations.partner_page import PartnerPage, partner_page
from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.operations.conftest import Connect
from tests.portal.sample import TODAY

NAVER = UUID(sample.identity("naver"))


def page(
    connect: Connect, role: Role = "office", partner: UUID = NAVER, on: date = TODAY
) -> PartnerPage:
    viewer, neighbours = connect(role)
    return partner_page(partner, viewer=viewer, on=on, neighbours=neighbours)


def test_facts_agreements_and_the_standing_of_the_day(connect: Connect) -> None:
    found = page(connect)

    ((agreement, standing),) = found.agreements.items
    assert found.partner.name.en == "NAVER"
    assert len(agreement.parties) == 25
    assert standing.state == "in_force"
    assert standing.party_states[NAVER] == "in_force"


def test_commitments_that_hold_come_first_then_by_task(connect: Connect) -> None:
    lines = page(connect).commitments

    assert [(line.task.key if line.task else None, line.holds) for line in lines] == [
        ("T05", True),
        ("T08", True),
        ("T01", False),
    ]
    assert [each.en for each in lines[0].technologies] == ["Digital twin", "HD map"]
    assert lines[1].service_field is not None
    assert max(each.on for each in lines[0].commitment.evidence) == date(2026, 9, 10)


def test_what_holds_depends_on_the_day(connect: Connect) -> None:
    assert all(line.holds for line in page(connect, on=date(2025, 12, 31)).commitments)
    assert not any(line.holds for line in page(connect, on=date(2023, 3, 1)).commitments)


def test_open_milestones_by_day(connect: Connect) -> None:
    assert [line.days_left for line in page(connect).milestones] == [-12, 0, 90, 91]


def test_people_come_with_the_seats_they_hold(connect: Connect) -> None:
    people = page(connect).people

    assert people is not None
    (line,) = people
    assert line.person.name == "김이음"
    assert line.roles == ["liaison"]
    assert line.since == date(2026, 1, 5)


def test_a_seat_given_up_is_not_shown_as_held(connect: Connect) -> None:
    people = page(connect, on=date(2026, 1, 4)).people

    assert people is not None
    assert people[0].roles == []
    assert people[0].since is None


def test_an_auditor_sees_no_people_and_none_are_asked_for(
    connect: Connect, neighbours: Neighbours
) -> None:
    assert page(connect, "auditor").people is None
    assert not any("contacts" in each or "seats" in each for each in neighbours.registry.asked)


def test_the_network_is_drawn_and_tabled(connect: Connect) -> None:
    found = page(connect)

    assert found.network is not None
    assert len(found.drawing.boxes) == len(found.network.nodes)
    named = [column.name for column in found.network.columns]
    assert named == ["partner", "task", "role", "technologies", "since"]


def test_a_partner_that_the_graph_does_not_know_yet_still_has_its_page(
    connect: Connect, neighbours: Neighbours
) -> None:
    new = sample.PARTNERS[1] | {"id": sample.identity("new"), "key": None}
    neighbours.registry.write("partner.registered", new)
    neighbours.graph.refuses = "subject.unknown"

    found = page(connect, partner=UUID(sample.identity("new")))

    assert found.lacks("network")
    assert found.drawing == EMPTY
    assert found.commitments == []


def test_a_graph_that_is_down_costs_the_network_alone(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.graph.is_down = True

    found = page(connect)

    assert [each.part for each in found.missing] == ["network"]
    assert len(found.commitments) == 3


def test_names_that_cannot_be_had_leave_the_commitments(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.lacks = "/v1/tasks"

    found = page(connect)

    assert found.commitments[0].task is None
    assert found.lacks("names")


def test_no_such_partner_is_no_page(connect: Connect) -> None:
    with pytest.raises(NotFound):
        page(connect, partner=UUID(int=5))


def test_without_the_registry_there_is_no_page(connect: Connect, neighbours: Neighbours) -> None:
    neighbours.registry.is_down = True

    with pytest.raises(NeighbourDown):
        page(connect)


def test_a_registry_that_refuses_is_no_page(connect: Connect, neighbours: Neighbours) -> None:
    neighbours.registry.refuses = "role.not_allowed"

    with pytest.raises(NeighbourRefused):
        page(connect)
