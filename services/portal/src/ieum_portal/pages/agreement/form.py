"""협약: registering one with all its parties, and recording what is now known of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from changefeed.bounds import is_unsigned
from changefeed.declared import Label, fields_of
from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement, End
from changefeed.subjects.partner import Partner
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.next_number import offered_number
from ieum_portal.pages.changing.declared import Facts, Form, Note, Part, Subject
from ieum_portal.pages.changing.plain import changing, registering
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.wired import neighbours, today

routes = Blueprint("agreement_form", __name__)

UNSIGNED = ("미서명", "unsigned")
"""What stands in the place of a party's day of signing where it has not signed; in Korean first."""

END = ("rule", "ends_on", "term_months", "notice_days", "notice_months", "note")
"""What the form asks of the end."""

PARTY = ("signed_on", "number", "joined_on", "left_on", "left_why")
"""What it asks of each party."""

KEYS: tuple[str | Part, ...] = (
    "title",
    "kind",
    "number",
    "signed_on",
    "effective_on",
    Part(End, "rule"),
    Part(End, "term_months"),
    Part(End, "ends_on"),
    Part(End, "notice_days"),
    Part(End, "notice_months"),
    "lead_department_id",
    "parties",
    "approval_number",
    "original",
    "purpose",
    "legal_force",
    "money",
    "amount_won",
    "public_property",
    "council_consent",
    "quorum",
    "disclosure",
    "disclosure_url",
    "disclosure_reason",
    "parent_id",
    "amends_id",
    "renews_id",
    "supersedes_id",
    "programme_id",
    "service_field_ids",
    "venue",
    Part(End, "note", label=Label("끝에 관한 덧붙임", "note on the end")),
)
"""What is asked, what every agreement has first: there Enter looks at what would be recorded."""

HINTS = {
    "number": _l("연도별 관리번호입니다. 없으면 비워 둡니다."),
    "parties": _l(
        "기관 이름으로 찾아 더합니다. 서명일을 비우면 협약의 서명일과 같고, 아직 서명하지 않았으면 "
        "‘미서명’이라고 적습니다. 참여일은 나중에 들어온 기관에만 적습니다."
    ),
    "signed_on": _l("며칠인지 모르면 아는 만큼 적습니다. 예: 2019년경, '21.11월"),
    "effective_on": _l("비워 두면 서명일부터입니다."),
    "term_months": _l("예: 36개월, 3년"),
    "ends_on": _l("비워 두면 발효일과 기간에서 셈해 보여 드립니다."),
    "notice_days": _l("만료 며칠 전까지 알려야 하는지 적습니다. 예: 30일"),
    "notice_months": _l("협약서가 개월로 적었으면 위 대신 여기에 적습니다. 예: 3"),
    "quorum": _l("시와 몇 곳이 서명해야 발효하는지 적습니다. 비우면 한 곳입니다."),
    "amends_id": _l("다른 협약의 내용을 바꾸는 변경 협약이면 그 협약을 고릅니다."),
    "renews_id": _l("끝난(끝나는) 협약을 이어 새로 체결한 것이면 그 협약을 고릅니다."),
    "supersedes_id": _l("다른 협약을 대신하는 것이면 그 협약을 고릅니다."),
    "lead_department_id": _l("담당자와 대직자는 이 부서에서 그 역할을 맡은 사람입니다."),
    "approval_number": _l("예: 인공지능정책과-1234"),
    "original": _l("서명한 원본을 두는 곳입니다. 예: 문서고 3-2"),
    "amount_won": _l("재정 부담이 있으면 적습니다. 예: 120,000,000 또는 1억 2천만원"),
    "disclosure_url": _l("시 누리집에 공개한 주소"),
    "disclosure_reason": _l("일부 공개나 비공개이면 왜 그런지 적습니다. 협약과 함께 보입니다."),
    "parent_id": _l("부속합의처럼 다른 협약에 딸린 것이면 그 협약을 고릅니다."),
}
TABLES = {"parties": PARTY}
UNSAID = _l("확인하지 않음")
NOTHING = dict.fromkeys(("legal_force", "money", "public_property", "council_consent"), UNSAID)
"""What choosing nothing means, where none is something that one may choose."""
FIELDS = {f"end/{key}": key for key in END} | {"end/ends_as": "ends_on", "end": "rule"}


