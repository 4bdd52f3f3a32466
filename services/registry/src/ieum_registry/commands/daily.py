"""Verifying the log once a day, beside serving: whoever keeps it must not have to remember to."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event

from ieum_registry.commands.verify import Verifiable, verify_log
from ieum_registry.operations.verify import UNREAD, StoredChange, Unreadable, Verified

EVERY = timedelta(hours=24)
LOOKS_EVERY_S = 600
AT_ONCE, REST_S = 200, 0.01
"""So many entries are hashed before those who are being served get their turn."""

log = logging.getLogger("verify")


def is_due(last: Verified | None, now: datetime) -> bool:
    """Say whether the last verification is a day old, or came to no end; a later one is no sign."""
    return last is None or last.found == UNREAD or not timedelta(0) <= now - last.at < EVERY


def verify_daily(
    store: Verifiable, *, now: Callable[[], datetime], stopping: Event, first_after_s: float
) -> None:
    """Verify the log whenever that is due, until the service stops.

    Two processes of one service may do so at the same time; that costs time and nothing else.

    Args:
        first_after_s: How long to wait before the first look: processes that start together are
            told apart by it.
    """
    wait_s = first_after_s
    while not stopping.wait(wait_s):
        wait_s = LOOKS_EVERY_S
        try:
            if is_due(store.records.verified(), now()):
                _verify(store, now)
        except Exception:  # The database may be away; the next look tries again.
            log.exception("the log could not be verified")


def _verify(store: Verifiable, now: Callable[[], datetime]) -> None:
    found = verify_log(store, (), now=now, entries=_gently(store))
    said = {"entries": found.entries, "redacted": found.redacted}
    if found.is_whole:
        log.info("the log is whole", extra=said)
    else:
        log.error("the log is not whole", extra={**said, "seq": found.bad_seq, "why": found.fault})


def _gently(store: Verifiable) -> Iterator[StoredChange | Unreadable]:
    for count, entry in enumerate(store.stored_changes(), 1):
        yield entry
        if count % AT_ONCE == 0:
            time.sleep(REST_S)
