"""Which occurrences have ended, and who had a copy of each."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection

from ieum_notify.domain.occurrence import State
from ieum_notify.domain.readers import Ended
from ieum_notify.storage.tables import DELIVERIES, FACTS, OCCURRENCES

ENDED = ("sent", "dead", "in_doubt")

_CHUNK = 500

_CHANGED_SINCE = (
    select(FACTS.c.version)
    .where(
        FACTS.c.subject_type == "contact",
        FACTS.c.subject_id == DELIVERIES.c.contact_id,
        FACTS.c.version > DELIVERIES.c.contact_version,
    )
    .correlate(DELIVERIES)
    .exists()
)
"""Whether the reader's own record was changed since they were last tried."""

IS_REFUSED = and_(
    DELIVERIES.c.state == "refused", DELIVERIES.c.contact_version.is_not(None), ~_CHANGED_SINCE
)
"""Whether a reader's address was refused and is the same still.

One refused by an earlier release, which took any refusal for the address's, is tried once more.
"""

_ROWS = (
    select(OCCURRENCES.c.key, OCCURRENCES.c.state, DELIVERIES.c.contact_id)
    .select_from(OCCURRENCES)
    .outerjoin(
        DELIVERIES,
        and_(
            DELIVERIES.c.occurrence_id == OCCURRENCES.c.id,
            or_(DELIVERIES.c.state == "sent", IS_REFUSED),  # Who was only put off has none.
        ),
    )
    .where(OCCURRENCES.c.state.in_(ENDED))
)

IS_STUCK = or_(
    OCCURRENCES.c.state.in_(("dead", "in_doubt", "retry", "held")),
    and_(
        OCCURRENCES.c.state == "sent",
        select(DELIVERIES.c.id)
        .where(DELIVERIES.c.occurrence_id == OCCURRENCES.c.id, DELIVERIES.c.state == "refused")
        .correlate(OCCURRENCES)
        .exists(),
    ),
)
"""Whether a letter could not be handed over to everybody."""

_CORRECTED = (
    select(OCCURRENCES.c.key)
    .select_from(OCCURRENCES)
    .join(DELIVERIES, DELIVERIES.c.occurrence_id == OCCURRENCES.c.id)
    .where(OCCURRENCES.c.state == "retry", DELIVERIES.c.state == "put_off", _CHANGED_SINCE)
    .distinct()
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


def corrected_of(connection: Connection) -> frozenset[str]:
    """Give the keys that were put off for a reader whose own record was changed since."""
    return frozenset(connection.execute(_CORRECTED).scalars())
