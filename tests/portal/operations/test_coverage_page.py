"""What the coverage page gathers, and what it does without."""

from uuid import UUID

import pytest

from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.coverage_page import Chosen, coverage_page
from tests.portal.neighbours import Neighbours
from tests.portal.operations.conftest import Connect
from tests.portal.sample import COLLABORATIONS, TODAY, identity, with_unknown_ends

NAVER = UUID(identity("naver"))


def test_the_table_counts_what_holds_on_the_day(connect: Connect) -> None:
    _, ask = connect("office")

    page = coverage_page(Chosen(), on=TODAY, neighbours=ask)

    assert page.matrices is not None
    (matrix,) = page.matrices
    counts = {row.task.key: row.whole.count for row in matrix.rows}
    assert (len(counts), counts["T05"], counts["T08"], counts["T01"]) == (16, 3, 1, 0)
    assert page.illustrative
    assert page.missing == ()


def test_few_questions_make_the_table(connect: Connect, neighbours: Neighbours) -> None:
    _, ask = connect("office")

    coverage_page(Chosen(), on=TODAY, neighbours=ask)

    assert len(neighbours.registry.asked) == 6
    assert neighbours.graph.asked == []


def test_a_place_has_partner_technologies_and_agreement_behind_each_number(
    connect: Connect,
) -> None:
    _, ask = connect("office")

    place = coverage_page(Chosen("T05"), on=TODAY, neighbours=ask).place

    assert place is not None
    [naver] = [each for each in place.lines if each.commitment.partner_id == NAVER]
    assert naver.partner is not None
    assert (naver.partner.ko, [each.ko for each in naver.technologies]) == (
        "네이버",
        ["디지털 트윈", "정밀지도"],
    )
    assert place.agreements[naver.commitment.agreement_id].number == "2021-017"


def test_a_field_narrows_and_none_is_what_names_no_field(connect: Connect) -> None:
    _, ask = connect("office")

    in_field = coverage_page(Chosen("T05", "F2"), on=TODAY, neighbours=ask).place
    fieldless = coverage_page(Chosen("T05", "none"), on=TODAY, neighbours=ask).place
    by_id = coverage_page(Chosen(identity("T05"), identity("F2")), on=TODAY, neighbours=ask).place

    assert in_field is not None
    assert fieldless is not None
    assert by_id is not None
    assert [each.commitment.partner_id for each in in_field.lines] == [UUID(identity("sk-telecom"))]
    assert [each.commitment.partner_id for each in fieldless.lines] == [NAVER]
    assert by_id.lines == in_field.lines


def test_a_commitment_of_unknown_end_stands_behind_its_own_number(
    connect: Connect, neighbours: Neighbours
) -> None:
    _, ask = connect("office")
    neighbours.registry.hold(collaboration=with_unknown_ends("gist-T06", "virnect-T05"))

    page = coverage_page(Chosen("T06"), on=TODAY, neighbours=ask)

    assert page.place is not None
    assert page.matrices is not None
    cell = page.place.cell
    assert (cell.cover, cell.count, cell.unknown) == ("unknown", 0, 1)
    assert (page.place.lines, len(page.place.doubts)) == ([], 1)
    assert page.place.doubts[0].commitment.agreement_id in page.place.agreements
    assert page.matrices[0].whole.unknown == 2


def test_a_gap_tells_who_works_on_the_task_elsewhere(connect: Connect) -> None:
    _, ask = connect("office")

    place = coverage_page(Chosen("T05", "F1"), on=TODAY, neighbours=ask).place

    assert place is not None
    assert (place.cell.cover, len(place.lines), len(place.elsewhere)) == ("nobody", 0, 3)


@pytest.mark.parametrize("chosen", [Chosen("T99"), Chosen("T05", "F99")])
def test_an_unknown_place_is_not_found(connect: Connect, chosen: Chosen) -> None:
    _, ask = connect("office")

    with pytest.raises(NotFound):
        coverage_page(chosen, on=TODAY, neighbours=ask)


def test_without_the_registry_there_is_no_table_and_the_page_says_so(
    connect: Connect, neighbours: Neighbours
) -> None:
    _, ask = connect("office")
    neighbours.registry.is_down = True

    page = coverage_page(Chosen("T05"), on=TODAY, neighbours=ask)

    assert page.matrices is None
    assert page.place is None
    assert page.lacks("coverage")
    assert not page.is_too_large


def test_without_the_graph_nothing_is_missing(connect: Connect, neighbours: Neighbours) -> None:
    _, ask = connect("office")
    neighbours.graph.is_down = True

    assert coverage_page(Chosen("T05"), on=TODAY, neighbours=ask).missing == ()


def test_more_than_can_be_read_is_said_and_not_counted_in_part(
    connect: Connect, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ask = connect("office")
    monkeypatch.setattr("ieum_portal.operations.coverage_page.MOST_READ_PAGES", 1)
    monkeypatch.setattr("registryclient.pages.FULL_PAGE", 2)

    page = coverage_page(Chosen(), on=TODAY, neighbours=ask)

    assert page.matrices is None
    assert page.is_too_large
    assert page.missing == ()


def test_an_agreement_that_is_not_shown_leaves_the_line(
    connect: Connect, neighbours: Neighbours
) -> None:
    _, ask = connect("liaison")
    shown = [each | {"disclosure": "public"} for each in COLLABORATIONS]
    neighbours.registry.hold(agreement=[], collaboration=shown)

    page = coverage_page(Chosen("T05"), on=TODAY, neighbours=ask)

    assert page.place is not None
    assert (len(page.place.lines), page.place.agreements) == (3, {})
    assert page.missing == ()
