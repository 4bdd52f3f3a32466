"""The grammar of each record: which fields it has, and what the domain makes of them.

A field that the file does not state keeps what is on record: a file need not know everything.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from changefeed import limits
from changefeed.bounds import spans_of
from changefeed.subjects.agreement import END_RULES, End, Party, Side
from changefeed.subjects.calendar_day import CalendarDay
from changefeed.subjects.catalogue import (
    Programme,
    ServiceField,
    Strategy,
    Task,
    Technology,
)
from changefeed.subjects.department import Department
from changefeed.subjects.event import DEADLINE_KINDS, Deadline
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.parts import PartDay
from changefeed.subjects.seat import Holder
from ieum_registry.domain.agreement import Agreement, must_end, taking_effect
from ieum_registry.domain.business_number import digits_of
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.event import Event
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.promise import Promise, PromiseReport
from ieum_registry.domain.seat import Seat, held
from ieum_registry.domain.subjects import Subject
from ieum_registry.domain.term import Term
from ieum_registry.operations.loading.declared import Stated, day_stated, stated
from ieum_registry.operations.loading.document import Document, Draft
from ieum_registry.operations.loading.row import Row
from ieum_registry.operations.ports.ledger import Person

Kind = TypeVar("Kind", bound=Subject)


def read_record(
    draft: Draft, subject_id: UUID, before: Subject | None, document: Document
) -> Subject | None:
    """Make the subject that a draft describes.

    Args:
        before: As it is on record; None if it is new.

    Returns:
        The subject as the file wants it; None if the draft has faults, which are noted.
    """
    read, kind_of = _READERS[draft.subject_type]
    return _made(kind_of, draft, subject_id, before, read(draft, before, document))


def read_person(row: Row) -> Person | None:
    """Take what of a contact is kept outside the log."""
    name, email, phone = row.text("name", required=True), row.email("email"), row.phone("phone")
    return None if name is None or email is None else Person(name, email, phone)


def _made(
    kind_of: type[Subject],
    draft: Draft,
    subject_id: UUID,
    before: Subject | None,
    stated: Stated,
) -> Subject | None:
    row = draft.row
    if not row.close():
        return None
    values = {attribute: value for name, attribute, value in stated if row.states(name)}
    values |= _placed(draft)
    if before is not None:
        known: Any = before
        return row.made(lambda: replace(known, provenance=draft.provenance, **values))
    made: Callable[..., Subject] = kind_of
    whole = _implied(draft, values) | values
    return row.made(
        lambda: made(id=subject_id, key=draft.key, provenance=draft.provenance, **whole)
    )


def _placed(draft: Draft) -> dict[str, Any]:
    """Give what follows from where a record stands in the file."""
    keys = draft.row.about.keys
    if draft.subject_type == "partner":
        return {"own": draft.own}
    if draft.above is None:
        return {}
    if draft.subject_type == "task":
        return {"position": draft.position, "strategy_id": keys.id_of("strategy", draft.above)}
    return {"position": draft.position, "programme_id": keys.id_of("programme", draft.above)}


def _implied(draft: Draft, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a new record has without the file saying so."""
    if draft.subject_type == "collaboration":
        return {"holds_from": values["starts_on"]}
    if draft.subject_type == "agreement":
        # What its sources have published is public; docs/rules/terms.md, T-19.
        shown = "public" if draft.provenance.source else "closed"
        return {**taking_effect(values), "disclosure": shown}
    return {}


def _partner(draft: Draft, _: Subject | None, __: Document) -> Stated:
    row = draft.row
    row.choice("en_source", ("usage",))
    number = row.text("business_number")
    return [
        *stated(row, Partner, but=("own", "business_number")),
        ("business_number", "business_number", None if number is None else digits_of(number)),
    ]


def _as_declared(kind_of: type[Subject], *but: str) -> "_Reader":
    return lambda draft, _, __: stated(draft.row, kind_of, but=but)


