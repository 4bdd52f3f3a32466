"""Take a liaison's word on what is on record of its partner; accept, refuse, withdraw it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from changefeed import limits
from changefeed.declared import fields_of
from changefeed.mapping import to_facts
from changefeed.subjects.parts import Place
from changefeed.subjects.reply import AnsweredRecord, ProposedFact
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import NotFound, Refused, RuleBroken
from ieum_registry.domain.reply import PERSONAL, Reply, must_be_open_to_parties
from ieum_registry.domain.seat import Seat
from ieum_registry.domain.subjects import SUBJECTS, Subject
from ieum_registry.operations.erasure import must_name_nobody
from ieum_registry.operations.own_records import Asker, organisation_of, record_of
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction, Person
from ieum_registry.operations.seat import hand_over_seat


class Correct(Protocol):
    """Records a change of any type of record that a reply may be about."""

    def __call__(
        self,
        record: AnsweredRecord,
        values: Mapping[str, Any],
        *,
        reason: str,
        seen: int,
        ledger: Ledger,
    ) -> Entry:
        """Lay a JSON merge patch over it, as the office would."""
        ...


def confirm_records(reply: Reply, *, asker: Asker, ledger: Ledger) -> Entry:
    """Record that records are right as they stand.

    Raises:
        RuleBroken: `reply.other_partner`; `reply.not_theirs`; `reply.record_changed`;
            `reference.unknown`, of what is not there or not in sight.

    Source: docs/rules/terms.md, T-70 and T-71.
    """
    with ledger.open() as transaction:
        partners = _partners(reply, asker, transaction)
        for place, record in enumerate(reply.records):
            pointer = f"/records/{place}"
            record_of(record.type, record.id, partners, asker, transaction, pointer=f"{pointer}/id")
            if transaction.version(record.id) != record.version:
                raise RuleBroken("reply.record_moved", pointer=f"{pointer}/version")
        return transaction.record("reply.confirmed", reply)


def propose_correction(
    reply: Reply,
    values: Mapping[str, Any],
    *,
    correct: Correct,
    asker: Asker,
    dry: Ledger,
    ledger: Ledger,
) -> Entry:
    """Record what a liaison says would be right, once it is sure that it could be recorded.

    Args:
        reply: About one record, without the changes.
        values: What would be right, as a merge patch over that record.
        dry: A ledger that keeps nothing: the very change is tried on it.

    Raises:
        RuleBroken: As `confirm_records`; `reply.closed_field`; `reply.nothing_changed`;
            `reply.too_long`; whatever the change itself raises, its places under `/changes`.

    Source: docs/rules/terms.md, T-71.
    """
    [record] = reply.records
    with ledger.open() as transaction:
        partners = _partners(reply, asker, transaction)
        target = record_of(
            record.type, record.id, partners, asker, transaction, pointer="/record/id"
        )
        if transaction.version(record.id) != record.version:
            raise RuleBroken("reply.record_moved", pointer="/record/version")
        must_be_open_to_parties(SUBJECTS[record.type], values)
        person = _proposed_person(target, values, transaction)
        try:
            tried = correct(
                record, values, reason=reason_of(reply), seen=record.version, ledger=dry
            )
        except Refused as refused:
            if refused.pointer is not None:
                refused.pointer = f"/changes{refused.pointer}"
            raise
        before, after = to_facts(target), json.loads(tried.text)
        plain = [each for each in values if not _is_personal(record, each)]
        differs = any(before.get(each) != after.get(each) for each in plain)
        if not differs and person is None:
            raise RuleBroken("reply.nothing_changed", pointer="/changes")
        must_name_nobody(reply.note or "", person, pointer="/note")
        if isinstance(target, Contact):
            must_name_nobody(reply.note or "", transaction.person(target.id), pointer="/note")
        changes = tuple(
            ProposedFact(each)
            if _is_personal(record, each)
            else ProposedFact(each, _text(each, before.get(each)), _text(each, values[each]))
            for each in values
        )
        if person is not None:
            transaction.keep_person(reply.id, person)
        return transaction.record("reply.proposed", replace(reply, changes=changes))


@dataclass(frozen=True, slots=True)
class Succession:
    """Who holds a seat from a day on, as its partner's liaison says it.

    Attributes:
        contact_id: Under which the person is registered once the office accepts.
    """

    contact_id: UUID
    person: Person
    from_on: date
    consented_on: date


def propose_successor(
    reply: Reply, succession: Succession, *, asker: Asker, dry: Ledger, ledger: Ledger
) -> Entry:
    """Record that somebody else holds a seat, once it is sure that it could be handed over.

    The entry says from when and since when the person consents; name and addresses stand beside
    the log until the reply ends.

    Args:
        reply: About the seat, without the changes.
        dry: A ledger that keeps nothing: the handover is tried on it.

    Raises:
        RuleBroken: As `propose_correction`; whatever the handover raises.

    Source: docs/rules/terms.md, T-71; docs/rules/access.md, A-18.
    """
    [record] = reply.records
    with ledger.open() as transaction:
        partners = _partners(reply, asker, transaction)
        record_of("seat", record.id, partners, asker, transaction, pointer="/record/id")
        if transaction.version(record.id) != record.version:
            raise RuleBroken("reply.record_moved", pointer="/record/version")
        must_name_nobody(reply.note or "", succession.person, pointer="/note")
        _hand_over(reply, record, succession, dry)
        told = {
            "consented_on": succession.consented_on.isoformat(),
            "contact_id": str(succession.contact_id),
            "from": succession.from_on.isoformat(),
        }
        transaction.keep_person(reply.id, succession.person)
        changed = (ProposedFact("holders", None, _canonical(told)),)
        return transaction.record("reply.proposed", replace(reply, changes=changed))


def accept_reply(reply_id: UUID, *, correct: Correct, on: date, seen: int, ledger: Ledger) -> Entry:
    """Record what a reply proposes, and that it is accepted, in one transaction.

    Raises:
        NotFound, Stale: No such reply; changed after version `seen`.
        RuleBroken: `reply.ended`; `reply.record_changed`, if one of its fields says something else
            by now; `reply.record_gone`; `reply.person_gone`, if what it proposes of a person is
            kept no longer; whatever the change itself raises.

    Source: docs/rules/terms.md, T-72.
    """
    with ledger.open() as transaction:
        reply = transaction.take(Reply, reply_id, seen)
        accepted = reply.accepted(on)
        [record] = reply.records
        _must_stand_as_proposed(reply, record, transaction)
        person = transaction.person(reply_id)
        if person is None and _needs_person(reply):
            raise RuleBroken("reply.person_gone")
        succession = _succession(reply, person)
        if succession is not None:
            _hand_over(reply, record, succession, _Within(transaction))
        else:
            correct(
                record,
                _values(reply, person),
                reason=reason_of(reply),
                seen=transaction.version(record.id),
                ledger=_Within(transaction),
            )
        transaction.erase_person(reply_id)
        entry = transaction.record("reply.accepted", accepted, reason_of(reply))
        transaction.answer_with(entry)
        return entry


def refuse_reply(reply_id: UUID, *, answer: str, on: date, seen: int, ledger: Ledger) -> Entry:
    """Record that the office does not take it over, and why, for the liaison to read.

    Raises:
        NotFound, Stale: No such reply; changed after version `seen`.
        RuleBroken: `reply.ended`; `contact.reason_names`, as the reason stays in the log.
    """
    with ledger.open() as transaction:
        reply = transaction.take(Reply, reply_id, seen)
        refused = reply.refused(on, answer)
        must_name_nobody(answer, transaction.person(reply_id))
        for record in reply.records:
            must_name_nobody(answer, transaction.person(record.id))
        transaction.erase_person(reply_id)
        return transaction.record("reply.refused", refused, answer)


def withdraw_reply(reply_id: UUID, *, asker: Asker, on: date, seen: int, ledger: Ledger) -> Entry:
    """Record that the liaison asks for it no longer.

    Raises:
        NotFound, Stale: No such reply, or not the partner's own; changed after version `seen`.
        RuleBroken: `reply.ended`.
    """
    asker.records.one("reply", reply_id, scope=asker.scope)
    with ledger.open() as transaction:
        withdrawn = transaction.take(Reply, reply_id, seen).withdrawn(on)
        transaction.erase_person(reply_id)
        return transaction.record("reply.withdrawn", withdrawn)


def reason_of(reply: Reply) -> str:
    """Give why a change is recorded that a reply proposes."""
    said = "연락담당자 정정 제안"
    return said if reply.note is None else f"{said}: {reply.note}"


@dataclass(frozen=True, slots=True)
class _Within:
    """A ledger whose transactions are all the one that is open; its own block commits."""

    transaction: LedgerTransaction

    @contextmanager
    def open(self) -> Iterator[LedgerTransaction]:
        """Give the open transaction."""
        yield self.transaction


def _partners(reply: Reply, asker: Asker, transaction: LedgerTransaction) -> frozenset[UUID]:
    """Give all records that are the organisation which replies."""
    if asker.scope.partners is not None and reply.partner_id not in asker.scope.partners:
        raise RuleBroken("reply.other_partner", pointer="/partner_id")
    return organisation_of([reply.partner_id], transaction)


def _must_stand_as_proposed(
    reply: Reply, record: AnsweredRecord, transaction: LedgerTransaction
) -> None:
    """Make sure that what it would change says what it said then, or what it asks for already."""
    kind_of = SUBJECTS[record.type]
    try:
        now = to_facts(transaction.take(kind_of, record.id))
    except NotFound as error:
        raise RuleBroken("reply.record_gone") from error
    labels = {each.key: each.fact.label for each in fields_of(kind_of)}
    for each in reply.changes:
        if _is_succession(each):
            if transaction.version(record.id) != record.version:
                raise RuleBroken("reply.seat_changed")
        elif each.right is None:
            if transaction.version(record.id) != record.version:
                raise RuleBroken("reply.person_changed")
        elif _canonical(now.get(each.field)) not in (each.was, each.right):
            label = labels[each.field]
            raise RuleBroken(
                "reply.record_changed",
                label=label.ko,
                label_en=label.en,
                now=_readable(_canonical(now.get(each.field))),
                right=_readable(each.right),
            )


def _values(reply: Reply, person: Person | None) -> dict[str, Any]:
    """Give what it proposes as a merge patch."""
    personal = {} if person is None else asdict(person)
    return {
        each.field: personal.get(each.field) if each.right is None else json.loads(each.right)
        for each in reply.changes
    }


def _is_succession(change: ProposedFact) -> bool:
    """Say whether it proposes who takes a seat, not another list of its holders."""
    return change.right is not None and change.field == "holders" and change.right[:1] == "{"


def _needs_person(reply: Reply) -> bool:
    return any(each.right is None or _is_succession(each) for each in reply.changes)


def _succession(reply: Reply, person: Person | None) -> Succession | None:
    [change] = reply.changes if len(reply.changes) == 1 else [None]
    if person is None or change is None or change.right is None or not _is_succession(change):
        return None
    told = json.loads(change.right)
    from_on, consented_on = (date.fromisoformat(told[each]) for each in ("from", "consented_on"))
    return Succession(UUID(told["contact_id"]), person, from_on, consented_on)


def _hand_over(
    reply: Reply, record: AnsweredRecord, succession: Succession, ledger: Ledger
) -> Entry:
    """Register who takes a seat and hand it over, as the office would by the seat's own route."""

    def newcomer(place: Place) -> tuple[Contact, Person]:
        contact = Contact(succession.contact_id, place, language, PURPOSE, succession.consented_on)
        return contact, succession.person

    with ledger.open() as transaction:
        language = transaction.take(Seat, record.id).language
    return hand_over_seat(
        record.id,
        newcomer,
        from_on=succession.from_on,
        reason=reason_of(reply),
        seen=record.version,
        ledger=ledger,
    )


