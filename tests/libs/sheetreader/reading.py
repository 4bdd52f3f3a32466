"""A file read as it stands, without anybody's answers, and how tests tell what came out."""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from sheetreader.agreements import read
from sheetreader.cells import Workbook
from sheetreader.columns import chosen, guess
from sheetreader.doubts import NO_ANSWERS, Answers
from sheetreader.layout import layouts_of
from sheetreader.results import ReadLine, Table
from sheetreader.workbook import open_workbook, pasted


def tables(book: Workbook) -> list[Table]:
    return [
        Table(layout, chosen(guess(layout)))
        for sheet in book.sheets
        for layout in layouts_of(sheet)
    ]


def lines(book: Workbook, answers: Answers = NO_ANSWERS) -> list[ReadLine]:
    return list(read(tables(book), answers))


def lines_of_csv(text: str, answers: Answers = NO_ANSWERS) -> dict[int, ReadLine]:
    book = open_workbook(text.encode(), "ledger.csv")
    return {each.at.line: each for each in lines(book, answers)}


def lines_pasted(text: str, answers: Answers = NO_ANSWERS) -> dict[int, ReadLine]:
    return {each.at.line: each for each in lines(pasted(text), answers)}


def made(line: ReadLine) -> str:
    """Tell a line in a few words: what becomes of it, its title, partners, day and end."""
    found = line.agreement
    if found is None:
        return f"{line.action} {line.reason}"
    day = "?"
    if found.signed_on is not None:
        value = found.signed_on.value
        day = value.isoformat() if isinstance(value, date) else value.written
    end = ""
    if found.end is not None:
        told = found.end.value
        ends = told.ends_on or (told.ends_as and told.ends_as.written) or ""
        end = f" → {told.rule} {ends}".rstrip()
    more = {0: "", None: " +?"}.get(found.parties_not_named, f" +{found.parties_not_named}")
    names = ", ".join(each.value.name for each in found.parties)
    return f"{line.action} {found.title.value} | {names}{more} | {day}{end}"


def open_doubts(line: ReadLine) -> list[str]:
    return [each.key for each in line.doubts if each.weight != "note"]


def notes(line: ReadLine) -> list[str]:
    return [each.key for each in line.doubts if each.weight == "note"]


class Book:
    """An xlsx in the making."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        self.file: Any = xlsxwriter.Workbook(self._bytes)

    def bytes(self) -> bytes:
        self.file.close()
        return self._bytes.getvalue()
