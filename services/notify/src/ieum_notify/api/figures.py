"""What notify tells of itself at `/metrics`: how far it follows, what is due, what went out."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import get_args

from httpedge.metrics import Figure
from ieum_notify.operations.ports import History, Outcome
from ieum_notify.operations.sender import sender
from ieum_notify.operations.tally import Tally


def sender_figures(
    history: History,
    tally: Callable[[], Tally],
    now: Callable[[], datetime],
    registry_head: Callable[[], int | None],
) -> Iterator[Figure]:
    """Say how the sender is doing.

    Args:
        registry_head: Asks the registry: a worker that has stopped has not heard of the newest
            entries. None where it does not answer; then what was last heard of counts.
    """
    moment = now()
    pulse = sender(history, moment).pulse
    counted = tally()
    head = max(pulse.applied_seq, pulse.head_seq, registry_head() or 0)
    late_s = 0.0 if pulse.oldest_due_at is None else (moment - pulse.oldest_due_at).total_seconds()
    yield Figure("ieum_notify_followed_seq", "Newest entry copied", pulse.applied_seq)
    yield Figure("ieum_notify_lag_entries", "Entries not copied yet", head - pulse.applied_seq)
    yield Figure("ieum_notify_oldest_due_seconds", "How late the oldest letter is, or 0", late_s)
    for state, count in sorted(counted.occurrences.items()):
        labels = {"state": state}
        yield Figure("ieum_notify_occurrences", "Reminders by state", count, labels)
    for outcome in get_args(Outcome):
        labels = {"outcome": outcome}
        count = counted.attempts.get(outcome, 0)
        yield Figure("ieum_notify_attempts_total", "Attempts by how they ended", count, labels)
    labels = {"outcome": "sent"}
    yield Figure("ieum_notify_sends_total", "Letters that went out", counted.sent, labels)
