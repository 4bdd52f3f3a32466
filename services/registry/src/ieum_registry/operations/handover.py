"""인사이동: what one person or department answers for goes to another, in one transaction."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from changefeed.declared import Declaration
from changefeed.mapping import from_facts, to_facts
from changefeed.subjects.department import Department
from changefeed.subjects.handover import HandedType, Handover, Kept, Matter
from changefeed.subjects.parts import Place
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import NotFound, Refused, RuleBroken, Stale
from ieum_registry.domain.handover import Whom, giver_of, handed, may_be_taken_back, waits
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.again import until_it_stands
from ieum_registry.operations.erasure import must_name_nobody
from ieum_registry.operations.load import checked
from ieum_registry.operations.ports.condition import at_most, beyond
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction, Person
from ieum_registry.operations.ports.records import Records
from ieum_registry.operations.references import must_exist

AT_ONCE = 200

Newcomer = Callable[[Place], tuple[Contact, Person]]
"""Somebody who is not on record yet, as one of the place of whoever hands over."""


@dataclass(frozen=True, slots=True)
class AskedMatter:
    """One record that is to change hands, in the version that the caller has before them.

    Attributes:
        to: Who takes it; None is the handover's own taker.
    """

    type: HandedType
    id: UUID
    version: int
    to: Whom | None = None


@dataclass(frozen=True, slots=True)
class AskedHandover:
    """What is to be handed over, by whom, to whom and from which day on."""

    giver: Whom
    taker: Whom | Newcomer
    on: date
    reason: str
    matters: Sequence[AskedMatter]


def record_handover(
    asked: AskedHandover, *, handover_id: UUID, today: date, ledger: Ledger
) -> Entry:
    """Hand over all that is named, or nothing; what cannot change before its day waits for it.

    Raises:
        Stale: Something named was changed after the version that the caller saw.
        RuleBroken: `handover.to_oneself`, `handover.other_kind`, `handover.taker_left`,
            `handover.twice`; what `handed` raises; `reference.unknown`; what the rules of each
            record raise. The pointer leads to the matter at fault. `contact.reason_names`, as the
            reason stays in the log.

    Source: docs/rules/lifecycle.md, L-37.
    """
    with ledger.open() as transaction:
        _must_be_there(asked.giver, transaction, pointer=f"/from_{asked.giver.type}_id")
        taker = _taker(asked, transaction)
        matters = [
            _moved(position, each, taker, asked, transaction, today)
            for position, each in enumerate(asked.matters)
        ]
        _check_all(matters, transaction, today)
        is_done = not any(each.waits for each in matters)
        handover = Handover(
            handover_id,
            asked.on,
            today,
            asked.reason,
            **_named("from", asked.giver),
            **_named("to", taker),
            matters=tuple(each.matter for each in matters),
            done_on=today if is_done else None,
        )
        _must_name_none_of_them(asked.reason, handover, transaction)
        entry = transaction.record("handover.recorded", handover, asked.reason)
        transaction.answer_with(entry)
        return entry


@dataclass(frozen=True, slots=True)
class _Moved:
    """A matter, with what it was and is by now; `after` is what stands if it waits."""

    position: int
    matter: Matter
    before: Declaration
    after: Declaration

    @property
    def waits(self) -> bool:
        return self.matter.version is None


def _taker(asked: AskedHandover, transaction: LedgerTransaction) -> Whom:
    named = [
        (each.to, f"/matters/{place}/to_{each.to.type}_id")
        for place, each in enumerate(asked.matters)
        if each.to is not None
    ]
    taker = asked.taker
    if not isinstance(taker, Whom):
        if asked.giver.type != "contact":
            raise RuleBroken("handover.other_kind", pointer="/person")
        contact, person = taker(transaction.take(Contact, asked.giver.id).at)
        transaction.keep_person(contact.id, person)
        transaction.record("contact.registered", contact)
        taker = Whom("contact", contact.id)
    else:
        named.insert(0, (taker, f"/to_{taker.type}_id"))
    for whom, pointer in dict.fromkeys(named):
        if whom.type != asked.giver.type:
            raise RuleBroken("handover.other_kind", pointer=pointer)
        if whom == asked.giver:
            raise RuleBroken("handover.to_oneself", pointer=pointer)
        found = _must_be_there(whom, transaction, pointer=pointer)
        if isinstance(found, Contact) and not _may_take(found, asked.on):
            raise RuleBroken(
                "handover.taker_left",
                pointer=pointer,
                until=str(found.erased_on or found.retain_until),
            )
    return taker


def _may_take(contact: Contact, on: date) -> bool:
    """Say whether somebody is still there on a day, as far as the record knows."""
    until = contact.retain_until
    return contact.erased_on is None and (until is None or on <= until)


def _must_be_there(whom: Whom, transaction: LedgerTransaction, *, pointer: str) -> Declaration:
    kind_of: type[Declaration] = Contact if whom.type == "contact" else Department
    return must_exist(transaction, kind_of, whom.id, pointer=pointer)


def _moved(
    position: int,
    asked: AskedMatter,
    taker: Whom,
    within: AskedHandover,
    transaction: LedgerTransaction,
    today: date,
) -> _Moved:
    pointer = f"/matters/{position}"
    first = next(place for place, each in enumerate(within.matters) if each.id == asked.id)
    if first != position:
        raise RuleBroken("handover.twice", pointer=pointer, first=first + 1)
    kind_of: type[Any] = SUBJECTS[asked.type]
    try:
        before = transaction.take(kind_of, asked.id, asked.version)
    except NotFound as error:
        facts = {"type": asked.type, "id": str(asked.id)}
        raise RuleBroken("reference.unknown", pointer=f"{pointer}/id", **facts) from error
    except Stale as error:
        error.pointer = f"{pointer}/version"
        raise
    matter = Matter(
        asked.type,
        asked.id,
        **({} if asked.to is None else _named("to", asked.to)),
    )
    with _at(pointer):
        after = handed(before, within.giver, asked.to or taker, within.on)
        if waits(within.giver, before, within.on, today):
            return _Moved(position, matter, before, before)
        return _Moved(
            position, _written(matter, before, after, within.reason, transaction), before, after
        )


def _written(
    matter: Matter,
    before: Declaration,
    after: Declaration,
    reason: str,
    transaction: LedgerTransaction,
) -> Matter:
    entry = transaction.record(f"{matter.type}.changed", after, reason)
    was, now = to_facts(before), to_facts(after)
    changed = {key: each for key, each in was.items() if now[key] != each}
    return replace(matter, version=entry.version, before=changed)


def _check_all(moved: Sequence[_Moved], transaction: LedgerTransaction, today: date) -> None:
    """Hold what was written against the rules once all of it is there: people before seats or not.

    Raises:
        RuleBroken: Of the first that does not fit, with the matter as its pointer.
    """
    for each in moved:
        if not each.waits:
            with _at(f"/matters/{each.position}"):
                checked(each.after, each.before, transaction, today)


def _must_name_none_of_them(
    reason: str, handover: Handover, transaction: LedgerTransaction
) -> None:
    """Make sure that a reason, which every entry repeats, names nobody of whom the handover is."""
    matters = handover.matters
    people = {
        handover.from_contact_id,
        handover.to_contact_id,
        *(each.to_contact_id for each in matters),
        *(each.id for each in matters if each.type == "contact"),
    }
    for each in people:
        if each is not None:
            must_name_nobody(reason, transaction.person(each))


@contextmanager
def _at(pointer: str) -> Iterator[None]:
    """Point to the matter at fault, whatever rule refuses it."""
    try:
        yield
    except RuleBroken as error:
        raise RuleBroken(error.code, pointer=pointer, **error.facts) from error


def due_on(today: date, records: Records) -> Sequence[UUID]:
    """Give the handovers whose day has come and that are not carried out yet, by their days."""
    due: list[UUID] = []
    after: str | None = None
    while True:
        page = records.list(
            "handover",
            [at_most("on", today), beyond("done_on", today)],
            limit=AT_ONCE,
            after=after,
            sort="on",
        )
        found = [from_facts(Handover, json.loads(each.text)) for each in page.items]
        due += (each.id for each in found if each.done_on is None and each.undone_on is None)
        if page.next is None:
            return due
        after = page.next


def carry_out_handover(handover_id: UUID, *, today: date, ledger: Ledger) -> bool:
    """Carry out what waited for its day; what somebody else has by now stays, and is named.

    Returns:
        Whether there was something to carry out.

    Source: docs/rules/lifecycle.md, L-37.
    """
    return until_it_stands(lambda: _carry_out(handover_id, today, ledger))


def _carry_out(handover_id: UUID, today: date, ledger: Ledger) -> bool:
    refused: dict[int, Kept] = {}
    while True:
        try:
            with ledger.open() as transaction:
                handover = transaction.take(Handover, handover_id)
                if handover.done_on is not None or handover.undone_on is not None:
                    return False
                _do(handover, refused, transaction, today)
                return True
        except _Unfit as unfit:
            refused[unfit.position] = "refused"


class _Unfit(Exception):
    """One of several is refused once the others are written; all is tried anew without it."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def _do(
    handover: Handover,
    refused: Mapping[int, Kept],
    transaction: LedgerTransaction,
    today: date,
) -> None:
    giver, moved, matters = giver_of(handover), [], list(handover.matters)
    for position, matter in enumerate(handover.matters):
        if matter.version is not None:
            continue
        kind_of: type[Any] = SUBJECTS[matter.type]
        try:
            before = transaction.take(kind_of, matter.id)
            after = handed(before, giver, _taker_of(matter, handover), handover.on)
        except NotFound:
            matters[position] = replace(matter, kept="gone")
            continue
        except RuleBroken as error:
            why: Kept = "changed" if error.code == "handover.not_held" else "refused"
            matters[position] = replace(matter, kept=why)
            continue
        if position in refused:
            matters[position] = replace(matter, kept=refused[position])
            continue
        matters[position] = _written(matter, before, after, handover.reason, transaction)
        moved.append((position, before, after))
    _check_each(moved, transaction, today)
    done = replace(handover, matters=tuple(matters), done_on=today)
    transaction.record("handover.done", done, handover.reason)


