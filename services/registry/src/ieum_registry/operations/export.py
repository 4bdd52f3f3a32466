"""Everything that the registry keeps of one person, in one answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ieum_registry.operations.ports.access import AccessRecord, AccessRecords, AccessSought
from ieum_registry.operations.ports.condition import linked
from ieum_registry.operations.ports.records import Reading, Records, Sought

AT_ONCE = 200

ELSEWHERE = ("notify: letters, by contact id", "portal: the account", "backups")
"""Where else something of a person may be kept (deploy/RUNBOOK.md, "A person asks")."""


@dataclass(frozen=True, slots=True)
class ContactExport:
    """What is kept of a contact.

    Attributes:
        seats: All that the contact holds or held.
        history: The entries of the log about the contact, newest first, as they travel.
        access: Who looked at the contact's data.
    """

    contact: Reading
    seats: tuple[Reading, ...]
    history: tuple[str, ...]
    access: tuple[AccessRecord, ...]


def export_contact(contact_id: UUID, *, records: Records, access: AccessRecords) -> ContactExport:
    """Gather it.

    Raises:
        NotFound: No such contact.
    """
    return ContactExport(
        records.one("contact", contact_id),
        tuple(_seats(contact_id, records)),
        tuple(_history(contact_id, records)),
        tuple(_looks(contact_id, access)),
    )


def _seats(contact_id: UUID, records: Records) -> Sequence[Reading]:
    found: list[Reading] = []
    after: str | None = None
    while True:
        page = records.list("seat", [linked("holder", contact_id)], limit=AT_ONCE, after=after)
        found += page.items
        if page.next is None:
            return found
        after = page.next


def _history(contact_id: UUID, records: Records) -> Sequence[str]:
    found: list[str] = []
    before: int | None = None
    while True:
        page = records.history(Sought((contact_id,)), before=before, limit=AT_ONCE)
        found += page.items
        if page.next is None:
            return found
        before = page.next


def _looks(contact_id: UUID, access: AccessRecords) -> Sequence[AccessRecord]:
    found: list[AccessRecord] = []
    after: tuple[str, str] | None = None
    while True:
        page = access.page(AccessSought(subject=contact_id), after=after, limit=AT_ONCE)
        found += page.items
        if page.next is None:
            return found
        after = page.next
