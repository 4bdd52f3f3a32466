"""부서: each with its agreements, its roles and what it owes, and its forms."""

from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.department import Department
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

COLUMNS = (declared(Department, "name"), declared(Department, "office"))
DEPARTMENTS = ListPage(
    Department,
    columns=COLUMNS,
    begins=("departments.register",),
    hint=Label(
        "부서 이름의 일부로 찾습니다. 전의 이름으로도 찾습니다.",
        "Part of a department's name, or of one that it had.",
    ),
)
DEPARTMENT = SubjectPage(
    Department,
    shown=COLUMNS,
    asked=("name", "office"),
    begins=(
        Way("people.register", "at"),
        Way("people_form.register_at", "department_id"),
        Way("handover_form.of_department", "department_id"),
    ),
    keeps=("office",),
    hints={"office": _l("협약을 총괄하는 부서이면 ‘예’입니다. 한 곳만 그럴 수 있습니다.")},
)
routes = DEPARTMENT.add_to(DEPARTMENTS.routes("departments", "/departments"), "/departments")
