"""Writes: versions checked, keys remembered, dry runs, what is answered; on both databases."""

from datetime import timedelta

import pytest

from tests.document_files import pdf
from tests.registry.api.bodies import Network, agreement, partner
from tests.registry.desk import Desk

pytestmark = pytest.mark.storage


def test_a_new_record_is_answered_with_version_and_number(each_desk: Desk) -> None:
    answer = each_desk.office.post("/v1/partners", partner(key="naver"))

    assert answer.status == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["X-Change-Seq"] == "1"
    assert answer.json["version"] == 1
    assert answer.json["provenance"] == {"source": [], "illustrative": False}


def test_a_change_needs_the_version_last_read(each_desk: Desk) -> None:
    office = each_desk.office
    path = f"/v1/partners/{office.made('/v1/partners', partner())['id']}"

    missing = office.patch(path, {"website": "https://naver.example"})
    stale = office.patch(path, {"website": "https://naver.example"}, seen=2)
    odd = office.patch(path, {"website": "https://naver.example"}, If_Match="*")
    right = office.patch(path, {"website": "https://naver.example"}, seen=1)

    assert (missing.status, missing.code) == (428, "version.missing")
    assert (stale.status, stale.code) == (412, "version.stale")
    assert (odd.status, odd.code) == (412, "version.unreadable")
    assert (right.status, right.headers["ETag"]) == (200, '"2"')
    assert right.json["name"] == {"ko": "네이버", "en": None}
    assert office.seq() == 2


def test_null_takes_a_value_away(each_desk: Desk) -> None:
    office = each_desk.office
    made = office.made("/v1/partners", partner(website="https://naver.example"))

    answer = office.patch(
        f"/v1/partners/{made['id']}", {"website": None, "name": {"en": "NAVER"}}, seen=1
    )

    assert answer.json["website"] is None
    assert answer.json["name"] == {"ko": "네이버", "en": "NAVER"}


def test_a_reason_stands_in_the_log(each_desk: Desk) -> None:
    office = each_desk.office
    made = office.made("/v1/partners", partner())

    office.patch(
        f"/v1/partners/{made['id']}", {"name": {"ko": "NAVER"}, "reason": "이름 변경"}, seen=1
    )

    [_, change] = office.get("/v1/changes").json["items"]
    assert (change["kind"], change["reason"]) == ("partner.changed", "이름 변경")


def test_a_repeated_key_is_answered_as_before(each_desk: Desk) -> None:
    office = each_desk.office
    first = office.post("/v1/partners", partner(), Idempotency_Key="once")
    office.patch(f"/v1/partners/{first.json['id']}", {"name": {"ko": "NAVER"}}, seen=1)

    again = office.post("/v1/partners", partner(), Idempotency_Key="once")

    assert (again.status, again.json) == (201, first.json)
    assert again.headers["X-Change-Seq"] == "1"
    assert again.headers["ETag"] == '"1"'
    assert office.seq() == 2


def test_a_repeated_key_with_another_body_is_refused(each_desk: Desk) -> None:
    office = each_desk.office
    office.post("/v1/partners", partner(), Idempotency_Key="once")

    other = office.post("/v1/partners", partner("카카오"), Idempotency_Key="once")

    assert (other.status, other.code) == (422, "idempotency.reused")
    assert office.seq() == 1


def test_a_key_is_free_again_after_a_refusal(each_desk: Desk) -> None:
    office = each_desk.office
    office.made("/v1/partners", partner(key="naver"))

    refused = office.post("/v1/partners", partner(key="naver"), Idempotency_Key="once")
    mended = office.post("/v1/partners", partner(key="kakao"), Idempotency_Key="once")

    assert (refused.status, refused.code) == (409, "subject.taken")
    assert mended.status == 201


