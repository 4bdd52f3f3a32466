"""Days in a file that are counted from the anchor day of the first load."""

import re
from datetime import date, timedelta

from changefeed.months import months_after

_DURATION = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")


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
