"""Writing an approved import, page after page, and its receipt.

What became of each record is kept in the transaction of its entries: whoever goes on after a
worker that was killed finds exactly what is there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from changefeed import limits
from changefeed.mapping import from_facts
from changefeed.subjects.contact import Person as NamedContact
from changefeed.subjects.load import LeftOut, Load, LoadedDocument
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import NotFound, Refused
from ieum_registry.domain.subjects import SUBJECTS, Subject
from ieum_registry.operations.again import until_it_stands
from ieum_registry.operations.agreement import bound_collaborations
from ieum_registry.operations.load import UNIQUE, anchor_of, checked, first_kind, kind_of_change
from ieum_registry.operations.milestone import must_keep_owners
from ieum_registry.operations.ports.imports import (
    Claim,
    Import,
    Imports,
    Outcome,
    Page,
    Planned,
    Settled,
)
from ieum_registry.operations.ports.ledger import Ledger, LedgerTransaction, Person
from ieum_registry.operations.promise import must_keep_promisers

AT_ONCE = 1000
"""Records of one page: the lock of the numbers is held for some tenths of a second."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a worker does one page with: its claim, the instant, and how long the claim then holds.

    Attributes:
        ledger: In the name of who approved it.
    """

    claim: Claim
    this: Import
    now: datetime
    today: date
    lease_until: datetime
    ledger: Ledger
    imports: Imports


class Unfit(Exception):
    """A rule refused a record after something of it was recorded: the page is begun anew."""

    def __init__(self, position: int, refused: Refused) -> None:
        """Name the record."""
        super().__init__(refused.code)
        self.position = position
        self.refused = refused


def commit_page(turn: Turn) -> bool:
    """Write the next records, or the receipt if there are none.

    A record that somebody changed since it was checked, and one that a rule refuses by now, is
    left as it is, and the receipt says so.

    Returns:
        Whether there is more to do.

    Raises:
        LeaseLost: Another worker has the import; nothing was written.
        Overtaken: Somebody changed what the page rests on, again and again; the same once more
            is right.

    Source: docs/rules/terms.md, T-59.
    """
    page = turn.imports.to_write(turn.claim.id, limit=AT_ONCE)
    if not page:
        _sign(turn)
        return False
    carry_out(lambda refused: _write(turn, page, refused))
    return True


def carry_out(write: Callable[[Mapping[int, Refused]], None]) -> None:
    """Write a page, and anew without the records that a rule refuses on the way.

    Args:
        write: The whole transaction; gets what was refused so far, by position.
    """
    refused: dict[int, Refused] = {}
    while True:
        try:
            until_it_stands(lambda: write(refused))
        except Unfit as unfit:
            refused[unfit.position] = unfit.refused
        else:
            return


def _write(turn: Turn, page: Sequence[Planned], refused: Mapping[int, Refused]) -> None:
    with turn.ledger.open() as transaction:
        _hold_values(transaction, page)
        outcomes = [
            left(each.position, refused[each.position])
            if each.position in refused
            else _write_one(each, transaction, turn)
            for each in page
        ]
        transaction.settle(Page(turn.claim, outcomes, turn.lease_until, turn.now))


def _hold_values(transaction: LedgerTransaction, page: Sequence[Planned]) -> None:
    """Ask at once who has the numbers that the page brings; the answers are remembered."""
    for subject_type, field_name in _unique(each.subject_type for each in page):
        values = [
            str(each.facts[field_name])
            for each in page
            if each.subject_type == subject_type and each.facts.get(field_name) is not None
        ]
        if values:
            kind_of: type[Any] = SUBJECTS[subject_type]
            transaction.holding(kind_of, field_name, values)


def _write_one(planned: Planned, transaction: LedgerTransaction, turn: Turn) -> Outcome:
    kind_of: type[Any] = SUBJECTS[planned.subject_type]
    before: Any = None
    try:
        after, person = subject_of(planned)
        if planned.seen:
            before = transaction.take(kind_of, planned.subject_id)
            if transaction.version(planned.subject_id) != planned.seen:
                return Outcome(planned.position, "left", why="import.changed_meanwhile")
        taken = _taken(after, transaction)
        if taken is not None:
            return Outcome(planned.position, "left", why="value.taken", facts=taken)
        after = checked(after, before, transaction, turn.today)
    except NotFound:
        return Outcome(planned.position, "left", why="import.gone")
    except Refused as error:
        return left(planned.position, error)
    if person is not None:
        transaction.keep_person(after.id, person)
    try:
        version = record(after, before, transaction, reason=turn.this.name)
    except Refused as error:
        raise Unfit(planned.position, error) from error
    return Outcome(planned.position, "written", version)


def subject_of(planned: Planned) -> tuple[Subject, Person | None]:
    """Read a record that is to be written, with how it is called and reached if it is a person."""
    kind_of: type[Any] = SUBJECTS[planned.subject_type]
    after: Subject = from_facts(kind_of, planned.facts)
    if not isinstance(after, Contact):
        return after, None
    told = from_facts(NamedContact, planned.facts)
    return after, None if told.name is None else Person(told.name, told.email, told.phone)


def record(
    after: Subject, before: Subject | None, transaction: LedgerTransaction, *, reason: str
) -> int:
    """Record what was checked, with what it bounds; gives its version."""
    if before is None:
        return transaction.record(first_kind(after.subject_type), after).version
    entry = transaction.record(kind_of_change(before, after), after, reason)
    if isinstance(after, Agreement) and isinstance(before, Agreement):
        must_keep_owners(before, after, transaction)
        must_keep_promisers(before, after, transaction)
        bound_collaborations(after, reason=reason, transaction=transaction)
    return entry.version


def _taken(after: Subject, transaction: LedgerTransaction) -> dict[str, str] | None:
    """Give the key or number that another record has by now."""
    kind_of: type[Any] = SUBJECTS[after.subject_type]
    for _, field_name in _unique([after.subject_type]):
        value = getattr(after, field_name)
        if value is None:
            continue
        holder = transaction.holding(kind_of, field_name, [str(value)]).get(str(value))
        if holder is not None and holder.id != after.id:
            return {"name": field_name, "value": str(value)}
    return None


def _unique(subject_types: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the fields of which no two records of these types share a value."""
    for subject_type in dict.fromkeys(subject_types):
        yield subject_type, "key"
        if subject_type in UNIQUE:
            yield subject_type, UNIQUE[subject_type]


