"""개인정보 삭제: everything personal of one person goes, for good, and the history stays whole."""

from uuid import UUID

from flask import Blueprint, Response
from flask_babel import lazy_gettext as _l

from changefeed.subjects.contact import Person
from ieum_portal.pages.changing.declared import Form, Note
from ieum_portal.pages.changing.plain import acting
from ieum_portal.pages.changing.route import about_contact
from ieum_portal.pages.changing.steps import walk

routes = Blueprint("contacts_erasure", __name__)

FORM = Form(
    Person,
    reason=_l("왜 삭제하는지 꼭 적습니다. 이력에 남으니 이름이나 주소는 적지 마십시오."),
    needs_reason=True,
)
ERASE = acting("contacts_erasure.erase", FORM, "erasures")
FOR_GOOD = _l(
    "이름, 전자우편, 전화, 목적이 지워지고 복구할 수 없습니다. 맡은 담당(역할)은 오늘부터 비게 "
    "됩니다. 이력에는 누군가 있었다는 것만 남습니다."
)


@routes.route("/contacts/<uuid:contact_id>/erase", methods=["GET", "POST"])
def erase(contact_id: UUID) -> Response:
    """Erase a person, with the reason."""
    return walk(ERASE, lambda: about_contact(contact_id, Note(FOR_GOOD, is_notice=True)))
