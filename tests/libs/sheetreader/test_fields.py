"""Columns that hold a field of an agreement as it is: which there are, and how cells are read."""

import pytest

from sheetreader.fields import FIELDS, Unclear, read_field
from sheetreader.headings import USES, uses_of
from tests.libs.sheetreader.reading import lines_of_csv, notes, open_doubts


def test_every_field_is_found_under_its_own_heading() -> None:
    # In ledgers 번호 counts lines, and 사업 is a title: these are told by other headings.
    told = {"number": "협약번호", "programme_id": "소속사업", "end.term_months": "갱신기간"}
    for name, column in FIELDS.items():
        heading = told.get(name) or column.heading.ko
        assert uses_of(heading) == (name,), heading
        assert name in USES


@pytest.mark.parametrize(
    ("heading", "use"),
    [
        ("원본 보관장소", "original"),
        ("법적 구속력 여부", "legal_force"),
        ("재정부담 여부", "money"),
        ("예산수반여부", "money"),
        ("시비 부담액(백만원)", "amount_won"),
        ("공유재산 사용 여부", "public_property"),
        ("공개 여부", "disclosure"),
        ("비공개 사유", "disclosure_reason"),
        ("협력분야", "service_field_ids"),
        ("체결장소", "venue"),
        ("모협약", "parent_id"),
        ("통보기한", "end.notice_days"),
        ("투자금액(억원)", "note"),
        ("사업비", "note"),
    ],
)
def test_offices_call_them_otherwise(heading: str, use: str) -> None:
    assert uses_of(heading) == (use,)


@pytest.mark.parametrize(
    ("name", "text", "heading", "value"),
    [
        ("legal_force", "없음", "", "no_force"),
        ("legal_force", "일부", "", "some_clauses"),
        ("legal_force", "some clauses", "", "some_clauses"),
        ("disclosure", "부분 공개", "", "partly"),
        ("disclosure", "비공개", "", "closed"),
        ("money", "○", "", True),
        ("money", "비예산", "", False),
        ("public_property", "해당 없음", "", False),
        ("amount_won", "120,000,000", "", 120_000_000),
        ("amount_won", "금 1억 2천만원정", "", 120_000_000),
        ("amount_won", "500백만원", "", 500_000_000),
        ("amount_won", "1.5억", "", 150_000_000),
        ("amount_won", "30", "예산(백만원)", 30_000_000),
        ("amount_won", "2.5", "예산(단위: 억원)", 250_000_000),
        ("amount_won", "2천5백만원", "", 25_000_000),
        ("amount_won", "1억 2천5백만원", "", 125_000_000),
        ("amount_won", "3억5,000만원", "", 350_000_000),
        ("amount_won", "1만5천원", "", 15_000),
        ("amount_won", "500", "지원금액(백만)", 500_000_000),
        ("amount_won", "500", "Amount in won", 500),
        ("amount_won", "500원", "", 500),
        ("amount_won", "비예산", "", 0),
        ("end.notice_days", "만료 30일 전", "", 30),
        ("end.term_months", "3년", "", 36),
        ("service_field_ids", "건강, 교육\n건강", "", ("건강", "교육")),
        ("original", "문서고 3-2", "", "문서고 3-2"),
    ],
)
def test_a_cell_is_read_as_its_field_is_declared(
    name: str, text: str, heading: str, value: object
) -> None:
    assert read_field(name, text, heading) == value


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("legal_force", "협의 중", "field.code"),
        ("money", "추후 결정", "field.yes_no"),
        ("amount_won", "약 3억원 내외", "field.amount"),
        ("amount_won", "3억 5", "field.amount"),
        ("amount_won", "1억2천", "field.amount"),
        ("amount_won", "1억 5000", "field.amount"),
        ("amount_won", "3천 15백만원", "field.amount"),
        ("amount_won", "5억 3억", "field.amount"),
        ("amount_won", "1,5억", "field.amount"),
        ("amount_won", "500", "field.amount"),
        ("amount_won", "3천2백", "field.amount"),
        ("amount_won", "99999999999999조", "field.amount"),
        ("end.notice_days", "3개월", "field.number"),
        ("end.term_months", "0", "field.number"),
    ],
)
def test_what_a_field_does_not_take_is_never_guessed(name: str, text: str, code: str) -> None:
    found = read_field(name, text, "")

    assert isinstance(found, Unclear)
    assert found.code == code


LEDGER = """협약명,협약기관,체결일,재정부담,추진상태,종료일,비고,투자금액
가 협약,네이버,2024-01-02,추후 결정,해지(2025. 3. 1.),2026-12-31,홍길동 062-000-0000,30억원
나 협약,네이버,2024-01-03,,해지,2026-12-31,다시 볼 것,
다 협약,네이버,2024-01-04,유,기간 만료,2025-12-31,,
라 협약,네이버,2024-01-05,무,정상 추진,2026-12-31,,
"""


def test_what_is_over_ended_on_its_day_or_is_asked_about() -> None:
    found = {line: each for line, each in lines_of_csv(LEDGER).items() if each.agreement}
    ends = {line: each.agreement and each.agreement.end for line, each in found.items()}

    told = {line: (end.value.rule, str(end.value.ends_on)) for line, end in ends.items() if end}
    assert told == {
        2: ("fixed", "2025-03-01"),
        3: ("unknown", "None"),
        4: ("fixed", "2025-12-31"),
        5: ("fixed", "2026-12-31"),
    }
    assert open_doubts(found[3]) == ["status.ended@E"]
    assert "status.end_read@E" in notes(found[2])
    assert "status.end_read@E" in notes(found[4])
    known = lines_of_csv(LEDGER, {("CSV", 3, "status.ended@E"): "2024.12.1."})[3]
    assert open_doubts(known) == []
    assert known.agreement is not None
    assert known.agreement.end is not None
    assert str(known.agreement.end.value.ends_on) == "2024-12-01"


def test_what_a_field_does_not_take_is_chosen_or_left_out() -> None:
    def answered(said: str) -> object:
        line = lines_of_csv(LEDGER, {("CSV", 2, "field.yes_no@D"): said})[2]
        assert open_doubts(line) == []
        assert line.agreement is not None
        return line.agreement.stated.get("money")

    assert open_doubts(lines_of_csv(LEDGER)[2]) == ["field.yes_no@D"]
    assert answered("leave") is None
    assert "value=False" in str(answered("no"))


def test_what_no_column_says_may_be_typed() -> None:
    told = "협약명,체결일,종료일,비고\n가 협약,2024-01-02,2026-12-31,\n"

    found = lines_of_csv(told, {("CSV", 2, "use@parties"): "네이버, 카카오"})[2]

    assert open_doubts(lines_of_csv(told)[2]) == ["parties.missing"]
    assert open_doubts(found) == []
    assert found.agreement is not None
    assert [each.value.name for each in found.agreement.parties] == ["네이버", "카카오"]
