"""A file is opened by what it holds; what is not read says why, where, and what to do."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from sheetreader.bounds import LARGEST_BYTES, LINES
from sheetreader.unreadable import REASONS, Unreadable
from sheetreader.workbook import open_workbook, pasted
from tests.libs.sheetreader.old_excel import xls
from tests.libs.sheetreader.reading import Book, lines, made

HEAD = "연번,협약명,협약기관,체결일\n"


def xlsx(write: Callable[[object], None] | None = None) -> bytes:
    book = Book()
    sheet = book.file.add_worksheet("대장")
    sheet.write_row("A1", ["연번", "협약명", "협약기관", "체결일"])
    if write is not None:
        write(sheet)
    return book.bytes()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Give the same package with one part put in or exchanged."""
    old, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return made.getvalue()


def sheet_xml(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()


def encrypted() -> bytes:
    """Give the beginning of what Excel writes with a password: an OLE file around the package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 40_000_000)


def zip_of(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr(name, "x")
    return made.getvalue()


def entities() -> bytes:
    text = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", text.encode())


def wide() -> bytes:
    return xlsx(lambda sheet: sheet.write("XFA5", "x"))  # type: ignore[attr-defined]


def long() -> bytes:
    return xlsx(lambda sheet: sheet.write(f"C{LINES + 7}", "x"))  # type: ignore[attr-defined]


def truncated() -> bytes:
    return xlsx()[:-300]


UNREADABLE: list[tuple[str, bytes, str]] = [
    ("nothing", b" \r\n", "file.empty"),
    ("too large", b"x" * (LARGEST_BYTES + 1), "file.too_large"),
    ("a password", encrypted(), "file.encrypted"),
    ("a bomb", bomb(), "file.bomb"),
    ("entities", entities(), "file.declares_entities"),
    ("columns beyond all need", wide(), "sheet.too_many_columns"),
    ("lines beyond all need", long(), "sheet.too_many_lines"),
    ("cut off", truncated(), "file.damaged"),
    ("an OLE file of nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.damaged"),
    ("docx", zip_of("word/document.xml"), "file.not_a_sheet"),
    ("hwpx", zip_of("Contents/content.hpf"), "file.not_a_sheet"),
    ("pdf", b"%PDF-1.7\n", "file.not_a_sheet"),
    ("a page", b"<html><table><tr><td>1</td></tr></table>", "file.not_a_sheet"),
    ("NUL", HEAD.encode() + "1,가,나\x00,다\n".encode(), "file.nul"),
    ("100,000 columns", b"a," * 100_000, "sheet.too_many_columns"),
    (
        "no encoding",
        "연번,협약명\n1,세계 ÿ þ\n".encode()[:-3] + b"\xff\xfe\xfa\n",
        "encoding.unknown",
    ),
    ("Japanese", "番号,協定名,相手\n1,友好都市,仙台市\n".encode("shift_jis"), "encoding.unknown"),
    (
        "an open quote",
        f'{HEAD}1,"가나 협약,나,2024.1.1\n2,다,라,2024.1.2\n'.encode(),
        "quotes.open",
    ),
    (
        "a quote that swallows lines",
        (
            f'{HEAD}1,"가 협약,나,2024.1.1\n2,다,라,2024.1.2\n3,마,바,2024.1.3\n'
            '4,"사",아,2024.1.4\n'
        ).encode(),
        "quotes.open",
    ),
    ("a cell without end", f"{HEAD}1,{'가' * 40_000},나,2024.1.1\n".encode(), "cell.too_long"),
]


@pytest.mark.parametrize(
    ("data", "code"),
    [(data, code) for _, data, code in UNREADABLE],
    ids=[x for x, _, _ in UNREADABLE],
)
def test_what_is_not_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        open_workbook(data, "대장.xlsx")

    assert refused.value.code == code
    assert re.search(r"[가-힣]", refused.value.said.ko)
    assert "{" not in refused.value.said.ko + refused.value.said.en


def test_a_place_is_named_where_there_is_one() -> None:
    with pytest.raises(Unreadable) as refused:
        open_workbook(wide(), "대장.xlsx")

    assert "'대장'" in refused.value.said.ko
    assert "XFA5" in refused.value.said.ko

    with pytest.raises(Unreadable, match=r"quotes\.open") as refused:
        open_workbook(f'{HEAD}1,가,나,2024.1.1\n2,"다,라,2024.1.2\n'.encode(), "a.csv")

    assert refused.value.facts["line"] == 3


def test_every_reason_ends_with_what_to_do() -> None:
    for code, told in REASONS.items():
        assert told.ko.endswith("주십시오."), code
        assert len(told.en.split(". ")) > 1, code


@pytest.mark.parametrize(
    ("encoded", "used"),
    [
        (HEAD.encode("utf-8-sig"), "utf-8"),
        (HEAD.encode(), "utf-8"),
        (HEAD.encode("cp949"), "cp949"),
        (b"\xff\xfe" + HEAD.replace(",", "\t").encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_bom_utf8_and_cp949_are_tried_in_that_order(encoded: bytes, used: str) -> None:
    book = open_workbook(encoded, "a.csv")

    assert book.encoding == used
    assert list(book.sheets[0].rows[0]) == ["연번", "협약명", "협약기관", "체결일"]


def test_where_nobody_can_tell_the_encoding_a_person_does() -> None:
    data = "番号,協定名,相手\n1,友好都市,仙台市\n".encode("shift_jis")
    with pytest.raises(Unreadable) as asked:
        open_workbook(data, "a.csv")

    assert "shift_jis" in asked.value.choices
    assert open_workbook(data, "a.csv", encoding="shift_jis").sheets[0].at(2, 2) == "仙台市"
    with pytest.raises(Unreadable, match=r"encoding\.wrong"):
        open_workbook(data, "a.csv", encoding="utf-8")


def test_cells_that_were_copied_keep_their_line_breaks() -> None:
    book = pasted('연번\t협약명\n1\t"두 줄\n협약"\n2\t다음\n')

    assert [list(row) for row in book.sheets[0].rows] == [
        ["연번", "협약명"],
        ["1", "두 줄\n협약"],
        [],
        ["2", "다음"],
    ]
    assert book.sheets[0].quoted == {3: 2}


def test_a_sheet_that_begins_in_the_middle_keeps_its_places() -> None:
    book = Book()
    sheet = book.file.add_worksheet("대장")
    sheet.write("C4", "협약명")

    found = open_workbook(book.bytes(), "a.xlsx").sheets[0]

    assert found.at(4, 2) == "협약명"


def test_an_error_is_never_an_empty_cell() -> None:
    data = xlsx(
        lambda sheet: sheet.write_formula("F9", "=1/0", None, "#DIV/0!")  # type: ignore[attr-defined]
    )

    found = open_workbook(data, "a.xlsx").sheets[0]

    assert (found.at(9, 5), found.marks[9, 5].error) == ("#DIV/0!", "#DIV/0!")


def test_hidden_sheets_and_macros_are_told() -> None:
    book = Book()
    book.file.add_worksheet("보임").write("A1", "연번")
    book.file.add_worksheet("숨김").hide()
    data = with_part(book.bytes(), "xl/vbaProject.bin", b"macro")

    found = open_workbook(data, "a.xlsm")

    assert [(each.name, each.hidden) for each in found.sheets] == [("보임", False), ("숨김", True)]
    assert "file.macros" in found.told


def test_an_xls_of_1997_is_read_and_says_what_is_not_seen_there() -> None:
    data = xls([["연번", "협약명", "협약기관", "체결일"], ["1", "가 협약", "가재단", "2004.5.6."]])

    book = open_workbook(data, "옛 대장.xls")

    assert (book.form, book.told) == ("xls", ("file.no_marks",))
    assert [made(each) for each in lines(book)] == [
        "skip header",
        "take 가 협약 | 가재단 | 2004-05-06",
    ]
