"""A table of tasks by fields counts each partner once, and what holds alone."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.parts import Provenance, Words
from ieum_portal.domain.coverage import Matrix, coverage

VISION, OTHER = (
    Programme(UUID(int=each), Words(f"사업 {each}"), date(2025, 1, 1)) for each in (1, 2)
)
FIRST = Strategy(UUID(int=11), VISION.id, 1, Words("첫째"))
SECOND = Strategy(UUID(int=12), VISION.id, 2, Words("둘째"))
T1, T2, T3 = (
    Task(UUID(int=20 + each), strategy.id, each, Words(f"과제 {each}"), f"T{each}")
    for each, strategy in ((1, FIRST), (2, FIRST), (3, SECOND))
)
ENERGY, CULTURE, FOREIGN = (
    ServiceField(
        UUID(int=30 + each), programme.id, each, "industry", Words(f"분야 {each}"), f"F{each}"
    )
    for each, programme in ((1, VISION), (2, VISION), (3, OTHER))
)


DAY = date(2026, 3, 1)


def commitment(
    partner: int, task: Task, field: ServiceField | None, *, illustrative: bool = False
) -> Collaboration:
    """Make one that holds."""
    day = date(2025, 1, 1)
    return Collaboration(
        UUID(int=partner * 1000 + task.position),
        UUID(int=partner),
        UUID(int=99),
        task.id,
        "develop",
        day,
        day,
        service_field_id=field.id if field else None,
        provenance=Provenance(illustrative=illustrative),
    )


def matrix(*commitments: Collaboration) -> Matrix:
    (made,) = coverage(
        [VISION, OTHER],
        [SECOND, FIRST],
        [T3, T2, T1],
        [CULTURE, ENERGY, FOREIGN],
        commitments,
        DAY,
    )
    return made


def test_rows_and_columns_stand_in_the_programmes_order() -> None:
    made = matrix()

    assert [each.strategy for each in made.strategies] == [FIRST, SECOND]
    assert [row.task for row in made.rows] == [T1, T2, T3]
    assert made.fields == (ENERGY, CULTURE)


def test_nobody_one_and_several_are_told_apart() -> None:
    made = matrix(commitment(1, T1, ENERGY), commitment(2, T1, ENERGY), commitment(1, T2, CULTURE))

    assert [cell.cover for cell in made.rows[0].cells] == ["several", "nobody"]
    assert [cell.cover for cell in made.rows[1].cells] == ["nobody", "one"]
    assert [row.whole.cover for row in made.rows] == ["several", "one", "nobody"]
    assert [row.task for row in made.tasks_with("nobody")] == [T3]


def test_a_partner_in_two_fields_or_twice_in_one_counts_once() -> None:
    made = matrix(commitment(1, T1, ENERGY), commitment(1, T1, ENERGY), commitment(1, T1, CULTURE))

    assert [cell.count for cell in made.rows[0].cells] == [1, 1]
    assert made.rows[0].whole.count == 1
    assert made.whole.count == 1


def test_what_names_no_field_or_a_foreign_one_is_counted_apart() -> None:
    made = matrix(commitment(1, T1, None), commitment(2, T1, FOREIGN))

    assert [cell.count for cell in made.rows[0].cells] == [0, 0]
    assert made.rows[0].fieldless.count == 2
    assert made.rows[0].whole.count == 2


def unknown(partner: int, task: Task, field: ServiceField | None = None) -> Collaboration:
    """Make one of which nobody knows on the day."""
    made = commitment(partner, task, field)
    never = made.holds_from - timedelta(days=1)
    return replace(made, holds_until=never, unknown_from=made.holds_from)


def test_of_whom_nobody_knows_is_counted_apart_with_a_number() -> None:
    made = matrix(commitment(1, T1, ENERGY), unknown(2, T1, ENERGY), unknown(3, T2), unknown(4, T2))

    assert [(row.whole.count, row.whole.unknown) for row in made.rows] == [(1, 1), (0, 2), (0, 0)]
    assert [row.whole.cover for row in made.rows] == ["one", "unknown", "nobody"]
    assert [row.task for row in made.tasks_with("nobody")] == [T3]
    assert [(cell.count, cell.unknown) for cell in made.totals] == [(1, 1), (0, 0)]
    assert (made.whole.count, made.whole.unknown, made.fieldless.unknown) == (1, 3, 2)


def test_who_works_there_for_certain_is_not_counted_as_unknown_too() -> None:
    made = matrix(commitment(1, T1, ENERGY), unknown(1, T1, CULTURE))

    row = made.rows[0]
    assert (row.whole.count, row.whole.unknown, row.whole.doubts) == (1, 0, ())
    assert [(cell.count, cell.unknown) for cell in row.cells] == [(1, 0), (0, 1)]


def test_what_neither_holds_nor_may_hold_on_the_day_is_no_cover() -> None:
    over = replace(commitment(1, T1, ENERGY), holds_until=date(2026, 2, 28))
    settled = replace(unknown(2, T1, ENERGY), unknown_until=date(2026, 2, 28))

    assert matrix(over, settled).rows[0].whole.cover == "nobody"


def test_totals_run_over_all_tasks() -> None:
    made = matrix(commitment(1, T1, ENERGY), commitment(1, T3, ENERGY), commitment(2, T2, CULTURE))

    assert [cell.count for cell in made.totals] == [1, 1]
    assert made.whole.count == 2


def test_a_programme_without_tasks_has_no_table() -> None:
    assert coverage([OTHER], [], [], [FOREIGN], [], DAY) == ()


def test_made_up_commitments_mark_what_they_are_counted_in() -> None:
    made = matrix(commitment(1, T1, ENERGY, illustrative=True), commitment(2, T2, ENERGY))

    assert made.rows[0].whole.illustrative
    assert not made.rows[1].whole.illustrative
