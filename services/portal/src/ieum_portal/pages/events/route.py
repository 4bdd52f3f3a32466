"""행사: what is ahead, past or called off; the address says what is shown."""

from typing import Any

from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.event import DEADLINE_KINDS, Event
from ieum_portal.operations.listing import Row
from ieum_portal.pages.labels import EVENT_STATES, said
from ieum_portal.pages.listing.columns import (
    Cell,
    Column,
    Reading,
    countdown_mark,
    declared,
    of_day,
    text,
)
from ieum_portal.pages.listing.filters import coded, declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.typeset import civil
from registryclient.answers import EventStanding


def _state(row: Row[Any], _: Reading) -> Cell:
    standing: EventStanding = row.standing
    told = said(EVENT_STATES[standing.state])
    kind = "well" if standing.state == "under_way" else "later"
    mark = Markup('<span class="mark mark-{}">{}</span>').format(kind, told)
    left = standing.days_left
    return Cell(told, mark if left is None else mark + " " + countdown_mark(left))


def _starts(row: Row[Event], _: Reading) -> Cell:
    """Write what a clock there shows, and of which zone it is."""
    offset, zone = row.standing.starts_at.offset, row.subject.zone
    under = Markup('<span class="under">{} ({})</span>').format(zone, offset)
    return Cell(row.subject.starts_at, civil(row.subject.starts_at) + " " + under)


def _in_seoul(row: Row[Event], _: Reading) -> Cell:
    seoul = row.standing.starts_at.seoul
    return Cell(seoul.replace(tzinfo=None), civil(seoul))


def _deadline(row: Row[Event], _: Reading) -> Cell:
    due = row.standing.next_deadline
    if due is None:
        return text(None)
    kind = said(DEADLINE_KINDS.get(due.kind, due.kind))
    told = Markup('{} {} <span class="under">{}</span>')
    return Cell(
        f"{kind} {due.on.isoformat()}",
        told.format(kind, countdown_mark(due.days_left), of_day(due.on).shown),
    )


def _how_many(row: Row[Event], _: Reading) -> Cell:
    count = len(row.subject.partner_ids)
    return Cell(count, Markup("{}").format(count))


EVENTS = ListPage(
    Event,
    standing=EventStanding,
    columns=(
        declared(Event, "title"),
        Column("state", Label("상태", "State"), _state),
        Column("starts_at", Label("현지 시작", "Starts there"), _starts, sort="starts_at"),
        Column("seoul", Label("서울 시각", "In Seoul"), _in_seoul),
        declared(Event, "country"),
        declared(Event, "city"),
        Column("deadline", Label("다음 마감", "Next deadline"), _deadline),
        Column("partners", Label("참가 기관 수", "Participants"), _how_many, is_number=True),
        declared(Event, "kind", is_usual=False),
        declared(Event, "venue", is_usual=False),
        declared(Event, "partner_ids", is_usual=False),
        declared(Event, "department_id", is_usual=False),
        declared(Event, "ends_at", is_usual=False),
    ),
    filters=(
        coded(
            "when",
            Label("때", "When"),
            {
                "ahead": Label("진행 중·예정", "Under way and ahead"),
                "past": Label("지난 행사", "Past"),
                "cancelled": Label("취소된 행사", "Cancelled"),
                "all": Label("모두", "All"),
            },
            first="ahead",
            everything="all",
            asked="state",
        ),
        declared_filter(Event, "kind"),
        declared_filter(Event, "starts", Label("시작 연도", "Year")),
        declared_filter(Event, "partner"),
    ),
    quick=(("when", "past"), ("when", "cancelled")),
    hint=Label(
        "행사 이름, 나라, 도시, 연도로 찾습니다.", "Words of a title, country, city or year."
    ),
    begins=("event_changing.register",),
)
routes = EVENTS.routes("events", "/events")