def _agreement(draft: Draft, before: Subject | None, document: Document) -> Stated:
    row = draft.row
    known = before.parties if isinstance(before, Agreement) else ()
    signed = row.day_or_part("signed_on", required=True)
    return [
        *stated(row, Agreement, but=("signed_on", "end", "parties")),
        *day_stated("signed_on", signed),
        ("end", "end", _end(row)),
        ("parties", "parties", _parties(row, document, known, _said("signed_on", signed))),
    ]


def _said(name: str, day: tuple[date | None, PartDay | None]) -> dict[str, Any]:
    """Give a day and what is written of it by the names of the two fields that hold them."""
    return {attribute: value for _, attribute, value in day_stated(name, day)}


def _end(row: Row) -> End | None:
    inner = row.row("end", required=True)
    if inner is None:
        return None
    rule = inner.choice("rule", END_RULES, required=True)
    ends, note = inner.day_or_part("ends_on"), inner.passage("note")
    months = inner.number("term_months", most=limits.TERM_MONTHS)
    notice = inner.number("notice_days", most=limits.NOTICE_DAYS)
    by_months = inner.number("notice_months", most=limits.NOTICE_MONTHS)
    prepare = inner.number("prepare_days", most=limits.PREPARE_DAYS)
    row.faulty |= not inner.close()
    if rule is None:
        return None
    end = End(
        rule,
        note=note,
        **_said("ends_on", ends),
        term_months=months,
        notice_days=notice,
        notice_months=by_months,
        prepare_days=prepare,
    )
    made = inner.made(lambda: _ended(end))
    row.faulty |= inner.faulty
    return made


def _ended(end: End) -> End:
    must_end(end)
    return end


_PARTY_DAYS = ("signed_on", "joined_on", "left_on")


def _parties(
    row: Row, document: Document, known: Sequence[Party], signed: Mapping[str, Any]
) -> tuple[Party, ...] | None:
    """Read `{own, partners, signed_on}`; whoever left stays left.

    `own` is true or a list, `partners` all or a list; lists hold keys or spans.
    """
    inner = row.row("parties", required=True)
    if inner is None:
        return None
    ours = _own_parties(inner, document, known)
    partners = _told_parties(inner, document)
    own_day = _said("signed_on", inner.day_or_part("signed_on"))
    day = own_day if any(own_day.values()) else signed
    row.faulty |= not inner.close()
    found = [
        *_spans(ours, "own", spans_of(known), day),
        *_spans(partners, "partner", spans_of(known), day),
    ]
    return tuple(found) if row.fits("parties", len(found), most=limits.PARTIES) else None


_ToldParty = tuple[UUID, Mapping[str, Any] | None]
"""A partner, with what is said of one of its spans; None where its key stands alone."""


def _own_parties(row: Row, document: Document, known: Sequence[Party]) -> list[_ToldParty]:
    """Read the city's own side: those that are named, or with `true` the one there is.

    An agreement on record keeps its own: another body of the city, registered since, was no party.
    """
    if row.is_list("own"):
        return _listed_parties(row, "own")
    if not row.flag("own"):
        return []
    keys = row.about.keys
    there = dict.fromkeys(each.partner_id for each in known if each.side == "own")
    told = (keys.id_of("partner", key) for key in document.own_keys)
    ours = list(there) or [each for each in told if each is not None] or list(keys.own_sides())
    if not there and not row.one_of("own", len(ours), document.own_keys or ["–"]):
        return []
    return [(each, None) for each in ours]


def _told_parties(row: Row, document: Document) -> list[_ToldParty]:
    if row.is_text("partners", "all"):
        known = (row.about.keys.id_of("partner", key) for key in document.partner_keys)
        return [(each, None) for each in known if each is not None]
    return _listed_parties(row, "partners")


def _listed_parties(row: Row, name: str) -> list[_ToldParty]:
    found: list[_ToldParty] = []
    for inner in row.rows_or_keys(name, most=limits.PARTIES, key="partner"):
        partner_id = inner.reference("partner", "partner", required=True)
        said: dict[str, Any] = {}
        if inner.states("number"):
            said["number"] = inner.text("number")
        if inner.states("left_why"):
            said["left_why"] = inner.text("left_why")
        for each in _PARTY_DAYS:
            if inner.states(each):
                said |= _said(each, inner.day_or_part(each))
        row.faulty |= not inner.close()
        if partner_id is not None:
            found.append((partner_id, said or None))
    return found


