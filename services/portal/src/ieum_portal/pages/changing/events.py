"""The changes of events that the office makes at the desk, each with its form."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from changefeed.mapping import to_facts
from changefeed.subjects.event import DEADLINE_KINDS, Deadline, DeadlineKind, Event
from ieum_portal.domain.command import EventCancelled, SubjectChanged, SubjectRegistered
from ieum_portal.domain.draft import Topic
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.places import zones
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("event_changing", __name__)


@routes.context_processor
def offers() -> dict[str, object]:
    """Let the forms offer deadlines and places."""
    return {
        "zones": zones,
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


def _about_none() -> About[Subject]:
    first = FORM.defaults({})
    return About(_subject((), None), 0, url_for("events.show"), first, Topic(None))


def _about(event_id: UUID) -> About[Subject]:
    found = neighbours().registry.versioned(Event, event_id)
    event = found.subject
    shown = (
        (Event.declares.label, say(event.title)),
        *((each.fact.label, _written(event, each.key)) for each in FORM.asked if each.key in SHOWN),
    )
    topic = Topic(event.title, "event", event_id)
    subject = _subject(shown, event_id)
    return About(subject, found.version, event_page(event_id), written(event), topic)


def _written(event: Event, key: str) -> Markup:
    return fact(to_facts(event)[key], key, "event", {})


def _subject(shown: Sequence[tuple[object, object]], event_id: UUID | None) -> Subject:
    return Subject(shown, id=event_id, narrowed={"partner_ids": {"own": "any"}})


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
    found = FORM.defaults(to_facts(event))
    for due in event.deadlines:
        found[f"{due.kind}_on"] = due.on.isoformat()
        found[f"{due.kind}_at"] = "" if due.at is None else due.at.isoformat(timespec="minutes")
    return found


def facts_in(filled: Filled, subject: Subject) -> dict[str, Any]:
    """Give what a form of an event says; whether its times can be, the registry knows."""
    facts = FORM.read(filled, subject, neighbours().registry)
    facts["deadlines"] = [to_facts(due) for kind in DEADLINE_KINDS if (due := _due(filled, kind))]
    return facts


def _due(filled: Filled, kind: DeadlineKind) -> Deadline | None:
    on, at = filled.day(f"{kind}_on"), filled.clock(f"{kind}_at")
    if on is None and at is not None:
        filled.faults.setdefault(f"{kind}_on", "no_day_for_hour")
    return None if on is None else Deadline(kind, on, at)


def _registered(filled: Filled, subject: Subject) -> SubjectRegistered:
    return SubjectRegistered("event", facts_in(filled, subject))


def _changed(filled: Filled, subject: Subject) -> SubjectChanged:
    assert subject.id is not None  # noqa: S101  An event was asked for.
    reason, seen = filled.passage("reason"), filled.version()
    return SubjectChanged("event", subject.id, facts_in(filled, subject), reason, seen)


def _cancelled(filled: Filled, event: Event) -> EventCancelled:
    return EventCancelled(
        event.id,
        filled.day("cancelled_on", required=True, latest=today()) or today(),
        filled.passage("reason", required=True) or "",
        filled.passage("cancelled_for"),
        filled.version(),
    )


SHOWN = ("starts_at", "ends_at", "zone", "country", "city", "venue")
"""What stands above the form of an event on record."""

FORM = Form(
    Event,
    "title",
    "kind",
    "zone",
    "starts_at",
    "ends_at",
    "country",
    "city",
    "venue",
    "link",
    "department_id",
    "partner_ids",
    "task_ids",
    hints={
        "zone": _l(
            "행사가 열리는 곳의 시간대를 IANA 이름으로 적습니다. 예: America/Los_Angeles. "
            "모르면 도시 이름을 영어로 적으십시오. 비슷한 이름을 알려 드립니다. "
            "아래의 시각과 마감은 모두 그곳의 시계로 적습니다."
        ),
        "link": _l("https://로 시작하는 주소"),
        "department_id": _l("비워 두면 총괄부서가 맡습니다."),
        "partner_ids": _l("고른 기관의 연락담당자가 알림을 받습니다."),
    },
)
FIELDS = {
    f"deadlines/{kind}/{part}": f"{kind}_{part}" for kind in DEADLINE_KINDS for part in ("on", "at")
}
TEMPLATE = "changing/change_event.html"
REGISTER = Change(
    "register_event",
    "event",
    _registered,
    FIELDS,
    leads_to=event_page,
    form=FORM,
    template=TEMPLATE,
)
CHANGE = Change("change_event", "event", _changed, FIELDS, form=FORM, template=TEMPLATE)
CANCEL = Change("cancel_event", "event", _cancelled)
