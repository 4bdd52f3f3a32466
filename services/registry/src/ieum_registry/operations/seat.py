"""Open, change and hand over seats: the roles that letters go to."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from changefeed.subjects.parts import Place
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.seat import Seat, term_of
from ieum_registry.domain.term import Term
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction, Person
from ieum_registry.operations.references import must_exist, place_must_exist

Newcomer = Callable[[Place], tuple[Contact, Person]]
"""Somebody who is not on record yet, as one of the place where the seat is."""


def open_seat(seat: Seat, *, ledger: Ledger) -> Entry:
    """Record a role at a partner or department.

    Raises:
        RuleBroken: `reference.unknown`; `seat.holder_elsewhere`.
    """
    with ledger.open() as transaction:
        must_fit_seat(seat, transaction)
        return transaction.record("seat.opened", seat)


def change_seat(
    seat_id: UUID, change: Callable[[Seat], Seat], *, reason: str | None, seen: int, ledger: Ledger
) -> Entry:
    """Record what is now known of a seat.

    Raises:
        NotFound, Stale: No such seat; changed after version `seen`.
        RuleBroken: `reference.unknown`; `seat.holder_elsewhere`.
    """
    with ledger.open() as transaction:
        seat = change(transaction.take(Seat, seat_id, seen))
        must_fit_seat(seat, transaction)
        return transaction.record_change("seat.changed", seat, reason)


def hand_over_seat(
    seat_id: UUID,
    taker: UUID | Newcomer,
    *,
    from_on: date,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Give a seat to one contact; whoever holds it goes the day before.

    Somebody new is registered in the same transaction: there is never a person without the seat
    that they were entered for, nor a seat that names nobody on record.

    Raises:
        NotFound, Stale: No such seat; changed after version `seen`.
        RuleBroken: `reference.unknown`; `seat.holder_elsewhere`, `seat.handed_to_holder`,
            `seat.handed_before_taken`; `seat.holder_erased`.

    Source: docs/rules/terms.md, T-17 and T-47.
    """
    with ledger.open() as transaction:
        seat = transaction.take(Seat, seat_id, seen)
        contact = _found_or_entered(taker, seat, transaction)
        _must_be_there(contact, Term(from_on), pointer="/contact_id")
        return transaction.record("seat.changed", seat.handed_to(contact.id, from_on), reason)


def _found_or_entered(
    taker: UUID | Newcomer, seat: Seat, transaction: LedgerTransaction
) -> Contact:
    if isinstance(taker, UUID):
        contact = must_exist(transaction, Contact, taker, pointer="/contact_id")
        must_sit_here(seat, contact)
        return contact
    contact, person = taker(seat.at)
    transaction.keep_person(contact.id, person)
    transaction.record("contact.registered", contact)
    return contact


def must_sit_here(seat: Seat, contact: Contact, *, pointer: str = "/contact_id") -> None:
    """Make sure that a seat is held by somebody of the same house.

    Raises:
        RuleBroken: `seat.holder_elsewhere`.

    Source: docs/rules/terms.md, T-17.
    """
    if contact.at != seat.at:
        raise RuleBroken("seat.holder_elsewhere", pointer=pointer, contact_id=str(contact.id))


def must_fit_seat(seat: Seat, transaction: LedgerTransaction) -> None:
    """Make sure that a seat's place is there and that its holders belong to it.

    Raises:
        RuleBroken: `reference.unknown`; `seat.holder_elsewhere`.
    """
    place_must_exist(transaction, seat.at, pointer="/at")
    for position, holder in enumerate(seat.holders):
        pointer = f"/holders/{position}/contact_id"
        contact = must_exist(transaction, Contact, holder.contact_id, pointer=pointer)
        must_sit_here(seat, contact, pointer=pointer)
        _must_be_there(contact, term_of(holder), pointer=pointer)


def _must_be_there(contact: Contact, term: Term, *, pointer: str) -> None:
    """Make sure that nobody holds a seat on a day from which on they are erased.

    Raises:
        RuleBroken: `seat.holder_erased`.

    Source: docs/rules/access.md, A-9.
    """
    gone_on = contact.erased_on
    if gone_on is not None and (term.ends_on is None or term.ends_on >= gone_on):
        raise RuleBroken("seat.holder_erased", pointer=pointer, contact_id=str(contact.id))
