"""How far off a day is, and in which part of the to-do page it belongs.

Days to go are calendar days in Seoul; the caller knows which day it is there.
"""

from datetime import date
from typing import Literal

Section = Literal["overdue", "soon", "later"]

PRESSING_DAYS = 7
SOON_DAYS = 30
LATER_DAYS = 90


def days_left(due_on: date, on: date) -> int:
    """Count the days to go: 0 on the day itself, negative once it has passed."""
    return (due_on - on).days


def section_of(left: int) -> Section | None:
    """Say where an open milestone is shown; None beyond the horizon of 90 days.

    Args:
        left: Days to go, negative once overdue.
    """
    if left < 0:
        return "overdue"
    if left <= SOON_DAYS:
        return "soon"
    return "later" if left <= LATER_DAYS else None
