"""Two people read a record and both write: who comes second is refused, whatever the route."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.document_files import png
from tests.registry.api.bodies import Network
from tests.registry.desk import Answer, Asker, Desk

Body = dict[str, Any]

FIRST: dict[str, Body] = {
    "agreements": {"number": "2026-001"},
    "calendar-days": {"name": {"ko": "임시 공휴일"}},
    "collaborations": {"role": "lead"},
    "contacts": {"purpose": "협약 총괄"},
    "departments": {"name": {"ko": "새 부서"}},
    "documents": {"title": {"ko": "새 제목"}},
    "events": {"link": "https://first.example"},
    "journal": {"text": "전화로 확인"},
    "milestones": {"due_on": "2027-01-31"},
    "partners": {"website": "https://first.example"},
    "programmes": {"name": {"ko": "새 사업"}},
    "seats": {"language": "en"},
    "service-fields": {"name": {"ko": "새 분야"}},
    "strategies": {"name": {"ko": "새 전략"}},
    "tasks": {"name": {"ko": "새 과제"}},
    "technologies": {"name": {"ko": "새 기술"}},
}
"""What the first writer changes, by collection."""

MOVES: dict[str, Body] = {
    "collaborations endings": {"ends_on": "2026-11-20", "reason": "과제 종료"},
    "contacts erasures": {"reason": "본인 요청"},
    "documents erasures": {"reason": "잘못 올림"},
    "events cancellations": {"cancelled_on": "2026-11-20", "reason": "주최 측 통보"},
    "journal retractions": {"reason": "다른 기관의 연락"},
    "events reopenings": {"reason": "취소 통보가 잘못됨"},
    "milestones cancellations": {"cancelled_on": "2026-11-20", "reason": "필요 없음"},
    "milestones completions": {"done_on": "2026-11-20"},
    "milestones reopenings": {"reason": "다른 기관의 이행"},
    "partners distinctions": {"other_id": ""},
    "partners merges": {"into_id": ""},
    "partners separations": {"partner_id": ""},
    "seats handovers": {"contact_id": "", "from": "2026-11-20"},
}
"""What the second writer sends, by collection and move; elsewhere another value of the first's."""


def second_of(name: str) -> Body:
    """Give what the second writer sends."""
    if name in MOVES:
        return dict(MOVES[name])
    [(field, value)] = FIRST[name].items()
    other: dict[str, object] = {"role": "supply", "language": "ko", "due_on": "2027-02-28"}
    if field in other:
        return {field: other[field]}
    return {field: {"ko": "또 다른 이름"} if isinstance(value, dict) else f"{value}2"}


def routes(desk: Desk) -> set[str]:
    """Give every route that wants a version, as `seats handovers`."""
    document = desk.public.get("/openapi.json").json
    return {
        " ".join([path.split("/")[2], *path.split("/")[4:]])
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in ("patch", "post")
        if any(each.get("name") == "If-Match" for each in operation.get("parameters", []))
    }


ANSWERED = {"replies acceptances", "replies refusals", "replies withdrawals"}
"""They end a reply; tests/registry/api/test_replies.py tries two at once, and one after another."""

STAGED = {"imports", "imports approvals", "imports undos"}
"""They change no record; tests/registry/api/test_imports.py tries each with an old version."""

UNCHANGED = {"handovers undos"}
"""Nothing else changes them; tests/registry/api/test_handovers.py tries it with an old version."""


MOVED = {
    f"agreements {each}"
    for each in (
        "approvals",
        "endings",
        "joinings",
        "renewals",
        "reopenings",
        "returns",
        "reviews",
        "signatures",
        "withdrawals",
    )
}
"""Moves of one life; tests/registry/api/test_agreement_moves.py tries two at once."""

PROMISED = {
    *("promises", "promise-reports"),
    *(f"promises {each}" for each in ("reopenings", "retractions", "revisions", "settlements")),
    *(f"promise-reports {each}" for each in ("confirmations", "refusals", "retractions")),
}
"""Their versions are named in tests/registry/api/test_promises.py; none is tried here yet."""


