"""Register and change contacts: consent and place in the log, name and addresses beside it."""

from collections.abc import Callable, Sequence
from uuid import UUID

from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.seat import Seat
from ieum_registry.operations.ports.condition import linked
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction, Person
from ieum_registry.operations.references import place_must_exist


def register_contact(contact: Contact, person: Person, *, ledger: Ledger) -> Entry:
    """Record a person whom the office may write to.

    Raises:
        RuleBroken: `reference.unknown`, if there is no such partner or department.
    """
    return register_contacts([(contact, person)], ledger=ledger)


def register_contacts(people: Sequence[tuple[Contact, Person]], *, ledger: Ledger) -> Entry:
    """Record several people, all or none; gives the entry of the first.

    Args:
        people: At least one.

    Raises:
        RuleBroken: `reference.unknown`, if a partner or department is not there.
    """
    entries: list[Entry] = []
    with ledger.open() as transaction:
        for contact, person in people:
            must_fit_contact(contact, transaction)
            transaction.keep_person(contact.id, person)
            entries.append(transaction.record("contact.registered", contact))
    return entries[0]


def change_contact(
    contact_id: UUID,
    change: Callable[[Contact, Person | None], tuple[Contact, Person | None]],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now known of a contact.

    A new address alone is an entry too: the log shows that something changed and who did it,
    not what.

    Args:
        change: Gives the contact as it is from now on, and how the person is reached; None for
            the person leaves what is kept alone.

    Raises:
        NotFound, Stale: No such contact; changed after version `seen`.
        RuleBroken: `reference.unknown`; `contact.holds_seat`; `contact.is_erased`.
    """
    with ledger.open() as transaction:
        before = transaction.take(Contact, contact_id, seen)
        before.must_be_kept()
        kept = transaction.person(contact_id)
        contact, person = change(before, kept)
        must_fit_contact(contact, transaction, before=before)
        if person is None or person == kept:
            return transaction.record_change("contact.changed", contact, reason)
        transaction.keep_person(contact_id, person)
        return transaction.record("contact.changed", contact, reason)


def must_fit_contact(
    contact: Contact, transaction: LedgerTransaction, *, before: Contact | None = None
) -> None:
    """Make sure that a contact's house is there, and that no seat elsewhere is theirs.

    Seats given up count: what a person did for one house is not told as done for another.

    Args:
        before: As it is on record.

    Raises:
        RuleBroken: `reference.unknown`; `contact.holds_seat`.

    Source: docs/rules/terms.md, T-17.
    """
    place_must_exist(transaction, contact.at, pointer="/at")
    if before is None or before.at == contact.at:
        return
    for seat in transaction.those(Seat, linked("holder", contact.id)):
        if seat.at != contact.at:
            raise RuleBroken("contact.holds_seat", pointer="/at", seat_id=str(seat.id))