def test_a_repeated_change_is_answered_as_before(each_desk: Desk) -> None:
    office = each_desk.office
    made = office.made("/v1/partners", partner())
    path, body = f"/v1/partners/{made['id']}", {"website": "https://naver.example"}
    first = office.patch(path, body, seen=1, Idempotency_Key="once")

    again = office.patch(path, body, seen=1, Idempotency_Key="once")

    assert (again.status, again.json) == (200, first.json)
    assert again.headers["X-Change-Seq"] == "2"
    assert office.seq() == 2


def test_what_is_done_or_started_may_say_why(each_net: Network) -> None:
    office = each_net.desk.office
    made = office.made("/v1/milestones", each_net.milestone())
    done = {"done_on": "2026-01-02", "reason": "보고서를 받음"}
    office.post(f"/v1/milestones/{made['id']}/completions", done, seen=1)

    office.made("/v1/collaborations", each_net.collaboration() | {"reason": "추진 회의 결정"})

    told = [each["reason"] for each in office.get("/v1/changes?after=0").json["items"][-2:]]
    assert told == ["보고서를 받음", "추진 회의 결정"]


def test_keys_of_two_callers_do_not_meet(each_desk: Desk) -> None:
    each_desk.office.post("/v1/partners", partner(), Idempotency_Key="once")

    other = each_desk.of("office", subject="y")

    assert other.post("/v1/partners", partner("카카오"), Idempotency_Key="once").status == 201


def test_a_key_is_forgotten_after_a_day(each_desk: Desk) -> None:
    office = each_desk.office
    office.post("/v1/partners", partner(), Idempotency_Key="once")
    each_desk.clock.now += timedelta(hours=25)

    assert office.post("/v1/partners", partner("카카오"), Idempotency_Key="once").status == 201


def test_a_key_comes_before_the_version(each_net: Network) -> None:
    office = each_net.desk.office
    made = office.made("/v1/milestones", each_net.milestone())
    path = f"/v1/milestones/{made['id']}/completions"
    body = {"done_on": "2026-01-02"}
    first = office.post(path, body, seen=1, Idempotency_Key="once")

    again = office.post(path, body, seen=1, Idempotency_Key="once")

    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json


@pytest.mark.parametrize("key", ["", "x" * 201, "열쇠"])
def test_a_key_that_cannot_be_kept_is_refused(each_desk: Desk, key: str) -> None:
    answer = each_desk.office.post("/v1/partners", partner(), Idempotency_Key=key)

    assert (answer.status, answer.code) == (422, "idempotency.unreadable")


def test_a_dry_run_tells_the_entries_and_writes_none(each_net: Network) -> None:
    office = each_net.desk.office
    made = office.made("/v1/collaborations", each_net.collaboration())
    seq = office.seq()

    answer = office.patch(
        f"/v1/agreements/{each_net.agreement}?dry_run=true",
        {"end": {"rule": "fixed", "ends_on": "2026-12-31"}, "reason": "기간 만료"},
        seen=1,
    )

    assert answer.status == 200
    assert [each["kind"] for each in answer.json["entries"]] == [
        "agreement.changed",
        "collaboration.changed",
    ]
    assert answer.json["entries"][1]["body"]["holds_until"] == "2026-12-31"
    assert office.seq() == seq
    assert office.get(f"/v1/collaborations/{made['id']}").json["holds_until"] is None


def test_a_dry_run_still_refuses(each_net: Network) -> None:
    answer = each_net.desk.office.patch(
        f"/v1/agreements/{each_net.agreement}?dry_run=true", {"reason": "x"}, seen=9
    )
    unclear = each_net.desk.office.post("/v1/partners?dry_run=yes", partner())

    assert answer.status == 412
    assert (unclear.status, unclear.pointers) == (422, ["/dry_run"])


def test_two_records_do_not_share_a_key(each_desk: Desk) -> None:
    office = each_desk.office
    office.made("/v1/partners", partner(key="naver"))

    answer = office.post("/v1/partners", partner("카카오", key="naver"))

    assert (answer.status, answer.code, answer.pointers) == (409, "subject.taken", ["/key"])
    assert office.seq() == 1


