"""Whatever cells say, they are read without a fault of ours, and every line is told once."""

import csv
import io
from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetreader.agreements import read
from sheetreader.cells import Mark, Merge, Sheet, Value, Workbook
from sheetreader.columns import Uses, chosen, guess
from sheetreader.doubts import DOUBTS
from sheetreader.headings import USES, Use
from sheetreader.layout import layouts_of
from sheetreader.lines import REASONS
from sheetreader.results import Table
from sheetreader.unreadable import REASONS as REASONS_OF_FILES
from sheetreader.unreadable import Unreadable
from sheetreader.workbook import open_workbook
from tests.libs.sheetreader.reading import tables

HEADINGS = (
    "연번",
    "협약명",
    "협약기관",
    "체결일",
    "유효기간",
    "담당부서",
    "담당자",
    "비고",
    "종료일",
)
WORDS = """
가온테크 ㈜나래 등 외3 · , / (주) 2024 . 1 월 '21 ~ 년 3년 자동연장 홍길동 062-000-0000 @ 〃 상동
소계 총 건 ※ 예) ○○ Ⅰ. 예정 - 협약 및 ( ) [ ] %
"""
PIECES = st.sampled_from((*WORDS.split(), " ", "\n", "\u200b", "\x01"))
TEXT = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=30)
VALUE: st.SearchStrategy[Value] = (
    TEXT
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.integers(-(10**12), 10**12)
    | st.booleans()
    | st.dates(date(1900, 1, 1), date(9999, 12, 31))
    | st.dates(date(1900, 1, 1)).map(lambda day: datetime.combine(day, time(9, 30)))
    | st.just(time(9, 30))
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = len(HEADINGS)
    above = draw(st.lists(st.lists(VALUE, max_size=width), max_size=2))
    rows = draw(st.lists(st.lists(VALUE, max_size=width + 2), max_size=8))
    headings = draw(st.permutations(HEADINGS)) if draw(st.integers(0, 5)) else []
    all_rows: list[list[Value]] = [*above, list(headings), *rows]
    place = st.integers(1, len(all_rows) + 1)
    column = st.integers(0, width)
    merges = draw(st.lists(st.tuples(place, place, column, column), max_size=3))
    marks = draw(
        st.dictionaries(
            st.tuples(place, column),
            st.builds(
                Mark,
                struck=st.booleans(),
                struck_part=st.sampled_from(["", "가온"]),
                formula=st.booleans(),
                unworked=st.booleans(),
                error=st.sampled_from(["", "#REF!"]),
                shown=st.sampled_from(["", "yyyy-mm"]),
            ),
            max_size=3,
        )
    )
    return Sheet(
        "시트",
        tuple(all_rows),
        tuple(Merge(min(a, b), max(a, b), min(c, d), max(c, d)) for a, b, c, d in merges),
        marks,
        hidden_lines=frozenset(draw(st.lists(place, max_size=2))),
    )


@given(sheet=sheets(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_line_is_told_once_with_its_reason(sheet: Sheet, data: st.DataObject) -> None:
    found = []
    for layout in layouts_of(sheet):
        uses: Uses = chosen(guess(layout))
        if data.draw(st.booleans()):
            any_use = st.sampled_from([*USES])
            uses = {each: (data.draw(any_use),) for each in uses}
        found.append(Table(layout, uses))
    lines = list(read(found))

    own = [line.at.line for line in lines if line.at.sheet == sheet.name]
    assert own == sorted(set(own)) == list(range(1, len(sheet.rows) + 1))
    for line in lines:
        assert line.said is REASONS[line.reason]
        assert line.action in {"take", "join", "skip", "duplicate", "ask"}
        assert all(each.code in DOUBTS for each in line.doubts)
        if line.action == "take" and line.agreement is None:
            assert line.is_open


@given(data=st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused_by_name(data: bytes) -> None:
    told: set[str] = set()
    try:
        book = open_workbook(data, "x")
    except Unreadable as refused:
        told.add(refused.code)
    else:
        assert_each_line_once(book)
    assert told <= set(REASONS_OF_FILES)


@given(
    rows=st.lists(st.lists(TEXT, min_size=1, max_size=9), max_size=8), sign=st.sampled_from(",;\t")
)
@settings(max_examples=40, deadline=None)
def test_any_csv_is_read_line_by_line(rows: list[list[str]], sign: str) -> None:
    told: set[str] = set()
    made = io.StringIO()
    writer = csv.writer(made, delimiter=sign, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    try:
        book = open_workbook(made.getvalue().encode("utf-8", "replace"), "x.csv")
    except Unreadable as refused:
        told.add(refused.code)
    else:
        assert_each_line_once(book)
    assert told <= {"file.nul", "quotes.open"}


@given(typed=st.dictionaries(st.sampled_from(["line", "cell@B", "cell@C", "cell@D"]), TEXT))
@settings(max_examples=25, deadline=None)
def test_any_answer_is_taken_or_told(typed: dict[str, str]) -> None:
    text = "연번,협약명,협약기관,체결일\n1,가 협약,㈜가·나,05/06/24\n2,나 협약,나,2024.2.30\n"
    book = open_workbook(text.encode(), "x.csv")
    answers = {("CSV", line, key): said for line in (2, 3) for key, said in typed.items()}

    lines = list(read(tables(book), answers))

    assert [line.at.line for line in lines] == [1, 2, 3]


def assert_each_line_once(book: Workbook) -> None:
    for sheet in book.sheets:
        lines = list(read([each for each in tables(book) if each.layout.sheet.name == sheet.name]))
        own = [line.at.line for line in lines]
        assert own == sorted(own) == list(range(1, len(sheet.rows) + 1))


def test_every_use_has_a_name() -> None:
    uses: tuple[Use, ...] = tuple(USES)

    assert all(USES[each].ko and USES[each].en for each in uses)
