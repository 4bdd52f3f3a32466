"""What of events the desk must know of now or soon, on Seoul's clocks and on theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from changefeed.subjects.event import Event
from registryclient.answers import BothClocks, DeadlineStanding, EventStanding


@dataclass(frozen=True, slots=True)
class Coming:
    """Something of an event that the desk must know of now or soon.

    Attributes:
        what: `under_way`, `starts`, or `deadline`.
        days_left: On the calendar of its place; 0 of what is under way.
        clocks: Of its start, or of its end if it is under way; None of a deadline.
        deadline: None of the other two.
    """

    event: Event
    what: Literal["under_way", "starts", "deadline"]
    days_left: int
    clocks: BothClocks | None = None
    deadline: DeadlineStanding | None = None

    @property
    def seoul(self) -> datetime:
        """What clocks in Seoul show then."""
        if self.clocks is not None:
            return self.clocks.seoul
        assert self.deadline is not None  # noqa: S101  It is one of the two.
        return self.deadline.seoul


def coming_of(event: Event, standing: EventStanding, within_days: int) -> list[Coming]:
    """Give what of an event is under way, begins or falls due within some days.

    A deadline that has passed, by the hour where that is known, is no news; nor is anything of
    what is over or called off.
    """
    if standing.state not in ("upcoming", "under_way"):
        return []
    found = [
        Coming(event, "deadline", each.days_left, deadline=each)
        for each in standing.deadlines
        if not each.passed and each.days_left <= within_days
    ]
    if standing.state == "under_way":
        found.append(Coming(event, "under_way", 0, clocks=standing.ends_at))
    elif standing.days_left is not None and standing.days_left <= within_days:
        found.append(Coming(event, "starts", standing.days_left, clocks=standing.starts_at))
    return found


def in_order(coming: Iterable[Coming]) -> list[Coming]:
    """Put what is under way first, then by days to go, then by the hour in Seoul."""
    return sorted(
        coming,
        key=lambda each: (
            each.what != "under_way",
            each.days_left,
            each.seoul,
            each.event.title.ko,
        ),
    )
