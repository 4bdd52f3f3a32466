"""같은 기관: merging two records of one organisation, parting them, and telling two apart."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.partner import Partner
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.offers import Offer
from ieum_portal.pages.changing.declared import Form, Note, Part, Subject
from ieum_portal.pages.changing.plain import acting
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.partner.form import partner_page, reason
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import neighbours

routes = Blueprint("merging", __name__)

MOST_PAIRS = 20
WHY = _l("무엇을 대조했는지 적습니다. 이력에 남습니다. 예: 사업자등록증 대조")
INTO = Part(JournalEntry, "partner_id", "into_id", Label("합칠 곳", "Merge into"))
MERGE_FORM = Form(
    Partner,
    INTO,
    hints={
        "into_id": _l("두 기관을 대표해 남을 기관입니다. 이 기관의 주소는 그곳으로 이어집니다.")
    },
    reason=WHY,
    needs_reason=True,
)
MERGE = replace(acting("merging.merge", MERGE_FORM, "merges"), leads_to=partner_page)
TAKEN_OUT = Part(JournalEntry, "partner_id", label=Label("되돌릴 기관", "Part again"))
SEPARATE_FORM = Form(Partner, TAKEN_OUT, reason=WHY, needs_reason=True)
SEPARATE = acting("merging.separate", SEPARATE_FORM, "separations")
OTHER = Part(JournalEntry, "partner_id", "other_id", Label("다른 기관", "The other one"))
TELL_APART = replace(
    acting("merging.tell_apart", Form(Partner, OTHER, reason=WHY), "distinctions"),
    leads_to=lambda _: url_for("merging.show"),
)
MERGED = _l("합쳐도 협약, 담당, 이력은 지워지지 않습니다. 잘못 합쳤으면 기관 화면에서 되돌립니다.")


@routes.route("/partners/<uuid:partner_id>/merge", methods=["GET", "POST"])
def merge(partner_id: UUID) -> Response:
    """Record that a partner is the same organisation as another one."""
    return walk(MERGE, lambda: _about_merging(partner_id))


@routes.route("/partners/<uuid:partner_id>/separate", methods=["GET", "POST"])
def separate(partner_id: UUID) -> Response:
    """Take back that another record was merged into this one."""
    return walk(SEPARATE, lambda: _about_separating(partner_id))


@routes.route("/partners/<uuid:partner_id>/apart", methods=["GET", "POST"])
def tell_apart(partner_id: UUID) -> Response:
    """Record that a partner that looks alike is another organisation."""
    return walk(TELL_APART, lambda: _about(partner_id, {"other_id": request.args.get("other", "")}))


@routes.get("/partners/alike")
def show() -> str:
    """Show the pairs that may be one organisation and that nobody has decided on."""
    found = neighbours().registry.pairs_alike(limit=MOST_PAIRS, after=request.args.get("after"))
    return render_template("partner/alike.html", found=found, reason=reason)


def _about_merging(partner_id: UUID) -> About:
    return _about(partner_id, {"into_id": request.args.get("into", "")}, Note(MERGED))


def _about_separating(partner_id: UUID) -> About:
    registry = neighbours().registry
    merged = registry.by_id(Partner, registry.one(Partner, partner_id).merged_ids)
    choices = [(each, partner.name) for each, partner in merged.items()]
    about = _about(partner_id, {"partner_id": request.args.get("other", "")})
    offers = {"partner_id": Offer(choices, is_whole=True)}
    return replace(about, subject=replace(about.subject, offers=offers))


def _about(partner_id: UUID, first: Mapping[str, str], *notes: Note) -> About:
    found = neighbours().registry.versioned(Partner, partner_id)
    shown = ((Partner.declares.label, say(found.subject.name)),)
    subject = Subject(shown, id=partner_id, notes=notes)
    topic = Topic(found.subject.name, "partner", partner_id)
    return About(subject, found.version, partner_page(partner_id), first, topic)
