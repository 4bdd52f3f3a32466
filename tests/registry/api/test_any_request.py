"""Whatever is sent, in whatever role: no answer is undocumented, and none is a fault of ours."""

import pytest

from httpedge.caller import Role
from tests.any_request import ROLES, ask_whatever
from tests.registry.desk import GWANGJU, ILLUSTRATION, Desk

LISTS = {
    "agreement_id": "agreements",
    "collaboration_id": "collaborations",
    "contact_id": "contacts",
    "day_id": "calendar-days",
    "department_id": "departments",
    "event_id": "events",
    "load_id": "loads",
    "milestone_id": "milestones",
    "partner_id": "partners",
    "programme_id": "programmes",
    "seat_id": "seats",
    "service_field_id": "service-fields",
    "strategy_id": "strategies",
    "task_id": "tasks",
    "technology_id": "technologies",
}


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_asked_is_answered_as_documented(desk: Desk, role: Role) -> None:
    desk.load(GWANGJU, ILLUSTRATION)
    known = {
        name: [each["id"] for each in desk.office.items(f"/v1/{path}")]
        for name, path in LISTS.items()
    }
    partners = known["partner_id"][:1] if role == "liaison" else []
    asker = desk.public if role == "public" else desk.of(role, partners)

    assert ask_whatever(desk.app, asker.headers, known) >= len(known)
