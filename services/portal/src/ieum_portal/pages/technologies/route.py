"""기술: each with its page, which shows what it is used for and by whom, and its forms."""

from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.catalogue import Technology
from ieum_portal.pages.links import QUESTIONS
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

COLUMNS = (
    declared(Technology, "name"),
    declared(Technology, "aliases"),
    declared(Technology, "broader_id"),
)
TECHNOLOGIES = ListPage(
    Technology,
    columns=COLUMNS,
    filters=(declared_filter(Technology, "broader"),),
    begins=("technologies.register",),
    within={"technology": "broader"},
    hint=Label(
        "기술 이름이나 다른 이름의 일부로 찾습니다.", "Part of a technology's name or other names."
    ),
)
TECHNOLOGY = SubjectPage(
    Technology,
    shown=COLUMNS,
    asked=("name", "aliases", "broader_id"),
    keeps=("broader_id",),
    hints={
        "aliases": _l("한 줄에 하나씩 적습니다. 이 이름으로도 찾습니다."),
        "broader_id": _l("더 넓은 기술의 하나이면 그 기술을 고릅니다."),
    },
    leads=(Way("questions.show", "technology", {"name": QUESTIONS["technology"]}),),
)
routes = TECHNOLOGY.add_to(TECHNOLOGIES.routes("technologies", "/technologies"), "/technologies")
