"""휴일·근무일: days that the office declared, each with its page and forms."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.calendar_day import CalendarDay
from ieum_portal.operations.listing import Row
from ieum_portal.pages.listing.columns import Cell, Column, Reading, declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage


def _kind(row: Row[CalendarDay], _: Reading) -> Cell:
    """Say what the day is, as people ask for it: at work or not."""
    told, mark = (gettext("근무일"), "well") if row.subject.working else (gettext("휴일"), "later")
    return Cell(told, Markup('<span class="mark mark-{}">{}</span>').format(mark, told))


COLUMNS = (
    declared(CalendarDay, "name"),
    declared(CalendarDay, "on"),
    Column("working", Label("구분", "Kind"), _kind),
    declared(CalendarDay, "decreed_by"),
)
CALENDAR_DAYS = ListPage(
    CalendarDay,
    columns=COLUMNS,
    filters=(declared_filter(CalendarDay, "day", Label("연도", "Year")),),
    begins=("calendar_days.register",),
    hint=Label("이름의 일부로 찾습니다.", "Part of a day's name."),
)
CALENDAR_DAY = SubjectPage(
    CalendarDay,
    shown=COLUMNS,
    asked=("on", "name", "working", "decreed_by"),
    keeps=("working", "decreed_by"),
    hints={
        "on": _l("공휴일은 이미 들어 있습니다. 임시 공휴일이나 따로 정한 날만 적습니다."),
        "working": _l("쉬는 날이면 ‘아니오’, 쉬는 날인데 근무하면 ‘예’입니다."),
        "decreed_by": _l("예: 관보 공고, 시장 방침"),
    },
)
routes = CALENDAR_DAY.add_to(
    CALENDAR_DAYS.routes("calendar_days", "/calendar-days"), "/calendar-days"
)
