"""Counting the outbox by its indexes alone: no row is read for it."""

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from ieum_notify.operations.ports import Outcome
from ieum_notify.operations.tally import Tally
from ieum_notify.storage.tables import ATTEMPTS, DELIVERIES, OCCURRENCES
from sqlstore.engine import reading

BY_STATE = select(OCCURRENCES.c.state, func.count().label("number")).group_by(OCCURRENCES.c.state)
BY_OUTCOME = (
    select(ATTEMPTS.c.outcome, func.count().label("number"))
    .where(ATTEMPTS.c.outcome.is_not(None))
    .group_by(ATTEMPTS.c.outcome)
)
SENT = select(func.count()).where(DELIVERIES.c.sent_at.is_not(None))


def stored_tally(engine: Engine) -> Tally:
    """Count all that was ever planned, every attempt that ended and every letter that went out."""
    with reading(engine) as connection:
        states: dict[str, int] = {row.state: row.number for row in connection.execute(BY_STATE)}
        outcomes: dict[Outcome, int] = {
            row.outcome: row.number for row in connection.execute(BY_OUTCOME)
        }
        sent = connection.execute(SENT).scalar_one()
    return Tally(states, outcomes, sent)
