"""우리 기관 자료: what the city holds on the reader's partner; right, wrong, or with a proof."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.reply import ANSWERED_TYPES
from httpedge.access import allow
from ieum_portal.domain.command import SubjectMoved, SubjectRegistered
from ieum_portal.domain.errors import ChangeRefused, NotFound, Stale
from ieum_portal.operations.holdings_page import LISTS, OneType, holdings_page
from ieum_portal.operations.record_change import record_change
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.holdings.marks import record_at
from ieum_portal.pages.wired import neighbours

routes = Blueprint("holdings", __name__)

SECTIONS: Mapping[str, Label] = {
    "partner": Label("기본 정보", "Basic facts"),
    "seat": Label("담당(역할)", "Roles"),
    "contact": Label("담당자", "People"),
    "agreement": Label("협약", "Agreements"),
    "collaboration": Label("협력(이행)", "Commitments"),
    "milestone": Label("이행과제", "Milestones"),
}
SHOWN: Mapping[str, Sequence[str]] = {
    "partner": ("name", "kind", "aliases", "business_number", "website", "country"),
    "seat": ("holders", "language"),
    "contact": ("email", "phone", "language", "consented_on", "retain_until"),
    "agreement": ("kind", "number", "signed_on", "effective_on", "end"),
    "collaboration": ("role", "agreement_id", "starts_on", "ends_on", "evidence"),
    "milestone": ("due_on", "agreement_id", "done_on", "evidence"),
}
"""What is shown of a record of each type, in this order; its name stands above."""
LISTED: Mapping[str, tuple[str, str]] = {
    "seat": ("people.show", "at"),
    "agreement": ("agreements.show", "partner"),
    "collaboration": ("commitments.show", "partner"),
    "milestone": ("milestones.show", "owner"),
}
"""The desk's list of each type, and by which filter it shows a partner's."""
MOVED = {
    "moved": _l(
        "그사이 시에서 고친 자료가 있어 기록하지 않았습니다. 아래는 지금 내용입니다. 다시 보고 "
        "눌러 주십시오."
    ),
    "ended": _l("그사이 처리된 제안입니다. 아래에서 결과를 보십시오."),
}


@routes.get("/our-records")
def show() -> str:
    """Show the records of one of the reader's partners; `?partner=` chooses among several.

    `?of=` shows those of one type alone, page by page.
    """
    partners = _own_partners()
    chosen = _chosen(request.args.get("partner"), partners)
    only = _only(request.args)
    page = holdings_page(chosen, frozenset(partners), neighbours=neighbours(), only=only)
    return render_template(
        "holdings/page.html",
        page=page,
        only=only,
        lists={name: _list_of(name, chosen) for name in LISTED},
        once=uuid4().hex,
        titles=SECTIONS,
        shown=SHOWN,
        types=ANSWERED_TYPES,
        recorded=recorded_number(),
        notice=MOVED.get(request.args.get("told", "")),
    )


@routes.post("/our-records/right")
@allow("liaison")
def confirm() -> Response:
    """Confirm what one button stands for: one record, or a section's."""
    partner = _chosen(request.form.get("partner"), _own_partners())
    pressed = request.form.get("right", "")
    marks = request.form.getlist(f"of-{pressed}") if pressed in SECTIONS else [pressed]
    records = [_record(each) for each in marks]
    facts = {"partner_id": str(partner), "records": records}
    command = SubjectRegistered("reply", facts, by="confirmations")
    once = request.form.get("once", "")
    if not once.isalnum():
        raise NotFound
    section = str(records[0]["type"])
    return _carried_out(
        command, f"{once}:{pressed}", partner, section, "moved", _only(request.form)
    )


@routes.post("/our-records/replies/<uuid:reply_id>/withdraw")
@allow("liaison")
def withdraw(reply_id: UUID) -> Response:
    """Take back a proposal that nobody has answered yet."""
    partner = _chosen(request.form.get("partner"), _own_partners())
    seen = request.form.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise NotFound
    command = SubjectMoved("reply", reply_id, "withdrawals", {}, None, int(seen))
    return _carried_out(command, f"withdraw:{reply_id}", partner, "told", "ended")


def _carried_out(
    command: SubjectRegistered | SubjectMoved,
    once: str,
    partner: UUID,
    place: str,
    lost: str,
    only: OneType | None = None,
) -> Response:
    page = {} if only is None else {"of": only.type, "after": only.after, "before": only.before}
    values: dict[str, Any] = {"partner": partner, **page}
    try:
        recorded = record_change(command, once=once, neighbours=neighbours())
    except (Stale, ChangeRefused):
        where = url_for("holdings.show", **values, told=lost, _anchor="told-notice")
    else:
        where = url_for("holdings.show", **values, recorded=recorded.seq, _anchor=place)
    return make_response(redirect(where, 303))


def _only(sent: Mapping[str, str]) -> OneType | None:
    """Read of which type alone a page is, and which page of it."""
    name = sent.get("of", "")
    if name not in LISTS:
        return None
    return OneType(name, sent.get("after") or None, sent.get("before") or None)


def _list_of(name: str, partner: UUID) -> str:
    """Give where the whole list of a type's records stands, as the reader sees it."""
    endpoint, by = LISTED[name]
    values: dict[str, Any] = {by: partner}
    return url_for(endpoint, **values)


def _own_partners() -> list[UUID]:
    """Give the reader's partners.

    Raises:
        NotFound: It is nobody's liaison today.
    """
    partners = list(neighbours().own_partners())
    if not partners:
        raise NotFound
    return partners


def _chosen(asked: str | None, partners: Sequence[UUID]) -> UUID:
    return next((each for each in partners if str(each) == asked), partners[0])


def _record(mark: str) -> dict[str, object]:
    """Read a record as a button names it.

    Raises:
        NotFound: It names none.
    """
    named, _, version = mark.rpartition(":")
    kind, record_id = record_at(named, SECTIONS)
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise NotFound
    return {"type": kind, "id": str(record_id), "version": int(version)}
