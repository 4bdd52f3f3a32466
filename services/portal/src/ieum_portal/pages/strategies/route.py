"""추진전략: what tasks hang under, each with its page and forms."""

from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.catalogue import Strategy
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

COLUMNS = (
    declared(Strategy, "name"),
    declared(Strategy, "position"),
    declared(Strategy, "programme_id"),
)
STRATEGIES = ListPage(
    Strategy,
    columns=COLUMNS,
    filters=(declared_filter(Strategy, "programme"),),
    begins=("strategies.register",),
    within={"programme": "programme"},
    hint=Label("전략 이름의 일부로 찾습니다.", "Part of a strategy's name."),
)
STRATEGY = SubjectPage(
    Strategy,
    shown=COLUMNS,
    asked=("programme_id", "name", "position"),
    keeps=("programme_id",),
    hints={"position": _l("사업 안에서 몇째인지 적습니다.")},
    begins=(Way("tasks.register", "strategy_id"),),
)
routes = STRATEGY.add_to(STRATEGIES.routes("strategies", "/strategies"), "/strategies")