PURPOSE = "협약 이행 연락"
"""What a person's data are kept for whom a liaison names; the office may say it otherwise."""


def _proposed_person(
    target: Subject, values: Mapping[str, Any], transaction: LedgerTransaction
) -> Person | None:
    """Give how a contact would be called and reached; None if that stays as it is."""
    personal = {name: each for name, each in values.items() if name in PERSONAL}
    if not isinstance(target, Contact) or not personal:
        return None
    kept = transaction.person(target.id)
    if kept is None:
        return None
    proposed = replace(kept, **personal)
    return None if proposed == kept else proposed


def _is_personal(record: AnsweredRecord, field: str) -> bool:
    return record.type == "contact" and field in PERSONAL


def _text(field: str, value: Any) -> str:  # noqa: ANN401  JSON values.
    text = _canonical(value)
    if len(text) > limits.PASSAGE:
        raise RuleBroken("reply.too_long", pointer=f"/changes/{field}", longest=limits.PASSAGE)
    return text


def _canonical(value: Any) -> str:  # noqa: ANN401  JSON values.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _readable(text: str) -> str:
    """Give a value as a sentence names it: the Korean of words, a day, else its JSON."""
    value = json.loads(text)
    if isinstance(value, dict) and "ko" in value:
        return str(value["ko"])
    return "–" if value is None else value if isinstance(value, str) else text
