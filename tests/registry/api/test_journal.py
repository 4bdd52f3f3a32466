"""The journal: what the city and a partner were in touch about, the office's own."""

import pytest

from tests.registry.api.bodies import agreement
from tests.registry.desk import GWANGJU, ILLUSTRATION, Desk


@pytest.fixture
def visit(desk: Desk) -> dict[str, object]:
    """A body that is taken: a visit about the network's agreement."""
    assert desk.load(GWANGJU, ILLUSTRATION).status == 201
    signed = desk.office.items("/v1/agreements")[0]
    return {
        "partner_id": desk.office.items("/v1/partners")[0]["id"],
        "department_id": desk.office.items("/v1/departments")[0]["id"],
        "agreement_id": signed["id"],
        "on": "2026-11-20",
        "kind": "visit",
        "text": "실증 일정 협의",
    }


def test_contacts_are_listed_the_newest_first_and_found(
    desk: Desk, visit: dict[str, object]
) -> None:
    first = desk.office.made("/v1/journal", visit)
    second = desk.office.made("/v1/journal", {**visit, "on": "2026-11-22", "text": "전화로 확인"})
    partner = visit["partner_id"]

    def found(asked: str) -> list[str]:
        return [each["id"] for each in desk.office.items(f"/v1/journal?{asked}")]

    assert found(f"partner={partner}") == [second["id"], first["id"]]
    assert found(f"agreement={visit['agreement_id']}&day_to=2026-11-21") == [first["id"]]
    assert found("q=실증") == [first["id"]]
    assert found("kind=call") == []


def test_a_contact_can_be_corrected(desk: Desk, visit: dict[str, object]) -> None:
    made = desk.office.made("/v1/journal", visit)

    answer = desk.office.patch(f"/v1/journal/{made['id']}", {"kind": "meeting"}, seen=1)

    assert answer.status == 200
    assert answer.json == {**made, "kind": "meeting", "version": 2}


def test_a_contact_that_never_was_is_taken_back(desk: Desk, visit: dict[str, object]) -> None:
    made = desk.office.made("/v1/journal", visit)
    path = f"/v1/journal/{made['id']}"

    lacking = desk.office.post(f"{path}/retractions", {}, seen=1)
    taken = desk.office.post(f"{path}/retractions", {"reason": "다른 기관의 연락"}, seen=1)

    assert (lacking.status, lacking.pointers) == (422, ["/reason"])
    assert (taken.status, taken.json) == (201, {**made, "version": 2})
    assert desk.office.get(path).status == 404
    assert desk.office.items("/v1/journal") == []
    assert desk.office.post(f"{path}/retractions", {"reason": "또"}, seen=2).status == 404
    [last] = desk.office.get(f"/v1/history?subject={made['id']}&limit=1").json["items"]
    assert (last["entry"]["kind"], last["entry"]["reason"]) == (
        "journal.retracted",
        "다른 기관의 연락",
    )


@pytest.mark.parametrize("named", ["partner_id", "department_id", "agreement_id"])
def test_what_a_contact_names_must_be_on_record(
    desk: Desk, visit: dict[str, object], named: str
) -> None:
    unknown = "01a206d3-0000-7000-8000-000000000000"

    answer = desk.office.post("/v1/journal", {**visit, named: unknown})

    assert (answer.status, answer.code) == (422, "reference.unknown")
    assert answer.pointers == [f"/{named}"]
    assert desk.office.items("/v1/journal") == []


def test_the_journal_is_the_offices_own(desk: Desk, visit: dict[str, object]) -> None:
    made = desk.office.made("/v1/journal", visit)
    liaison = desk.of("liaison", partners=[str(visit["partner_id"])])
    department = desk.of("department", department=str(visit["department_id"]))

    assert desk.of("auditor").items("/v1/journal") == [made]
    for asker in (liaison, department, desk.public):
        assert asker.get("/v1/journal").status in (401, 403)
        assert asker.get(f"/v1/journal/{made['id']}").status in (401, 403)
        assert "실증 일정 협의" not in asker.get("/v1/changes?limit=1000").text


def test_a_contact_is_a_sign_of_life_of_its_agreement(desk: Desk, visit: dict[str, object]) -> None:
    quiet = agreement(visit_city(desk), str(visit["partner_id"]))
    made = desk.office.made("/v1/agreements", quiet)["id"]
    asked = f"/v1/agreements/{made}/standing?on=2026-11-23"

    before = desk.office.get(asked).json["flags"]
    desk.office.made("/v1/journal", {**visit, "agreement_id": made})

    assert before == ["dormant"]
    assert desk.office.get(asked).json["flags"] == []
    # Whoever may not see the contact sees no sign of life in it.
    liaison = desk.of("liaison", partners=[str(visit["partner_id"])])
    assert liaison.get(asked).json["flags"] == ["dormant"]


def visit_city(desk: Desk) -> str:
    """Give the city's own side."""
    found: str = desk.office.items("/v1/partners?own=true")[0]["id"]
    return found
