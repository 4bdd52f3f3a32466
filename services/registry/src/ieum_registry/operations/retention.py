"""What is kept no longer than it may be: people, who looked at them, and staged imports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ieum_registry.operations.erasure import erase_expired
from ieum_registry.operations.ports.access import AccessRecords
from ieum_registry.operations.ports.imports import Imports
from ieum_registry.operations.ports.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Retained:
    """How much was let go."""

    contacts: int
    access_records: int
    imports: int


IMPORTS_KEPT_DAYS = 90
"""So long after it was touched last an import is staged (docs/rules/access.md, A-17)."""


def retain(
    *,
    today: date,
    now: datetime,
    access_kept_days: int,
    new_id: Callable[[], UUID],
    ledger: Ledger,
    access: AccessRecords,
    imports: Imports,
) -> Retained:
    """Erase the contacts whose last day of retention has passed; forget old records of access.

    Imports are erased that nobody has touched for long.

    Doing it again lets nothing more go.

    Args:
        today: In Seoul.
        ledger: In the name of the rule.
    """
    erased = list(erase_expired(today, new_id=new_id, ledger=ledger))
    return Retained(
        len(erased),
        access.forget_before(now - timedelta(days=access_kept_days)),
        imports.forget_before(now - timedelta(days=IMPORTS_KEPT_DAYS)),
    )
