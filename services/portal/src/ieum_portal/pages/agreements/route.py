"""협약: the list; the address says what is shown."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.agreement import AGREEMENT_FLAGS, AGREEMENT_STATES, END_RULES, Agreement
from ieum_portal.domain.countdown import LATER_DAYS, days_left
from ieum_portal.operations.endings import LATELY_DAYS
from ieum_portal.operations.listing import Row
from ieum_portal.pages.labels import said
from ieum_portal.pages.listing.columns import (
    Cell,
    Column,
    Pointed,
    Reading,
    countdown_mark,
    declared,
    named,
    text,
)
from ieum_portal.pages.listing.filters import by_seat, coded, declared_filter, within
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.typeset import day
from registryclient.answers import AgreementStanding


def _partner_ids(row: Row[Agreement]) -> list[UUID]:
    """Give the sides that are not the city's own, each once."""
    return list(
        dict.fromkeys(each.partner_id for each in row.subject.parties if each.side == "partner")
    )


def _points_at_partners(row: Row[Agreement], _: date) -> Pointed:
    return (("partner", each) for each in _partner_ids(row))


def _partners(row: Row[Agreement], reading: Reading) -> Cell:
    return named(_partner_ids(row), "partner", reading)


def _state(row: Row[Any], _: Reading) -> Cell:
    state: str = row.standing.state
    flags = [said(AGREEMENT_FLAGS[each]) for each in row.standing.flags if each in AGREEMENT_FLAGS]
    told = " · ".join([said(AGREEMENT_STATES.get(state, state)), *flags])
    kind = "well" if state == "in_force" and not flags else "later"
    return Cell(told, Markup('<span class="mark mark-{}">{}</span>').format(kind, told))


def _last_day(row: Row[Agreement], reading: Reading) -> Cell:
    """Write the last day, how soon it comes, and what it hangs on; without one the rule alone."""
    end, last_on = row.subject.end, row.standing.last_on
    rule = said(END_RULES.get(end.rule, end.rule))
    if last_on is None:
        return text(rule) if end.ends_as is None else text(end.ends_as.written)
    if last_on != end.ends_on:
        rule = gettext("당사자 탈퇴")
    part = row.standing.last_on_as
    is_near = _is_near(last_on, reading.on, row.standing)
    mark = countdown_mark(days_left(last_on, reading.on)) if is_near else Markup("")
    written = day(last_on) if part is None else day(None, part)
    return Cell(
        last_on if part is None else part.written,
        Markup('{} {} <span class="under">{}</span>').format(mark, written, rule),
    )


def _is_near(last_on: date, on: date, standing: AgreementStanding) -> bool:
    """Say whether it comes within 90 days, or came lately while nothing was recorded of it."""
    left = days_left(last_on, on)
    return 0 <= left <= LATER_DAYS or (-LATELY_DAYS <= left < 0 and standing.state == "in_force")


AGREEMENTS = ListPage(
    Agreement,
    standing=AgreementStanding,
    columns=(
        declared(Agreement, "title"),
        Column(
            "partners",
            Label("협약기관", "Partners"),
            _partners,
            points_at=_points_at_partners,
        ),
        Column("state", Label("상태", "State"), _state),
        declared(Agreement, "kind"),
        declared(Agreement, "signed_on"),
        Column("last_on", Label("만료일", "Last day"), _last_day, sort="last_on"),
        declared(Agreement, "lead_department_id", label=Label("담당부서", "Department")),
        declared(Agreement, "number"),
        declared(Agreement, "approval_number", is_usual=False),
        declared(Agreement, "effective_on", is_usual=False),
        declared(Agreement, "programme_id", is_usual=False),
        declared(Agreement, "purpose", is_usual=False),
        declared(Agreement, "venue", is_usual=False),
        declared(Agreement, "legal_force", is_usual=False),
        declared(Agreement, "money", is_usual=False),
        declared(Agreement, "amount_won", is_usual=False),
        declared(Agreement, "public_property", is_usual=False),
        declared(Agreement, "service_field_ids", is_usual=False),
        declared(Agreement, "original", is_usual=False),
        declared(Agreement, "disclosure", is_usual=False),
    ),
    filters=(
        coded("state", Label("상태", "State"), AGREEMENT_STATES),
        coded("flag", Label("표시", "Flag"), AGREEMENT_FLAGS),
        declared_filter(Agreement, "kind"),
        declared_filter(Agreement, "department", Label("담당부서", "Department")),
        *by_seat(("officer", "deputy")),
        within(
            "ends",
            Label("만료", "Ends"),
            "ends",
            {
                "30": Label("30일 안", "within 30 days"),
                "90": Label("90일 안", "within 90 days"),
            },
            order="last_on",
        ),
        declared_filter(Agreement, "signed", Label("서명 연도", "Year of signing")),
        declared_filter(Agreement, "partner"),
    ),
    within={"department": "department"},
    begins=("agreement_form.register", "agreement_moves.propose", "imports.show"),
    acts=("lead_department_id", "disclosure"),
    quick=(("ends", "30"), ("ends", "90"), ("state", "unknown_end"), ("flag", "dormant")),
    hint=Label(
        "협약 이름·번호, 협약기관, 담당부서, 서명 연도로 찾습니다. 여러 낱말은 띄어 적습니다.",
        "Words of a title, number, partner, department or year of signing; parted by blanks.",
    ),
)
routes = AGREEMENTS.routes("agreements", "/agreements")
