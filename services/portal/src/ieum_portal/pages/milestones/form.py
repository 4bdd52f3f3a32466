"""이행과제: setting one under an agreement, and recording what is now known of one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_babel import lazy_gettext as _l

from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Words
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.form_contexts import UnderContext, under_context
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.offers import Offer
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.plain import changing, registering
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("milestone_form", __name__)

KEYS = ("title", "due_on", "owner", "collaboration_id")
HINTS = {
    "owner": _l("기한까지 책임지는 부서나 협약 당사자입니다. 알림도 그 담당자가 받습니다."),
    "collaboration_id": _l("이 협약 아래의 어느 협력에 딸린 것이면 고릅니다."),
}
FORM = Form(Milestone, *KEYS, hints=HINTS)
CHANGED = Form(
    Milestone, *KEYS, hints=HINTS, reason=_l("이력에 남습니다. 예: 기한을 미루기로 합의")
)
REGISTER = registering("milestone_form.register", FORM)
CHANGE = changing("milestone_form.change", CHANGED)


@routes.route("/agreements/<uuid:agreement_id>/milestones/new", methods=["GET", "POST"])
def register(agreement_id: UUID) -> Response:
    """Set a milestone under an agreement; `?commitment=` chooses one of its commitments."""
    return walk(REGISTER, lambda: _about_new(agreement_id))


@routes.route("/milestones/<uuid:milestone_id>/change", methods=["GET", "POST"])
def change(milestone_id: UUID) -> Response:
    """Record what is now known of a milestone."""
    return walk(CHANGE, lambda: _about(milestone_id))


def _about_new(agreement_id: UUID) -> About:
    under = under_context(agreement_id, on=today(), neighbours=neighbours())
    agreement = under.agreement
    subject = Subject(
        shown=((Agreement.declares.label, say(agreement.title)),),
        fixed={"agreement_id": str(agreement_id)},
        offers=_offers(under),
        partners={"owner": under.parties},
    )
    first = FORM.defaults({"collaboration_id": request.args.get("commitment")})
    topic = Topic(agreement.title, "agreement", agreement_id)
    return About(subject, 0, milestones_of(agreement_id), first, topic)


def _about(milestone_id: UUID) -> About:
    found = neighbours().registry.versioned(Milestone, milestone_id)
    milestone, facts = found.subject, to_facts(found.subject)
    names = names_behind(mentioned(facts), neighbours().registry)
    shown = [
        (each.fact.label, fact(facts[each.key], each.key, "milestone", names))
        for each in CHANGED.asked
    ]
    subject = Subject(shown, id=milestone_id)
    if milestone.agreement_id is not None:
        under = under_context(milestone.agreement_id, on=today(), neighbours=neighbours())
        agreement = (Agreement.declares.label, say(under.agreement.title))
        partners = {"owner": _with_owner(milestone, under, names)}
        subject = Subject([agreement, *shown], {}, milestone_id, {}, _offers(under), partners)
    back = milestones_of(milestone.agreement_id)
    topic = Topic(milestone.title, "milestone", milestone_id)
    return About(subject, found.version, back, CHANGED.defaults(facts), topic)


def _offers(under: UnderContext) -> dict[str, Offer]:
    return {"collaboration_id": Offer(under.commitments, is_whole=True)}


def _with_owner(
    milestone: Milestone, under: UnderContext, names: Mapping[UUID, Words]
) -> Sequence[tuple[UUID, Words]]:
    """Offer who owes it as well, though they have left since: they keep what they owed (L-26)."""
    owner = milestone.owner
    is_offered = owner.type != "partner" or owner.id in dict(under.parties)
    if is_offered or owner.id not in names:
        return under.parties
    return [*under.parties, (owner.id, names[owner.id])]


def milestones_of(agreement_id: UUID | None) -> str:
    """Give where an agreement's milestones stand; of one under none, the list of all."""
    if agreement_id is None:
        return url_for("milestones.show")
    return url_for("agreement.show", agreement_id=agreement_id, _anchor="milestones")
