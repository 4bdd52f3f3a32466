"""연락담당자 회신: what liaisons confirmed and proposed, and the office's answer to a proposal."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from changefeed.declared import Label
from changefeed.subjects.all import DECLARED
from changefeed.subjects.contact import Person
from changefeed.subjects.parts import Words
from changefeed.subjects.reply import ANSWERED_TYPES, AnsweredRecord, Reply
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.domain.errors import NotFound
from ieum_portal.operations.listing import Row
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.offers import named as called
from ieum_portal.pages.changing.declared import Form, Note, Subject
from ieum_portal.pages.changing.plain import acting
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.labels import fact_label, label, said
from ieum_portal.pages.links import page_of, page_of_row
from ieum_portal.pages.listing.columns import Cell, Column, Reading, declared, text
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.typeset import day, say
from ieum_portal.pages.wired import account, neighbours


def _record_cell(row: Row[Any], reading: Reading) -> Cell:
    """Say which record a reply is about; of several how many."""
    records: Sequence[AnsweredRecord] = row.subject.records
    kind = said(ANSWERED_TYPES[records[0].type])
    if len(records) > 1:
        told = gettext("%(num)s건", num=len(records))
        return Cell(f"{kind} {told}", escape(f"{kind} {told}"))
    name = reading.names.get(records[0].id)
    told = kind if name is None else f"{kind} {name.ko}"
    return Cell(told, Markup("{} {}").format(kind, say(name) if name else ""))


def _changes_cell(row: Row[Any], _: Reading) -> Cell:
    kind = row.subject.records[0].type
    return text(", ".join(fact_label(each.field, kind) for each in row.subject.changes))


def _answer_cell(row: Row[Any], _: Reading) -> Cell:
    """Lead the office to its answer, where one is awaited."""
    if row.subject.state != "open" or account().role != "office":
        return text(None)
    where = url_for("replies.accept", reply_id=row.subject.id)
    told = gettext("보고 처리")
    return Cell(told, Markup('<a href="{}">{}</a>').format(where, told))


def _about_whom(row: Row[Any], _: date) -> Sequence[tuple[str, UUID]]:
    records: Sequence[AnsweredRecord] = row.subject.records
    return [(each.type, each.id) for each in records[:1] if each.type in _NAMED]


_NAMED = frozenset({"partner", "agreement", "milestone"})

REPLIES = ListPage(
    Reply,
    columns=(
        declared(Reply, "on"),
        declared(Reply, "partner_id"),
        declared(Reply, "state"),
        Column("record", Label("대상", "Record"), _record_cell, _about_whom),
        Column("changes", Label("정정 내용", "Changes"), _changes_cell),
        declared(Reply, "note"),
        declared(Reply, "ended_on"),
        declared(Reply, "answer", is_usual=False),
        Column("doing", Label("처리", "Answer"), _answer_cell),
    ),
    filters=(
        declared_filter(Reply, "state"),
        declared_filter(Reply, "partner"),
        declared_filter(Reply, "day", Label("연도", "Year")),
    ),
    within={"partner": "partner"},
)
routes = REPLIES.routes("replies", "/replies")

ACCEPT_FORM = Form(Reply)
ACCEPT = acting("replies.accept", ACCEPT_FORM, "acceptances")
REFUSE = acting(
    "replies.refuse",
    Form(
        Reply,
        reason=_l("연락담당자가 그대로 읽습니다. 사람의 이름이나 연락처는 적지 마십시오."),
        needs_reason=True,
    ),
    "refusals",
)


@routes.route("/replies/<uuid:reply_id>/accept", methods=["GET", "POST"])
def accept(reply_id: UUID) -> Response:
    """Record what is proposed."""
    return walk(ACCEPT, lambda: _about(reply_id, is_accepted=True))


@routes.route("/replies/<uuid:reply_id>/refuse", methods=["GET", "POST"])
def refuse(reply_id: UUID) -> Response:
    """Say why it is not taken over."""
    return walk(REFUSE, lambda: _about(reply_id, is_accepted=False))


def _about(reply_id: UUID, *, is_accepted: bool) -> About:
    registry = neighbours().registry
    found = registry.versioned(Reply, reply_id)
    reply, [record, *others] = found.subject, found.subject.records
    if others:
        raise NotFound
    kind_of = Person if record.type == "contact" else DECLARED[record.type]
    subject = registry.one(kind_of, record.id)
    proposed = registry.facts(Reply, reply_id).get("person") or {}
    right = {
        each.field: proposed.get(each.field) if each.right is None else json.loads(each.right)
        for each in reply.changes
    }
    now = registry.facts(kind_of, record.id)
    taking = right.pop("holders") if _is_succession(right) else None
    names = names_behind(mentioned([now, right, {"partner_id": str(reply.partner_id)}]), registry)
    shown = [
        (Reply.declares.label, Markup("{} · {}").format(_named(names, reply), day(reply.on))),
        (ANSWERED_TYPES[record.type], _linked(record, subject)),
        *(
            (_label(each, record.type), _turned(each, record.type, now, right, names))
            for each in right
        ),
    ]
    if taking is not None:
        shown += _succession(taking, proposed, now, names)
    if reply.note is not None:
        shown.append((Label("설명", "Note"), escape(reply.note)))
    notes = []
    if reply.state != "open":
        notes.append(Note(_l("이미 처리된 회신입니다."), is_notice=True))
    elif taking is not None and is_accepted:
        where = url_for("seat_form.hand_over", seat_id=record.id)
        told = _l("반영하면 연락처로 등록되고 이 담당을 맡습니다. 다른 사람에게 넘기려면:")
        notes.append(Note(told, where, label("hand_over", "change")))
    if reply.state == "open" and is_accepted:
        where = url_for("replies.refuse", reply_id=reply_id)
        notes.append(Note(_l("반영하지 않으려면:"), where, _l("이유를 적어 반려")))
    back = url_for("replies.show", state="open")
    return About(Subject(shown, id=reply_id, notes=notes), found.version, back, {}, Topic(None))


def _is_succession(right: Mapping[str, Any]) -> bool:
    return isinstance(right.get("holders"), Mapping)


def _succession(
    taking: Mapping[str, Any],
    person: Mapping[str, Any],
    now: Mapping[str, Any],
    names: Mapping[UUID, Words],
) -> list[tuple[Label, Markup]]:
    """Write who holds the seat, who would, and from when; their data are shown while it is open."""
    reached = " · ".join(each for each in (person.get("email"), person.get("phone")) if each)
    return [
        (_label("holders", "seat"), fact(now.get("holders"), "holders", "seat", names)),
        (
            Label("새로 맡을 사람", "New holder"),
            Markup("<ins>{}</ins> {}").format(person["name"], reached) if person else Markup("–"),
        ),
        (Label("맡는 첫날", "First day"), day(date.fromisoformat(taking["from"]))),
        (
            _label("consented_on", "contact"),
            day(date.fromisoformat(taking["consented_on"])),
        ),
    ]


def _named(names: Mapping[UUID, Words], reply: Reply) -> Markup:
    return say(names.get(reply.partner_id))


def _linked(record: AnsweredRecord, subject: Any) -> Markup:  # noqa: ANN401  Of any type.
    name = say(called(subject)[1])
    where = page_of_row(record.type, subject) or page_of(record.type, record.id)
    return name if where is None else Markup('<a href="{}">{}</a>').format(where, name)


def _label(key: str, kind: str) -> Label:
    called_so = fact_label(key, kind)
    return Label(called_so, called_so)


def _turned(
    key: str,
    kind: str,
    now: Mapping[str, Any],
    right: Mapping[str, Any],
    names: Mapping[UUID, Words],
) -> Markup:
    """Write what a field says now and what it would say."""
    value = right[key]
    if isinstance(value, Mapping) and isinstance(now.get(key), Mapping):
        value = {**now[key], **value}
    before, after = (fact(each, key, kind, names) for each in (now.get(key), value))
    return Markup("<del>{}</del> → <ins>{}</ins>").format(before, after)
