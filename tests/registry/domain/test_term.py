"""Terms are whole days, both ends included; months are counted from the original day."""

from datetime import date

import pytest

from changefeed.months import months_after
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.term import Term, day_before, earliest


def test_a_term_holds_on_its_first_and_on_its_last_day() -> None:
    term = Term(date(2026, 1, 1), date(2026, 1, 31))

    assert term.includes(date(2026, 1, 1))
    assert term.includes(date(2026, 1, 31))
    assert not term.includes(date(2025, 12, 31))
    assert not term.includes(date(2026, 2, 1))


def test_an_open_term_never_ends() -> None:
    term = Term(date(2026, 1, 1))

    assert term.includes(date(9999, 12, 31))


def test_a_term_of_one_day_is_a_term() -> None:
    assert Term(date(2026, 1, 1), date(2026, 1, 1)).includes(date(2026, 1, 1))


def test_a_reversed_term_is_refused() -> None:
    with pytest.raises(RuleBroken) as caught:
        Term(date(2026, 1, 2), date(2026, 1, 1))

    assert caught.value.code == "term.reversed"


def test_the_earliest_of_last_days_ignores_open_ones() -> None:
    assert earliest(None, date(2026, 1, 2), date(2026, 1, 1)) == date(2026, 1, 1)
    assert earliest(None, None) is None


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2024, 8, 31), -6, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_from_the_original_day_and_clamped(
    day: date, months: int, moved: date
) -> None:
    assert months_after(day, months) == moved


def test_a_run_that_another_follows_ends_the_day_before() -> None:
    assert day_before(date(2026, 3, 1)) == date(2026, 2, 28)
