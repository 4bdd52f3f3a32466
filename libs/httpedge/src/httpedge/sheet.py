"""Sheets of comma-separated values, which spreadsheets open: no cell of theirs begins a formula.

Source: OWASP, "CSV Injection". Beyond it: Excel reads the full-width signs of Korean and Japanese
keyboards as the plain ones, and programs skip what stands before them and cannot be seen.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable

MEDIA_TYPE = "text/csv; charset=utf-8"

_BEGINS_A_FORMULA = frozenset("=+-@")
_BEGINS_A_CELL = frozenset("\t\r\n")
_QUOTES = frozenset("\"'`")
_PASSED_OVER = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Pi", "Pf"})


def sheet_of(rows: Iterable[Iterable[object]]) -> str:
    """Write rows, the first of which are the titles.

    Returns:
        The text, with the mark at its beginning by which Excel reads Korean as UTF-8.
    """
    paper = io.StringIO()
    paper.write("\ufeff")
    writer = csv.writer(paper, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return paper.getvalue()


def cell(value: object) -> str:
    """Write a value as a cell; text that would begin a formula has an apostrophe before it.

    Args:
        value: Of a list all parts are told; None is an empty cell.
    """
    if isinstance(value, list | tuple):
        value = "; ".join(str(each) for each in value)
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return f"'{value}" if _may_begin_a_formula(value) else value


def _may_begin_a_formula(text: str) -> bool:
    if text[:1] in _BEGINS_A_CELL:
        return True
    for letter in text:
        if letter in _QUOTES or unicodedata.category(letter) in _PASSED_OVER:
            continue
        return unicodedata.normalize("NFKC", letter)[0] in _BEGINS_A_FORMULA
    return False
