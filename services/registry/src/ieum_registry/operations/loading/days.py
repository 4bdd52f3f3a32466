"""Days in a file: as written, or counted from the anchor day of the first load."""

import re
from datetime import date, timedelta

from ieum_registry.domain.term import months_after

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}")
_DURATION = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")


def written_day(text: str) -> date | None:
    """Read `YYYY-MM-DD`; None if it is no day of the calendar."""
    if _WRITTEN.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def relative_day(direction: str, duration: str, anchor_on: date) -> date | None:
    """Count from the anchor day: years and months first, then weeks and days.

    Args:
        direction: `in` forward, `ago` back.
        duration: ISO 8601 without time, as `P5D` or `P2M`.

    Returns:
        The day; None if the duration is none, or leads out of the calendar.

    Source: docs/rules/terms.md, T-18.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    sign = 1 if direction == "in" else -1
    try:
        moved = months_after(anchor_on, sign * (12 * years + months))
        return moved + timedelta(days=sign * (7 * weeks + days))
    except (ValueError, OverflowError):
        return None