def made_of_each(net: Network) -> dict[str, str]:
    """Register one of each kind, and give the paths under which they are changed."""
    made = net.desk.office.made
    name = {"name": {"ko": "이름"}}
    strategy = made("/v1/strategies", {"programme_id": net.programme, "position": 2, **name})
    field = {"programme_id": net.programme, "position": 1, "group": "citizen", **name}
    day = {"on": "2026-12-24", "working": False, "decreed_by": "시장", **name}
    call = {"partner_id": net.naver, "department_id": net.department, "kind": "call"}
    paper = f"/v1/documents?agreement_id={net.agreement}&file_name=a.pdf&title=정본"
    promise = {
        "partner_id": net.naver,
        "agreement_id": net.agreement,
        "indicator": "jobs",
        "target": 10,
        "unit": "명",
        "base_on": "2022-01-01",
        "due_on": "2027-12-31",
    }
    reported = made("/v1/promises", promise)["id"]
    report = {"promise_id": reported, "on": "2026-11-20", "reached": 1}
    ids = {
        "documents": net.desk.office.send(paper, pdf("Signed")).json["id"],
        "partners": net.naver,
        "departments": net.department,
        "programmes": net.programme,
        "strategies": strategy["id"],
        "tasks": net.task,
        "technologies": net.technology,
        "agreements": net.agreement,
        "service-fields": made("/v1/service-fields", field)["id"],
        "calendar-days": made("/v1/calendar-days", day)["id"],
        "contacts": made("/v1/contacts", net.contact(language="ko"))["id"],
        "seats": made("/v1/seats", net.seat(language="ko"))["id"],
        "collaborations": made("/v1/collaborations", net.collaboration())["id"],
        "milestones": made("/v1/milestones", net.milestone())["id"],
        "events": made("/v1/events", net.event())["id"],
        "promises": made("/v1/promises", {**promise, "indicator": "office"})["id"],
        "promise-reports": made("/v1/promise-reports", report)["id"],
        "journal": made("/v1/journal", {**call, "on": "2026-11-20", "text": "통화"})["id"],
    }
    return {path: f"/v1/{path}/{each}" for path, each in ids.items()}


def test_a_change_without_any_difference_writes_nothing(each_net: Network) -> None:
    office = each_net.desk.office
    paths = made_of_each(each_net)
    changeable = {
        rule.rule.split("/")[2]
        for rule in each_net.desk.app.url_map.iter_rules()
        if "PATCH" in (rule.methods or set())
    }
    seq = office.seq()

    for path in paths.values():
        stands = office.get(path).json
        same = {each: stands[each] for each in ("name", "title", "starts_at") if each in stands}
        for body in ({}, same, {"reason": "아무것도 아님"}):
            answer = office.patch(path, body, seen=1, Idempotency_Key="again")

            assert (answer.status, answer.headers["ETag"]) == (200, '"1"'), answer.text
            assert (answer.json, answer.headers["X-Change-Seq"]) == (stands, str(seq))
            dry = office.patch(f"{path}?dry_run=true", body, seen=1)
            assert dry.json == {"dry_run": True, "entries": []}

    assert paths.keys() == changeable - {"imports"}  # What is staged is no record.
    assert office.seq() == seq


def test_a_change_without_any_difference_still_needs_the_version(each_net: Network) -> None:
    path = f"/v1/partners/{each_net.naver}"

    assert each_net.desk.office.patch(path, {}, seen=2).code == "version.stale"
    assert each_net.desk.office.patch(path, {}).code == "version.missing"


def test_a_new_address_alone_is_an_entry_and_the_same_one_is_none(each_net: Network) -> None:
    office = each_net.desk.office
    path = f"/v1/contacts/{office.made('/v1/contacts', each_net.contact())['id']}"

    same = office.patch(path, {"email": "kim@naver.example"}, seen=1)
    new = office.patch(path, {"email": "new@naver.example"}, seen=1)

    assert (same.headers["ETag"], new.headers["ETag"]) == ('"1"', '"2"')
    assert new.json["email"] == "new@naver.example"


