"""Promises of parties in figures, and what of them was reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.registry.api.bodies import agreement, partner
from tests.registry.desk import Answer, Asker, Desk


@dataclass
class Net:
    """A city, a firm, and what they signed; the office's and the firm's own hand."""

    desk: Desk
    city: str
    firm: str
    agreement: str

    @property
    def office(self) -> Asker:
        return self.desk.office

    def liaison(self) -> Asker:
        return self.desk.of("liaison", [self.firm])

    def body(self, **more: object) -> dict[str, Any]:
        return {
            "agreement_id": self.agreement,
            "partner_id": self.firm,
            "indicator": "jobs",
            "target": 100,
            "unit": "명",
            "base_on": "2024-01-01",
            "due_on": "2025-12-31",
            **more,
        }

    def promise(self, **more: object) -> dict[str, Any]:
        return self.office.made("/v1/promises", self.body(**more))

    def report(self, promise: dict[str, Any], on: str, reached: int, **more: object) -> Answer:
        body = {"promise_id": promise["id"], "on": on, "reached": reached, **more}
        return self.office.post("/v1/promise-reports", body)

    def read(self, promise: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.office.get(f"/v1/promises/{promise['id']}").json
        return found

    def standing(self, promise: dict[str, Any], on: str) -> dict[str, Any]:
        found: dict[str, Any] = self.office.get(
            f"/v1/promises/{promise['id']}/standing?on={on}"
        ).json
        return found


@pytest.fixture
def net(desk: Desk) -> Net:
    city = desk.office.made("/v1/partners", partner("시", own=True))["id"]
    firm = desk.office.made("/v1/partners", partner("만드는 곳"))["id"]
    signed = desk.office.made("/v1/agreements", agreement(city, firm))
    return Net(desk, city, firm, signed["id"])


def test_a_promise_says_what_it_lacks_until_reports_come_in(net: Net) -> None:
    made = net.promise(definition="시내 채용, 4대 보험 명부")

    first = net.report(made, "2024-12-31", 40, evidence=[{"on": "2024-12-30", "text": "명부"}])
    second = net.report(made, "2025-12-31", 100)

    assert (first.status, second.status) == (201, 201), (first.text, second.text)
    assert first.json["agreement_id"] == net.agreement
    assert (first.json["by"], first.json["state"]) == ("office", "confirmed")
    assert [(each["on"], each["figure"]) for each in net.read(made)["reached"]] == [
        ("2024-12-31", 40),
        ("2025-12-31", 100),
    ]
    assert net.standing(made, "2024-06-01")["state"] == "planned"
    assert net.standing(made, "2025-06-01")["state"] == "under_way"
    assert net.standing(made, "2026-01-01") == {
        "on": "2026-01-01",
        "state": "delivered",
        "target": 100,
        "due_on": "2025-12-31",
        "reached": 100,
        "reached_on": "2025-12-31",
        "is_overdue": False,
        "days_left": None,
    }


def test_lists_find_promises_by_where_they_stand_on_a_day(net: Net) -> None:
    late, done = net.promise(), net.promise(indicator="office", unit="개소", target=1)
    net.report(done, "2025-03-31", 1)
    net.report(late, "2025-03-31", 40)

    def found(asked: str) -> list[str]:
        return [each["id"] for each in net.office.items(f"/v1/promises?{asked}")]

    assert found("state=overdue&on=2026-01-01") == [late["id"]]
    assert found("state=partly&on=2026-01-01") == [late["id"]]
    assert found("state=overdue&on=2025-12-31") == []
    assert found("state=under_way&on=2025-12-31") == [late["id"]]
    assert found("state=delivered&on=2025-03-31") == [done["id"]]
    assert set(found("state=planned&on=2025-03-30")) == {late["id"], done["id"]}
    assert found("indicator=office") == [done["id"]]
    assert set(found(f"partner={net.firm}&agreement={net.agreement}")) == {late["id"], done["id"]}
    assert found("due_from=2026-01-01") == []
    assert set(found("q=만드는")) == {late["id"], done["id"]}


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"target": -1}, "request.invalid", "/target"),
        ({"target": 1.5}, "request.invalid", "/target"),
        ({"unit": None}, "request.invalid", "/unit"),
        ({"unit": " "}, "request.invalid", "/unit"),
        ({"due_on": "2023-12-31"}, "promise.due_before_base", "/due_on"),
        ({"indicator": "money", "unit": "억원"}, "promise.money_unit", "/unit"),
        ({"indicator": "own"}, "promise.unnamed", "/name"),
        ({"partner_id": "01a206d3-0000-7000-8000-000000000000"}, "reference.unknown", None),
    ],
)
def test_what_is_wrong_with_a_promise_is_told_where(
    net: Net, more: dict[str, Any], code: str, pointer: str | None
) -> None:
    before = net.office.seq()

    answer = net.office.post("/v1/promises", net.body(**more))

    assert (answer.status, answer.code) in {(422, code), (409, code)}, answer.text
    assert pointer is None or answer.pointers == [pointer]
    assert net.office.seq() == before


def test_only_a_party_promises(net: Net) -> None:
    other = net.office.made("/v1/partners", partner("다른 곳"))["id"]

    answer = net.office.post("/v1/promises", net.body(partner_id=other))

    assert (answer.status, answer.code) == (409, "promise.not_party")


def test_a_merged_party_promises_under_either_of_its_records(net: Net) -> None:
    again = net.office.made("/v1/partners", partner("만드는곳㈜"))["id"]
    merge = {"into_id": again, "reason": "같은 기관"}
    net.office.made(f"/v1/partners/{net.firm}/merges", merge, seen=1)

    made = net.promise(partner_id=again)

    assert [each["id"] for each in net.office.items(f"/v1/promises?partner={net.firm}")] == [
        made["id"]
    ]


def test_who_promised_is_not_struck_out(net: Net) -> None:
    net.promise()
    other = net.office.made("/v1/partners", partner("다른 곳"))["id"]
    parties = net.office.get(f"/v1/agreements/{net.agreement}").json["parties"]
    kept = [each for each in parties if each["partner_id"] != net.firm]
    body = {"parties": [*kept, {"partner_id": other, "side": "partner"}], "reason": "정정"}

    answer = net.office.patch(f"/v1/agreements/{net.agreement}", body, seen=1)

    assert (answer.status, answer.code) == (409, "party.has_promises")


def test_a_figure_that_runs_backwards_says_why(net: Net) -> None:
    made = net.promise()
    net.report(made, "2025-06-30", 60)

    later, earlier = net.report(made, "2025-12-31", 50), net.report(made, "2025-03-31", 61)
    told = net.report(made, "2025-12-31", 50, why_less="퇴사 10명")

    assert (later.code, later.pointers) == ("promise_report.runs_backwards", ["/why_less"])
    assert "60" in later.json["detail"]
    assert earlier.code == "promise_report.runs_backwards"
    assert told.status == 201
    assert net.standing(made, "2025-12-31")["reached"] == 50


def test_a_report_is_of_no_day_to_come_and_none_before_the_promise(net: Net) -> None:
    made, today = net.promise(), net.desk.clock.now.date()

    ahead = net.report(made, date(today.year + 1, 1, 1).isoformat(), 1)
    before = net.report(made, "2023-12-31", 1)
    negative = net.report(made, "2024-12-31", -1)

    assert (ahead.code, ahead.pointers) == ("promise_report.in_future", ["/on"])
    assert (before.code, before.pointers) == ("promise_report.before_base", ["/on"])
    assert negative.pointers == ["/reached"]
    assert net.read(made)["reached"] == []


def test_a_revised_target_keeps_the_first_with_why_and_when(net: Net) -> None:
    made = net.promise()
    body = {"on": "2025-02-01", "target": 70, "due_on": "2026-06-30", "reason": "증설 연기"}

    revised = net.office.made(f"/v1/promises/{made['id']}/revisions", body, seen=1)
    same = net.office.post(f"/v1/promises/{made['id']}/revisions", body, seen=2)
    earlier = net.office.post(
        f"/v1/promises/{made['id']}/revisions", {**body, "target": 50}, seen=2
    )
    lacking = net.office.post(
        f"/v1/promises/{made['id']}/revisions", {"on": "2025-03-01", "target": 60}, seen=2
    )

    assert (revised["target"], revised["due_on"]) == (70, "2026-06-30")
    assert revised["revisions"] == [
        {"on": "2025-02-01", "target": 100, "due_on": "2025-12-31", "why": "증설 연기"}
    ]
    assert net.standing(made, "2025-01-31")["target"] == 100
    assert net.standing(made, "2025-02-01")["target"] == 70
    assert (same.code, earlier.code) == ("promise.same_target", "promise.revised_later")
    assert (lacking.status, lacking.pointers) == (422, ["/reason"])


def test_setting_a_figure_right_says_why(net: Net) -> None:
    made = net.promise()
    path = f"/v1/promises/{made['id']}"

    silent = net.office.patch(path, {"target": 1000}, seen=1)
    said = net.office.patch(path, {"target": 1000, "reason": "0을 빠뜨림"}, seen=1)
    moved = net.office.patch(path, {"partner_id": net.city}, seen=2)

    assert (silent.status, silent.code) == (422, "change.reason_missing")
    assert (said.status, said.json["target"], said.json["revisions"]) == (200, 1000, [])
    assert moved.code == "promise.moved"


def test_an_outcome_is_recorded_once_and_taken_back_with_a_reason(net: Net) -> None:
    made = net.promise()
    path = f"/v1/promises/{made['id']}"
    body = {"outcome": "went_elsewhere", "settled_on": "2025-05-01", "reason": "전남으로 이전"}

    settled = net.office.made(f"{path}/settlements", body, seen=1)
    again = net.office.post(f"{path}/settlements", body, seen=2)
    revised = {"on": "2025-06-01", "target": 1, "reason": "축소"}
    late = net.office.post(f"{path}/revisions", revised, seen=2)
    back = net.office.made(f"{path}/reopenings", {"reason": "다른 기관의 일"}, seen=2)

    assert (settled["outcome"], settled["settled_on"]) == ("went_elsewhere", "2025-05-01")
    assert (again.code, late.code) == ("promise.settled", "promise.settled")
    assert (back["outcome"], back["settled_on"]) == (None, None)
    reopened = net.office.post(f"{path}/reopenings", {"reason": "또"}, seen=3)
    assert reopened.code == "promise.open"
    ahead = {**body, "settled_on": "2999-01-01"}
    assert net.office.post(f"{path}/settlements", ahead, seen=3).code == "promise.settled_in_future"


def test_a_promise_with_reports_is_not_taken_back_before_them(net: Net) -> None:
    made = net.promise()
    report = net.report(made, "2024-12-31", 40).json
    path = f"/v1/promises/{made['id']}"

    refused = net.office.post(f"{path}/retractions", {"reason": "오기"}, seen=2)
    gone = f"/v1/promise-reports/{report['id']}/retractions"
    net.office.made(gone, {"reason": "다른 기관의 실적"}, seen=1)

    assert refused.code == "promise.has_reports"
    assert net.read(made)["reached"] == []
    net.office.made(f"{path}/retractions", {"reason": "오기"}, seen=3)
    assert net.office.get(path).status == 404


def test_a_report_that_is_set_right_counts_anew(net: Net) -> None:
    made = net.promise()
    report = net.report(made, "2024-12-31", 40).json
    path = f"/v1/promise-reports/{report['id']}"

    silent = net.office.patch(path, {"reached": 45}, seen=1)
    said = net.office.patch(path, {"reached": 45, "reason": "명부 재확인"}, seen=1)

    assert silent.code == "change.reason_missing"
    assert said.status == 200, said.text
    assert net.standing(made, "2025-01-01")["reached"] == 45


def test_a_liaisons_figure_counts_once_the_office_confirms_it(net: Net) -> None:
    made = net.promise()
    body = {"promise_id": made["id"], "on": "2024-12-31", "reached": 40}

    said = net.liaison().made("/v1/promise-reports", body)

    assert (said["by"], said["state"]) == ("partner", "open")
    assert net.read(made)["reached"] == []
    path = f"/v1/promise-reports/{said['id']}"
    assert net.liaison().post(f"{path}/confirmations", None, seen=1).status == 403
    confirmed = net.office.made(f"{path}/confirmations", None, seen=1)
    assert (confirmed["state"], net.standing(made, "2025-01-01")["reached"]) == ("confirmed", 40)
    assert net.office.post(f"{path}/confirmations", None, seen=2).code == "promise_report.ended"


def test_a_refused_figure_never_counts_and_says_why(net: Net) -> None:
    made = net.promise()
    body = {"promise_id": made["id"], "on": "2024-12-31", "reached": 40}
    said = net.liaison().made("/v1/promise-reports", body)
    path = f"/v1/promise-reports/{said['id']}"

    lacking = net.office.post(f"{path}/refusals", {}, seen=1)
    refused = net.office.made(f"{path}/refusals", {"reason": "명부와 다름"}, seen=1)

    assert lacking.pointers == ["/reason"]
    assert (refused["state"], refused["answer"]) == ("refused", "명부와 다름")
    assert net.read(made)["reached"] == []
    assert net.liaison().get(path).json["answer"] == "명부와 다름"


def test_a_liaison_reports_for_its_own_partner_alone(net: Net) -> None:
    other = net.office.made("/v1/partners", partner("다른 곳"))["id"]
    parties = net.office.get(f"/v1/agreements/{net.agreement}").json["parties"]
    joined = {"partner_id": other, "side": "partner", "signed_on": "2024-01-02"}
    body = {"parties": [*parties, joined], "reason": "가입"}
    answer = net.office.patch(f"/v1/agreements/{net.agreement}", body, seen=1)
    assert answer.status == 200, answer.text
    made = net.promise()
    said = {"promise_id": made["id"], "on": "2024-12-31", "reached": 40}

    beside = net.desk.of("liaison", [other]).post("/v1/promise-reports", said)
    stranger = net.office.made("/v1/partners", partner("먼 곳"))["id"]
    far = net.desk.of("liaison", [stranger]).post("/v1/promise-reports", said)

    assert beside.code == "reply.not_theirs"
    assert far.code == "reference.unknown"


@pytest.mark.parametrize("path", ["/v1/promises", "/v1/promise-reports"])
def test_promises_are_told_to_parties_and_nobody_else(net: Net, path: str) -> None:
    made = net.promise()
    net.report(made, "2024-12-31", 40)
    stranger = net.office.made("/v1/partners", partner("먼 곳"))["id"]

    assert len(net.liaison().items(path)) == 1
    assert net.desk.of("liaison", [stranger]).items(path) == []
    assert net.desk.of("public").get(path).status in {401, 403}


def test_a_report_is_a_sign_of_life_of_its_agreement(net: Net) -> None:
    made, day = net.promise(), net.desk.clock.now.date().isoformat()
    silent = f"/v1/agreements?flag=dormant&on={day}"
    assert [each["id"] for each in net.office.items(silent)] == [net.agreement]

    net.report(made, day, 3)

    assert net.office.items(silent) == []
    standing = net.office.get(f"/v1/agreements/{net.agreement}/standing?on={day}").json
    assert "dormant" not in standing["flags"]


def test_two_who_confirm_at_once_count_it_once(net: Net) -> None:
    made = net.promise()
    body = {"promise_id": made["id"], "on": "2024-12-31", "reached": 40}
    said = net.liaison().made("/v1/promise-reports", body)
    path = f"/v1/promise-reports/{said['id']}/confirmations"

    net.office.made(path, None, seen=1)
    late = net.office.post(path, None, seen=1)

    assert late.status == 412
    assert len(net.read(made)["reached"]) == 1


Load = Callable[..., Any]


def test_files_tell_promises_and_what_was_reached(net: Net) -> None:
    file = """\
format: 1
own: {key: gwangju, kind: government, name: {ko: 광주}}
partners: [{key: maker, kind: company, name: {ko: 제조}}]
agreements:
  - {key: invest, kind: investment, title: {ko: 투자협약}, signed_on: 2024-01-01,
     end: {rule: evergreen}, parties: {own: true, partners: [maker]}}
promises:
  - {key: p1, agreement: invest, partner: maker, indicator: money, target: 1697000000000,
     unit: 원, base_on: 2024-01-01, due_on: 2025-12-31}
promise_reports:
  - {key: r1, promise: p1, on: 2024-12-31, reached: 530300000000,
     evidence: [{on: 2024-12-31, text: 투자 실적 확인서}]}
"""
    loaded = net.desk.load(file=file.replace("own: {key: gwangju", "own: {key: gwangju2"))

    assert loaded.status == 201, loaded.text
    promise = net.office.by_key("/v1/promises", "p1")
    assert net.standing(promise, "2025-01-01")["reached"] == 530300000000
    wrong = file.replace("target: 1697000000000", "target: -5").replace(
        "own: {key: gwangju", "own: {key: gwangju2"
    )
    refused = net.desk.load(file=wrong)
    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"] == "/promises/0/target"
