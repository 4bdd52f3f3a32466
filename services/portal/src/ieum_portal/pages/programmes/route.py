"""사업: the visions of the city, each with its page and forms."""

from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.catalogue import Programme
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

COLUMNS = (declared(Programme, "name"), declared(Programme, "announced_on"))
PROGRAMMES = ListPage(
    Programme,
    columns=COLUMNS,
    begins=("programmes.register",),
    hint=Label("사업 이름의 일부로 찾습니다.", "Part of a programme's name."),
)
PROGRAMME = SubjectPage(
    Programme,
    shown=COLUMNS,
    asked=("name", "announced_on"),
    hints={"announced_on": _l("시가 사업을 발표한 날입니다.")},
    begins=(
        Way("strategies.register", "programme_id"),
        Way("service_fields.register", "programme_id"),
    ),
)
routes = PROGRAMME.add_to(PROGRAMMES.routes("programmes", "/programmes"), "/programmes")
