"""인사이동: who hands over is known; what goes to whom, and from which day on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from changefeed.declared import Label
from changefeed.subjects.contact import Person
from changefeed.subjects.handover import HANDED_TYPES, Handover
from changefeed.subjects.parts import Words
from ieum_portal.domain.command import Command, SubjectRegistered
from ieum_portal.domain.draft import Draft, Topic, Values
from ieum_portal.domain.words import tidy
from ieum_portal.operations.handover_page import (
    Handing,
    HeldLine,
    WhomType,
    giver_of,
    handing,
    may_be_taken_back,
    receipt,
)
from ieum_portal.operations.offers import Offer
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.changing.declared import Form, Note, Part, Question, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.plain import acting
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.drafts.keeping import asked_draft, folder_of, typed_values
from ieum_portal.pages.labels import said
from ieum_portal.pages.seat.form import NEEDED, NEW
from ieum_portal.pages.typeset import plain, say
from ieum_portal.pages.wired import account, desk, neighbours, today

routes = Blueprint("handover_form", __name__)

MATTER, GIVE, STAYS = "matter", "give", "stay"
"""The lists of fields: which record in which version; who takes it; that it is left."""


TABLE = Label("넘기는 것", "What is handed over")
STAY = Label("그대로 둠", "leave as it is")
MOST_CHOICES = 1000
"""So many choices stand in the rows of a form; of more there is one list, by whose names each row
says who takes it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the table.

    Attributes:
        place: Its number among those that are sent; None if it is left where it is.
        give: Who takes it: nothing for the one above, `stay`, or an id.
    """

    line: HeldLine
    place: int | None
    give: str


@dataclass(frozen=True, slots=True)
class HandoverSubject(Subject):
    """What somebody answers for, and what was chosen for each."""

    handing: Handing | None = None
    rows: Sequence[Row] = ()
    taker: object = ""
    on: date | None = None

    @property
    def has_one_list(self) -> bool:
        """Whether who may take it stands once on the page, and not in each row."""
        assert self.handing is not None  # noqa: S101  As in `names`.
        return len(self.rows) * len(self.handing.takers) > MOST_CHOICES

    @property
    def one_list(self) -> Mapping[str, str]:
        """What may be written in a row, in the reader's language, by what it means."""
        assert self.handing is not None  # noqa: S101  As in `names`.
        return {STAYS: said(STAY), **_called(self.handing, plain)}

    @property
    def names(self) -> Mapping[str, Words]:
        """What people call each record, and each who may take it."""
        assert self.handing is not None  # noqa: S101  Always given by `_about`.
        told = {str(each.id): each.name for each in self.handing.lines}
        return told | {str(each): name for each, name in self.handing.takers}


class HandoverForm(Form):
    """The form, whose table's rows are known by their place in what is sent."""

    def questions(self, filled: Filled, subject: Subject, registry: Registry) -> list[Question]:
        """Give what it asks, and a place for the fault of each row."""
        asked = super().questions(filled, subject, registry)
        assert isinstance(subject, HandoverSubject)  # noqa: S101  What `_about` gives.
        rows = [
            Question(
                f"{MATTER}-{each.place}",
                Label(each.line.name.ko, each.line.name.en or each.line.name.ko),
                MATTER,
                None,
                is_required=False,
            )
            for each in subject.rows
            if each.place is not None
        ]
        table = Question(MATTER, TABLE, MATTER, None, is_required=False)
        return [*asked, table, *rows]


@dataclass(frozen=True, slots=True)
class HandoverChange(Change):
    """The change, whose faults lie in rows."""

    whose: WhomType = field(default="contact")

    def asks(self, name: str, draft: Draft) -> bool:
        """Whether a field at fault is one of the form."""
        return name.startswith(f"{MATTER}-") or Change.asks(self, name, draft)

    def field_at(self, way: str) -> str:
        """Give what the form calls a fact at fault."""
        steps = way.split("/")
        if steps[0] == "matters" and len(steps) > 1:
            return f"{MATTER}-{steps[1]}"
        return Change.field_at(self, steps[-1] if steps[0] == "person" else way)


ON_HINT = _l("이날부터 새로 맡습니다. 앞으로 올 날도 적을 수 있습니다.")
WHY = _l("모든 기록의 이력에 남습니다. 예: 2026년 하반기 정기 인사")
PERSON_FORM = HandoverForm(
    Handover,
    "on",
    "to_contact_id",
    *(Part(Person, each) for each in NEW),
    hints={
        "on": ON_HINT,
        "to_contact_id": _l("같은 소속의 연락처에서 고릅니다. 없으면 비워 두고 아래에 적습니다."),
        "name": _l("목록에 없는 사람이면 여기부터 적습니다. 연락처로 함께 등록됩니다."),
        "purpose": _l("연락처를 무엇에 쓰기로 동의받았는지 적습니다."),
        "retain_until": _l("이날이 지나면 알림을 보내지 않습니다."),
        "language": _l("알림을 이 언어로 받습니다."),
    },
    optional=("to_contact_id", *NEW),
    nothing={"to_contact_id": _l("아래에 새로 적는 사람")},
    reason=WHY,
    needs_reason=True,
)
DEPARTMENT_FORM = HandoverForm(
    Handover,
    "on",
    "to_department_id",
    hints={
        "on": ON_HINT,
        "to_department_id": _l(
            "따로 고르지 않은 것은 모두 이 부서가 맡습니다. 여러 부서로 나뉘면 아래에서 하나씩 "
            "고르십시오."
        ),
    },
    required=("to_department_id",),
    reason=WHY,
    needs_reason=True,
)


