"""The sender's state: a worker that does not run is the commonest failure, so it is shown."""

from dataclasses import dataclass, replace
from datetime import datetime

from ieum_notify.domain.calendar import SEOUL, in_utc
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.sight import Sight
from ieum_notify.operations.ports import History, Pulse

ALIVE_WITHIN_S = 30
"""A worker ticks every few seconds; one that has not for so long is taken for dead."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The pulse, and what it means now."""

    pulse: Pulse
    seconds_ago: int | None
    is_alive: bool


def sender(history: History, now: datetime, sight: Sight | None = None) -> Sender:
    """Say whether letters are going out, and what stands in their way.

    Args:
        sight: Of which subjects alarms are told; None tells of all, and of what ends them.
    """
    midnight = now.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    pulse = history.pulse(now, in_utc(midnight))
    if sight is not None:
        told = tuple(
            replace(each, alarm=replace(each.alarm, mends=()))
            for each in pulse.alarms
            if _is_told(each.alarm.subject, sight)
        )
        pulse = replace(pulse, alarms=told)
    if pulse.ticked_at is None:
        return Sender(pulse, None, is_alive=False)
    # A clock that was set back would make the last tick lie ahead; that is no life sign.
    seconds_ago = int((now - pulse.ticked_at).total_seconds())
    return Sender(pulse, seconds_ago, is_alive=-ALIVE_WITHIN_S <= seconds_ago <= ALIVE_WITHIN_S)


def _is_told(subject: Subject | None, sight: Sight) -> bool:
    if subject is None:
        return True
    return subject in sight.subjects or (subject.type == "seat" and subject.id in sight.seats)
