"""An office's ledger is read as its answer key says, line by line; each deviation is explained.

The key names partners by their normal names. Reading keeps what is written: an alias, an
abbreviation or a slip is never resolved silently. `ALIASES` names each of them.
"""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from changefeed.subjects.parts import PartDay
from sheetreader.agreements import read
from sheetreader.columns import chosen, guess
from sheetreader.duplicates import compared
from sheetreader.layout import layouts_of
from sheetreader.results import ReadLine, Table
from sheetreader.workbook import open_workbook

DATA = Path(__file__).parent / "data" / "gwangju-agreements"

ALIASES = {
    # An abbreviation or a short name, as people write it.
    "전남대": "전남대학교",
    "조선대": "조선대학교",
    "호남대": "호남대학교",
    "광주교대": "광주교육대학교",
    "GIST": "광주과학기술원",
    "지스트": "광주과학기술원",
    "SKT": "SK텔레콤",
    "광주TP": "광주테크노파크",
    "AI융합사업단": "인공지능산업융합사업단",
    "AI산업융합사업단": "인공지능산업융합사업단",
    "대구시": "대구광역시",
    "대전시": "대전광역시",
    "서울시": "서울특별시",
    "광주시교육청": "광주광역시교육청",
    "광주시소상공인연합회": "광주광역시소상공인연합회",
    "광주시상인연합회": "광주광역시상인연합회",
    "남구": "광주 남구",
    "광산구": "광주 광산구",
    # Another spelling of the same name.
    "슈퍼브AI": "슈퍼브에이아이",
    "엔에이치엔㈜": "NHN",
    "창즈시": "장치시",
    "주룽자동차": "구룡자동차",
    "샹그리라 메디컬": "샹그릴라 메디컬",
    # A slip of the pen.
    "텐에이전트㈜": "텐에이젼트",
    "델스타홈멜": "텔스타홈멜",
    "솔투룩스(주)": "솔트룩스",
    "광주정보문화진흥원": "광주정보문화산업진흥원",
}


@cache
def lines() -> dict[tuple[str, int], ReadLine]:
    book = open_workbook((DATA / "ledger-2024.xlsx").read_bytes(), "ledger-2024.xlsx")
    tables = [
        Table(layout, chosen(guess(layout)))
        for sheet in book.sheets
        for layout in layouts_of(sheet)
    ]
    return {(line.at.sheet, line.at.line): line for line in read(tables)}


def key() -> list[dict[str, str]]:
    with (DATA / "answer-key.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place(row: dict[str, str]) -> str:
    return f"{row['sheet']}:{row['line']}"


@pytest.mark.parametrize("row", key(), ids=place)
def test_a_line_is_what_the_key_says(row: dict[str, str]) -> None:
    for number in range(int(row["line"]), int(row["lines_through"]) + 1):
        found = lines()[row["sheet"], number]
        if number == int(row["line"]):
            assert (found.kind, found.action) == (row["line_kind"], row["expected_action"])
        else:
            assert found.action in {"join", "skip"}


@pytest.mark.parametrize(
    "row", [row for row in key() if row["line_kind"].startswith("record")], ids=place
)
def test_what_a_record_says_is_what_the_key_says(row: dict[str, str]) -> None:
    found = lines()[row["sheet"], int(row["line"])]

    agreement = found.agreement
    assert agreement is not None
    assert found.through == int(row["lines_through"])
    assert agreement.parties_not_named == int(row["parties_not_named"] or 0)
    meant = [compared(ALIASES.get(name, name)) for name in names(found)]
    assert meant == [compared(name) for name in row["expected_partners"].split("|") if name]
    assert signed(found) == (row["expected_signed_on"], row["expected_precision"])


def test_a_duplicate_names_the_line_that_it_repeats() -> None:
    same = [line for line in lines().values() if line.action == "duplicate"]

    assert [(line.at.address, line.of and (line.of.sheet, line.of.line)) for line in same] == [
        ("25", ("2024 협약현황", 13)),
        ("16", ("2024 협약현황", 57)),
    ]
    assert all(line.doubts[-1].code == "duplicate.perhaps" for line in same)


def test_nobody_has_to_decide_anything_else() -> None:
    asked = [
        (line.at.line, each.code)
        for line in lines().values()
        for each in line.doubts
        if each.weight != "note"
    ]

    assert asked == [(25, "duplicate.perhaps"), (16, "duplicate.perhaps")]


def test_every_other_cell_is_read_too() -> None:
    found = {place: line.agreement for place, line in lines().items() if line.agreement}

    first = found["2024 협약현황", 6]
    assert first.title.value == "광주형 인공지능 비즈니스 기반 조성 업무협약(183~189번째)"
    assert first.department is not None
    assert first.department.value == "인공지능정책과"
    people = {
        line: (
            each.officer and each.officer.value,
            each.phone and each.phone.value,
            each.email and each.email.value,
        )
        for (sheet, line), each in found.items()
        if sheet == "2024 협약현황"
    }
    assert people[6] == ("홍길동", "062-000-1000", None)
    assert people[7] == ("홍길동", "000-1000", None)
    assert people[8] == ("성춘향", None, "chunhyang@city.example")
    assert people[13] == ("이몽룡", None, "mongryong@city.example")
    assert people[29] == (None, None, "kkeokjeong@city.example")
    assert people[80] == ("방자", "062-000-1011", None)
    ends = {
        line: (each.end.value.rule, each.end.value.ends_on or each.end.value.ends_as)
        for (sheet, line), each in found.items()
        if sheet == "2024 협약현황" and each.end
    }
    assert ends[6] == ("fixed", date(2027, 4, 29))
    assert ends[8] == ("fixed", date(2027, 8, 26))
    assert ends[9] == ("until_purpose_achieved", None)
    assert ends[13] == ("auto_renews", date(2027, 10, 25))
    assert isinstance(ends[27][1], PartDay)
    assert ends[79] == ("unknown", None)
    assert ends[83] == ("evergreen", None)
    assert found["2024 협약현황", 65].struck


def names(line: ReadLine) -> Iterator[str]:
    assert line.agreement is not None
    for each in line.agreement.parties:
        yield each.value.name


def signed(line: ReadLine) -> tuple[str, str]:
    assert line.agreement is not None
    day = line.agreement.signed_on
    if day is None:
        return "", "unknown"
    if isinstance(day.value, date):
        return day.value.isoformat(), "day"
    first = str(day.value.from_on)
    return first[: 7 if day.value.precision == "month" else 4], day.value.precision
