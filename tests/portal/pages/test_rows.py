"""Blocks of a spreadsheet: read by one rule, put in whole or not at all."""

import pytest

from changefeed import limits
from ieum_portal.domain.draft import Values
from ieum_portal.pages.changing.rows import MORE, NoBlock
from ieum_portal.pages.people.form import ROWS

KIM = ("김하나", "hana@naver.example", "02-1234-5678")
LEE = ("이두리", "duri@naver.example", "")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("김하나\thana@naver.example\t02-1234-5678", [KIM]),
        (
            "김하나\thana@naver.example\t02-1234-5678\r\n이두리\tduri@naver.example\t\r\n",
            [KIM, LEE],
        ),
        ("김하나\thana@naver.example\t02-1234-5678\n\n\n", [KIM]),
        ("김하나\thana@naver.example\t02-1234-5678\t\t\n", [KIM]),
        ("이두리\tduri@naver.example", [LEE]),
        ('"김\n하나"\t"a""b"\t""', [("김 하나", 'a"b', "")]),
        ("이름\t전자우편\t전화\n이두리\tduri@naver.example\t", [LEE]),
        ("Name\tE-mail\nLee\tlee@naver.example", [("Lee", "lee@naver.example", "")]),
        ("김하나\t\t", [("김하나", "", "")]),
        ("", []),
        (" \t \n", []),
    ],
)
def test_a_block_is_read_as_a_spreadsheet_copies_it(text: str, rows: list[tuple[str, ...]]) -> None:
    assert ROWS.block(text, at=0) == rows


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        ("가\t나\t다\t라", 0, "too_many_cells"),
        ("가\t나\t다", 1, "too_many_cells"),
        ('가\t"나\n다', 0, "no_table"),
        ("가\n" * (limits.TOGETHER + 1), 0, "too_many_rows"),
    ],
)
def test_what_does_not_fit_is_refused_whole(text: str, at: int, code: str) -> None:
    with pytest.raises(NoBlock) as refused:
        ROWS.block(text, at=at)

    assert refused.value.code == code


def test_a_block_fits_from_the_column_where_it_is_put() -> None:
    assert ROWS.block("가\t나\n다", at=1) == [("가", "나"), ("다", "")]


def test_what_is_pasted_below_follows_the_rows_and_blank_rows_go() -> None:
    values: Values = {
        "name": ("김하나", "", " "),
        "email": ("hana@naver.example", "", ""),
        "phone": ("02-1234-5678", "", ""),
        "pasted": ("이두리\tduri@naver.example",),
        "purpose": ("이행 안내",),
    }

    taken = ROWS.taken(values, adds=False)

    assert ROWS.rows_in(taken) == [KIM, LEE]
    assert (taken["pasted"], taken["purpose"]) == (("",), ("이행 안내",))
    assert ROWS.taken(taken, adds=False) == taken
    assert len(ROWS.taken(taken, adds=True)["name"]) == 2 + MORE


def test_what_is_no_block_stays_where_it_was_pasted() -> None:
    values: Values = {
        "name": ("김하나",),
        "email": ("",),
        "phone": ("",),
        "pasted": ("가\t나\t다\t라",),
    }

    taken = ROWS.taken(values, adds=False)

    assert taken["pasted"] == values["pasted"]
    assert ROWS.rows_in(taken) == [("김하나", "", "")]


def test_an_empty_form_has_no_rows() -> None:
    assert ROWS.rows_in(ROWS.taken({}, adds=False)) == []
    assert len(ROWS.shown({})) == 3
