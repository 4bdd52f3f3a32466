"""Whatever is sent, in whatever role: no answer is undocumented, and none is a fault of ours."""

from collections.abc import Mapping
from itertools import product

import pytest

from httpedge.caller import Role
from tests.any_request import ROLES, ask_whatever, routes_of
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


@pytest.mark.storage  # Generated requests by the thousand: no part of the inner loop.
def test_whatever_is_asked_is_answered_as_documented(desk: Desk) -> None:
    desk.load(GWANGJU, ILLUSTRATION)
    known = {
        name: [each["id"] for each in desk.office.items(f"/v1/{path}")]
        for name, path in LISTS.items()
    }

    asked = ask_whatever(desk.app, {role: headers(desk, role, known) for role in ROLES}, known)

    assert set(asked) == set(product(ROLES, routes_of(desk.app)))


def headers(desk: Desk, role: Role, known: Mapping[str, list[str]]) -> Mapping[str, str]:
    if role == "public":
        return desk.public.headers
    return desk.of(role, known["partner_id"][:1] if role == "liaison" else []).headers
