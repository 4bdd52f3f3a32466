"""Which columns each kind of subject is filtered, sorted, searched and seen by.

To add a field: a column here, its value in `fill`, a migration, and a reindex.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from changefeed.bounds import (
    begins_on,
    effective_on,
    in_force,
    last_day,
    left_on,
    signed_from,
)
from changefeed.mapping import from_facts
from changefeed.searched import reaches_of, texts_of
from changefeed.subjects.all import DECLARED
from changefeed.subjects.load import file_id
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.civil_time import instant_of, instant_text
from ieum_registry.domain.lifecycle import gaps, runs_of

from .shelf import ALWAYS, NEVER, Column, Link, Shelf, Through, Under

KEY = Column("key", is_nullable=True)


def _uuid(name: str, *, is_nullable: bool = False) -> Column:
    return Column(name, "uuid", is_nullable=is_nullable)


def _as_facts(*names: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    return lambda facts: {name: facts[name] for name in names}


def _named(*names: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    return lambda facts: {name: facts[name] for name in names} | {"name": facts["name"]["ko"]}


def _texts(subject_type: str) -> Callable[[Mapping[str, Any]], Iterable[str]]:
    return partial(texts_of, DECLARED[subject_type])


def _instant(civil: str, zone: str) -> str:
    return instant_text(instant_of(datetime.fromisoformat(civil), zone))


def _or_never(day: str | None) -> str:
    return NEVER if day is None else day


PARTNERS = Shelf(
    "partner",
    (
        KEY,
        Column("kind"),
        Column("own", "integer"),
        Column("business_number", is_nullable=True),
        Column("name"),
    ),
    fill=lambda facts: {
        "key": facts["key"],
        "kind": facts["kind"],
        "own": int(facts["own"]),
        "business_number": facts["business_number"],
        "name": facts["name"]["ko"],
    },
    order="name",
    unique=("key", "business_number"),
    lists=(("own",), ("kind", "own")),
    texts=_texts("partner"),
)

DEPARTMENTS = Shelf(
    "department",
    (KEY, Column("office", "integer"), Column("name")),
    fill=lambda facts: {
        "key": facts["key"],
        "office": int(facts["office"]),
        "name": facts["name"]["ko"],
    },
    order="name",
    texts=_texts("department"),
)

CONTACTS = Shelf(
    "contact",
    (KEY, Column("at_type"), _uuid("at_id"), Column("retain_until", "day", lacks=(NEVER,))),
    fill=lambda facts: {
        "key": facts["key"],
        "at_type": facts["at"]["type"],
        "at_id": facts["at"]["id"],
        # Of the erased nothing is kept any longer.
        "retain_until": NEVER if facts.get("erased_on") else _or_never(facts["retain_until"]),
    },
    order="id",
    lists=(("at_id",),),
    under=(Under("at_id", "place"), Under("id", "contact")),
)

SEATS = Shelf(
    "seat",
    (KEY, Column("at_type"), _uuid("at_id"), Column("role"), Column("language")),
    fill=lambda facts: {
        "key": facts["key"],
        "at_type": facts["at"]["type"],
        "at_id": facts["at"]["id"],
        "role": facts["role"],
        "language": facts["language"],
    },
    order="id",
    lists=(("at_id",),),
    links=(
        Link(
            "holder",
            lambda facts: (
                (each["contact_id"], each["from"], _or_never(each["to"]))
                for each in facts["holders"]
            ),
        ),
    ),
    under=(Under("at_id", "place"), Under("id", "seat")),
)

PROGRAMMES = Shelf(
    "programme",
    (KEY, Column("announced_on", "day"), Column("name")),
    fill=_named("key", "announced_on"),
    order="name",
    texts=_texts("programme"),
)

STRATEGIES = Shelf(
    "strategy",
    (KEY, _uuid("programme_id"), Column("position", "integer"), Column("name")),
    fill=_named("key", "programme_id", "position"),
    order="position",
    lists=(("programme_id",),),
    texts=_texts("strategy"),
)

TASKS = Shelf(
    "task",
    (KEY, _uuid("strategy_id"), Column("position", "integer"), Column("name")),
    fill=_named("key", "strategy_id", "position"),
    order="position",
    lists=(("strategy_id",),),
    through=(("programme_id", Through("strategy_id", "strategy", "programme_id")),),
    texts=_texts("task"),
)

SERVICE_FIELDS = Shelf(
    "service_field",
    (KEY, _uuid("programme_id"), Column("position", "integer"), Column("group"), Column("name")),
    fill=_named("key", "programme_id", "position", "group"),
    order="position",
    lists=(("programme_id",),),
    texts=_texts("service_field"),
)

TECHNOLOGIES = Shelf(
    "technology",
    (KEY, _uuid("broader_id", is_nullable=True), Column("name")),
    fill=_named("key", "broader_id"),
    order="name",
    lists=(("broader_id",),),
    texts=_texts("technology"),
)


def _fill_agreement(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    agreement = from_facts(Agreement, facts)
    signed, runs, last_on = signed_from(agreement), in_force(agreement), last_day(agreement)
    lasts = runs_of(agreement)
    return {
        "key": facts["key"],
        "number": facts["number"],
        "kind": facts["kind"],
        "title": facts["title"]["ko"],
        "programme_id": facts["programme_id"],
        "lead_department_id": facts["lead_department_id"],
        "parent_id": facts.get("parent_id"),
        "signed_on": _sorted_by(agreement),
        "disclosure": facts["disclosure"],
        "signed_from": NEVER if signed is None else signed.isoformat(),
        "in_force_from": runs[0].first_on.isoformat() if runs else NEVER,
        "in_force_until": _day_or_never(runs[-1].last_on) if runs else ALWAYS,
        "last_on": NEVER if last_on is None else last_on.isoformat(),
        "lasts_until": _day_or_never(lasts[-1].last_on) if lasts else ALWAYS,
    }


def _sorted_by(agreement: Agreement) -> str:
    """Give the day of signing, or the first that it may have been; what nobody knows comes last."""
    part = agreement.signed_as
    return _day_or_always(agreement.signed_on or (part.from_on if part else None))


def _party_days(facts: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    agreement = from_facts(Agreement, facts)
    for each in agreement.parties:
        first = begins_on(each) or effective_on(agreement)
        yield str(each.partner_id), first.isoformat(), _day_or_never(left_on(each))


def _day_or_always(day: date | None) -> str:
    return ALWAYS if day is None else day.isoformat()


def _gaps(facts: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Link an agreement to itself on the days between those on which it is in force."""
    for each in gaps(from_facts(Agreement, facts)):
        yield facts["id"], each.first_on.isoformat(), _day_or_never(each.last_on)


