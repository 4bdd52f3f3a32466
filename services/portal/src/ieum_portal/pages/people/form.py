"""연락처 등록: people of a partner or department, one or many at once, with what they agreed to."""

from uuid import UUID

from flask import Blueprint, Response
from flask_babel import lazy_gettext as _l

from changefeed.mapping import to_facts
from changefeed.subjects.contact import Person
from changefeed.subjects.department import Department
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Place, PlaceType
from ieum_portal.domain.draft import Topic
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.plain import registering_several
from ieum_portal.pages.changing.route import house_page
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
REGISTER_AT = registering_several("people_form.register_at", ROWS, SHARED)


@routes.route("/partners/<uuid:partner_id>/people/new", methods=["GET", "POST"])
def register(partner_id: UUID) -> Response:
    """Record people of a partner, all or none."""
    return walk(REGISTER, lambda: _about("partner", partner_id))


@routes.route("/departments/<uuid:department_id>/people/new", methods=["GET", "POST"])
def register_at(department_id: UUID) -> Response:
    """Record people of a department, all or none."""
    return walk(REGISTER_AT, lambda: _about("department", department_id))


def _about(kind: PlaceType, place_id: UUID) -> About:
    kind_of: type[Partner | Department] = Partner if kind == "partner" else Department
    house = neighbours().registry.one(kind_of, place_id)
    place = Place(kind, place_id)
    subject = Subject(
        shown=((kind_of.declares.label, say(house.name)),), fixed={"at": to_facts(place)}
    )
    first = SHARED.defaults({"language": "ko"})
    return About(subject, 0, house_page(place), first, Topic(house.name, kind, place_id))
