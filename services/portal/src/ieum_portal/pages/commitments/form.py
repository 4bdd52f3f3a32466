"""협력(이행): recording what is now known of one, and what proves that it happens."""

from uuid import UUID

from flask import Blueprint, Response
from flask_babel import lazy_gettext as _l

from changefeed.declared import Declaration
from changefeed.mapping import to_facts
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Evidence
from ieum_portal.pages.changing.declared import Facts, Form, Part, Subject
from ieum_portal.pages.changing.plain import changing
from ieum_portal.pages.changing.route import about_commitment, about_milestone
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("commitment_form", __name__)

FORM = Form(
    Collaboration,
    "task_id",
    "role",
    "technology_ids",
    "service_field_id",
    "starts_on",
    "disclosure",
    hints={
        "disclosure": _l("공개하면 누구나 봅니다. 비공개 협약 아래의 협력은 공개할 수 없습니다.")
    },
    reason=_l("이력에 남습니다. 왜 고치는지 적어 두면 나중에 도움이 됩니다."),
)
CHANGE = changing("commitment_form.change", FORM)


def _with_one_more(facts: Facts) -> Facts:
    proof = {"on": facts["proved_on"], "text": facts["proof"], "link": facts["link"]}
    return {"evidence": [*facts["evidence"], proof]}


def _proving(name: str, kind_of: type[Declaration]) -> Change:
    """Offer to add evidence to what proves something already."""
    form = Form(
        kind_of,
        Part(Evidence, "on", "proved_on"),
        Part(Evidence, "text", "proof"),
        Part(Evidence, "link", "link"),
        hints={
            "proof": _l("무엇이 이행되었고 무엇으로 확인했는지 적습니다. 예: 실증 결과 보고"),
            "link": _l("https://로 시작하는 주소"),
        },
        reason=_l("이력에 남습니다. 왜 지금 이렇게 기록하는지 적어 두면 나중에 도움이 됩니다."),
    )
    return changing(name, form, says=_with_one_more, fields={"evidence": "proof"})


PROVE = _proving("commitment_form.prove", Collaboration)
PROVE_MILESTONE = _proving("commitment_form.prove_milestone", Milestone)


@routes.route("/commitments/<uuid:commitment_id>/change", methods=["GET", "POST"])
def change(commitment_id: UUID) -> Response:
    """Record what is now known of a commitment; its end has a form of its own."""
    return walk(CHANGE, lambda: _about(commitment_id))


@routes.route("/commitments/<uuid:commitment_id>/evidence", methods=["GET", "POST"])
def prove(commitment_id: UUID) -> Response:
    """Add what proves that a commitment is kept."""
    return walk(PROVE, lambda: _to_prove(about_commitment(commitment_id, {}), Collaboration))


@routes.route("/milestones/<uuid:milestone_id>/evidence", methods=["GET", "POST"])
def prove_milestone(milestone_id: UUID) -> Response:
    """Add what proves that a milestone was reached."""
    return walk(
        PROVE_MILESTONE,
        lambda: _to_prove(about_milestone(milestone_id, PROVE_MILESTONE.form), Milestone),
    )


def _about(commitment_id: UUID) -> About:
    facts = to_facts(neighbours().registry.one(Collaboration, commitment_id))
    about = about_commitment(commitment_id, {})
    return About(about.subject, about.seen, about.back, FORM.defaults(facts), about.topic)


def _to_prove(about: About, kind_of: type[Declaration]) -> About:
    """Keep what proves it already, under the version that is shown."""
    assert about.subject.id is not None  # noqa: S101  It is on record.
    kept = to_facts(neighbours().registry.one(kind_of, about.subject.id))["evidence"]
    subject = Subject(
        about.subject.shown, {"evidence": kept}, about.subject.id, notes=about.subject.notes
    )
    first = {"proved_on": today().isoformat()}
    return About(subject, about.seen, about.back, first, about.topic)