def _day_or_never(day: date | None) -> str:
    return NEVER if day is None else day.isoformat()


AGREEMENTS = Shelf(
    "agreement",
    (
        KEY,
        Column("number", is_nullable=True),
        Column("kind"),
        Column("title"),
        _uuid("programme_id", is_nullable=True),
        _uuid("lead_department_id", is_nullable=True),
        Column("signed_on", "day", lacks=(ALWAYS,)),
        Column("disclosure"),
        Column(
            "signed_from", "day", lacks=(NEVER,)
        ),  # Never, until the city and one other have signed.
        Column("in_force_from", "day", lacks=(NEVER,)),
        Column(
            "in_force_until", "day", lacks=(NEVER, ALWAYS)
        ),  # Before every day, if it is never in force.
        # Of the running term, where it renews; null if filled before this was added.
        Column("last_on", "day", is_nullable=True, lacks=(NEVER,)),
        # As in_force_until, with the days on which nobody knows; null as above.
        Column("lasts_until", "day", is_nullable=True, lacks=(NEVER, ALWAYS)),
        _uuid("parent_id", is_nullable=True),
    ),
    fill=_fill_agreement,
    order="-signed_on",
    unique=("key", "number"),
    lists=(("kind",), ("programme_id",), ("lead_department_id",), ("parent_id",)),
    ranges=("last_on",),
    sorts=("title",),
    carried=("signed_from", "in_force_until", "lasts_until"),
    links=(
        Link("partner", _party_days),
        Link("gap", _gaps),
    ),
    texts=_texts("agreement"),
    reaches=reaches_of(DECLARED["agreement"]),
    under=(Under("id", "agreement"),),
    closed=("parent_id",),
)

COLLABORATIONS = Shelf(
    "collaboration",
    (
        KEY,
        _uuid("partner_id"),
        _uuid("agreement_id"),
        _uuid("task_id"),
        _uuid("service_field_id", is_nullable=True),
        Column("role"),
        Column("disclosure"),
        Column("starts_on", "day"),
        Column("holds_from", "day"),
        Column("holds_until", "day", lacks=(NEVER,)),
        # Never and before every day, if there is none; null if filled before they were added.
        Column("unknown_from", "day", is_nullable=True, lacks=(NEVER,)),
        Column("unknown_until", "day", is_nullable=True, lacks=(NEVER, ALWAYS)),
    ),
    fill=lambda facts: {
        "key": facts["key"],
        "partner_id": facts["partner_id"],
        "agreement_id": facts["agreement_id"],
        "task_id": facts["task_id"],
        "service_field_id": facts["service_field_id"],
        "role": facts["role"],
        "disclosure": facts["disclosure"],
        "starts_on": facts["starts_on"],
        "holds_from": facts["holds_from"],
        "holds_until": _or_never(facts["holds_until"]),
        "unknown_from": _or_never(facts.get("unknown_from")),
        "unknown_until": _or_never(facts.get("unknown_until"))
        if facts.get("unknown_from")
        else ALWAYS,
    },
    order="starts_on",
    lists=(("partner_id",), ("agreement_id",), ("task_id",)),
    sorts=("holds_until",),
    carried=("holds_from", "holds_until"),
    links=(
        Link(
            "technology",
            lambda facts: ((each, ALWAYS, NEVER) for each in facts["technology_ids"]),
        ),
    ),
    under=(Under("agreement_id", "agreement"),),
)

