"""What is kept no longer than it may be: people, and the record of who looked at them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ieum_registry.operations.erasure import erase_expired
from ieum_registry.operations.ports.access import AccessRecords
from ieum_registry.operations.ports.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Retained:
    """How much was let go."""

    contacts: int
    access_records: int


def retain(
    *,
    today: date,
    now: datetime,
    access_kept_days: int,
    new_id: Callable[[], UUID],
    ledger: Ledger,
    access: AccessRecords,
) -> Retained:
    """Erase the contacts whose last day of retention has passed; forget old records of access.

    Doing it again lets nothing more go.

    Args:
        today: In Seoul.
        ledger: In the name of the rule.
    """
    erased = list(erase_expired(today, new_id=new_id, ledger=ledger))
    return Retained(len(erased), access.forget_before(now - timedelta(days=access_kept_days)))
