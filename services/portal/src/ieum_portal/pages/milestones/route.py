"""이행과제: what was promised by which day, by whom, and whether it was kept."""

from uuid import UUID

from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.milestone import Milestone
from ieum_portal.domain.countdown import days_left
from ieum_portal.operations.listing import Row
from ieum_portal.pages.labels import MILESTONE_STATES, said
from ieum_portal.pages.listing.columns import Cell, Column, Reading, countdown_mark, declared
from ieum_portal.pages.listing.filters import Filter, coded, declared_filter, within
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.typeset import day
from registryclient.answers import MilestoneStanding

KINDS = {"done": "well", "overdue": "late"}
"""Of marks: how a state looks, if it is neither."""


def _state(row: Row[Milestone], _: Reading) -> Cell:
    state = row.standing.state
    told = said(MILESTONE_STATES.get(state, state))
    mark = Markup('<span class="mark mark-{}">{}</span>')
    return Cell(told, mark.format(KINDS.get(state, "later"), told))


def _due(row: Row[Milestone], reading: Reading) -> Cell:
    """Write the day, and how soon it comes as long as something is to be done by then."""
    due_on = row.subject.due_on
    is_open = row.standing.state in ("due", "overdue")
    mark = countdown_mark(days_left(due_on, reading.on)) if is_open else Markup("")
    return Cell(due_on, Markup("{} {}").format(mark, day(due_on)))


LOOKED_AFTER = Filter(
    "looked_after_by",
    Label("담당부서", "Department"),
    "subjects",
    lambda value, _: {"looked_after_by": (UUID(value),)},
    of="department",
)
"""What a department owes, or sees to as it leads the agreement (L-35)."""

UNLED = Filter(
    "unled",
    Label("담당부서가 없는 것", "What no department leads"),
    "link",
    lambda _, __: {"unled": True},
    options={"true": Label("포함", "included")},
)

MILESTONES = ListPage(
    Milestone,
    standing=MilestoneStanding,
    columns=(
        declared(Milestone, "title"),
        Column("state", Label("상태", "State"), _state),
        Column("due_on", Label("기한", "Due"), _due, sort="due_on"),
        declared(Milestone, "owner"),
        declared(Milestone, "agreement_id"),
        declared(Milestone, "done_on"),
        declared(Milestone, "cancelled_on", is_usual=False),
    ),
    filters=(
        coded("state", Label("상태", "State"), MILESTONE_STATES),
        within(
            "within",
            Label("기한", "Due"),
            "due",
            {
                "30": Label("30일 안", "within 30 days"),
                "90": Label("90일 안", "within 90 days"),
            },
            order="due_on",
        ),
        declared_filter(Milestone, "done", Label("완료 연도", "Year of completion")),
        LOOKED_AFTER,
        UNLED,
        declared_filter(Milestone, "owner"),
        declared_filter(Milestone, "agreement"),
    ),
    within={"department": "owner"},
    quick=(("state", "overdue"), ("within", "30"), ("within", "90")),
    hint=Label("이행과제 이름의 일부로 찾습니다.", "Part of a milestone's title."),
)
routes = MILESTONES.routes("milestones", "/milestones")
