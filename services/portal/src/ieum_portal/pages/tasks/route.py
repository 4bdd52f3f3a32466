"""과제: each with its page, which shows who works on it, and its forms."""

from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.catalogue import Task
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

COLUMNS = (
    declared(Task, "name"),
    declared(Task, "position"),
    declared(Task, "strategy_id"),
    declared(Task, "key"),
)
TASKS = ListPage(
    Task,
    columns=COLUMNS,
    filters=(declared_filter(Task, "strategy"),),
    begins=("tasks.register",),
    within={"strategy": "strategy"},
    hint=Label("과제 이름의 일부로 찾습니다.", "Part of a task's name."),
)
TASK = SubjectPage(
    Task,
    shown=COLUMNS,
    asked=("strategy_id", "name", "position"),
    keeps=("strategy_id",),
    hints={"position": _l("사업 전체에서 몇째 과제인지 적습니다.")},
    leads=(Way("coverage.show", "task"),),
)
routes = TASK.add_to(TASKS.routes("tasks", "/tasks"), "/tasks")
