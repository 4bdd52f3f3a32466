"""Erase a person: everything personal goes, and the log stays whole."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from unicodedata import normalize
from uuid import UUID

from changefeed.subjects.redaction import Redaction
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.redaction import redaction_of
from ieum_registry.domain.reply import Reply
from ieum_registry.domain.seat import Seat
from ieum_registry.operations.again import until_it_stands
from ieum_registry.operations.ports.condition import at_most, linked
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction, Person


def erase_contact(
    contact_id: UUID,
    *,
    reason: str,
    on: date,
    seen: int | None,
    new_id: Callable[[], UUID],
    ledger: Ledger,
) -> Entry:
    """Erase a contact for good, in one transaction with the entry that says so.

    Name and addresses go; the seats that it holds are left from the day on; every earlier entry
    about it is redacted, as each tells the purpose in somebody's words.

    Args:
        on: The day in Seoul.
        seen: The version that the caller last read; None asks for none.

    Raises:
        NotFound, Stale: No such contact; changed after version `seen`.
        RuleBroken: `contact.is_erased`; `contact.reason_names`, as the reason stays in the log.

    Source: docs/rules/access.md, A-9.
    """
    with ledger.open() as transaction:
        contact = transaction.take(Contact, contact_id, seen)
        must_name_nobody(reason, transaction.person(contact_id))
        after = contact.erased(on)
        for seat in transaction.those(Seat, linked("holder", contact_id)):
            if (left := seat.left_by(contact_id, on)) != seat:
                transaction.record("seat.changed", left, reason)
        _end_what_was_proposed(contact_id, reason, on, transaction)
        erased = transaction.record("contact.erased", after, reason)
        _redact_what_was_told(contact_id, reason, new_id, transaction)
        transaction.erase_person(contact_id)
        transaction.answer_with(erased)
        return erased


def expired_contacts(today: date, *, ledger: Ledger) -> tuple[UUID, ...]:
    """Give the contacts whose last day of retention has passed and who are not erased yet."""
    with ledger.open() as transaction:
        return tuple(
            contact.id
            for contact in transaction.those(
                Contact, at_most("retain_until", today - timedelta(days=1))
            )
            if contact.erased_on is None
        )


def erase_expired(today: date, *, new_id: Callable[[], UUID], ledger: Ledger) -> Iterator[UUID]:
    """Erase them one after the other, each in a transaction of its own; gives each when it is done.

    Doing it again erases nobody.
    """
    for contact_id in expired_contacts(today, ledger=ledger):
        try:
            until_it_stands(partial(_erase_by_rule, contact_id, today, new_id, ledger))
        except RuleBroken as broken:
            if broken.code != "contact.is_erased":
                raise
        else:
            yield contact_id


def _erase_by_rule(
    contact_id: UUID, today: date, new_id: Callable[[], UUID], ledger: Ledger
) -> Entry:
    return erase_contact(
        contact_id, reason=RETENTION, on=today, seen=None, new_id=new_id, ledger=ledger
    )


RETENTION = "보유기간이 지나 삭제함"
"""Why the rule erases: the retention has run out; on which day, the contact itself says."""


def _end_what_was_proposed(
    contact_id: UUID, reason: str, on: date, transaction: LedgerTransaction
) -> None:
    """End open proposals about a contact, with the name that they hold (A-18)."""
    for reply in transaction.those(Reply, linked("record", contact_id)):
        if reply.state == "open":
            transaction.record("reply.withdrawn", reply.withdrawn(on), reason)
            transaction.erase_person(reply.id)


def _redact_what_was_told(
    contact_id: UUID, reason: str, new_id: Callable[[], UUID], transaction: LedgerTransaction
) -> None:
    for entry in transaction.entries_of(contact_id):
        if transaction.find(Redaction, redacts=entry.seq) is None:
            # The erasure recorded in this transaction is newer than all of them.
            told = replace(entry, is_newest=False)
            transaction.record("redaction.recorded", redaction_of(told, new_id()), reason)
            transaction.destroy(told)


def must_name_nobody(reason: str, person: Person | None, *, pointer: str = "/reason") -> None:
    """Make sure that what stays in the log says nothing by which a person is known.

    Raises:
        RuleBroken: `contact.reason_names`.
    """
    if person is None:
        return
    said = _plain(reason)
    for each in (person.name, person.email or "", _within_korea(person.phone or "")):
        if (what := _plain(each)) and what in said:
            raise RuleBroken("contact.reason_names", pointer=pointer)


def _plain(text: str) -> str:
    """Give the letters and digits alone: 010-1234 and 010 1234 are the same number."""
    return "".join(each for each in normalize("NFKC", text).casefold() if each.isalnum())


def _within_korea(phone: str) -> str:
    """Give a number without what is dialled before it: +82 10 and 010 lead to the same one."""
    return _plain(phone).removeprefix("82").lstrip("0")
