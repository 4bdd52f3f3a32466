"""The office destroys what an entry says; everybody else sees that it did, and nobody a 500."""

from typing import Any

import pytest

from httpedge.caller import Role
from ieum_registry.storage.store import Store
from tests.registry.desk import Answer, Desk

from .bodies import partner as partner_body

PARTNER = partner_body()

GONE = "body = NULL, salt = NULL, reason = NULL, disclosed = NULL, disclosed_salt = NULL"


@pytest.fixture
def partner(desk: Desk) -> dict[str, Any]:
    """A partner in two versions: entries 1 and 2."""
    made = desk.office.made("/v1/partners", PARTNER)
    where = f"/v1/partners/{made['id']}"
    body = {"website": "https://secret.example", "reason": "홈페이지"}
    assert desk.office.patch(where, body, seen=1).status == 200
    changed = desk.office.patch(where, {"website": "https://open.example"}, seen=2)
    assert changed.status == 200
    found: dict[str, Any] = changed.json
    return found


def redact(desk: Desk, seq: object = 2, query: str = "") -> Answer:
    return desk.office.post(f"/v1/redactions{query}", {"seq": seq, "reason": "잘못 적음"})


def test_what_is_redacted_is_told_and_not_shown(desk: Desk, partner: dict[str, Any]) -> None:
    answer = redact(desk)

    assert (answer.status, answer.headers["X-Change-Seq"]) == (201, "4")
    assert {name: answer.json[name] for name in ("redacts", "of_type", "of_id", "version")} == {
        "redacts": 2,
        "of_type": "partner",
        "of_id": partner["id"],
        "version": 1,
    }
    for asker in (desk.office, desk.public):
        feed = asker.get("/v1/changes").text
        assert "secret.example" not in feed
        assert "open.example" in feed
        then = asker.get(f"/v1/partners/{partner['id']}?known_at=2")
        assert (then.status, then.code) == (410, "subject.redacted")
        shown = asker.get(f"/v1/partners/{partner['id']}").json
        assert shown == {name: value for name, value in partner.items() if name in shown}
        assert asker.items("/v1/partners?known_at=2") == []
        [found] = asker.items("/v1/redactions?seq=2")
        assert asker.get(f"/v1/redactions/{found['id']}").json == found == answer.json
    assert "잘못 적음" in desk.office.get("/v1/changes").text
    assert "잘못 적음" not in desk.public.get("/v1/changes").text


@pytest.mark.parametrize("seq", [0, -1, 2**53, 2**63, 2**64, "9" * 5000])
def test_a_number_that_no_entry_can_have_is_no_number_to_look_for(desk: Desk, seq: object) -> None:
    answer = desk.public.get(f"/v1/redactions?seq={seq}")

    assert (answer.status, answer.pointers) == (422, ["/seq"])


def test_the_history_names_the_redaction_beside_its_entry(
    desk: Desk, partner: dict[str, Any]
) -> None:
    redact(desk)

    items = desk.office.get(f"/v1/history?subject={partner['id']}").json["items"]

    assert [(each["entry"]["seq"], each["redacted_by"]) for each in items] == [
        (3, None),
        (2, 4),
        (1, None),
    ]
    assert items[0]["previous"] is None
    assert items[1]["entry"]["body"] is items[1]["entry"]["reason"] is None


def test_a_dry_run_says_what_would_be_written_and_destroys_nothing(
    desk: Desk, partner: dict[str, Any]
) -> None:
    before = desk.office.get("/v1/changes").text

    answer = redact(desk, query="?dry_run=true")

    assert answer.status == 200
    [entry] = answer.json["entries"]
    assert (entry["kind"], entry["body"]["redacts"]) == ("redaction.recorded", 2)
    assert desk.office.get("/v1/changes").text == before
    assert desk.office.get(f"/v1/partners/{partner['id']}?known_at=2").status == 200


def test_a_repeated_key_is_answered_as_it_was(desk: Desk, partner: dict[str, Any]) -> None:
    body = {"seq": 2, "reason": "잘못 적음"}
    first = desk.office.post("/v1/redactions", body, Idempotency_Key="once")
    again = desk.office.post("/v1/redactions", body, Idempotency_Key="once")

    assert partner["version"] == 3
    assert (again.status, again.json) == (201, first.json)
    assert desk.office.seq() == 4


def test_a_write_whose_entry_was_redacted_since_is_not_told_again(desk: Desk) -> None:
    made = desk.office.post("/v1/partners", PARTNER, Idempotency_Key="made")
    desk.office.patch(f"/v1/partners/{made.json['id']}", {"website": "https://x.example"}, seen=1)
    assert redact(desk, 1).status == 201

    again = desk.office.post("/v1/partners", PARTNER, Idempotency_Key="made")

    assert (again.status, again.code) == (410, "subject.redacted")


@pytest.mark.parametrize(
    ("seq", "status", "code"),
    [
        (9, 422, "redaction.no_entry"),
        (3, 409, "redaction.newest"),
        (2, 409, "redaction.repeated"),
        (4, 409, "redaction.of_redaction"),
        (0, 422, "request.invalid"),
        ("2", 422, "request.invalid"),
        (2**53, 422, "request.invalid"),
        (None, 422, "request.invalid"),
    ],
)
def test_what_is_refused_changes_nothing(
    desk: Desk, partner: dict[str, Any], seq: object, status: int, code: str
) -> None:
    redact(desk)
    before = desk.office.get("/v1/changes").text

    answer = redact(desk, seq)

    assert (answer.status, answer.code) == (status, code)
    assert answer.pointers == ["/seq"]
    assert desk.office.get("/v1/changes").text == before
    assert partner["version"] == 3


@pytest.mark.parametrize("reason", [None, "", " "])
def test_a_redaction_says_why(desk: Desk, partner: dict[str, Any], reason: object) -> None:
    answer = desk.office.post("/v1/redactions", {"seq": 2, "reason": reason})

    assert (answer.status, answer.pointers) == (422, ["/reason"])
    assert partner["version"] == 3


@pytest.mark.parametrize("role", ["department", "liaison", "auditor", "service"])
def test_the_office_alone_redacts(desk: Desk, partner: dict[str, Any], role: Role) -> None:
    own = [partner["id"]] if role == "liaison" else ()
    answer = desk.of(role, own).post("/v1/redactions", {"seq": 2, "reason": "왜"})

    assert answer.status == 403
    assert partner["version"] == 3


@pytest.mark.parametrize(
    "gone",
    [
        "body = NULL, salt = NULL, reason = NULL",
        GONE,
        "body = NULL",
        "disclosed = NULL, disclosed_salt = NULL",
    ],
)
def test_what_was_destroyed_behind_our_back_is_a_clear_answer_everywhere(
    desk: Desk, sqlite_store: Store, partner: dict[str, Any], gone: str
) -> None:
    with sqlite_store.database.writing() as writing:
        writing.run(f"UPDATE change_log SET {gone}")  # noqa: S608
    where = f"/v1/partners/{partner['id']}"

    answers = [
        asker.get(path)
        for asker in (desk.office, desk.public, desk.of("auditor"))
        for path in (
            where,
            f"{where}?known_at=2",
            "/v1/partners",
            "/v1/partners?q=네이버",
            "/v1/changes",
            "/v1/history",
        )
    ]
    body = {"subjects": [{"type": "partner", "id": partner["id"]}]}
    answers += [
        desk.office.patch(where, {"website": None}, seen=3),
        desk.service("notify").post("/v1/resolutions", body),
    ]

    assert {each.status for each in answers} <= {200, 410}
    assert {each.code for each in answers if each.status == 410} == {"subject.destroyed"}
