"""What the coverage page gathers, and what it does without."""

from uuid import UUID

import pytest

from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.coverage_page import Chosen, coverage_page
from tests.portal import sample
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

    assert len(neighbours.registry.asked) == 4 + 3
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


def test_a_table_of_more_places_than_are_counted_is_not_shown_in_part(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ask = connect("office")
    monkeypatch.setattr("ieum_portal.operations.coverage_counts.MOST_GROUPS", 1)

    page = coverage_page(Chosen(), on=TODAY, neighbours=ask)

    assert page.matrices is None
    assert page.is_too_large
    assert page.missing == ()


def test_a_partner_in_two_fields_or_twice_in_one_counts_once(
    connect: Connect, neighbours: Neighbours
) -> None:
    _, ask = connect("office")
    naver = commitment("1", "T01", "naver", "F1")
    again = commitment("2", "T01", "naver", "F1")
    elsewhere = commitment("3", "T01", "naver", "F2")
    gist = commitment("4", "T02", "gist", "F1")
    neighbours.registry.hold(collaboration=[naver, again, elsewhere, gist])

    (matrix,) = coverage_page(Chosen(), on=TODAY, neighbours=ask).matrices or ()

    first = matrix.rows[0]
    assert [cell.count for cell in first.cells[:3]] == [1, 1, 0]
    assert (first.whole.count, matrix.whole.count) == (1, 2)
    assert [cell.count for cell in matrix.totals[:2]] == [2, 1]


def test_who_works_there_for_certain_is_not_counted_as_unknown_too(
    connect: Connect, neighbours: Neighbours
) -> None:
    _, ask = connect("office")
    certain = commitment("1", "T01", "naver", "F1")
    perhaps = commitment("2", "T01", "naver", "F2") | UNKNOWN
    neighbours.registry.hold(collaboration=[certain, perhaps])

    page = coverage_page(Chosen("T01"), on=TODAY, neighbours=ask)

    assert page.matrices is not None
    row = page.matrices[0].rows[0]
    assert (row.whole.count, row.whole.unknown) == (1, 0)
    assert [(cell.count, cell.unknown) for cell in row.cells[:2]] == [(1, 0), (0, 1)]
    assert page.place is not None
    assert (len(page.place.lines), page.place.doubts) == (1, [])


def test_what_names_no_field_and_what_names_a_foreign_one_count_together(
    connect: Connect, neighbours: Neighbours
) -> None:
    _, ask = connect("office")
    other = sample.SAMPLE["programme"][0] | {"id": identity("other"), "key": None}
    foreign = sample.SAMPLE["service_field"][0] | {
        "id": identity("foreign"),
        "key": None,
        "programme_id": identity("other"),
    }
    neighbours.registry.hold(
        programme=[*sample.SAMPLE["programme"], other],
        service_field=[*sample.SAMPLE["service_field"], foreign],
        collaboration=[
            commitment("1", "T01", "naver", None),
            commitment("2", "T01", "naver", "foreign"),
            commitment("3", "T01", "gist", "foreign"),
            commitment("4", "T02", "gist", None),
        ],
    )

    page = coverage_page(Chosen("T01", "none"), on=TODAY, neighbours=ask)

    assert page.matrices is not None
    assert page.place is not None
    (matrix,) = page.matrices
    assert [row.fieldless.count for row in matrix.rows[:2]] == [2, 1]
    assert matrix.fieldless.count == 2
    assert len(page.place.lines) == 3


UNKNOWN = {"holds_until": "2023-12-31", "unknown_from": "2024-01-01"}
"""Of what began with the year 2024 nobody knows whether it holds."""


def commitment(name: str, task: str, partner: str, field: str | None) -> sample.Facts:
    """Make one that holds since the year 2024."""
    return sample.SAMPLE["collaboration"][0] | {
        "id": identity(f"commitment {name}"),
        "key": None,
        "task_id": identity(task),
        "partner_id": identity(partner),
        "service_field_id": identity(field) if field else None,
        "starts_on": "2024-01-01",
        "holds_from": "2024-01-01",
    }


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