def test_every_route_that_wants_a_version_is_tried(desk: Desk) -> None:
    assert routes(desk) == (
        FIRST.keys() | MOVES.keys() | STAGED | UNCHANGED | ANSWERED | MOVED | PROMISED
    )


@pytest.mark.parametrize("name", [*FIRST, *MOVES])
def test_who_writes_what_somebody_else_changed_meanwhile_changes_nothing(
    each_net: Network, name: str
) -> None:
    collection, _, move = name.partition(" ")
    one, other = each_net.desk.of("office", subject="one"), each_net.desk.of("office")
    made = subject(each_net, collection)
    path = f"/v1/{collection}/{made['id']}"
    if move == "reopenings":
        settle(one, path)
    if move == "separations":
        joined = f"/v1/partners/{each_net.stranger}/merges"
        one.made(joined, {"into_id": made["id"], "reason": "같은 기관"}, seen=1)
    body = {"reason": "나중", **second_of(name)}
    if "contact_id" in body:
        body["contact_id"] = each_net.desk.office.made("/v1/contacts", each_net.contact())["id"]
    body |= dict.fromkeys(body.keys() & {"other_id", "into_id", "partner_id"}, each_net.stranger)
    seen_by_one, seen_by_other = (version(each.get(path)) for each in (one, other))

    if name == "events reopenings":  # What is cancelled takes no other change.
        back = write(one, path, move, {"reason": "먼저"}, seen_by_one)
        first = settle(one, path)
        assert back.status == 201, back.text
    else:
        first = one.patch(path, {**FIRST[collection], "reason": "먼저"}, seen=seen_by_one)
    head, record = one.seq(), one.get(path).text
    second = write(other, path, move, body, seen_by_other)

    assert first.status in (200, 201), first.text
    assert (second.status, second.code) == (412, "version.stale")
    assert (other.seq(), other.get(path).text) == (head, record)
    again = write(other, path, move, body, version(other.get(path)))
    assert again.status in (200, 201), again.text


def settle(caller: Asker, path: str) -> Answer:
    """Complete a milestone, or cancel an event, so that it can be taken back."""
    move, body = "completions", {"done_on": "2026-11-20"}
    if "/events/" in path:
        move, body = "cancellations", {"cancelled_on": "2026-11-20", "reason": "주최 측 통보"}
    settled = write(caller, path, move, body, version(caller.get(path)))
    assert settled.status in (200, 201), settled.text
    return settled


def subject(net: Network, collection: str) -> dict[str, Any]:
    """Give one of the network, or register one."""
    office = net.desk.office
    known = {
        "agreements": net.agreement,
        "departments": net.department,
        "partners": net.naver,
        "programmes": net.programme,
        "tasks": net.task,
        "technologies": net.technology,
    }
    if collection in known:
        return {"id": known[collection]}
    if collection == "strategies":
        return dict(office.items("/v1/strategies")[0])
    if collection == "documents":
        about = {"agreement_id": net.agreement, "title": "정본", "file_name": "정본.png"}
        answer = office.send(f"/v1/documents?{urlencode(about)}", png("two writers"))
        assert answer.status == 201, answer.text
        return dict(answer.json)
    bodies: dict[str, Body] = {
        "calendar-days": {
            "on": "2026-12-24",
            "working": False,
            "decreed_by": "공고",
            "name": {"ko": "쉬는 날"},
        },
        "collaborations": net.collaboration(),
        "contacts": net.contact(),
        "events": net.event(),
        "journal": {
            "partner_id": net.naver,
            "department_id": net.department,
            "on": "2026-11-20",
            "kind": "call",
            "text": "연락함",
        },
        "milestones": net.milestone(),
        "seats": net.seat(),
        "service-fields": {
            "programme_id": net.programme,
            "position": 1,
            "group": "industry",
            "name": {"ko": "분야"},
        },
    }
    return office.made(f"/v1/{collection}", bodies[collection])


def version(answer: Answer) -> int:
    """Read the version of a record that was read."""
    return int(answer.headers["ETag"].strip('"'))


def write(asker: Asker, path: str, move: str, body: Body, seen: int) -> Answer:
    if move:
        return asker.post(f"{path}/{move}", body, seen=seen)
    return asker.patch(path, body, seen=seen)