@routes.route("/contacts/<uuid:contact_id>/handover", methods=["GET", "POST"])
def of_person(contact_id: UUID) -> Response:
    """Hand over what a person answers for."""
    return walk(OF_PERSON, lambda: _about("contact", contact_id))


@routes.route("/departments/<uuid:department_id>/handover", methods=["GET", "POST"])
def of_department(department_id: UUID) -> Response:
    """Hand over what a department answers for, to one other or to several."""
    return walk(OF_DEPARTMENT, lambda: _about("department", department_id))


@routes.route("/handovers/<uuid:handover_id>/undo", methods=["GET", "POST"])
def undo(handover_id: UUID) -> Response:
    """Take a handover back as a whole."""
    return walk(UNDO, lambda: _about_undo(handover_id))


def _about(whose: WhomType, giver_id: UUID) -> About:
    draft = asked_draft(folder_of(account().id))
    values = draft.values if draft else typed_values()
    on = Filled(MultiDict({"on": next(iter(values.get("on", ())), "")})).day("on") or today()
    found = handing(
        whose,
        giver_id,
        on=on,
        registry=neighbours().registry,
        accounts=desk().auth.accounts,
        drafts=desk().drafts,
    )
    key = f"to_{whose}_id"
    subject = HandoverSubject(
        shown=_shown(found),
        id=giver_id,
        offers={key: Offer(found.takers, is_whole=True)},
        notes=list(_notes(found, giver_id)),
        handing=found,
        rows=_rows(found, values),
        taker=_taker(found, values, key),
        on=on,
    )
    first: dict[str, str | list[str]] = {
        "on": today().isoformat(),
        key: "",
        "reason": "",
        MATTER: [],
        GIVE: [],
    }
    if whose == "contact":
        first |= {**dict.fromkeys(NEW, ""), "language": "ko"}
    endpoint = "contacts.one" if whose == "contact" else "departments.one"
    named: dict[str, Any] = {f"{whose}_id": giver_id}
    # A list of drafts names nobody: a person is called by where they belong.
    topic = Topic(found.giver.place or found.giver.name, whose, giver_id)
    return About(subject, 0, url_for(endpoint, **named), first, topic)


def _shown(found: Handing) -> list[tuple[object, object]]:
    giver = found.giver
    name = say(giver.name)
    if giver.place is not None:
        name = Markup("{} · {}").format(say(giver.place), name)
    living = sum(not each.is_over for each in found.lines)
    label = Label("넘기는 쪽", "Hands over")
    return [
        (label, name),
        (Label("맡고 있는 것", "Answers for"), gettext("%(num)s건", num=living)),
    ]


def _notes(found: Handing, giver_id: UUID) -> Sequence[Note]:
    notes = []
    if found.giver.type == "department":
        rename = url_for("departments.change", department_id=giver_id)
        notes.append(
            Note(
                _l("이름만 바뀌면 넘길 것이 없습니다. 맡은 것은 모두 그대로 따라갑니다."),
                rename,
                _l("부서 이름 고치기"),
            )
        )
    if found.drafts:
        notes.append(
            Note(
                gettext(
                    "이 사람의 계정에 작성 중인 것이 %(num)s건 있습니다. 적은 사람만 볼 수 있어 "
                    "넘길 수 없으니, 기록하거나 버린 뒤에 떠나도록 하십시오.",
                    num=found.drafts,
                ),
                is_notice=True,
            )
        )
    if not found.lines:
        notes.append(Note(_l("그날 맡고 있는 것이 없어 넘길 것이 없습니다."), is_notice=True))
    return notes


def _rows(found: Handing, values: Values) -> list[Row]:
    """Give the table: what was chosen before, else that what is over or to come stays."""
    sent = _sent(values, found)
    chosen = {each[1]: give for each, give in sent}
    moving = [each[1] for each, give in sent if give != STAYS]
    place = {one: number for number, one in enumerate(moving)}
    return [
        Row(
            each,
            place.get(str(each.id)),
            chosen.get(str(each.id), STAYS if each.is_over or each.starts_on else ""),
        )
        for each in found.lines
    ]


def _called(found: Handing, called: Callable[[Words], str]) -> dict[str, str]:
    """Give by id what each who may take it is called; who shares a name is told by a number."""
    times: Counter[str] = Counter()
    names = {}
    for one, words in found.takers:
        name = called(words)
        times[name] += 1
        names[str(one)] = name if times[name] == 1 else f"{name} ({times[name]})"
    return names


