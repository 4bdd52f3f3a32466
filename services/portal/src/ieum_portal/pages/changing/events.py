"""The changes of events that the office makes at the desk, each with its form."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from changefeed.mapping import to_facts
from changefeed.subjects.event import Event
from changefeed.words import facts_of
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.names import names_behind
from ieum_portal.pages.changing.declared import Form, Note, Subject
from ieum_portal.pages.changing.plain import acting, changing, registering
from ieum_portal.pages.changing.route import taken_back_at
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.typeset import exampled, say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("event_changing", __name__)


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
    return walk(CANCEL, lambda: _about_cancelling(event_id))


@routes.route("/events/<uuid:event_id>/reopen", methods=["GET", "POST"])
def reopen(event_id: UUID) -> Response:
    """Take back that an event was cancelled."""
    return walk(REOPEN, lambda: _about_cancelled(event_id, {}))


def _about_none() -> About:
    first = FORM.defaults({})
    return About(_subject((), None), 0, url_for("events.show"), first, Topic(None))


def _about(event_id: UUID) -> About:
    found = neighbours().registry.versioned(Event, event_id)
    event = found.subject
    shown = (
        (Event.declares.label, say(event.title)),
        *((each.fact.label, _written(event, each.key)) for each in FORM.asked if each.key in SHOWN),
    )
    topic = Topic(event.title, "event", event_id)
    subject = _subject(shown, event_id)
    return About(
        subject, found.version, event_page(event_id), CHANGE_FORM.defaults(to_facts(event)), topic
    )


def _written(event: Event, key: str) -> Markup:
    return fact(to_facts(event)[key], key, "event", {})


def _subject(shown: Sequence[tuple[object, object]], event_id: UUID | None) -> Subject:
    return Subject(shown, id=event_id, narrowed={"partner_ids": {"own": "any"}})


def _about_cancelling(event_id: UUID) -> About:
    event = neighbours().registry.one(Event, event_id)
    back = taken_back_at(url_for("event_changing.reopen", event_id=event_id))
    notes = [back] if event.cancelled_on is not None else []
    return _about_cancelled(event_id, {"cancelled_on": today().isoformat()}, *notes)


def _about_cancelled(event_id: UUID, first: Mapping[str, str], *notes: Note) -> About:
    found = neighbours().registry.versioned(Event, event_id)
    event, facts = found.subject, to_facts(found.subject)
    asked = ("starts_at", "zone", "country", "city", "partner_ids", "cancelled_on", "cancelled_for")
    kept = [key for key in asked if facts[key]]
    names = names_behind(mentioned({key: facts[key] for key in kept}), neighbours().registry)
    declared = facts_of("event")
    shown = (
        (Event.declares.label, exampled(event.title, event)),
        *((declared[key].fact.label, fact(facts[key], key, "event", names)) for key in kept),
    )
    topic = Topic(event.title, "event", event_id)
    subject = Subject(shown, id=event_id, notes=notes)
    return About(subject, found.version, event_page(event_id), first, topic)


def event_page(event_id: UUID) -> str:
    """Give the address of an event's page."""
    return url_for("event.show", event_id=event_id)


SHOWN = ("starts_at", "ends_at", "zone", "country", "city", "venue")
"""What stands above the form of an event on record."""

KEYS = (
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
    "deadlines",
)
HINTS = {
    "zone": _l(
        "행사가 열리는 도시를 한국어나 영어로 적습니다. 예: 바르셀로나, Las Vegas. "
        "나라를 함께 보고 시간대를 찾으며, 분명하지 않으면 고를 것을 알려 드립니다. "
        "시간대의 IANA 이름(예: America/Los_Angeles)도 됩니다. "
        "아래의 시각과 마감은 모두 그곳의 시계로 적습니다."
    ),
    "link": _l("https://로 시작하는 주소"),
    "department_id": _l("비워 두면 총괄부서가 맡습니다."),
    "partner_ids": _l("고른 기관의 연락담당자가 알림을 받습니다."),
    "deadlines": _l("시각을 비워 두면 그날 끝까지입니다. 날짜를 비우면 마감이 없습니다."),
}
FORM = Form(Event, *KEYS, hints=HINTS)
CHANGE_FORM = Form(
    Event, *KEYS, hints=HINTS, reason=_l("이력에 남습니다. 예: 주최 측의 일정 변경 통보")
)
CANCEL_FORM = Form(
    Event,
    "cancelled_on",
    "cancelled_for",
    hints={
        "cancelled_on": _l(
            "오늘까지의 날을 적습니다. 미뤄진 것이면 취소하지 말고 시각을 고칩니다."
        ),
        "cancelled_for": _l(
            "취소를 알리는 메일과 행사 페이지에 나와 모두가 읽습니다. "
            "비워 두면 사유를 알리지 않습니다."
        ),
    },
    required=("cancelled_on",),
    reason=_l("이력에 남고, 시 직원과 의회만 읽습니다."),
    needs_reason=True,
)
REOPEN_FORM = Form(
    Event,
    reason=_l(
        "이력에 남고, 시 직원과 의회만 읽습니다. 취소 알림을 받은 사람에게는 예정대로 열린다고 "
        "알립니다."
    ),
    needs_reason=True,
)
REGISTER = registering("register_event", FORM, leads_to=event_page)
CHANGE = changing("change_event", CHANGE_FORM)
CANCEL = acting("cancel_event", CANCEL_FORM, "cancellations")
REOPEN = acting("event_changing.reopen", REOPEN_FORM, "reopenings")
