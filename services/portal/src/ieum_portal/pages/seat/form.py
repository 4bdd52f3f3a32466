"""담당자 변경: a seat goes to somebody of its house, also to somebody who is entered with it."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.contact import Person
from changefeed.subjects.parts import Words
from changefeed.subjects.seat import Holder, Seat
from changefeed.words import facts_of
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.form_contexts import SeatContext, seat_context
from ieum_portal.operations.offers import Offer
from ieum_portal.pages.changing.declared import Facts, Form, Note, Part, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.plain import acting
from ieum_portal.pages.changing.route import house_page
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.labels import label
from ieum_portal.pages.typeset import say
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("seat_form", __name__)

NEW = ("name", "email", "phone", "purpose", "consented_on", "retain_until", "language")
NEEDED = ("name", "email", "purpose", "consented_on")
"""Of somebody new; the language is chosen already."""

CONTACT = Part(Holder, "contact_id", label=Label("새로 맡을 사람", "New holder"))
FROM = Part(Holder, "from_on", label=Label("맡는 첫날", "First day"))
FROM_HINT = _l("앞서 맡은 사람은 그 전날까지 맡습니다.")
OF_THE_HOUSE = _l("같은 기관에 등록된 연락처 가운데 고릅니다.")
FORM = Form(
    Seat,
    FROM,
    CONTACT,
    *(Part(Person, each) for each in NEW),
    hints={
        "contact_id": _l(
            "같은 기관에 등록된 연락처 가운데 고릅니다. 없으면 비워 두고 아래에 새로 적습니다."
        ),
        "from_on": FROM_HINT,
        "name": _l("목록에 없는 사람이면 여기부터 적습니다. 연락처로 함께 등록됩니다."),
        "purpose": _l("연락처를 무엇에 쓰기로 동의받았는지 적습니다."),
        "retain_until": _l("이날이 지나면 알림을 보내지 않습니다."),
        "language": _l("알림을 이 언어로 받습니다."),
    },
    optional=("contact_id", *NEW),
    nothing={"contact_id": _l("아래에 새로 적는 사람")},
    reason=_l("이력에 남습니다. 예: 인사이동"),
)


def handing_over(name: str, why: object, *, needs_reason: bool = False) -> Change:
    """Offer to give a seat to somebody on record from a day on."""
    hints = {"contact_id": OF_THE_HOUSE, "from_on": FROM_HINT}
    form = Form(Seat, CONTACT, FROM, hints=hints, reason=why, needs_reason=needs_reason)
    return acting(name, form, "handovers", says=_from_a_day, fields={"from": "from_on"})


def about_seat(context: SeatContext, first: Mapping[str, str], *notes: Note) -> About:
    """Give the seat as it stands, with who may take it."""
    nameless = gettext("이름 없음")
    held_by = ", ".join(each.name or nameless for each in context.holders)
    house = Markup("{} · {}").format(say(context.house), label(context.seat.role, "seat_role"))
    people = [(each.id, Words(each.name or nameless)) for each in context.people]
    subject = Subject(
        shown=(
            (Seat.declares.label, house),
            (
                facts_of("seat")["holders"].fact.label,
                held_by or gettext("비어 있음"),
            ),
        ),
        id=context.seat.id,
        offers={"contact_id": Offer(people, is_whole=True)},
        notes=notes,
    )
    topic = Topic(context.house, "seat", context.seat.id)
    return About(subject, context.version, house_page(context.seat.at), first, topic)


@routes.route("/seats/<uuid:seat_id>/handover", methods=["GET", "POST"])
def hand_over(seat_id: UUID) -> Response:
    """Record that a seat has another holder, who may be entered with it."""
    return walk(HAND_OVER, lambda: _about(seat_id))


def _about(seat_id: UUID) -> About:
    context = seat_context(seat_id, on=today(), neighbours=neighbours())
    notes = list(_unreachable(context))
    if len(context.seat.holders) > 1:
        back = url_for("undoing.hand_back", seat_id=seat_id)
        notes.append(Note(_l("앞선 인계를 잘못 기록했으면:"), back, _l("되돌리기")))
    return about_seat(context, {"from_on": today().isoformat(), "language": "ko"}, *notes)


def _unreachable(context: SeatContext) -> Iterator[Note]:
    """Say which holders no letter reaches, and where that is mended without another holder."""
    for each in context.holders:
        name = each.name or gettext("이름 없음")
        is_over = each.retain_until is not None and each.retain_until < today()
        if not is_over and each.email:
            continue
        if is_over:
            why = gettext("%(name)s: 보유 기한이 지나 알림을 보내지 못합니다.", name=name)
        else:
            why = gettext("%(name)s: 전자우편 주소가 없어 알림을 보내지 못합니다.", name=name)
        change = url_for("changing.contact", contact_id=each.id)
        yield Note(why, change, _l("연락처 고치기"), is_notice=True)


def _from_a_day(facts: Facts) -> Facts:
    return {"contact_id": facts["contact_id"], "from": facts["from_on"]}


def _with_newcomer(facts: Facts) -> Facts:
    if facts["contact_id"] is not None:
        return _from_a_day(facts)
    return {"from": facts["from_on"], "person": {each: facts[each] for each in NEW}}


def _one_taker(filled: Filled, facts: Facts) -> None:
    """Want somebody who is chosen, or who is told in full; not both."""
    told = [each for each in NEW if facts[each] is not None and each != "language"]
    if facts["contact_id"] is not None:
        if told:
            filled.faults.setdefault(told[0], "chosen_too")
        return
    for each in ("contact_id",) if not told else NEEDED:
        if facts[each] is None:
            filled.faults.setdefault(each, "empty")


HAND_OVER = acting(
    "hand_over",
    FORM,
    "handovers",
    says=_with_newcomer,
    checks=_one_taker,
    fields={"from": "from_on", **{f"person/{each}": each for each in NEW}},
)