MILESTONES = Shelf(
    "milestone",
    (
        KEY,
        Column("title"),
        Column("due_on", "day"),
        Column("done_on", "day", lacks=(NEVER,)),
        Column("cancelled_on", "day", lacks=(NEVER,)),
        Column("owner_type"),
        _uuid("owner_id"),
        _uuid("agreement_id", is_nullable=True),
        _uuid("collaboration_id", is_nullable=True),
    ),
    fill=lambda facts: {
        "key": facts["key"],
        "title": facts["title"]["ko"],
        "due_on": facts["due_on"],
        "done_on": _or_never(facts["done_on"]),
        "cancelled_on": _or_never(facts["cancelled_on"]),
        "owner_type": facts["owner"]["type"],
        "owner_id": facts["owner"]["id"],
        "agreement_id": facts["agreement_id"],
        "collaboration_id": facts["collaboration_id"],
    },
    order="due_on",
    lists=(("agreement_id",), ("owner_id",)),
    sorts=("title",),
    carried=("done_on", "cancelled_on"),
    texts=_texts("milestone"),
    under=(
        Under("agreement_id", "agreement"),
        Under("collaboration_id", "collaboration"),
        Under("owner_id", "place"),
    ),
)

EVENTS = Shelf(
    "event",
    (
        KEY,
        Column("kind"),
        Column("title"),
        Column("starts_on", "day"),  # On the calendar of its own place; so the next.
        Column("ends_on", "day"),
        Column("cancelled_on", "day", lacks=(NEVER,)),
        Column("begins_at", is_nullable=True),  # Instants, by the law of zones when it was filled;
        Column("is_over_at", is_nullable=True),  # null if it was filled before they were added.
    ),
    fill=lambda facts: {
        "key": facts["key"],
        "kind": facts["kind"],
        "title": facts["title"]["ko"],
        "starts_on": facts["starts_at"][:10],
        "ends_on": facts["ends_at"][:10],
        "cancelled_on": _or_never(facts["cancelled_on"]),
        "begins_at": _instant(facts["starts_at"], facts["zone"]),
        "is_over_at": _instant(facts["ends_at"], facts["zone"]),
    },
    order="starts_on",
    links=(
        Link("partner", lambda facts: ((each, ALWAYS, NEVER) for each in facts["partner_ids"])),
        Link("task", lambda facts: ((each, ALWAYS, NEVER) for each in facts["task_ids"])),
    ),
    texts=_texts("event"),
)

JOURNAL = Shelf(
    "journal",
    (
        KEY,
        Column("on", "day"),
        Column("kind"),
        _uuid("partner_id"),
        _uuid("department_id"),
        _uuid("agreement_id", is_nullable=True),
    ),
    fill=_as_facts("key", "on", "kind", "partner_id", "department_id", "agreement_id"),
    order="-on",
    lists=(("partner_id",), ("agreement_id",)),
    texts=_texts("journal"),
    reaches=reaches_of(DECLARED["journal"]),
)

CALENDAR_DAYS = Shelf(
    "calendar_day",
    (KEY, Column("on", "day"), Column("working", "integer"), Column("name")),
    fill=lambda facts: {
        "key": facts["key"],
        "on": facts["on"],
        "working": int(facts["working"]),
        "name": facts["name"]["ko"],
    },
    order="on",
    unique=("key", "on"),
    texts=_texts("calendar_day"),
)

LOADS = Shelf(
    "load",
    (KEY, Column("anchor_on", "day")),
    fill=_as_facts("key", "anchor_on"),
    order="-id",
    links=(
        Link(
            "file",
            lambda facts: (
                (each, ALWAYS, NEVER)
                for each in sorted({str(file_id(it["name"])) for it in facts["documents"]})
            ),
        ),
    ),
)

REDACTIONS = Shelf(
    "redaction",
    (KEY, Column("redacts", "integer"), _uuid("of_id")),
    fill=_as_facts("key", "redacts", "of_id"),
    order="-id",
    unique=("key", "redacts"),
    lists=(("of_id",),),
)

SHELVES: Mapping[str, Shelf] = {
    shelf.subject_type: shelf
    for shelf in (
        PARTNERS,
        DEPARTMENTS,
        CONTACTS,
        SEATS,
        PROGRAMMES,
        STRATEGIES,
        TASKS,
        SERVICE_FIELDS,
        TECHNOLOGIES,
        AGREEMENTS,
        COLLABORATIONS,
        MILESTONES,
        EVENTS,
        JOURNAL,
        CALENDAR_DAYS,
        LOADS,
        REDACTIONS,
    )
}
"""Every shelf by the type of subject on it."""


def shelf_of(subject_type: str) -> Shelf:
    """Give the shelf of a subject type; ValueError if there is none."""
    try:
        return SHELVES[subject_type]
    except KeyError:
        raise ValueError(f"no subject type {subject_type!r}") from None