def test_a_key_never_changes_and_the_same_one_says_nothing(each_net: Network) -> None:
    office = each_net.desk.office

    for path in made_of_each(each_net).values():
        seq, key = office.seq(), office.get(path).json["key"]
        for other in ("another", 1, None if key else "another"):
            body = {"key": other, "reason": "바꿈"}
            korean = office.patch(path, body, seen=1, Accept_Language="ko")
            english = office.patch(path, body, seen=1, Accept_Language="en")

            assert (korean.status, korean.pointers) == (422, ["/key"])
            assert "바뀌지 않는" in korean.json["errors"][0]["detail"]
            assert "never changes" in english.json["errors"][0]["detail"]
        assert office.patch(path, {"key": key}, seen=1).headers["ETag"] == '"1"'
        assert office.seq() == seq


def test_a_fixed_field_is_named_beside_what_else_is_wrong(each_net: Network) -> None:
    body = {"key": "another", "website": "none", "colour": "red"}

    answer = each_net.desk.office.patch(f"/v1/partners/{each_net.naver}", body, seen=1)

    assert set(answer.pointers) == {"/key", "/website", "/colour"}


def test_a_day_of_an_old_ledger_is_kept_as_written(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    body = agreement(net.city, net.naver, signed_on=None, signed_as={"written": "2014.5"})
    for each in body["parties"]:
        each |= {"signed_on": None, "signed_as": {"written": "2014.5"}}
    part = {"written": "2014.5", "precision": "month", "from": "2014-05-01", "to": "2014-05-31"}

    made = office.made("/v1/agreements", body)

    path = f"/v1/agreements/{made['id']}"
    assert (made["signed_on"], made["signed_as"], made["effective_as"]) == (None, part, part)
    assert made["parties"][1]["signed_as"] == part
    standing = office.get(f"{path}/standing?on=2014-05-31").json
    assert (standing["state"], standing["signed_from"]) == ("in_force", "2014-05-31")
    assert (standing["signed_from_as"], standing["in_force_from_as"]) == (part, part)
    assert (standing["in_force_until_as"], standing["last_on_as"]) == (None, None)
    assert office.get("/v1/agreements").json["items"][-1]["id"] == made["id"]
    again = office.patch(path, {"signed_as": made["signed_as"]}, If_Match='"1"')
    assert (again.status, again.headers["ETag"]) == (200, '"1"')
    other = {"signed_as": {"written": "2015년경"}, "reason": "원본 확인"}
    changed = office.patch(path, other, If_Match='"1"').json
    assert changed["signed_as"]["from"] == "2015-01-01"
    found = {"signed_on": "2015-03-02", "signed_as": None, "reason": "원본 확인"}
    assert office.patch(path, found, If_Match='"2"').json["signed_as"] is None


@pytest.mark.parametrize(
    ("days", "code", "pointer"),
    [
        ({"signed_on": "2014.5"}, "request.invalid", "/signed_on"),
        ({"signed_on": None}, "agreement.unsigned", "/signed_on"),
        ({"signed_as": {"written": "2014.5"}}, "day.twice", "/signed_as"),
        ({"signed_on": None, "signed_as": {"written": "2014.5.3"}}, "day.whole", None),
        ({"signed_on": None, "signed_as": {"written": " "}}, "request.invalid",
         "/signed_as/written"),
        ({"signed_on": None, "signed_as": "2014.5"}, "request.invalid", "/signed_as"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_told_where_it_goes(
    net: Network, days: dict[str, object], code: str, pointer: str | None
) -> None:
    head = net.desk.office.seq()

    refused = net.desk.office.post("/v1/agreements", agreement(net.city, net.naver, **days))

    assert (refused.status, refused.json["code"]) == (422, code)
    if pointer is not None:
        assert refused.json["errors"][0]["pointer"] == pointer
    assert net.desk.office.seq() == head


def test_an_annex_hangs_under_its_parent_and_never_under_itself(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    body = agreement(net.city, net.naver, kind="annex", disclosure="public")
    hangs = {"title": {"ko": "부속합의"}, "parent_id": net.agreement}
    annex = office.made("/v1/agreements", body | hangs)["id"]
    below = office.made("/v1/agreements", body | {"title": {"ko": "별지"}, "parent_id": annex})

    assert [each["id"] for each in office.items(f"/v1/agreements?parent={net.agreement}")] == [
        annex
    ]
    refused = office.patch(
        f"/v1/agreements/{net.agreement}",
        {"parent_id": below["id"], "reason": "정정"},
        If_Match='"1"',
    )
    assert (refused.status, refused.json["code"]) == (409, "agreement.cycle")
    assert "업무협약 → 별지 → 부속합의 → 업무협약" in refused.json["detail"]
    stranger, party = net.desk.public, net.desk.of("liaison", [net.naver])
    assert "parent_id" not in stranger.get(f"/v1/agreements/{annex}").json
    assert party.get(f"/v1/agreements/{annex}").json["parent_id"] == net.agreement
    below_it = f"/v1/agreements?parent={net.agreement}"
    assert stranger.items(below_it) == []
    assert [each["id"] for each in party.items(below_it)] == [annex]
    unknown = office.post("/v1/agreements", body | {"parent_id": net.naver})
    assert (unknown.status, unknown.json["code"]) == (422, "reference.unknown")
    assert unknown.json["errors"][0]["pointer"] == "/parent_id"


@pytest.mark.parametrize("kind", ["letter_of_intent", "investment", "sister", "friendship"])
def test_every_kind_of_agreement_is_recorded_and_found(net: Network, kind: str) -> None:
    office = net.desk.office
    made = office.made("/v1/agreements", agreement(net.city, net.naver, kind=kind))

    assert [each["id"] for each in office.items(f"/v1/agreements?kind={kind}")] == [made["id"]]


def test_a_partners_ids_are_kept_found_and_doubted_but_never_refused(net: Network) -> None:
    office = net.desk.office
    ids = {"country": "GB", "ror": "https://ror.org/02jx3x895", "lei": "5493001KJTIIGC8Y1R13"}

    answer = office.post("/v1/partners", partner("런던대", **ids, corporate_number="1"))

    assert (answer.status, answer.headers["X-Doubts"]) == (201, "lei, corporate_number")
    path = f"/v1/partners/{answer.json['id']}"
    assert {each: answer.json[each] for each in ids} == ids
    assert office.get(path).headers["X-Doubts"] == "lei, corporate_number"
    stranger = net.desk.public.get(path)
    assert (stranger.json["country"], stranger.headers["X-Doubts"]) == ("GB", "lei")
    assert "corporate_number" not in stranger.json
    found = net.desk.public.items("/v1/partners?q=02jx3x895")
    assert [each["id"] for each in found] == [answer.json["id"]]
    assert "X-Doubts" not in office.get(f"/v1/partners/{net.naver}").headers


def test_a_file_with_a_doubtful_id_is_taken_and_says_so(desk: Desk) -> None:
    text = """\
format: 1
partners:
  - {key: ucl, kind: university, name: {ko: 런던대}, country: GB, ror: 02jx3x895}
  - {key: odd, kind: foreign, name: {ko: 이상한 곳}, lei: 5493001KJTIIGC8Y1R13}
"""

    answer = desk.load(network=text)

    assert (answer.status, answer.json["recorded"]) == (201, {"partner": 2})
    [doubt] = answer.json["doubts"]
    assert (doubt["line"], doubt["pointer"], doubt["code"]) == (
        4,
        "/partners/1/lei",
        "partner.doubtful",
    )
