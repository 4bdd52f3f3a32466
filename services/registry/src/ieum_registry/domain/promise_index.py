"""By what lists find the promises that stand in some way on a day."""

from collections.abc import Iterator
from uuid import UUID, uuid5

from changefeed.promised import runs_of
from changefeed.subjects.promise import Promise

OVERDUE = "overdue"
"""What lists call a promise whose by-day has passed while it is open, whatever its state."""


def state_id(state: str) -> UUID:
    """Give what stands for a state where ids are looked up."""
    return uuid5(_STATES, state)


_STATES = UUID("7c9f6a50-31f4-5b52-8f2c-0a0a4f0f6d11")


def states_of(promise: Promise) -> Iterator[tuple[str, str, str]]:
    """Give each state's id, with the first and the last day of each run of days in it."""
    for run in runs_of(promise):
        days = run.first_on.isoformat(), run.last_on.isoformat()
        yield str(state_id(run.state)), *days
        if run.is_overdue:
            yield str(state_id(OVERDUE)), *days
