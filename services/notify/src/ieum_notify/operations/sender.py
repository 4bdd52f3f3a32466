"""The sender's state: a worker that does not run is the commonest failure, so it is shown."""

from dataclasses import dataclass
from datetime import datetime

from ieum_notify.domain.calendar import SEOUL, in_utc
from ieum_notify.operations.ports import History, Pulse

ALIVE_WITHIN_S = 30
"""A worker ticks every few seconds; one that has not for so long is taken for dead."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The pulse, and what it means now."""

    pulse: Pulse
    seconds_ago: int | None
    is_alive: bool


def sender(history: History, now: datetime) -> Sender:
    """Say whether letters are going out, and what stands in their way."""
    midnight = now.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    pulse = history.pulse(now, in_utc(midnight))
    if pulse.ticked_at is None:
        return Sender(pulse, None, is_alive=False)
    # A clock that was set back would make the last tick lie ahead; that is no life sign.
    seconds_ago = int((now - pulse.ticked_at).total_seconds())
    return Sender(pulse, seconds_ago, is_alive=-ALIVE_WITHIN_S <= seconds_ago <= ALIVE_WITHIN_S)