def _by_name(found: Handing) -> dict[str, str]:
    """Give what a row means by what is written there, in either language."""
    both = (_called(found, lambda each: each.ko), _called(found, lambda each: each.en or each.ko))
    meant = {name: one for names in reversed(both) for one, name in names.items()}
    return {STAY.en: STAYS, STAY.ko: STAYS} | meant


def _sent(
    values: Mapping[str, Sequence[str]], whose: Handing
) -> list[tuple[tuple[str, str, str], str]]:
    """Read the rows as they were sent, each `type:id:version` with who takes it."""
    found, by_name = [], _by_name(whose)
    for written, give in zip(values.get(MATTER, ()), values.get(GIVE, ()), strict=False):
        parts = written.split(":")
        if len(parts) == 3 and parts[0] in HANDED_TYPES:
            told = tidy(give)
            found.append(((parts[0], parts[1], parts[2]), by_name.get(told, told)))
    return found


def _taker(found: Handing, values: Values, key: str) -> object:
    chosen = next(iter(values.get(key, ())), "")
    names = {str(each): name for each, name in found.takers}
    if chosen in names:
        return say(names[chosen])
    return next(iter(values.get("name", ())), "")


def _read(filled: Filled, subject: Subject, form: Form, whose: WhomType) -> Command:
    assert isinstance(subject, HandoverSubject) and subject.handing is not None  # noqa: S101, PT018
    facts = form.read(filled, subject, neighbours().registry)
    reason = form.reason(filled)
    key = f"to_{whose}_id"
    offered = {str(each) for each, _ in subject.handing.takers}
    matters: list[dict[str, Any]] = []
    for (kind, one, version), give in _sent(filled.several((MATTER, GIVE)), subject.handing):
        if give == STAYS:
            continue
        if give and give not in offered:
            filled.faults.setdefault(f"{MATTER}-{len(matters)}", "not_offered")
        said = {"type": kind, "id": one, "version": int(version) if version.isdigit() else 0}
        matters.append(said | ({key: give} if give else {}))
    if not matters:
        filled.say(MATTER, gettext("넘길 것을 하나는 고르십시오."))
    told: dict[str, Any] = {
        f"from_{whose}_id": str(subject.id),
        "on": facts["on"],
        "reason": reason,
        "matters": matters,
    }
    if facts[key] is not None:
        told[key] = facts[key]
    if whose == "contact":
        _one_taker(filled, facts)
        if facts[key] is None:
            told["person"] = {each: facts[each] for each in NEW}
    return SubjectRegistered("handover", told)


def _one_taker(filled: Filled, facts: Mapping[str, Any]) -> None:
    """Want somebody who is chosen, or who is told in full; not both."""
    told = [each for each in NEW if facts[each] is not None and each != "language"]
    if facts["to_contact_id"] is not None:
        if told:
            filled.faults.setdefault(told[0], "chosen_too")
        return
    for each in ("to_contact_id",) if not told else NEEDED:
        if facts[each] is None:
            filled.faults.setdefault(each, "empty")


def _handing_over(name: str, form: Form, whose: WhomType) -> HandoverChange:
    return HandoverChange(
        name,
        form,
        lambda filled, subject: _read(filled, subject, form, whose),
        leads_to=lambda handover_id: url_for("handovers.one", handover_id=handover_id),
        template="handovers/form.html",
        whose=whose,
    )


OF_PERSON = _handing_over("handover_form.of_person", PERSON_FORM, "contact")
OF_DEPARTMENT = _handing_over("handover_form.of_department", DEPARTMENT_FORM, "department")


def _about_undo(handover_id: UUID) -> About:
    found = receipt(handover_id, counted_on=None, registry=neighbours().registry)
    handover = found.handover
    _, given = giver_of(handover)
    shown: list[tuple[object, object]] = [
        (Label("넘긴 쪽", "From"), say(found.names.get(given))),
        (Label("넘기는 날", "Day"), handover.on.isoformat()),
        (TABLE, gettext("%(num)s건", num=len(handover.matters))),
    ]
    notes = []
    if not may_be_taken_back(handover, today()):
        notes.append(Note(_l("되돌릴 수 있는 날이 지났거나 이미 되돌렸습니다."), is_notice=True))
    subject = Subject(shown, id=handover_id, notes=notes)
    back = url_for("handovers.one", handover_id=handover_id)
    topic = Topic(Words("인사이동", "Handover"), "handover", handover_id)
    return About(subject, found.version, back, {"reason": ""}, topic)


UNDO = acting(
    "handover_form.undo",
    Form(
        Handover,
        reason=_l("되돌릴 때는 이유를 꼭 적습니다. 그 뒤에 다른 사람이 고친 것은 그대로 남습니다."),
        needs_reason=True,
    ),
    "undos",
)
