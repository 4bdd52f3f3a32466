"""A table of tasks by fields stands in the programme's order and says what was counted."""

from datetime import date
from uuid import UUID

from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task
from changefeed.subjects.parts import Words
from ieum_portal.domain.coverage import Matrix, PartnerCounts, Partners, frames, matrix

VISION, OTHER = (
    Programme(UUID(int=each), Words(f"사업 {each}"), date(2025, 1, 1)) for each in (1, 2)
)
FIRST = Strategy(UUID(int=11), VISION.id, 1, Words("첫째"))
SECOND = Strategy(UUID(int=12), VISION.id, 2, Words("둘째"))
BARE = Strategy(UUID(int=13), VISION.id, 3, Words("과제 없음"))
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
COUNTED = PartnerCounts(
    whole=Partners(3, 1),
    by_task={T1.id: Partners(2, 1), T2.id: Partners(1), T3.id: Partners(0, 2)},
    by_field={ENERGY.id: Partners(2)},
    by_place={(T1.id, ENERGY.id): Partners(2), (T1.id, CULTURE.id): Partners(0, 1)},
    fieldless=Partners(1),
    fieldless_by_task={T2.id: Partners(1)},
    illustrative=True,
)


def made(counted: PartnerCounts = COUNTED) -> Matrix:
    (frame,) = frames(
        [VISION, OTHER], [BARE, SECOND, FIRST], [T3, T2, T1], [CULTURE, ENERGY, FOREIGN]
    )
    return matrix(frame, counted)


def test_rows_and_columns_stand_in_the_programmes_order() -> None:
    table = made()

    assert [each.strategy for each in table.strategies] == [FIRST, SECOND]
    assert [row.task for row in table.rows] == [T1, T2, T3]
    assert table.fields == (ENERGY, CULTURE)


def test_each_place_says_what_was_counted_there() -> None:
    table = made()

    assert [cell.cover for cell in table.rows[0].cells] == ["several", "unknown"]
    assert [cell.cover for cell in table.rows[1].cells] == ["nobody", "nobody"]
    assert [row.whole.cover for row in table.rows] == ["several", "one", "unknown"]
    assert [row.fieldless.count for row in table.rows] == [0, 1, 0]
    assert [(cell.count, cell.unknown) for cell in table.totals] == [(2, 0), (0, 0)]
    assert (table.whole.count, table.whole.unknown, table.fieldless.count) == (3, 1, 1)
    assert [row.task for row in table.tasks_with("one")] == [T2]
    assert table.illustrative


def test_where_nothing_was_counted_there_is_nobody() -> None:
    table = made(PartnerCounts())

    assert table.whole.cover == "nobody"
    assert [row.task for row in table.tasks_with("nobody")] == [T1, T2, T3]


def test_a_programme_without_tasks_has_no_table() -> None:
    assert frames([OTHER], [], [], [FOREIGN]) == ()
