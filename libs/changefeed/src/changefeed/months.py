"""Moving a day by whole months."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Move by whole months from the original day, clamped to the last day of the month.

    31 August less six months is 28 February; counting always starts from the original day, never
    from a day that was clamped on the way.

    Source: docs/rules/terms.md, T-5.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
