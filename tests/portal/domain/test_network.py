"""A table does not say of each row what the page's title says already."""

from uuid import UUID

from ieum_portal.domain.network import Cell, Column, NetworkAnswer, Row

ME, OTHER = UUID(int=1), UUID(int=2)
COLUMNS = (Column("partner", "협약기관", "partner"), Column("task", "과제", "task"))


def answer(*partners: UUID) -> NetworkAnswer:
    rows = tuple(
        Row(((Cell("이름", "partner", each),), (Cell("과제"),)), illustrative=True)
        for each in partners
    )
    return NetworkAnswer(COLUMNS, rows, (), (), len(rows), False, 1, None)


def test_a_column_that_names_the_partner_itself_is_left_out() -> None:
    seen = answer(ME, ME).seen_from(ME)

    assert [column.name for column in seen.columns] == ["task"]
    assert [len(row.cells) for row in seen.rows] == [1, 1]


def test_a_column_that_names_others_stays() -> None:
    assert answer(ME, OTHER).seen_from(ME).columns == COLUMNS
