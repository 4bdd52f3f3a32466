"""연락 기록: one contact with a partner, noted from that partner's page."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.partner import Partner
from ieum_portal.domain.draft import Topic
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.plain import registering
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("journal_form", __name__)

FORM = Form(
    JournalEntry,
    "on",
    "kind",
    "department_id",
    "agreement_id",
    "text",
    hints={
        "department_id": _l("우리 쪽에서 연락한 부서입니다."),
        "agreement_id": _l("이 기관이 당사자인 협약 가운데, 그 협약에 대한 연락이면 고릅니다."),
        "text": _l("무엇을 두고 연락했는지 적습니다. 지울 수 없으니 개인정보는 적지 마십시오."),
    },
)
RECORD = registering("journal_form.record", FORM, is_light=True)


@routes.route("/partners/<uuid:partner_id>/journal/new", methods=["GET", "POST"])
def record(partner_id: UUID) -> Response:
    """Note a contact with a partner."""
    return walk(RECORD, lambda: _about(partner_id))


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
