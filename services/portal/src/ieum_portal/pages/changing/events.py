"""The changes of events that the office makes at the desk, each with its form."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, url_for

from changefeed.subjects.event import DEADLINE_KINDS, EVENT_KINDS, Deadline, DeadlineKind, Event
from changefeed.subjects.parts import Words
from ieum_portal.domain.command import EventCancelled, EventChanged, EventFacts, EventRegistered
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.form_contexts import EventContext, event_context
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.places import countries, zones
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("event_changing", __name__)

NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001  A civil time; its place is another field.
"""What stands for a time at fault; nothing is done with it."""


@routes.context_processor
def offers() -> dict[str, object]:
    """Let the forms offer kinds, deadlines and places."""
    return {
        "zones": zones,
        "countries": countries,
        "event_kinds": EVENT_KINDS,
        "deadlines": DEADLINE_KINDS,
    }


@routes.route("/events/new", methods=["GET", "POST"])
def register() -> Response:
    """Record that an event takes place."""
    return walk(REGISTER, _about_none)


@routes.route("/events/<uuid:event_id>/change", methods=["GET", "POST"])
def change(event_id: UUID) -> Response:
    """Record what is now known of an event."""
    return walk(CHANGE, lambda: _about(event_id))


@routes.route("/events/<uuid:event_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: UUID) -> Response:
    """Record that an event does not take place."""
    return walk(CANCEL, lambda: _about_end(event_id))


def _about_none() -> About[EventContext]:
    context = event_context(None, neighbours=neighbours())
    return About(context, 0, url_for("events.show"), {}, Topic(None))


def _about(event_id: UUID) -> About[EventContext]:
    context = event_context(event_id, neighbours=neighbours())
    assert context.event is not None  # noqa: S101  An event was asked for.
    topic = Topic(context.event.title, "event", event_id)
    return About(context, context.version, event_page(event_id), written(context.event), topic)


def _about_end(event_id: UUID) -> About[Event]:
    found = neighbours().registry.versioned(Event, event_id)
    return About(
        found.subject,
        found.version,
        event_page(event_id),
        {"cancelled_on": today().isoformat()},
        Topic(found.subject.title, "event", event_id),
    )


def event_page(event_id: UUID) -> str:
    """Give the address of an event's page."""
    return url_for("event.show", event_id=event_id)


def written(event: Event) -> dict[str, str | list[str]]:
    """Give what a form holds when it is opened for an event."""
    venue = event.venue or Words("")
    found: dict[str, str | list[str]] = {
        "title_ko": event.title.ko,
        "title_en": event.title.en or "",
        "kind": event.kind,
        "zone": event.zone,
        "starts_at": event.starts_at.isoformat(timespec="minutes"),
        "ends_at": event.ends_at.isoformat(timespec="minutes"),
        "country": event.country,
        "city_ko": event.city.ko,
        "city_en": event.city.en or "",
        "venue_ko": venue.ko,
        "venue_en": venue.en or "",
        "site": event.link or "",
        "department_id": "" if event.department_id is None else str(event.department_id),
        "partner_ids": [str(each) for each in event.partner_ids],
        "task_ids": [str(each) for each in event.task_ids],
    }
    for due in event.deadlines:
        found[f"{due.kind}_on"] = due.on.isoformat()
        found[f"{due.kind}_at"] = "" if due.at is None else due.at.isoformat(timespec="minutes")
    return found


def facts_in(filled: Filled, context: EventContext) -> EventFacts:
    """Give what a form of an event says; whether its times can be, the registry knows."""
    return EventFacts(
        title=filled.words("title", required=True) or Words(""),
        kind=filled.code("kind", EVENT_KINDS) or "",
        zone=filled.line("zone", required=True) or "",
        starts_at=filled.civil("starts_at", required=True) or NO_TIME,
        ends_at=filled.civil("ends_at", required=True) or NO_TIME,
        country=filled.code("country", [code for code, _ in countries()]) or "",
        city=filled.words("city", required=True) or Words(""),
        venue=filled.words("venue"),
        link=filled.link("site"),
        deadlines=tuple(due for kind in DEADLINE_KINDS if (due := _due(filled, kind))),
        department_id=filled.one_of(
            "department_id", [each for each, _ in context.departments], required=False
        ),
        partner_ids=filled.some_of("partner_ids", [each for each, _ in context.partners]),
        task_ids=filled.some_of("task_ids", [each.id for each in context.tasks]),
    )


def _due(filled: Filled, kind: DeadlineKind) -> Deadline | None:
    on, at = filled.day(f"{kind}_on"), filled.clock(f"{kind}_at")
    if on is None and at is not None:
        filled.faults.setdefault(f"{kind}_on", "no_day_for_hour")
    return None if on is None else Deadline(kind, on, at)


def _registered(filled: Filled, context: EventContext) -> EventRegistered:
    return EventRegistered(facts_in(filled, context))


def _changed(filled: Filled, context: EventContext) -> EventChanged:
    assert context.event is not None  # noqa: S101  An event was asked for.
    return EventChanged(
        context.event.id, facts_in(filled, context), filled.line("reason"), filled.version()
    )


def _cancelled(filled: Filled, event: Event) -> EventCancelled:
    return EventCancelled(
        event.id,
        filled.day("cancelled_on", required=True, latest=today()) or today(),
        filled.passage("reason", required=True) or "",
        filled.passage("cancelled_for"),
        filled.version(),
    )


FIELDS = {
    "title": "title_ko",
    "title/en": "title_en",
    "city": "city_ko",
    "city/en": "city_en",
    "venue": "venue_ko",
    "venue/en": "venue_en",
    "link": "site",
    **{
        f"deadlines/{kind}/{part}": f"{kind}_{part}"
        for kind in DEADLINE_KINDS
        for part in ("on", "at")
    },
}
REGISTER = Change("register_event", "event", _registered, FIELDS, leads_to=event_page)
CHANGE = Change("change_event", "event", _changed, FIELDS)
CANCEL = Change("cancel_event", "event", _cancelled)
