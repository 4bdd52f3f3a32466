"""How an agreement ends is read out of what offices write under 유효기간."""

from datetime import date

import pytest

from sheetreader.ends import TermRead, read_term


def told(found: TermRead) -> tuple[str, int | None, object, object]:
    def day(each: object) -> object:
        on, part = getattr(each, "on"), getattr(each, "part")  # noqa: B009
        return on or (part.written if part else None)

    return found.rule, found.months, day(found.begins), day(found.ends)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("3년", 36),
        ("체결일로부터 3년", 36),
        ("3년간", 36),
        ("36개월", 36),
        ("2년 6개월", 30),
        ("1년 반", 18),
        ("삼년", 36),
        ("5개년", 60),
        ("체결일 ~ 3년", 36),
        ("2년(자동연장 없음)", 24),
    ],
)
def test_a_length_is_counted_in_months(text: str, months: int) -> None:
    assert told(read_term(text)) == ("fixed", months, None, None)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("2024.1.1.~2026.12.31.", date(2024, 1, 1), date(2026, 12, 31)),
        ("'24.1.1.~'26.12.31", date(2024, 1, 1), date(2026, 12, 31)),
        ("2024-01-01 ~ 2026-12-31", date(2024, 1, 1), date(2026, 12, 31)),
        ("2024. 1. 1. - 2026. 12. 31.", date(2024, 1, 1), date(2026, 12, 31)),
        ("2024.1.1부터 2026.12.31까지", date(2024, 1, 1), date(2026, 12, 31)),
        ("2024.1.1 ~ 12.31", date(2024, 1, 1), date(2024, 12, 31)),
        ("2021.6.~2024.5.", "2021.6.", "2024.5."),
        ("~2020", None, "2020"),
        ("2026.12.31.까지", None, date(2026, 12, 31)),
        ("체결일~2026.12.31", None, date(2026, 12, 31)),
    ],
)
def test_a_span_is_read_with_both_ends(text: str, begins: object, ends: object) -> None:
    assert told(read_term(text)) == ("fixed", None, begins, ends)


@pytest.mark.parametrize(
    ("text", "months", "notice"),
    [
        ("3년(자동연장)", 36, (None, "")),
        ("1년(매년 갱신)", 12, (None, "")),
        ("별도 통보 없으면 자동 연장", None, (None, "")),
        ("2년 (만료 3개월 전 서면통보 없을 시 자동연장)", 24, (3, "months")),
        (
            "협약 체결일로부터 2년간 유효하며, 만료 30일 전까지 이의가 없으면 1년씩 연장",
            24,
            (30, "days"),
        ),
    ],
)
def test_renewal_by_itself_is_told_with_its_notice(
    text: str, months: int | None, notice: tuple[int | None, str]
) -> None:
    found = read_term(text)

    assert (found.rule, found.months) == ("auto_renews", months)
    assert (found.notice, found.unit) == notice


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("목적 달성 시까지", "until_purpose_achieved"),
        ("투자 완료 시", "until_purpose_achieved"),
        ("2023. 7. 6. ~ 투자 완료 시", "until_purpose_achieved"),
        ("2038 아시안게임 종료 시", "until_purpose_achieved"),
        ("무기한", "evergreen"),
        ("기간 정함 없음", "evergreen"),
        ("2024.1.1.~계속", "evergreen"),
        ("별도 해지 시까지", "evergreen"),
        ("-", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_rule_is_told_by_its_words(text: str, rule: str) -> None:
    found = read_term(text)

    assert (found.rule, found.understood) == (rule, True)


@pytest.mark.parametrize("text", ["민선8기", "2+1년", "2020.3~", "제3년차", "만료", "임기 내"])
def test_what_does_not_say_when_it_ends_is_not_understood(text: str) -> None:
    found = read_term(text)

    assert (found.rule, found.months, found.understood) == ("unknown", None, False)


def test_what_brackets_say_wins_over_a_length() -> None:
    assert told(read_term("3년(’24.8.27~’27.8.26)")) == (
        "fixed",
        36,
        date(2024, 8, 27),
        date(2027, 8, 26),
    )


def test_a_last_day_without_a_year_before_the_first_is_asked() -> None:
    found = read_term("2024.5.1.~4.30.")

    assert (found.yearless, found.choices) == ("4.30.", ("2025-04-30",))
