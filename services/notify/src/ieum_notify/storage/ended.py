"""Which occurrences have ended, and who had a copy of each."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.engine import Connection

from ieum_notify.domain.occurrence import State
from ieum_notify.domain.readers import Ended
from ieum_notify.storage.tables import DELIVERIES, OCCURRENCES

ENDED = ("sent", "dead", "in_doubt")

_CHUNK = 500
_ROWS = (
    select(OCCURRENCES.c.key, OCCURRENCES.c.state, DELIVERIES.c.contact_id)
    .outerjoin(
        DELIVERIES,
        and_(
            DELIVERIES.c.occurrence_id == OCCURRENCES.c.id,
            DELIVERIES.c.state.in_(("sent", "refused")),  # Who was only put off has none.
        ),
    )
    .where(OCCURRENCES.c.state.in_(ENDED))
)


def ended_of(connection: Connection, keys: Collection[str]) -> dict[str, Ended]:
    """Give by key those that have ended."""
    wanted = list(keys)
    states: dict[str, State] = {}
    had: dict[str, set[UUID]] = defaultdict(set)
    for start in range(0, len(wanted), _CHUNK):
        some = _ROWS.where(OCCURRENCES.c.key.in_(wanted[start : start + _CHUNK]))
        for row in connection.execute(some):
            states[row.key] = row.state
            if row.contact_id is not None:
                had[row.key].add(row.contact_id)
    return {key: Ended(state, frozenset(had[key])) for key, state in states.items()}
