"""Which columns each kind of subject is filtered, sorted, searched and seen by.

What lists are filtered, sorted and searched by follows from the declarations; here stands what
follows from several facts, which indexes there are, and who sees what. To add a field: say so in
its declaration, a migration, and a reindex.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from changefeed.bounds import (
    begins_on,
    effective_on,
    in_force,
    is_unapproved,
    last_day,
    left_on,
    signed_from,
)
from changefeed.mapping import from_facts
from changefeed.subjects.load import file_id
from changefeed.subjects.promise import Promise
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.civil_time import instant_of, instant_text
from ieum_registry.domain.lifecycle import gaps, runs_of, steps_of
from ieum_registry.domain.promise_index import states_of
from ieum_registry.domain.sign_of_life import days_proved, heeded_until

from .declared import declared_shelf
from .shelf import ALWAYS, NEVER, Column, Derived, Link, Shelf, Through, Under


def _instant(civil: str, zone: str) -> str:
    return instant_text(instant_of(datetime.fromisoformat(civil), zone))


def _or_never(day: str | None) -> str:
    return NEVER if day is None else day


PARTNERS = replace(
    declared_shelf("partner", "own"),
    unique=("key", "business_number"),
    lists=(("own",), ("kind", "own")),
    merged="merged",
    closed=("distinct",),
)

DEPARTMENTS = declared_shelf("department")

CONTACTS = replace(
    declared_shelf(
        "contact",
        derived=Derived(
            (Column("retain_until", "day", lacks=(NEVER,)),),
            # Of the erased nothing is kept any longer.
            lambda facts: {
                "retain_until": NEVER
                if facts.get("erased_on")
                else _or_never(facts["retain_until"])
            },
        ),
    ),
    lists=(("at_id",),),
    under=(Under("at_id", "place"), Under("id", "contact")),
)

SEATS = replace(
    declared_shelf("seat"),
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

PROGRAMMES = declared_shelf("programme")

STRATEGIES = replace(declared_shelf("strategy"), lists=(("programme_id",),))

TASKS = replace(
    declared_shelf("task"),
    lists=(("strategy_id",),),
    through=(("programme_id", Through("strategy_id", "strategy", "programme_id")),),
)

SERVICE_FIELDS = replace(declared_shelf("service_field"), lists=(("programme_id",),))

TECHNOLOGIES = replace(declared_shelf("technology"), lists=(("broader_id",),))


class _Newest:
    """The agreement that was read last: a shelf asks for the same facts several times over."""

    held: tuple[Mapping[str, Any] | None, Agreement | None] = (None, None)


def _agreement(facts: Mapping[str, Any]) -> Agreement:
    read_of, agreement = _Newest.held
    if read_of is not facts or agreement is None:
        agreement = from_facts(Agreement, facts)
        _Newest.held = (facts, agreement)
    return agreement


def _fill_agreement(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    agreement = _agreement(facts)
    signed, runs, last_on = signed_from(agreement), in_force(agreement), last_day(agreement)
    if signed is None and agreement.ended is not None:
        signed = agreement.ended.on + timedelta(days=1)  # Until then a draft, after it ended.
    lasts = runs_of(agreement)
    reviewed, approved, signing = steps_of(agreement)
    return {
        "reviewed_from": NEVER if reviewed is None else reviewed.isoformat(),
        "approved_from": NEVER if approved is None else approved.isoformat(),
        "signing_from": NEVER if signing is None else signing.isoformat(),
        "signed_on": _sorted_by(agreement),
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
    agreement = _agreement(facts)
    hidden = is_unapproved(agreement)  # As if all had left: whom it names does not see it.
    for each in agreement.parties:
        first = begins_on(each) or effective_on(agreement)
        until = ALWAYS if hidden else _day_or_never(left_on(each))
        yield str(each.partner_id), first.isoformat(), until


def _day_or_always(day: date | None) -> str:
    return ALWAYS if day is None else day.isoformat()


def _gaps(facts: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Link an agreement to itself on the days between those on which it is in force."""
    for each in gaps(_agreement(facts)):
        yield facts["id"], each.first_on.isoformat(), _day_or_never(each.last_on)


