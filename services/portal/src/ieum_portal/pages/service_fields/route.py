"""서비스 분야: industries and sides of citizens' life, each with its page and forms."""

from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.catalogue import ServiceField
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage

COLUMNS = (
    declared(ServiceField, "name"),
    declared(ServiceField, "group"),
    declared(ServiceField, "position"),
    declared(ServiceField, "programme_id"),
)
SERVICE_FIELDS = ListPage(
    ServiceField,
    columns=COLUMNS,
    filters=(declared_filter(ServiceField, "group"), declared_filter(ServiceField, "programme")),
    begins=("service_fields.register",),
    within={"programme": "programme"},
    hint=Label("분야 이름의 일부로 찾습니다.", "Part of a field's name."),
)
SERVICE_FIELD = SubjectPage(
    ServiceField,
    shown=COLUMNS,
    asked=("programme_id", "name", "group", "position"),
    keeps=("programme_id", "group"),
    hints={"position": _l("사업 안에서 몇째인지 적습니다.")},
)
routes = SERVICE_FIELD.add_to(
    SERVICE_FIELDS.routes("service_fields", "/service-fields"), "/service-fields"
)
