"""How far off a day is, and where on the to-do page it belongs."""

from datetime import date, timedelta

import pytest

from ieum_portal.domain.countdown import Section, days_left, section_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ahead", "section"),
    [
        (-1, "overdue"),
        (0, "soon"),
        (30, "soon"),
        (31, "later"),
        (90, "later"),
        (91, None),
    ],
)
def test_a_day_belongs_to_one_section(ahead: int, section: Section | None) -> None:
    due_on = TODAY + timedelta(days=ahead)

    assert days_left(due_on, TODAY) == ahead
    assert section_of(ahead) == section