def left(position: int, refused: Refused) -> Outcome:
    """Say that a rule refused a record."""
    facts = {name: str(value) for name, value in refused.facts.items()}
    return Outcome(position, "left", why=refused.code, facts=facts)


def _sign(turn: Turn) -> None:
    """Write the receipt; an import of which nothing could be written has none."""
    until_it_stands(lambda: _sign_once(turn))


def _sign_once(turn: Turn) -> None:
    counts, left_in_all = counted(turn.imports, turn.claim.id, "written", "left")
    told = told_of(turn.imports, turn.claim.id, "left")
    with turn.ledger.open() as transaction:
        receipt: UUID | None = None
        if counts:
            load = Load(
                turn.this.id,
                anchor_of(transaction) or turn.today,
                (LoadedDocument(turn.this.name, turn.this.sha256),),
                counts,
                told,
                left_in_all or None,
            )
            transaction.record("load.recorded", load)
            receipt = load.id
        page = Page(turn.claim, (), turn.lease_until, turn.now, "done", receipt)
        transaction.settle(page)


def counted(
    imports: Imports, import_id: UUID, done: str, not_done: str
) -> tuple[dict[str, int], int]:
    """Count by type the records that something was done with, and all with which it was not."""
    counts: dict[str, int] = {}
    others = 0
    for (subject_type, _, state), many in imports.tally(import_id).items():
        if state == done:
            counts[subject_type] = counts.get(subject_type, 0) + many
        elif state == not_done:
            others += many
    return dict(sorted(counts.items())), others


def told_of(imports: Imports, import_id: UUID, state: str) -> tuple[LeftOut, ...]:
    """Give the first records of a state as a receipt names them."""
    found: Sequence[Settled] = imports.settled(
        import_id, states=[state], after=-1, limit=limits.TOLD
    )
    return tuple(LeftOut(each.outcome.why or "", each.planned.line) for each in found)
