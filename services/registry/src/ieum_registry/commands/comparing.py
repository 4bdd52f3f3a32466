"""Holding new partners against the others, beside serving: some at a time, and with rests."""

import logging
from threading import Event
from typing import Protocol

from ieum_registry.operations.likeness import compare_some
from ieum_registry.operations.ports.look_alikes import LookAlikes
from ieum_registry.operations.ports.records import Records

AT_ONCE, REST_S, LOOKS_EVERY_S = 10, 0.5, 15.0
"""So many are compared before those who are being served get their turn."""

log = logging.getLogger("compare")


class Comparable(Protocol):
    """What is needed of a store."""

    @property
    def look_alikes(self) -> LookAlikes:
        """What is kept."""
        ...

    @property
    def records(self) -> Records:
        """What is on record."""
        ...


def compare_partners(store: Comparable, *, stopping: Event) -> None:
    """Compare whatever has come, until the service stops.

    Two processes of one service may do so at the same time; that costs time and nothing else.
    """
    wait_s = LOOKS_EVERY_S
    while not stopping.wait(wait_s):
        wait_s = LOOKS_EVERY_S
        try:
            if compare_some(kept=store.look_alikes, records=store.records, at_most=AT_ONCE):
                wait_s = REST_S
        except Exception:  # The database may be away; the next look tries again.
            log.exception("partners could not be compared")
