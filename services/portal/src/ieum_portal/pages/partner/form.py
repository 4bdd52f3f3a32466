"""파트너: registering one, and recording what is now known of one."""

from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.mapping import to_facts
from changefeed.subjects.partner import Partner
from ieum_portal.domain.draft import Topic
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.plain import changing, registering
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.wired import neighbours

routes = Blueprint("partner_form", __name__)

KEYS = ("name", "kind", "aliases", "business_number", "country", "website", "memo")
HINTS = {
    "aliases": _l("한 줄에 하나씩 적습니다. 이 이름으로도 찾습니다."),
    "business_number": _l("하이픈은 있어도 없어도 됩니다. 예: 124-81-00998"),
    "country": _l("해외기관이면 고릅니다."),
    "memo": _l("시 직원만 읽습니다."),
}


def partner_page(partner_id: UUID) -> str:
    """Give the address of a partner's page."""
    return url_for("partner.show", partner_id=partner_id)


REGISTER = registering(
    "partner_form.register", Form(Partner, *KEYS, hints=HINTS), leads_to=partner_page
)
CHANGED = Form(Partner, *KEYS, hints=HINTS, reason=_l("이력에 남습니다. 예: 상호 변경"))
CHANGE = changing("partner_form.change", CHANGED)


@routes.route("/partners/new", methods=["GET", "POST"])
def register() -> Response:
    """Record an organisation that can sign."""
    back = url_for("partners.show")
    return walk(REGISTER, lambda: About(Subject(), 0, back, {}, Topic(None)))


@routes.route("/partners/<uuid:partner_id>/change", methods=["GET", "POST"])
def change(partner_id: UUID) -> Response:
    """Record what is now known of a partner."""
    return walk(CHANGE, lambda: _about(partner_id))


def _about(partner_id: UUID) -> About:
    found = neighbours().registry.versioned(Partner, partner_id)
    facts = to_facts(found.subject)
    shown = [
        (each.fact.label, fact(facts[each.key], each.key, "partner", {})) for each in CHANGED.asked
    ]
    subject = Subject(shown, id=partner_id)
    topic = Topic(found.subject.name, "partner", partner_id)
    first = CHANGED.defaults(facts)
    return About(subject, found.version, partner_page(partner_id), first, topic)