def agreement_page(agreement_id: UUID) -> str:
    """Give the address of an agreement's page."""
    return url_for("agreement.show", agreement_id=agreement_id)


def _as_recorded(facts: Facts) -> Facts:
    """Give the facts as the registry takes them: the end as one, and each party with its side."""
    end_keys = {*END, "ends_as"}
    told = {key: value for key, value in facts.items() if key not in end_keys}
    told["end"] = {key: value for key, value in facts.items() if key in end_keys}
    if "parties" in facts:
        told["parties"] = list(_parties(facts))
    return told


def _own_among(parties: Sequence[Facts]) -> set[str]:
    ids = {UUID(each["partner_id"]) for each in parties}
    found = neighbours().registry.by_id(Partner, ids, own="any").values()
    return {str(each.id) for each in found if each.own}


def _parties(facts: Facts) -> Iterator[Facts]:
    parties: Sequence[Facts] = facts["parties"]
    own = _own_among(parties)
    # Of a proposal no day is asked for: nobody has signed it.
    signed = {key: facts.get(key) for key in ("signed_on", "signed_as")}
    for each in parties:
        day = {key: each.get(key) for key in signed}
        if not any(day.values()):
            day = signed
        elif (day["signed_as"] or {}).get("written") in UNSIGNED:
            day = dict.fromkeys(signed)
        yield {**each, **day, "side": "own" if each["partner_id"] in own else "partner"}


FORM = Form(Agreement, *KEYS, hints=HINTS, tables=TABLES, nothing=NOTHING, required=("signed_on",))
CHANGED = Form(
    Agreement,
    *KEYS,
    hints=HINTS,
    tables=TABLES,
    nothing=NOTHING,
    required=("signed_on",),
    reason=_l("이력에 남습니다. 예: 관리번호 부여, 원본 대조 후 정정"),
    needs_reason=True,
)
UNTIL_SIGNED = frozenset(("signed_on", "effective_on"))
"""What a proposal has none of: both follow from its signatures."""

PROPOSED = Form(
    Agreement,
    *(each for each in KEYS if each not in UNTIL_SIGNED),
    hints={
        **HINTS,
        "parties": _l("서명할 기관을 이름으로 찾아 더합니다."),
        "ends_on": _l("정한 날이 있으면 적습니다. 비우고 기간만 적으면 서명한 날부터 셉니다."),
    },
    tables={"parties": ("number",)},
    nothing=NOTHING,
)
PROPOSE = registering(
    "agreement_moves.propose",
    PROPOSED,
    leads_to=agreement_page,
    says=_as_recorded,
    fields=FIELDS,
    by="proposals",
)
REGISTER = registering(
    "agreement_form.register",
    FORM,
    leads_to=agreement_page,
    says=_as_recorded,
    fields=FIELDS,
    keeps=("kind", "lead_department_id", "disclosure", "programme_id"),
)
CHANGE = changing("agreement_form.change", CHANGED, says=_as_recorded, fields=FIELDS)


@routes.route("/agreements/new", methods=["GET", "POST"])
def register() -> Response:
    """Record an agreement with its parties; `?partner=` names one that is party to it."""
    return walk(REGISTER, about_new)


@routes.route("/agreements/<uuid:agreement_id>/change", methods=["GET", "POST"])
def change(agreement_id: UUID) -> Response:
    """Record what is now known of an agreement."""
    return walk(CHANGE, lambda: _about(agreement_id))


def about_new(form: Form = FORM) -> About:
    """Give what a new agreement begins with: the next number, the city, whoever is asked for."""
    registry = neighbours().registry
    number = None if _goes_on() else offered_number(today().year, registry)
    partner_id = _asked_id("partner")
    partner = registry.by_id(Partner, [partner_id]) if partner_id else {}
    kept = {key: request.args[key] for key in REGISTER.keeps if key in request.args}
    first = form.defaults(
        {
            "kind": "mou",
            "number": number,
            "rule": "fixed",
            "parties": [{"partner_id": each} for each in (*_own_sides(), *partner)],
            **kept,
        }
    )
    hints = {} if number is None else {"number": _offers(number)}
    back = url_for("partner.show", partner_id=partner_id) if partner else url_for("agreements.show")
    subject = Subject(narrowed=NARROWED, hints=hints, notes=[_officers()])
    return About(subject, 0, back, first, Topic(None))


