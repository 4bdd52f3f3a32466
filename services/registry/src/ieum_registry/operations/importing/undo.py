"""Taking a whole import back: by entries of its own, for what nobody has touched since."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import UUID

from changefeed.declared import Declaration, fields_of
from changefeed.lists import filters_of
from changefeed.mapping import from_facts, to_facts
from changefeed.sheet import mentioned
from changefeed.subjects.load import Load
from changefeed.subjects.parts import Place, Words
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import NotFound, Refused
from ieum_registry.domain.seat import Seat
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.again import until_it_stands
from ieum_registry.operations.importing.commit import (
    AT_ONCE,
    Turn,
    Unfit,
    carry_out,
    counted,
    record,
    told_of,
)
from ieum_registry.operations.load import checked
from ieum_registry.operations.ports.condition import any_of, linked
from ieum_registry.operations.ports.imports import Outcome, Page, Settled
from ieum_registry.operations.ports.ledger import LedgerTransaction


def undo_page(turn: Turn) -> bool:
    """Take back the last records that were written and not looked at yet, or sign at the end.

    What was changed goes back to what stood before; what was new is retracted, unless something
    names it by now.

    Returns:
        Whether there is more to do.

    Raises:
        LeaseLost, Overtaken: As `commit_page`.

    Source: docs/rules/terms.md, T-60.
    """
    page = turn.imports.to_undo(turn.claim.id, limit=AT_ONCE)
    if not page:
        until_it_stands(lambda: _sign(turn))
        return False
    carry_out(lambda refused: _undo(turn, page, refused))
    return True


def _undo(turn: Turn, page: Sequence[Settled], refused: Mapping[int, Refused]) -> None:
    with turn.ledger.open() as transaction:
        outcomes = []
        # What names a record may have been taken back just before it: each type is asked in turn.
        for subject_type, several in groupby(page, lambda each: each.planned.subject_type):
            some = list(several)
            new = [each.planned.subject_id for each in some if each.planned.before is None]
            namers = _namers_of(subject_type, new, transaction)
            outcomes += [
                _kept(each, refused[each.planned.position].code)
                if each.planned.position in refused
                else _undo_one(each, namers.get(each.planned.subject_id), transaction, turn)
                for each in some
            ]
        transaction.settle(Page(turn.claim, outcomes, turn.lease_until, turn.now))


def _undo_one(
    settled: Settled, named_by: Declaration | None, transaction: LedgerTransaction, turn: Turn
) -> Outcome:
    planned = settled.planned
    kind_of: type[Any] = SUBJECTS[planned.subject_type]
    try:
        now = transaction.take(kind_of, planned.subject_id)
    except NotFound:
        return _kept(settled, "import.gone")
    if transaction.version(planned.subject_id) != settled.outcome.version:
        return _kept(settled, "import.touched")
    if planned.before is None:
        if named_by is not None:
            about = {"type": named_by.subject_type, "name": _called(named_by)}
            return _kept(settled, "import.named", **about)
        kind = f"{planned.subject_type}.retracted"
        if isinstance(now, Contact):
            transaction.erase_person(now.id)
        entry = transaction.record(kind, now, _reason(turn))
        return Outcome(planned.position, "undone", entry.version)
    before = from_facts(kind_of, planned.before)
    try:
        before = checked(before, now, transaction, turn.today)
    except Refused as error:
        return _kept(settled, error.code)
    try:
        version = record(before, now, transaction, reason=_reason(turn))
    except Refused as error:
        raise Unfit(planned.position, error) from error
    return Outcome(planned.position, "undone", version)


def _called(subject: Declaration) -> str:
    """Give what people call it; nothing of a person, and of what has neither name nor title."""
    said = getattr(subject, "title", None) or getattr(subject, "name", None)
    return said.ko if isinstance(said, Words) else ""


def _reason(turn: Turn) -> str:
    return turn.this.choices.reason or turn.this.name


def _kept(settled: Settled, why: str, **facts: str) -> Outcome:
    planned, outcome = settled.planned, settled.outcome
    return Outcome(planned.position, "kept", outcome.version, why, facts)


def _namers_of(
    subject_type: str, ids: Sequence[UUID], transaction: LedgerTransaction
) -> Mapping[UUID, Declaration]:
    """Give by id a record that names it, in whatever of its fields.

    By the filter of the field, where its lists have one; else by a walk over all of the kind.
    """
    found: dict[UUID, Declaration] = {}
    if not ids:
        return found
    if subject_type == "contact":  # Holders are parts of a seat.
        for subject_id in ids:
            for seat in transaction.those(Seat, linked("holder", subject_id)):
                found.setdefault(subject_id, seat)
    for kind_of in SUBJECTS.values():
        if subject_type in _named_without_filter(kind_of):
            for by in transaction.those(kind_of):
                for _, named_id in mentioned(kind_of, to_facts(by)):
                    if UUID(named_id) in ids:
                        found.setdefault(UUID(named_id), by)
        for each in filters_of(kind_of):
            is_place = each.field.holds is Place and subject_type in ("partner", "department")
            if each.field.fact.names != subject_type and not is_place:
                continue
            if each.by == "link":
                for subject_id in ids:
                    for by in transaction.those(kind_of, linked(each.column, subject_id)):
                        found.setdefault(subject_id, by)
            else:
                for by in transaction.those(kind_of, any_of(each.column, ids)):
                    value = getattr(by, each.field.name)
                    found.setdefault(value.id if isinstance(value, Place) else value, by)
    return found


def _named_without_filter(kind_of: type[Declaration]) -> set[str]:
    """Give the types that a kind names in a field which its lists are not filtered by."""
    filtered = {each.field.name for each in filters_of(kind_of)}
    return {
        each.fact.names
        for each in fields_of(kind_of)
        if each.fact.names is not None and each.name not in filtered
    }


def _sign(turn: Turn) -> None:
    """Write into the receipt that the import was taken back, and what was not."""
    _, kept_in_all = counted(turn.imports, turn.claim.id, "undone", "kept")
    kept = told_of(turn.imports, turn.claim.id, "kept")
    with turn.ledger.open() as transaction:
        if turn.this.receipt_id is not None:
            receipt = transaction.take(Load, turn.this.receipt_id)
            undone = replace(
                receipt, undone_on=turn.today, kept=kept, kept_in_all=kept_in_all or None
            )
            transaction.record("load.undone", undone, _reason(turn))
        transaction.settle(Page(turn.claim, (), turn.lease_until, turn.now, "undone"))
