"""협력(이행): who works on which task, with what, under which agreement, from when to when."""

from changefeed.declared import Label
from changefeed.subjects.collaboration import Collaboration
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import coded, declared_filter
from ieum_portal.pages.listing.list_page import ListPage

HOLDS = {"true": Label("진행 중", "in force")}

COMMITMENTS = ListPage(
    Collaboration,
    columns=(
        declared(Collaboration, "task_id"),
        declared(Collaboration, "partner_id"),
        declared(Collaboration, "role"),
        declared(Collaboration, "technology_ids"),
        declared(Collaboration, "service_field_id"),
        declared(Collaboration, "agreement_id"),
        declared(Collaboration, "starts_on"),
        declared(Collaboration, "ends_on"),
    ),
    filters=(
        coded("in_force", Label("효력", "In force"), HOLDS),
        coded(
            "unknown_end",
            Label("종료 미상", "End unknown"),
            {"true": Label("확인할 것", "to be looked up")},
        ),
        declared_filter(Collaboration, "task"),
        declared_filter(Collaboration, "service_field"),
        declared_filter(Collaboration, "role"),
        declared_filter(Collaboration, "starts", Label("시작 연도", "Year of the first day")),
        declared_filter(Collaboration, "partner"),
        declared_filter(Collaboration, "agreement"),
        declared_filter(Collaboration, "technology"),
    ),
    within={each: each for each in ("task", "technology", "service_field")},
)
routes = COMMITMENTS.routes("commitments", "/commitments")
