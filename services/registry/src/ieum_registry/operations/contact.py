"""Register and change contacts: consent and place in the log, name and addresses beside it."""

from collections.abc import Callable
from uuid import UUID

from ieum_registry.domain.contact import Contact
from ieum_registry.operations.ports import Entry, Ledger, Person
from ieum_registry.operations.references import place_must_exist


def register_contact(contact: Contact, person: Person, *, ledger: Ledger) -> Entry:
    """Record a person whom the office may write to.

    Raises:
        RuleBroken: `reference.unknown`, if there is no such partner or department.
    """
    with ledger.open() as page:
        place_must_exist(page, contact.at, pointer="/at")
        page.keep_person(contact.id, person)
        return page.record("contact.registered", contact)


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
        RuleBroken: `reference.unknown`.
    """
    with ledger.open() as page:
        contact = page.take(Contact, contact_id, seen)
        contact, person = change(contact, page.person(contact_id))
        place_must_exist(page, contact.at, pointer="/at")
        if person is not None:
            page.keep_person(contact_id, person)
        return page.record("contact.changed", contact, reason)
