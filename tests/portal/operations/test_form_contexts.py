"""Each form offers what may be chosen, and nothing else."""

from uuid import UUID

import pytest

from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.form_contexts import (
    contact_context,
    end_context,
    milestone_context,
    seat_context,
    start_context,
)
from tests.portal.neighbours import Neighbours
from tests.portal.operations.conftest import Connect
from tests.portal.sample import AGREEMENT, AGREEMENTS, STRATEGIES, TODAY, identity

UNDER = UUID(identity(AGREEMENT))


def test_parties_that_have_left_and_the_city_are_not_offered(
    connect: Connect, neighbours: Neighbours
) -> None:
    [agreement] = AGREEMENTS
    left = [
        each | {"left_on": "2026-11-22"} if each["partner_id"] == identity("gist") else each
        for each in agreement["parties"]
    ]
    neighbours.registry.hold(agreement=[agreement | {"parties": left}])

    context = start_context(UNDER, on=TODAY, neighbours=connect("office")[1])

    offered = {each for each, _ in context.parties}
    own = next(each["partner_id"] for each in left if each["side"] == "own")
    assert len(offered) == 23
    assert offered.isdisjoint({UUID(identity("gist")), UUID(own)})
    assert [name.ko for _, name in context.parties] == sorted(
        name.ko for _, name in context.parties
    )


def test_tasks_of_another_programme_are_not_offered(
    connect: Connect, neighbours: Neighbours
) -> None:
    elsewhere = STRATEGIES[0]
    neighbours.registry.change("strategy", elsewhere, programme_id=identity("another"))

    context = start_context(UNDER, on=TODAY, neighbours=connect("office")[1])

    assert context.tasks
    assert UUID(elsewhere["id"]) not in {each.strategy_id for each in context.tasks}


def test_each_form_names_what_it_is_about(connect: Connect) -> None:
    _, neighbours = connect("office")

    milestone = milestone_context(UUID(identity("m2")), neighbours=neighbours)
    ending = end_context(UUID(identity("naver-T05")), neighbours=neighbours)
    contact = contact_context(UUID(identity("naver-liaison")), neighbours=neighbours)
    seat = seat_context(UUID(identity("naver-liaison-seat")), on=TODAY, neighbours=neighbours)

    assert milestone.owner is not None
    assert milestone.owner.ko == "문화산업과"
    assert ending.task is not None
    assert ending.partner is not None
    assert contact.house == ending.partner
    assert [each.name for each in seat.holders] == ["김이음"]
    assert {each.at for each in seat.people} == {seat.seat.at}


def test_what_is_not_there_is_not_found(connect: Connect) -> None:
    with pytest.raises(NotFound):
        seat_context(UUID(int=5), on=TODAY, neighbours=connect("office")[1])
