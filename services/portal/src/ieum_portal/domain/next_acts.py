"""What the office does next about an agreement, as its standing on a day says."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from ieum_portal.domain.countdown import LATER_DAYS, days_left
from registryclient.answers import AgreementStanding

Act = Literal[
    "await_review",
    "await_approval",
    "await_signatures",
    "find_end",
    "record_renewal",
    "decide_end",
    "collect_evidence",
    "report_end",
]

DRAFTED: Mapping[str, Act] = {"draft": "await_review", "reviewed": "await_approval"}
"""What a proposal needs next, by its state."""


def next_acts(standing: AgreementStanding, on: date) -> tuple[Act, ...]:
    """Give the acts that are due, the most pressing first; () if the agreement needs nothing now.

    Args:
        on: The day that the standing is of.
    """
    if standing.state == "ended":
        ended_on = standing.in_force_until
        is_fresh = ended_on is not None and -days_left(ended_on, on) <= LATER_DAYS
        return ("report_end",) if is_fresh else ()
    if standing.state in DRAFTED:
        return (DRAFTED[standing.state],)
    found: list[Act] = []
    if "overdue" in standing.flags:
        found.append("record_renewal")
    elif _ends_soon(standing, on):
        found.append("decide_end")
    if standing.state == "unknown_end":
        found.append("find_end")
    if any(each.state == "awaited" for each in standing.parties):
        found.append("await_signatures")
    if "dormant" in standing.flags:
        found.append("collect_evidence")
    return tuple(found)


def _ends_soon(standing: AgreementStanding, on: date) -> bool:
    return standing.last_on is not None and 0 <= days_left(standing.last_on, on) <= LATER_DAYS
