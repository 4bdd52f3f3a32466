"""Commitments are named as far as names can be had, and listed as they are read."""

from uuid import UUID

from changefeed.subjects.collaboration import Collaboration
from ieum_portal.operations.commitment_lines import CommitmentLine, commitment_lines
from ieum_portal.operations.gathering import Gathering
from tests.portal.neighbours import Neighbours
from tests.portal.operations.conftest import Connect
from tests.portal.sample import AGREEMENT, PARTNERS, TODAY, identity


def lines(connect: Connect, gathering: Gathering) -> list[CommitmentLine]:
    registry = connect("office")[1].registry
    partners = registry.names_of(frozenset(UUID(each["id"]) for each in PARTNERS), frozenset())
    found = registry.all(Collaboration, agreement=UUID(identity(AGREEMENT)))
    return commitment_lines(found, partners, on=TODAY, gathering=gathering, registry=registry)


def test_what_holds_comes_first_then_by_task_then_by_partner(connect: Connect) -> None:
    found = lines(connect, Gathering())

    assert [
        (line.task and line.task.key, line.partner and line.partner.en, line.holds)
        for line in found
    ] == [
        ("T05", "SK Telecom", True),
        ("T05", "NAVER", True),
        ("T05", "VIRNECT", True),
        ("T06", "GIST", True),
        ("T08", "NAVER", True),
        ("T01", "NAVER", False),
    ]
    assert [each.en for each in found[1].technologies] == ["Digital twin", "HD map"]
    assert found[1].service_field is None
    assert found[2].service_field is not None


def test_a_name_that_cannot_be_had_leaves_the_others(
    connect: Connect, neighbours: Neighbours
) -> None:
    gathering = Gathering()
    neighbours.registry.lacks = "/v1/technologies"

    found = lines(connect, gathering)

    assert found[0].technologies == []
    assert found[0].task is not None
    assert [each.part for each in gathering.missing] == ["names"]


def test_no_commitments_ask_for_no_names(connect: Connect, neighbours: Neighbours) -> None:
    registry = connect("office")[1].registry

    assert not commitment_lines((), {}, on=TODAY, gathering=Gathering(), registry=registry)
    assert neighbours.registry.asked == []
