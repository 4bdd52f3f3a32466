"""The routes: who may ask, what is answered, and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from httpedge.caller import Role
from ieum_notify.domain.calendar import today_in_seoul
from tests.notify.api.conftest import Headers
from tests.notify.makers import LIAISON_SEAT, MILESTONE, MONDAY, PARTNER, PostRoom, milestone, seat
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)
PATHS = ("/v1/rules", "/v1/occurrences", "/v1/preview", "/v1/explain?key=x", "/v1/sender")
SEVEN = f"{MILESTONE}|milestone_due|2026-11-28|7|{LIAISON_SEAT}|mail"


@pytest.fixture
def office(client: FlaskClient, as_role: Headers, room: PostRoom) -> "Office":
    room.registry.record(milestone(DUE))
    room.day()
    return Office(client, as_role)


class Office:
    """The office, asking."""

    def __init__(self, client: FlaskClient, as_role: Headers) -> None:
        self._client = client
        self._headers = as_role("office")

    def get(self, path: str, status: int = 200, language: str = "ko") -> Any:  # noqa: ANN401  JSON.
        answer = self._client.get(path, headers={**self._headers, "Accept-Language": language})
        assert answer.status_code == status, answer.text
        return answer.json


def test_who_may_not_ask_is_refused(client: FlaskClient, as_role: Headers) -> None:
    liaison = as_role("liaison")
    for path in PATHS:
        assert client.get(path).status_code == 401, path
        assert client.get(path, headers=liaison).status_code == 403, path


@pytest.mark.parametrize("role", ["office", "department", "auditor", "service"])
def test_who_may_ask_is_answered(client: FlaskClient, as_role: Headers, role: Role) -> None:
    headers = as_role(role)
    for path in PATHS:
        assert client.get(path, headers=headers).status_code in (200, 404), path


def test_the_rules_are_listed(office: Office) -> None:
    rule, *others = office.get("/v1/rules")["items"]

    assert rule["name"] == "milestone_due"
    assert rule["at_once"] is None
    assert {each["name"] for each in others if each["at_once"]} == {
        "event_moved",
        "event_cancelled",
        "event_left",
        "event_reopened",
        "event_returned",
    }
    assert rule["lead_days"] == [30, 7, 1]
    assert rule["send_at"] == "09:00"
    assert rule["seat_roles"] == {"partner": "liaison", "department": "officer"}


def test_occurrences_are_listed_by_state_and_page(office: Office) -> None:
    sent = office.get("/v1/occurrences?state=sent")
    first = office.get("/v1/occurrences?limit=1")
    second = office.get(f"/v1/occurrences?limit=1&after={first['next']}")

    assert [each["key"] for each in sent["items"]] == [SEVEN]
    assert sent["items"][0]["state"] == "sent"
    assert sent["next"] is None
    assert {first["items"][0]["lead_days"], second["items"][0]["lead_days"]} == {1, 7}


def test_a_page_that_cannot_be_is_refused(office: Office) -> None:
    for query in ("state=lost", "limit=0", "limit=201"):
        assert office.get(f"/v1/occurrences?{query}", 422)["code"] == "request.invalid"
    for cursor in (
        "nonsense",
        "2026-01-01_x",
        f"0001-01-01T00:00:00%2B14:00_{LIAISON_SEAT}",
        f"9999-12-31T23:59:59-14:00_{LIAISON_SEAT}",
        f"2026-01-01_{LIAISON_SEAT}",
    ):
        assert office.get(f"/v1/occurrences?after={cursor}", 422)["code"] == "cursor.refused"


def test_the_preview_shows_what_comes_with_its_reasons(office: Office, room: PostRoom) -> None:
    room.registry.record(milestone(today_in_seoul(datetime.now(UTC)) + timedelta(days=40)))
    room.follow()

    found = office.get("/v1/preview?days=300")

    assert set(found) == {"from", "to", "items"}
    assert found["items"]
    for item in found["items"]:
        assert set(item) >= {
            "key", "rule", "letter", "subject", "title", "anchor_on", "due_at", "seat_id",
            "seat_role", "why",
        }  # fmt: skip
        assert item["rule_title"]["ko"] == "이행과제 기한 알림"
        assert set(item["why"][0]) == {"ko", "en"}
        assert item["due_at"].endswith("Z")
    office.get("/v1/preview?days=0", 422)
    office.get("/v1/preview?days=367", 422)


def test_a_letter_is_explained_and_an_unknown_key_is_not_found(office: Office) -> None:
    found = office.get(f"/v1/explain?key={SEVEN}")
    unknown = office.get("/v1/explain?key=nothing", 404, "en")

    assert found["state"] == "sent"
    assert [each["outcome"] for each in found["attempts"]] == ["sent"]
    assert "naver.example" not in str(found)
    assert unknown["code"] == "occurrence.unknown"
    assert unknown["detail"].startswith("Nothing was ever planned")


def test_the_sender_shows_its_pulse_and_alarms(office: Office, room: PostRoom) -> None:
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison"))
    room.follow()
    room.plan()

    found = office.get("/v1/sender")

    assert found["alive"] is False
    applied_hash = found["feed"].pop("applied_hash")
    assert len(bytes.fromhex(applied_hash)) == 32
    assert found["feed"] == {"applied_seq": 7, "head_seq": 7}
    assert (found["in_doubt"], found["dead"]) == (0, 0)
    [alarm] = found["alarms"]
    assert alarm["code"] == "seat.empty"
    assert alarm["subject"] == {"type": "milestone", "id": str(MILESTONE.id)}
    assert alarm["detail"]["ko"].startswith("「메타도시 실증 시나리오 제출」: 알림을 받을 곳에")
    assert alarm["detail"]["en"].startswith("“Demonstration scenarios”: Nobody")
    assert alarm["mends"] == [{"type": "seat", "id": str(LIAISON_SEAT), "role": None}]


def test_reading_changes_nothing(office: Office, room: PostRoom, smtp_server: Mailbox) -> None:
    before = room.states()
    for path in (*PATHS[:3], PATHS[4], "/healthz", "/readyz", "/openapi.json", "/docs"):
        office.get(path)

    assert room.states() == before
    assert len(smtp_server.messages) == 1


def test_it_is_ready_when_its_database_and_its_disk_are(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json is not None
    assert list(answer.json["checks"]) == ["database", "room"]


def test_the_api_describes_itself(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json

    assert document is not None
    assert set(document["paths"]) == {
        "/v1/account-letters",
        "/v1/consequences",
        "/v1/resends",
        *(path.partition("?")[0] for path in PATHS),
    }
