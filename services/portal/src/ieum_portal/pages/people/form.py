"""연락처 등록: people of a partner, one or many at once, with what they agreed to."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.mapping import to_facts
from changefeed.subjects.contact import Person
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Place
from ieum_portal.domain.draft import Topic
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.plain import registering_several
from ieum_portal.pages.changing.rows import Rows
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import neighbours

routes = Blueprint("people_form", __name__)

SHARED = Form(
    Person,
    "purpose",
    "consented_on",
    "retain_until",
    "language",
    hints={
        "purpose": _l("연락처를 무엇에 쓰기로 동의받았는지 적습니다. 아래 모두에게 같습니다."),
        "retain_until": _l("이날이 지나면 알림을 보내지 않습니다."),
        "language": _l("알림을 이 언어로 받습니다."),
    },
    required=("purpose",),
)
ROWS = Rows(Form(Person, "name", "email", "phone", required=("name", "email")))
REGISTER = registering_several("people_form.register", ROWS, SHARED)


@routes.route("/partners/<uuid:partner_id>/people/new", methods=["GET", "POST"])
def register(partner_id: UUID) -> Response:
    """Record people of a partner, all or none."""
    return walk(REGISTER, lambda: _about(partner_id))


def _about(partner_id: UUID) -> About:
    partner = neighbours().registry.one(Partner, partner_id)
    subject = Subject(
        shown=((Partner.declares.label, say(partner.name)),),
        fixed={"at": to_facts(Place("partner", partner_id))},
    )
    back = url_for("partner.show", partner_id=partner_id, _anchor="people")
    first = SHARED.defaults({"language": "ko"})
    return About(subject, 0, back, first, Topic(partner.name, "partner", partner_id))
