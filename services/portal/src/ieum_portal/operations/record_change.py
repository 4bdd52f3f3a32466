"""Recording what a person wants, once."""

from ieum_portal.domain.command import Command, Recorded
from ieum_portal.operations.ports import Neighbours


def record_change(command: Command, *, once: str, neighbours: Neighbours) -> Recorded:
    """Record a change; under one key it is recorded once, however often it is asked for.

    Raises:
        Stale: Somebody has changed the record since; nothing was written.
        ChangeRefused: The registry's rules do not take it; nothing was written.
        NeighbourDown: It is not known whether it was written; the same call may be made again.
    """
    return neighbours.registry.record(command, once=once)
