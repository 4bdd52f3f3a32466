"""파트너: registering one, and recording what is now known of one."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from changefeed.mapping import to_facts
from changefeed.subjects.partner import Partner
from ieum_portal.domain.command import Command, SubjectRegistered
from ieum_portal.domain.draft import Topic
from ieum_portal.pages.changing.declared import Form, Note, Subject
from ieum_portal.pages.changing.plain import changing, registering
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.typeset import plain
from ieum_portal.pages.wired import neighbours
from registryclient.alike import Alike
from registryclient.answers import Asked

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


MOST_ALIKE = 5
"""So many look-alikes are named; who finds more of them goes to the list."""


def look_alikes(**asked: Asked) -> Sequence[Note]:
    """Name who on record may be the same organisation, each with why and its page.

    Source: docs/rules/terms.md, T-61.
    """
    found = neighbours().registry.look_alikes(limit=MOST_ALIKE, **asked)
    return [
        Note(
            f"{plain(each.partner.name)} – {', '.join(reason(why) for why in each.why)}",
            partner_page(each.partner.id),
            gettext("이 기관 보기"),
        )
        for each in found
    ]


def reason(why: Alike) -> str:
    """Say why two may be one."""
    return f"{plain(why.label)} ({why.text})"


def _alike(command: Command) -> Sequence[Note]:
    assert isinstance(command, SubjectRegistered)  # noqa: S101  Of the form below.
    facts = command.facts
    return look_alikes(
        name=facts["name"]["ko"],
        name_en=facts["name"].get("en"),
        business_number=facts.get("business_number"),
        website=facts.get("website"),
    )


def _alike_by_name(name: str) -> Sequence[Note]:
    return look_alikes(name=name) if len(name.strip()) > 1 else ()


REGISTER = replace(
    registering("partner_form.register", Form(Partner, *KEYS, hints=HINTS), leads_to=partner_page),
    warns=_alike,
    warns_of=_alike_by_name,
    template="partner/form.html",
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
