"""Days as people write them, and counting down."""

from datetime import date

import pytest

from ieum_notify.domain.words import day_words, days_left_words


def test_a_day_is_written_out_in_both_languages() -> None:
    assert day_words(date(2026, 11, 28)).ko == "2026. 11. 28.(토)"
    assert day_words(date(2027, 1, 4)).en == "Mon 4 January 2027"


@pytest.mark.parametrize(("days", "mark"), [(5, "D-5"), (0, "D-DAY"), (-2, "D+2")])
def test_counting_down(days: int, mark: str) -> None:
    assert days_left_words(days).said("ko") == mark
