"""The list of partners: what is passed on, counted, and shown when something fails."""

from uuid import UUID

from ieum_portal.operations.partners_page import PER_PAGE, PartnersPage, Search, partners_page
from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.operations.conftest import Connect
from tests.portal.sample import TODAY


def page(connect: Connect, search: Search | None = None) -> PartnersPage:
    _, neighbours = connect("office")
    return partners_page(search or Search(), on=TODAY, neighbours=neighbours)


def test_all_partners_but_the_city_are_listed(connect: Connect) -> None:
    found = page(connect)

    assert len(found.partners) == 24
    assert found.following is None


def test_commitments_in_force_are_counted_by_partner(connect: Connect) -> None:
    counts = page(connect).in_force

    assert counts is not None
    assert counts[UUID(sample.identity("naver"))] == 2
    assert UUID(sample.identity("uok")) not in counts


def test_initial_consonants_find(connect: Connect) -> None:
    names = [each.name.ko for each in page(connect, Search(q="ㄱㅈㄱ")).partners]

    assert names == ["광주과학기술원"]


def test_a_kind_narrows(connect: Connect) -> None:
    assert len(page(connect, Search(kind="university")).partners) == 4


def test_nothing_found_asks_for_no_counts(connect: Connect, neighbours: Neighbours) -> None:
    found = page(connect, Search(q="없는 이름"))

    assert found.partners == []
    assert found.in_force is None
    assert not any("collaborations" in each for each in neighbours.registry.asked)


def test_a_long_list_is_paged(connect: Connect, neighbours: Neighbours) -> None:
    neighbours.registry.hold(
        partner=[
            sample.PARTNERS[1] | {"id": sample.identity(f"p{each}"), "key": None}
            for each in range(PER_PAGE + 1)
        ]
    )

    first = page(connect)
    second = page(connect, Search(after=first.following))

    assert len(first.partners) == PER_PAGE
    assert len(second.partners) == 1
    assert second.following is None


def test_more_commitments_than_can_be_counted_here_leave_the_column_out(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(
        collaboration=[
            sample.COLLABORATIONS[0] | {"id": sample.identity(f"c{each}"), "key": None}
            for each in range(1001)
        ]
    )

    assert page(connect).in_force is None
    assert not page(connect).missing


def test_a_registry_that_is_down_leaves_an_empty_page_that_says_so(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.is_down = True

    found = page(connect)

    assert found.partners == ()
    assert [(each.neighbour, each.part) for each in found.missing] == [("registry", "partners")]


def test_a_narrowed_search_knows_that_it_is() -> None:
    assert Search(q="가").is_narrowed
    assert Search(kind="company").is_narrowed
    assert not Search().is_narrowed
