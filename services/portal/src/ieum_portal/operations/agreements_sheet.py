"""The ledger of the agreements that a reader has before them, for a spreadsheet."""

from datetime import date, timedelta

from changefeed.subjects.agreement import Agreement
from ieum_portal.domain.countdown import LATER_DAYS
from ieum_portal.operations.ports import Neighbours


def agreements_sheet(
    q: str, state: str, *, is_ending: bool, on: date, neighbours: Neighbours
) -> str:
    """Give what `agreements_page` shows, without an end, as comma-separated values.

    Raises:
        NeighbourDown, NeighbourRefused: The registry gave none.
    """
    first, last = (on, on + timedelta(days=LATER_DAYS)) if is_ending else (None, None)
    return neighbours.registry.sheet(
        Agreement, state=state or None, q=q or None, on=on, ends_from=first, ends_to=last
    )
