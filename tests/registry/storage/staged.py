"""An import of made-up records, approved; and one worker's turns at it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from changefeed.declared import Declaration
from changefeed.mapping import to_facts
from changefeed.subjects.parts import Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.importing.choices import Choices
from ieum_registry.operations.importing.commit import Turn, commit_page
from ieum_registry.operations.ports.imports import (
    Checked,
    Claim,
    Found,
    Import,
    ImportState,
    Lease,
    Planned,
)
from ieum_registry.storage.store import Store

from .subjects import NOON, OFFICE, agreement, partner, record

LEASE = timedelta(seconds=60)


def planned(position: int, after: Declaration, before: Declaration | None = None) -> Planned:
    """Plan a record; one that is on record already stands at its first version."""
    return Planned(
        position,
        position + 2,
        after.subject_type,
        after.id,
        0 if before is None else 1,
        to_facts(after),
        None if before is None else to_facts(before),
    )


def city(store: Store) -> Partner:
    """Register the city's own side."""
    own = replace(partner("광주광역시"), own=True)
    record(store, own)
    return own


def new_records(own: Partner, agreements: int) -> list[Planned]:
    """Plan one new partner and so many new agreements with it."""
    other = partner("새 기관")
    numbered = [(each, signed(own, other, f"2026-{each:03}")) for each in range(1, agreements + 1)]
    return [planned(0, other), *(planned(place, each) for place, each in numbered)]


def signed(own: Partner, other: Partner, number: str) -> Agreement:
    return replace(agreement(own.id, other.id, number=number), title=Words(f"협약 {number}"))


def brought(store: Store) -> tuple[UUID, Claim]:
    """Stage a sheet as its sender does, who checks it at once; gives what it is held with."""
    import_id, lease = uuid7(), Lease(uuid4(), NOON + LEASE)
    said, by = (Choices(), Found()), (OFFICE, OFFICE, NOON, NOON)
    new = Import(import_id, 1, "checking", "대장.xlsx", "0" * 64, *by, *said)
    store.imports.add(new, b"the sheet", lease)
    return import_id, Claim(import_id, lease.token)


def approved(
    store: Store, records: Sequence[Planned], *, state: ImportState = "committing"
) -> UUID:
    """Stage records as a check would have, and approve them."""
    import_id, claim = brought(store)
    store.imports.stage(claim, 1, Checked(Found(), (), records), NOON)
    store.imports.move(import_id, 1, state, choices=None, by=OFFICE, at=NOON)
    return import_id


def claimed(store: Store, at: datetime = NOON) -> Claim:
    claim = store.imports.claim(token=uuid4(), now=at, lease_until=at + LEASE)
    assert claim is not None
    return claim


def turn(store: Store, claim: Claim, at: datetime = NOON) -> Turn:
    this = store.imports.one(claim.id)
    ledger = store.ledger.in_name_of(OFFICE, at=at)
    return Turn(claim, this, at, at.date(), at + LEASE, ledger, store.imports)


def carry_on(
    store: Store,
    at: datetime = NOON,
    page: Callable[[Turn], bool] = commit_page,
) -> None:
    """Let a worker take the import that waits, and carry it through."""
    claim = claimed(store, at)
    while page(turn(store, claim, at)):
        pass
