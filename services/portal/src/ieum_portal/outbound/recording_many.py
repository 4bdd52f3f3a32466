"""Recording the same of several subjects: a write for each, a few side by side.

Each names its own version and has a key of its own under the one of the whole, so that sending
the whole again writes what is left to be written and nothing twice.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Event
from typing import TypeVar
from uuid import UUID

from ieum_portal.domain.command import (
    STALE,
    Foretold,
    ManyChanged,
    Recorded,
    SubjectChanged,
    TriedEach,
)
from ieum_portal.domain.errors import ChangeRefused, NeighbourDown, Stale
from ieum_portal.outbound.recording import record, try_out
from registryclient.client import RegistryClient

T = TypeVar("T")

SIDE_BY_SIDE = 4
"""So many requests are under way at once: the registry writes one after the other anyway."""


def try_each(client: RegistryClient, command: ManyChanged) -> TriedEach:
    """Give the entries that would be written, and which are left; see `ports.Registry`."""
    entries: list[Foretold] = []
    left: dict[UUID, str] = {}
    changes = command.each()
    outcomes = _for_each(changes, lambda each: try_out(client, each))
    for change, outcome in zip(changes, outcomes, strict=True):
        if isinstance(outcome, str):
            left[change.subject_id] = outcome
        else:
            entries += outcome
    return TriedEach(entries, left)


def record_each(client: RegistryClient, command: ManyChanged, once: str) -> Recorded:
    """Write each that nothing stands against; see `ports.Registry`.

    Raises:
        NeighbourDown: Of some it is not known whether they were written.
    """
    changes = command.each()
    outcomes = _for_each(changes, lambda each: record(client, each, f"{once}:{each.subject_id}"))
    left: dict[UUID, str] = {}
    seq, last_id = 0, changes[0].subject_id
    for change, outcome in zip(changes, outcomes, strict=True):
        if isinstance(outcome, str):
            left[change.subject_id] = outcome
        elif outcome.seq >= seq:
            seq, last_id = outcome.seq, outcome.subject_id
    return Recorded(last_id, seq, left)


def _for_each(
    changes: Sequence[SubjectChanged], ask: Callable[[SubjectChanged], T]
) -> list[T | str]:
    """Ask for each; gives the answers in their order, or why one is left.

    Once the registry gives no answer, nothing more is begun: nobody waits for all of them in vain.

    Raises:
        NeighbourDown: It gave none; whatever was begun has ended.
    """
    gone = Event()

    def one(change: SubjectChanged) -> T | str:
        if gone.is_set():
            raise NeighbourDown("registry", "no answer to another of several")
        try:
            return ask(change)
        except Stale:
            return STALE
        except ChangeRefused as refused:
            return refused.detail
        except NeighbourDown:
            gone.set()
            raise

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        begun = [pool.submit(copy_context().run, one, each) for each in changes]
    return [each.result() for each in begun]