def _check_each(
    moved: Sequence[tuple[int, Declaration, Declaration]],
    transaction: LedgerTransaction,
    today: date,
) -> None:
    for position, before, after in moved:
        try:
            checked(after, before, transaction, today)
        except Refused as error:
            raise _Unfit(position) from error


def take_back_handover(
    handover_id: UUID, *, reason: str, seen: int, today: date, ledger: Ledger
) -> Entry:
    """Put everything back that nobody has touched since, by entries of its own; name the rest.

    Raises:
        NotFound, Stale: No such handover; changed after version `seen`.
        RuleBroken: `handover.undone`; `handover.too_late`; `handover.all_touched`;
            `contact.reason_names`.

    Source: docs/rules/lifecycle.md, L-38.
    """
    kept: dict[int, Kept] = {}
    while True:
        try:
            with ledger.open() as transaction:
                handover = transaction.take(Handover, handover_id, seen)
                if handover.undone_on is not None:
                    raise RuleBroken("handover.undone", on=str(handover.undone_on))
                if not may_be_taken_back(handover, today):
                    last = max(handover.recorded_on, handover.on)
                    raise RuleBroken("handover.too_late", on=str(last))
                _must_name_none_of_them(reason, handover, transaction)
                return _take_back(handover, kept, reason, transaction, today)
        except _Unfit as unfit:
            kept[unfit.position] = "refused"


