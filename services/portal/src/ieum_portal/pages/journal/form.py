"""연락 기록: one contact with a partner, noted from that partner's page."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import fields_of
from changefeed.mapping import to_facts
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.partner import Partner
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.names import names_behind
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.plain import acting, changing, registering
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.journal.route import called
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("journal_form", __name__)

KEYS = ("on", "kind", "department_id", "agreement_id", "text")
HINTS = {
    "department_id": _l("우리 쪽에서 연락한 부서입니다."),
    "agreement_id": _l("이 기관이 당사자인 협약 가운데, 그 협약에 대한 연락이면 고릅니다."),
    "text": _l("무엇을 두고 연락했는지 적습니다. 지울 수 없으니 개인정보는 적지 마십시오."),
}
FORM = Form(JournalEntry, *KEYS, hints=HINTS)
RECORD = registering("journal_form.record", FORM, is_light=True)
CHANGE = changing(
    "journal_form.change",
    Form(JournalEntry, *KEYS, hints=HINTS, reason=_l("이력에 남습니다. 예: 날을 잘못 적음")),
)
RETRACT = acting(
    "journal_form.retract",
    Form(
        JournalEntry,
        reason=_l("없던 연락이나 다른 기관의 연락을 잘못 적었을 때 취소합니다. 이력에 남습니다."),
        needs_reason=True,
    ),
    "retractions",
)


@routes.route("/partners/<uuid:partner_id>/journal/new", methods=["GET", "POST"])
def record(partner_id: UUID) -> Response:
    """Note a contact with a partner."""
    return walk(RECORD, lambda: _about(partner_id))


@routes.route("/journal/<uuid:journal_id>/change", methods=["GET", "POST"])
def change(journal_id: UUID) -> Response:
    """Record what is now known of a contact."""
    back = url_for("journal.one", journal_id=journal_id)
    return walk(CHANGE, lambda: _about_entry(journal_id, CHANGE, back))


@routes.route("/journal/<uuid:journal_id>/retract", methods=["GET", "POST"])
def retract(journal_id: UUID) -> Response:
    """Take back a contact that should never have been noted."""
    return walk(RETRACT, lambda: _about_entry(journal_id, RETRACT, url_for("journal.show")))


def _about_entry(journal_id: UUID, offered: Change, back: str) -> About:
    registry = neighbours().registry
    found = registry.versioned(JournalEntry, journal_id)
    facts = to_facts(found.subject)
    names = names_behind(mentioned(facts), registry)
    shown = [
        (field.fact.label, fact(facts[field.key], field.key, "journal", names))
        for field in fields_of(JournalEntry)
        if field.key in ("partner_id", *KEYS)
    ]
    partner_id = found.subject.partner_id
    subject = Subject(shown, id=journal_id, narrowed={"agreement_id": {"partner": partner_id}})
    topic = Topic(called(found.subject, names), "journal", journal_id)
    return About(subject, found.version, back, offered.form.defaults(facts), topic)


def _about(partner_id: UUID) -> About:
    partner = neighbours().registry.one(Partner, partner_id)
    subject = Subject(
        shown=((Partner.declares.label, say(partner.name)),),
        fixed={"partner_id": str(partner_id)},
        narrowed={"agreement_id": {"partner": partner_id}},
    )
    back = url_for("partner.show", partner_id=partner_id, _anchor="journal")
    first = FORM.defaults({"on": today().isoformat()})
    return About(subject, 0, back, first, Topic(partner.name, "partner", partner_id))