def _spans(
    told: Sequence[_ToldParty],
    side: Side,
    known: Mapping[UUID, Sequence[Party]],
    day: Mapping[str, Any],
) -> Iterator[Party]:
    """Give the spans of parties as a file tells them, over those on record.

    A key alone keeps every span on record. Spans that a file writes out are all there are, each
    over the one on record in its place; what it does not say of one stays.

    Args:
        day: When the first span of each was signed, unless another day is told.
    """
    written: Counter[UUID] = Counter()
    for partner_id, said in told:
        place = written[partner_id]
        written[partner_id] += 1
        before = known.get(partner_id, ())[place:]
        stated = day if place == 0 else {}
        span = before[0] if before else Party(partner_id, side)
        yield replace(span, **{**stated, **(said or {})})
        if said is None:
            yield from before[1:]


def _contact(draft: Draft, _: Subject | None, __: Document) -> Stated:
    row = draft.row
    read_person(row)
    return stated(row, Contact)


def _seat(draft: Draft, _: Subject | None, __: Document) -> Stated:
    row = draft.row
    return [*stated(row, Seat, but=("holders",)), ("holders", "holders", _holders(row))]


def _holders(row: Row) -> tuple[Holder, ...]:
    found: list[Holder] = []
    for inner in row.rows("holders", most=limits.HOLDERS):
        contact = inner.reference("contact", "contact", required=True)
        first, last = inner.day("from", required=True), inner.day("to")
        if contact is not None and first is not None:
            holder = inner.made(_holder(contact, first, last))
            found.extend([] if holder is None else [holder])
        row.faulty |= not inner.close()
    return tuple(found)


def _holder(contact: UUID, first: date, last: date | None) -> Callable[[], Holder]:
    return lambda: held(contact, Term(first, last))


def _milestone(draft: Draft, _: Subject | None, __: Document) -> Stated:
    row = draft.row
    return [*stated(row, Milestone), ("done_on", "done_on", row.day("done_on"))]


def _event(draft: Draft, _: Subject | None, __: Document) -> Stated:
    row = draft.row
    return [*stated(row, Event, but=("deadlines",)), ("deadlines", "deadlines", _deadlines(row))]


def _deadlines(row: Row) -> tuple[Deadline, ...]:
    found: list[Deadline] = []
    for inner in row.rows("deadlines", most=limits.DEADLINES):
        kind = inner.choice("kind", DEADLINE_KINDS, required=True)
        on, at = inner.day("on", required=True), inner.clock("at")
        row.faulty |= not inner.close()
        if kind is not None and on is not None:
            found.append(Deadline(kind, on, at))
    return tuple(found)


_Reader = Callable[[Draft, Subject | None, Document], Stated]
_READERS: Mapping[str, tuple[_Reader, type[Subject]]] = {
    "partner": (_partner, Partner),
    "department": (_as_declared(Department), Department),
    "programme": (_as_declared(Programme), Programme),
    "strategy": (_as_declared(Strategy, "programme_id", "position"), Strategy),
    "task": (_as_declared(Task, "strategy_id", "position"), Task),
    "service_field": (_as_declared(ServiceField, "programme_id", "position"), ServiceField),
    "technology": (_as_declared(Technology), Technology),
    "agreement": (_agreement, Agreement),
    "contact": (_contact, Contact),
    "seat": (_seat, Seat),
    "collaboration": (_as_declared(Collaboration), Collaboration),
    "milestone": (_milestone, Milestone),
    "event": (_event, Event),
    "journal": (_as_declared(JournalEntry), JournalEntry),
    "promise": (_as_declared(Promise), Promise),
    "promise_report": (_as_declared(PromiseReport), PromiseReport),
    "calendar_day": (_as_declared(CalendarDay), CalendarDay),
}
