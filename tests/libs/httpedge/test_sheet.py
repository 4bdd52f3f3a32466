"""No cell of a sheet begins a formula, and every value can still be read."""

import csv
import io
from pathlib import Path

import pytest

from httpedge.sheet import cell, sheet_of

FORMULAS = [
    "=1+1",
    "+82 62 123",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹦1",
    "﹢1",
    "﹣1",
    "﹫A1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\tplain",
    "\rplain",
    "\nplain",
    "  =1",
    "\u3000＝1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    '"=1',
    "'=1",
    "“=1",
    '" ＝cmd',
    "\x00=1",
]

PLAIN = ["이음", "a=b", "1-2", "메일: a@b.example", "'81 협약", "·", "", "  ", '"인용"', "협약(안)"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_begin_a_formula_is_written_as_text(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell([text, "b"]) == f"'{text}; b"


@pytest.mark.parametrize("text", PLAIN)
def test_what_begins_none_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (-3, "-3"), (12, "12"), (["a", "b"], "a; b"), ((), "")]
)
def test_other_values_are_written_plainly(value: object, text: str) -> None:
    assert cell(value) == text


def test_a_sheet_is_read_back_as_it_was_written() -> None:
    sheet = sheet_of([["이름", "비고"], ["가, 나", 'a "b"\nc'], ["＝1", None]])

    assert sheet.startswith("\ufeff이름,비고\r\n")
    rows = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"), newline="")))
    assert rows[1:] == [["가, 나", 'a "b"\nc'], ["'＝1", ""]]


def test_nobody_else_writes_sheets() -> None:
    root = Path(__file__).parents[3]

    writers = {
        path.name
        for folder in ("libs", "services", "deploy")
        for path in (root / folder).rglob("*.py")
        if "csv.writer(" in path.read_text(encoding="utf-8")
        or "csv.DictWriter(" in path.read_text(encoding="utf-8")
    }

    assert writers == {"sheet.py"}