def _take_back(
    handover: Handover,
    refused: Mapping[int, Kept],
    reason: str,
    transaction: LedgerTransaction,
    today: date,
) -> Entry:
    matters, moved = list(handover.matters), []
    for position, matter in enumerate(handover.matters):
        if matter.version is None or matter.before is None:
            continue
        kind_of: type[Any] = SUBJECTS[matter.type]
        try:
            now = transaction.take(kind_of, matter.id)
        except NotFound:
            matters[position] = replace(matter, kept="gone")
            continue
        if transaction.version(matter.id) != matter.version:
            matters[position] = replace(matter, kept="touched")
            continue
        if position in refused:
            matters[position] = replace(matter, kept=refused[position])
            continue
        restored = from_facts(kind_of, {**to_facts(now), **matter.before})
        transaction.record(f"{matter.type}.changed", restored, reason)
        moved.append((position, now, restored))
    if handover.done_on is not None and not moved:
        raise RuleBroken("handover.all_touched")
    _check_each(moved, transaction, today)
    undone = replace(handover, matters=tuple(matters), undone_on=today)
    entry = transaction.record("handover.undone", undone, reason)
    transaction.answer_with(entry)
    return entry


def _taker_of(matter: Matter, handover: Handover) -> Whom:
    for each in (matter, handover):
        if each.to_contact_id is not None:
            return Whom("contact", each.to_contact_id)
        if each.to_department_id is not None:
            return Whom("department", each.to_department_id)
    raise AssertionError("every handover has a taker")


def _named(way: str, whom: Whom) -> dict[str, Any]:
    return {f"{way}_{whom.type}_id": whom.id}
