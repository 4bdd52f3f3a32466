"""다름: what would be right of one of the partner's own records."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Declaration, Label
from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.partner import Partner
from changefeed.subjects.seat import Holder, Seat
from changefeed.words import facts_of
from ieum_portal.domain.command import Command, SubjectRegistered
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.offers import named
from ieum_portal.pages.changing.declared import Form, Part, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.holdings.marks import record_at
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("correcting", __name__)

WHY = _l("왜 다른지 적어 주시면 빨리 처리합니다. 이력에 남으니 사람의 이름·연락처는 적지 마십시오.")


def _form(kind_of: type[Declaration], *keys: str) -> Form:
    return Form(kind_of, *keys, reason=WHY)


FORMS: Mapping[str, Form] = {
    "partner": _form(Partner, "name", "kind", "aliases", "business_number", "website", "country"),
    "contact": _form(Person, "name", "email", "phone", "language"),
    "agreement": _form(Agreement, "title", "kind", "signed_on", "effective_on", "purpose"),
    "collaboration": _form(Collaboration, "role", "starts_on", "ends_on"),
    "milestone": _form(Milestone, "title", "due_on"),
}
"""What may be said to be wrong of a record of each type; the rest goes into the note."""


@routes.route("/our-records/<mark>/wrong", methods=["GET", "POST"])
def propose(mark: str) -> Response:
    """Propose what would be right of a record."""
    kind, record_id = record_at(mark, FORMS)
    return walk(_change(kind, FORMS[kind]), lambda: _about(kind, record_id))


WHO = ("name", "email", "phone", "consented_on")
SUCCESSOR = Form(
    Seat,
    Part(Holder, "from_on", label=Label("맡는 첫날", "First day")),
    *(Part(Person, each) for each in WHO),
    hints={
        "from_on": _l("앞서 맡은 사람은 그 전날까지 맡습니다."),
        "name": _l("새로 맡은 사람입니다. 총괄부서가 받아들이면 연락처로 등록됩니다."),
        "consented_on": _l("시가 이름과 연락처를 쓰는 것에 본인이 동의한 날입니다."),
    },
    optional=("phone",),
    reason=WHY,
)


@routes.route("/our-records/seats/<uuid:seat_id>/successor", methods=["GET", "POST"])
def succeed(seat_id: UUID) -> Response:
    """Say that somebody else holds a role of the reader's partner."""
    return walk(SUCCEED, lambda: _about_seat(seat_id))


def _successor(filled: Filled, subject: Subject) -> Command:
    said = SUCCESSOR.read(filled, subject, neighbours().registry)
    facts = {
        "partner_id": subject.fixed["partner"],
        "record": {"type": "seat", "id": str(subject.id), "version": filled.version()},
        "from": said["from_on"],
        "person": {each: said[each] for each in WHO},
        "note": SUCCESSOR.reason(filled),
    }
    return SubjectRegistered("reply", facts, by="successions")


SUCCEED = Change(
    "correcting.succeed",
    SUCCESSOR,
    _successor,
    {"from": "from_on", "note": "reason", **{f"person/{each}": each for each in WHO}},
    is_light=True,
)


def _about_seat(seat_id: UUID) -> About:
    registry = neighbours().registry
    found = registry.versioned(Seat, seat_id)
    facts = to_facts(found.subject)
    partner = _whose(facts, neighbours().own_partners())
    names = names_behind(mentioned(facts), registry)
    shown = [
        (each.fact.label, fact(facts[each.key], each.key, "seat", names))
        for each in facts_of("seat").values()
        if each.key in ("role", "holders")
    ]
    back = url_for("holdings.show", partner=partner, _anchor="seat")
    subject = Subject(shown, fixed={"partner": str(partner)}, id=seat_id)
    return About(subject, found.version, back, {"from_on": today().isoformat()}, Topic(None))


def _change(kind: str, form: Form) -> Change:
    ways = {f"changes/{way}": name for way, name in form.places.items()}
    ways |= {f"changes/{each.key}": each.key for each in form.asked if each.key not in form.places}
    ways |= {f"changes/{way}/ko": name for way, name in form.places.items() if "/" not in way}
    ways["note"] = "reason"
    return Change("correcting.propose", form, _reader(kind, form), ways, is_light=True)


def _reader(kind: str, form: Form) -> Callable[[Filled, Subject], Command]:
    def read(filled: Filled, subject: Subject) -> Command:
        said, fixed = form.read(filled, subject, neighbours().registry), subject.fixed
        before: Mapping[str, Any] = fixed["before"]
        changes = {
            name: each
            for name, each in said.items()
            if name not in fixed and each != before.get(name)
        }
        record = {"type": kind, "id": str(subject.id), "version": filled.version()}
        facts = {
            "partner_id": fixed["partner"],
            "record": record,
            "changes": changes,
            "note": form.reason(filled),
        }
        return SubjectRegistered("reply", facts, by="proposals")

    return read


def _about(kind: str, record_id: UUID) -> About:
    form, registry = FORMS[kind], neighbours().registry
    found = registry.versioned(form.kind_of, record_id)
    facts = to_facts(found.subject)
    partner = _whose(facts, neighbours().own_partners())
    names = names_behind(mentioned(facts), registry)
    shown = [
        (each.fact.label, fact(facts[each.key], each.key, form.subject_type, names))
        for each in form.asked
    ]
    has_title = kind in ("partner", "agreement", "milestone")
    topic = Topic(named(found.subject)[1], kind, record_id) if has_title else Topic(None)
    back = url_for("holdings.show", partner=partner, _anchor=kind)
    fixed = {"before": facts, "partner": str(partner)}
    subject = Subject(shown, fixed=fixed, id=record_id)
    return About(subject, found.version, back, form.defaults(facts), topic)


def _whose(facts: Mapping[str, Any], partners: Sequence[UUID]) -> UUID:
    """Give which of the reader's partners a record is of; the registry says if it is of none.

    Raises:
        NotFound: The reader is nobody's liaison today.
    """
    if not partners:
        raise NotFound
    text = json.dumps(facts)
    return next((each for each in partners if str(each) in text), partners[0])
