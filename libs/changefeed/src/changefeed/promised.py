"""What of a promise holds, and what of it is reached, on a day.

From the facts of one entry alone, so that whoever reads the log says the same of it as the
registry. Source: docs/rules/lifecycle.md, L-61 and L-62.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from changefeed.subjects.promise import Promise, PromiseState

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """One promise on one day.

    Attributes:
        target: What was promised, as it stood on that day; so is `due_on`.
        reached: The last figure of a confirmed report as of that day or before; None without one.
        reached_on: As of which day that is.
        is_overdue: Neither delivered nor settled, and its by-day has passed.
        days_left: Until the by-day, negative once it has passed; None once delivered or settled.
    """

    on: date
    state: PromiseState
    target: int
    due_on: date
    reached: int | None
    reached_on: date | None
    is_overdue: bool
    days_left: int | None

    @property
    def is_settled(self) -> bool:
        """Whether what became of it was recorded, as figures do not tell it."""
        return self.state not in ("planned", "under_way", "delivered", "partly")

    @property
    def is_due(self) -> bool:
        """Whether rates count it: its by-day has passed, or it was settled before that."""
        return self.due_on < self.on or self.is_settled


def terms_on(promise: Promise, day: date) -> tuple[int, date]:
    """Give the target and the by-day as they stood on a day; the first before any revision."""
    for each in promise.revisions:
        if day < each.on:
            return each.target, each.due_on
    return promise.target, promise.due_on


def standing_on(promise: Promise, day: date) -> PromiseStanding:
    """Say where a promise stands on a day."""
    target, due_on = terms_on(promise, day)
    last = next((each for each in reversed(promise.reached) if each.on <= day), None)
    reached = None if last is None else last.figure
    state = _state(promise, day, target, due_on, reached)
    is_open = state in ("planned", "under_way", "partly")
    return PromiseStanding(
        day,
        state,
        target,
        due_on,
        reached,
        None if last is None else last.on,
        is_open and due_on < day,
        (due_on - day).days if is_open else None,
    )


def _state(
    promise: Promise, day: date, target: int, due_on: date, reached: int | None
) -> PromiseState:
    if promise.outcome is not None and promise.settled_on is not None and promise.settled_on <= day:
        return promise.outcome
    if reached is not None and reached >= target:
        return "delivered"
    if not reached:
        return "planned"
    return "under_way" if day <= due_on else "partly"


@dataclass(frozen=True, slots=True)
class StateRun:
    """Days in a row, both included, on which a promise stands in one way."""

    first_on: date
    last_on: date
    state: PromiseState
    is_overdue: bool


def runs_of(promise: Promise) -> Iterator[StateRun]:
    """Give every run of days on which it stands in one way, from the first day of all to the last.

    For whoever keeps an index of what stands how on which day.
    """
    begins = sorted(_changing(promise))
    for first, then in zip(begins, [*begins[1:], None], strict=True):
        found = standing_on(promise, first)
        last = date.max if then is None else then - _ONE
        yield StateRun(first, last, found.state, found.is_overdue)


def _changing(promise: Promise) -> set[date]:
    """Give each day on which it may begin to stand in another way."""
    dues = {promise.due_on, *(each.due_on for each in promise.revisions)}
    return {
        date.min,
        *(each.on for each in promise.revisions),
        *(each.on for each in promise.reached),
        *(each + _ONE for each in dues if each < date.max),
        *([] if promise.settled_on is None else [promise.settled_on]),
    }
