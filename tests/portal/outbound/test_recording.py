"""A change is tried first and then written once; each way of failing is told apart."""

import json
from datetime import date
from uuid import UUID

import pytest
import responses

from ieum_portal.domain.command import (
    OneCommand,
    Recorded,
    SubjectChanged,
    SubjectMoved,
    SubjectRegistered,
)
from ieum_portal.domain.errors import ChangeRefused, NeighbourDown, NeighbourRefused, Stale
from ieum_portal.outbound import recording
from ieum_portal.outbound.registry import RegistryOverHttp
from registryclient.client import RegistryClient
from tests.portal.sample import identity

HOME = "http://127.0.0.1:9401/v1"
ID, OTHER = UUID(identity("m1")), UUID(identity("naver"))
DAY = date(2026, 11, 20)
PROOF = {"on": "2026-11-20", "text": "보고서", "link": None}
DONE = SubjectMoved(
    "milestone", ID, "completions", {"done_on": "2026-11-20", "evidence": [PROOF]}, None, seen=3
)
AT = f"{HOME}/milestones/{ID}/completions"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "PAUSES_S", (0.0, 0.0))


def registry() -> RegistryOverHttp:
    return RegistryOverHttp(RegistryClient(HOME.removesuffix("/v1"), lambda: "T"))


FACTS = {
    "title": {"ko": "박람회", "en": None},
    "zone": "Europe/Helsinki",
    "starts_at": "2027-05-11T09:00",
    "venue": None,
    "task_ids": [],
    "deadlines": [
        {"kind": "booth", "on": "2026-11-20", "at": None},
        {"kind": "papers", "on": "2026-11-20", "at": "12:00"},
    ],
}
EACH = [
    (DONE, "POST", f"milestones/{ID}/completions"),
    (SubjectRegistered("collaboration", {"partner_id": str(OTHER)}), "POST", "collaborations"),
    (SubjectRegistered("journal", {"text": "통화"}), "POST", "journal"),
    (
        SubjectMoved("milestone", ID, "reopenings", {}, "잘못 기록", 3),
        "POST",
        f"milestones/{ID}/reopenings",
    ),
    (
        SubjectMoved("collaboration", ID, "endings", {"ends_on": "2026-11-20"}, "과제 종료", 3),
        "POST",
        f"collaborations/{ID}/endings",
    ),
    (
        SubjectChanged("contact", ID, {"email": "a@b.example"}, None, 3),
        "PATCH",
        f"contacts/{ID}",
    ),
    (
        SubjectMoved("seat", ID, "handovers", {"from": "2026-11-20"}, None, 3),
        "POST",
        f"seats/{ID}/handovers",
    ),
    (SubjectRegistered("event", FACTS), "POST", "events"),
    (SubjectChanged("event", ID, FACTS, None, 3), "PATCH", f"events/{ID}"),
    (
        SubjectMoved("event", ID, "cancellations", {"cancelled_on": "2026-11-20"}, "취소", 3),
        "POST",
        f"events/{ID}/cancellations",
    ),
]


@responses.activate
@pytest.mark.parametrize(("wanted", "method", "path"), EACH)
def test_what_is_tried_is_what_is_written(wanted: OneCommand, method: str, path: str) -> None:
    entry = {
        "kind": "x.y",
        "subject_type": "x",
        "subject_id": str(ID),
        "body": {"id": str(ID)},
        "reason": None,
    }
    responses.add(method, f"{HOME}/{path}", json={"dry_run": True, "entries": [entry]})
    written = {"id": str(ID), "version": 4}
    responses.add(method, f"{HOME}/{path}", json=written, headers={"X-Change-Seq": "153"})

    [foretold] = registry().try_out(wanted)
    recorded = registry().record(wanted, once="k")

    tried, sent = (call.request for call in responses.calls)
    assert foretold.told == entry
    assert recorded == Recorded(ID, 153)
    assert json.loads(tried.body or "") == json.loads(sent.body or "")
    assert "dry_run=true" in (tried.url or "")
    assert sent.headers["Idempotency-Key"] == "k"


@responses.activate
def test_no_answer_is_asked_again_under_the_same_key() -> None:
    responses.post(AT, status=503)
    responses.post(AT, status=409, json={"code": "idempotency.in_flight"})
    done = {"id": str(ID), "version": 4}
    responses.post(AT, status=201, json=done, headers={"X-Change-Seq": "153"})

    assert registry().record(DONE, once="k").seq == 153
    assert {call.request.headers["Idempotency-Key"] for call in responses.calls} == {"k"}


@responses.activate
@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (503, "service.unavailable", NeighbourDown),
        (409, "idempotency.in_flight", NeighbourDown),
        (412, "version.stale", Stale),
        (409, "milestone.closed", ChangeRefused),
        (422, "milestone.done_in_future", ChangeRefused),
        (403, "role.not_allowed", NeighbourRefused),
    ],
)
def test_each_failure_is_told_apart(status: int, code: str, error: type[Exception]) -> None:
    responses.post(AT, status=status, json={"code": code})

    with pytest.raises(error):
        registry().record(DONE, once="k")


@responses.activate
def test_a_refusal_names_the_facts_at_fault() -> None:
    errors = [{"pointer": "/done_on", "detail": "오늘까지의 날로 적으십시오."}, {"detail": "?"}]
    body = {
        "code": "milestone.done_in_future",
        "detail": "아직 오지 않은 날입니다.",
        "errors": errors,
    }
    responses.post(AT, status=422, json=body)

    with pytest.raises(ChangeRefused) as refused:
        registry().try_out(DONE)

    assert refused.value.faults == {"done_on": "오늘까지의 날로 적으십시오."}
    assert refused.value.detail == "아직 오지 않은 날입니다."


@responses.activate
def test_a_fault_within_a_fact_is_named_by_the_way_to_it() -> None:
    responses.post(
        AT,
        status=422,
        json={
            "code": "request.invalid",
            "errors": [
                {"pointer": "/evidence/0/text", "detail": "글"},
                {"pointer": "/evidence/7/text", "detail": "없는 자리"},
                {"pointer": "/title/ko", "detail": "제목"},
            ],
        },
    )

    with pytest.raises(ChangeRefused) as refused:
        registry().try_out(DONE)

    assert refused.value.faults == {
        "evidence/0/text": "글",
        "evidence/7/text": "없는 자리",
        "title/ko": "제목",
    }


@responses.activate
def test_of_several_of_a_kind_the_one_at_fault_is_named_by_its_kind() -> None:
    errors = [{"pointer": "/deadlines/1/on", "detail": "늦습니다."}]
    body = {"code": "event.deadline_after_end", "errors": errors}
    responses.patch(f"{HOME}/events/{ID}", status=422, json=body)

    with pytest.raises(ChangeRefused) as refused:
        registry().try_out(SubjectChanged("event", ID, FACTS, None, 3))

    assert refused.value.faults == {"deadlines/papers/on": "늦습니다."}


@responses.activate
def test_an_event_is_sent_whole_so_that_what_was_emptied_is_taken_away() -> None:
    responses.patch(f"{HOME}/events/{ID}", json={"dry_run": True, "entries": []})

    registry().try_out(SubjectChanged("event", ID, FACTS, "왜", 3))

    sent = json.loads(responses.calls[0].request.body or "")
    assert sent == FACTS | {"reason": "왜"}