def _begun(facts: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Link an agreement to itself while its beginning is a sign of life by itself (L-7)."""
    yield facts["id"], *_heeded(effective_on(_agreement(facts)))


def _signs(facts: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Link what proves something with its agreement while the proof is a sign of life (L-7)."""
    if facts.get("agreement_id") is not None:
        for day in days_proved(facts):
            yield facts["agreement_id"], *_heeded(day)


def _heeded(sign_on: date) -> tuple[str, str]:
    return sign_on.isoformat(), heeded_until(sign_on).isoformat()


SIGN = Link("sign", _signs)
SIGNED_BY = ("agreement", "collaboration", "milestone", "journal", "promise_report")
"""Types that say by which days an agreement is alive."""


def _day_or_never(day: date | None) -> str:
    return NEVER if day is None else day.isoformat()


AGREEMENTS = replace(
    declared_shelf(
        "agreement",
        derived=Derived(
            (
                Column("signed_on", "day", lacks=(ALWAYS,)),
                # Before every day, of what was recorded as signed; null as below.
                Column("reviewed_from", "day", is_nullable=True, lacks=(NEVER, ALWAYS)),
                Column("approved_from", "day", is_nullable=True, lacks=(NEVER, ALWAYS)),
                Column("signing_from", "day", is_nullable=True, lacks=(NEVER, ALWAYS)),
                # Never, until the city and one other have signed; of one dropped the day after.
                Column("signed_from", "day", lacks=(NEVER,)),
                Column("in_force_from", "day", lacks=(NEVER,)),
                # Before every day, if it is never in force.
                Column("in_force_until", "day", lacks=(NEVER, ALWAYS)),
                # Of the running term, where it renews; null if filled before this was added.
                Column("last_on", "day", is_nullable=True, lacks=(NEVER,)),
                # As in_force_until, with the days on which nobody knows; null as above.
                Column("lasts_until", "day", is_nullable=True, lacks=(NEVER, ALWAYS)),
            ),
            _fill_agreement,
        ),
    ),
    unique=("key", "number"),
    lists=(
        *(("kind",), ("programme_id",), ("lead_department_id",), ("parent_id",)),
        *(("amends_id",), ("renews_id",), ("supersedes_id",)),
    ),
    ranges=("last_on",),
    narrowed=("lead_department_id",),
    sorts=("title",),
    carried=("signed_from", "in_force_until", "lasts_until"),
    links=(Link("partner", _party_days), Link("gap", _gaps), Link("sign", _begun)),
    under=(Under("id", "agreement"),),
    closed=("parent_id", "amends_id", "renews_id", "supersedes_id"),
)

_COLLABORATION = declared_shelf("collaboration")

COLLABORATIONS = replace(
    declared_shelf(
        "collaboration",
        derived=Derived(
            (
                # Never and before every day, if there is none; null if filled before.
                Column("unknown_from", "day", is_nullable=True, lacks=(NEVER,)),
                Column("unknown_until", "day", is_nullable=True, lacks=(NEVER, ALWAYS)),
                Column("illustrative", "integer", is_nullable=True),
            ),
            lambda facts: {
                "illustrative": int(bool(facts["provenance"]["illustrative"])),
                "unknown_from": _or_never(facts.get("unknown_from")),
                "unknown_until": _or_never(facts.get("unknown_until"))
                if facts.get("unknown_from")
                else ALWAYS,
            },
        ),
    ),
    lists=(("partner_id",), ("agreement_id",), ("task_id",)),
    through=(("programme_id", Through("task_id", "task", "programme_id")),),
    sorts=("holds_until",),
    carried=("holds_from", "holds_until"),
    counts=(
        "task_id",
        "service_field_id",
        "partner_id",
        "seq_to",
        "holds_from",
        "holds_until",
        "unknown_from",
        "unknown_until",
        "illustrative",
    ),
    links=(*_COLLABORATION.links, SIGN),
    under=(Under("agreement_id", "agreement"),),
)

MILESTONES = replace(
    declared_shelf("milestone"),
    lists=(("agreement_id",), ("owner_id",)),
    sorts=("title",),
    through=(
        ("led_by", Through("agreement_id", "agreement", "lead_department_id")),
        ("owner_partner", Through("owner_id", "partner", "id")),
    ),
    carried=("done_on", "cancelled_on"),
    links=(SIGN,),
    under=(
        Under("agreement_id", "agreement"),
        Under("collaboration_id", "collaboration"),
        Under("owner_id", "place"),
    ),
)

EVENTS = declared_shelf(
    "event",
    derived=Derived(
        (
            Column("begins_at", is_nullable=True),  # Instants, by the law of zones when filled;
            Column("is_over_at", is_nullable=True),  # null if filled before they were added.
        ),
        lambda facts: {
            "begins_at": _instant(facts["starts_at"], facts["zone"]),
            "is_over_at": _instant(facts["ends_at"], facts["zone"]),
        },
    ),
)

JOURNAL = replace(
    declared_shelf("journal"), lists=(("partner_id",), ("agreement_id",)), links=(SIGN,)
)

DOCUMENTS = replace(
    declared_shelf(
        "document",
        derived=Derived(
            # Of an agreement's closed documents its parties do not even learn that they are there.
            (Column("told_agreement_id", "uuid", is_nullable=True),),
            lambda facts: {
                "told_agreement_id": None
                if facts["disclosure"] == "closed"
                else facts["agreement_id"]
            },
        ),
    ),
    unique=("key", "replaces_id"),
    lists=(("agreement_id",), ("collaboration_id",), ("milestone_id",), ("sha256",)),
    under=(Under("told_agreement_id", "agreement"),),
    closed=("collaboration_id", "milestone_id"),
)

PROMISES = replace(
    declared_shelf("promise"),
    lists=(("agreement_id",), ("partner_id",), ("task_id",)),
    through=(
        ("led_by", Through("agreement_id", "agreement", "lead_department_id")),
        ("kind", Through("agreement_id", "agreement", "kind")),
    ),
    links=(Link("state", lambda facts: states_of(from_facts(Promise, facts))),),
    under=(Under("agreement_id", "agreement"),),
)

PROMISE_REPORTS = replace(
    declared_shelf("promise_report"),
    lists=(("promise_id",), ("agreement_id",), ("partner_id",), ("state",)),
    links=(SIGN,),
    under=(Under("agreement_id", "agreement"),),
)

REPLIES = replace(
    declared_shelf("reply"),
    lists=(("partner_id",), ("state",)),
    links=(
        Link("record", lambda facts: ((each["id"], ALWAYS, NEVER) for each in facts["records"])),
    ),
    under=(Under("partner_id", "place"),),
)

CALENDAR_DAYS = replace(declared_shelf("calendar_day"), unique=("key", "on"))

LOADS = replace(
    declared_shelf("load"),
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

HANDOVERS = declared_shelf("handover")

REDACTIONS = replace(declared_shelf("redaction"), unique=("key", "redacts"), lists=(("of_id",),))

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
        DOCUMENTS,
        PROMISES,
        PROMISE_REPORTS,
        REPLIES,
        CALENDAR_DAYS,
        LOADS,
        HANDOVERS,
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