def _goes_on() -> bool:
    """Whether the form holds a number already, and nothing is said of what it holds.

    The greatest number is looked for when it is opened, and when somebody may have taken the one
    that it offered.
    """
    return "draft" in request.args and request.args.get("step") != "preview"


NARROWED = {"parties": {"own": "any"}}

SHOWN = ("kind", "number", "title", "end", "signed_on", "signed_as", "lead_department_id")
"""What stands above the form of an agreement on record: by what it is told from others."""


def _offers(number: str) -> str:
    return str(gettext("올해 다음 번호는 %(number)s입니다.", number=number))


def _officers() -> Note:
    return Note(
        _l("담당자와 대직자는 주관 부서의 담당(역할)에서 정합니다."),
        url_for("people.show"),
        _l("담당자 보기"),
    )


def _own_sides() -> list[UUID]:
    """Give the city's side: the one there is, else that of the agreement signed last."""
    registry = neighbours().registry
    own = registry.page(Partner, after=None, limit=2, own="true").items
    if len(own) < 2:
        return [each.id for each in own]
    last = registry.page(Agreement, after=None, limit=1, sort="-signed_on").items
    return [party.partner_id for each in last for party in each.parties if party.side == "own"]


def _asked_id(name: str) -> UUID | None:
    try:
        return UUID(request.args[name])
    except (KeyError, ValueError):
        return None


def _about(agreement_id: UUID) -> About:
    found = neighbours().registry.versioned(Agreement, agreement_id)
    agreement = found.subject
    facts: dict[str, Any] = {**to_facts(agreement)}
    names = names_behind(
        mentioned({key: each for key, each in facts.items() if key != "parties"}),
        neighbours().registry,
    )
    shown = [
        (each.fact.label, fact(facts[each.key], each.key, "agreement", names))
        for each in fields_of(Agreement)
        if each.key in SHOWN and facts[each.key] is not None
    ]
    subject = Subject(
        shown,
        id=agreement_id,
        narrowed=NARROWED,
        written=frozenset(_written_in(facts)),
        notes=[_officers()],
    )
    if is_unsigned(agreement):
        subject = replace(subject, without=UNTIL_SIGNED)
    if agreement.number is None and request.method == "GET" and "draft" in request.args:
        number = offered_number(today().year, neighbours().registry)
        subject = replace(subject, hints={"number": _offers(number)})
    if len(agreement.parties) > CHANGED.tables["parties"].most:
        many = Note(
            gettext(
                "당사자가 %(count)s곳이어서 이 화면에서는 그대로 둡니다. 당사자를 고치려면 파일로 "
                "고치도록 운영자에게 맡기십시오.",
                count=len(agreement.parties),
            ),
            is_notice=True,
        )
        without = subject.without | {"parties"}
        subject = replace(subject, without=without, notes=[many, *subject.notes])
    first = CHANGED.defaults({**facts, **facts["end"], "parties": _told_parties(facts)})
    topic = Topic(agreement.title, "agreement", agreement_id)
    return About(subject, found.version, agreement_page(agreement_id), first, topic)


def _told_parties(facts: Facts) -> list[Facts]:
    """Give the parties as the form asks for them: nothing where one signed with the agreement."""
    signed = (facts["signed_on"], facts["signed_as"])
    told: list[Facts] = []
    for each in facts["parties"]:
        day = (each["signed_on"], each["signed_as"])
        if day == signed:
            told.append({**each, "signed_on": None, "signed_as": None})
        elif not any(day):
            told.append({**each, "signed_as": {"written": UNSIGNED[0]}})
        else:
            told.append(each)
    return told


def _written_in(value: Any) -> Iterator[str]:  # noqa: ANN401  Facts are JSON.
    """Give what stands as it was written of days that are known in part."""
    if isinstance(value, Mapping):
        if isinstance(value.get("written"), str):
            yield value["written"]
        for each in value.values():
            yield from _written_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _written_in(each)
