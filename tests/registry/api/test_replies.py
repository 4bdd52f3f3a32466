"""A liaison says of what is on record of its partner: right, or what would be right instead."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from tests.registry.api.bodies import Network
from tests.registry.desk import Answer, Asker

UNKNOWN = "01a206d3-0000-7000-8000-000000000000"
Body = dict[str, Any]


def liaison(net: Network, partner: str | None = None) -> Asker:
    return net.desk.of("liaison", [partner or net.naver], "liaison")


def milestone(net: Network, **more: object) -> Body:
    return net.desk.office.made("/v1/milestones", net.milestone(**more))


def proposal(net: Network, type_: str, record: Body, **more: object) -> Body:
    return {
        "partner_id": net.naver,
        "record": {"type": type_, "id": record["id"], "version": record["version"]},
        **more,
    }


def proposed(net: Network, record: Body, *, of: str = "milestone", **changes: object) -> Body:
    asked = proposal(net, of, record, changes=changes, note="담당 부서와 합의한 날")
    return liaison(net).made("/v1/replies/proposals", asked)


def accepted(net: Network, reply: Body, **headers: str) -> Answer:
    path = f"/v1/replies/{reply['id']}/acceptances"
    return net.desk.office.post(path, None, seen=reply["version"], **headers)


def test_what_a_liaison_proposes_is_recorded_by_one_word_of_the_office(each_net: Network) -> None:
    made = milestone(each_net)

    reply = proposed(each_net, made, due_on="2027-02-28")
    assert (reply["state"], reply["note"]) == ("open", "담당 부서와 합의한 날")
    assert reply["changes"] == [{"field": "due_on", "was": '"2026-12-31"', "right": '"2027-02-28"'}]
    assert each_net.desk.office.get(f"/v1/milestones/{made['id']}").json == made
    answer = accepted(each_net, reply)

    assert (answer.status, answer.json["state"]) == (201, "accepted")
    now = each_net.desk.office.get(f"/v1/milestones/{made['id']}").json
    assert (now["due_on"], now["version"]) == ("2027-02-28", 2)
    entries = each_net.desk.office.get("/v1/changes?limit=1000").json["items"]
    changed, said = entries[-2:]
    assert (changed["kind"], said["kind"]) == ("milestone.changed", "reply.accepted")
    assert "담당 부서와 합의한 날" in changed["reason"]
    assert changed["actor"] == said["actor"]
    assert [each["kind"] for each in entries if each["subject_id"] == reply["id"]] == [
        "reply.proposed",
        "reply.accepted",
    ]


def test_a_title_in_two_languages_is_corrected_in_one(net: Network) -> None:
    made = milestone(net, title={"ko": "시연", "en": "Demo"})

    assert accepted(net, proposed(net, made, title={"ko": "시연회"})).status == 201

    assert net.desk.office.get(f"/v1/milestones/{made['id']}").json["title"] == {
        "ko": "시연회",
        "en": "Demo",
    }


@pytest.mark.parametrize("of", ["partner", "seat", "agreement", "collaboration"])
def test_a_record_of_any_type_is_corrected(net: Network, of: str) -> None:
    office = net.desk.office
    records: dict[str, tuple[str, Body]] = {
        "partner": (f"/v1/partners/{net.naver}", {"website": "https://naver.example"}),
        "seat": (
            f"/v1/seats/{office.made('/v1/seats', net.seat())['id']}",
            {"language": "en"},
        ),
        "agreement": (f"/v1/agreements/{net.agreement}", {"effective_on": "2021-12-01"}),
        "collaboration": (
            f"/v1/collaborations/{office.made('/v1/collaborations', net.collaboration())['id']}",
            {"ends_on": "2027-06-30"},
        ),
    }
    path, changes = records[of]

    reply = proposed(net, office.get(path).json, of=of, **changes)
    answer = accepted(net, reply)

    assert answer.status == 201, answer.text
    assert {name: office.get(path).json[name] for name in changes} == changes


def test_a_person_s_data_stand_beside_the_log_until_the_office_has_answered(
    each_net: Network,
) -> None:
    office = each_net.desk.office
    made = office.made("/v1/contacts", each_net.contact())
    path = f"/v1/contacts/{made['id']}"

    reply = proposed(each_net, made, of="contact", phone="062-555-0101", name="김새이름")
    assert reply["person"]["phone"] == "062-555-0101"
    seen = each_net.desk.of("auditor").get(f"/v1/replies/{reply['id']}").json
    assert "person" not in seen
    accepted(each_net, reply)

    assert office.get(path).json["phone"] == "062-555-0101"
    assert office.get(path).json["name"] == "김새이름"
    log = office.get("/v1/changes?limit=1000").text
    assert "062-555-0101" not in log
    assert "김새이름" not in log
    assert "person" not in office.get(f"/v1/replies/{reply['id']}").json


def test_who_is_erased_is_named_in_no_proposal_either(each_net: Network) -> None:
    office = each_net.desk.office
    made = office.made("/v1/contacts", each_net.contact())
    reply = proposed(each_net, made, of="contact", name="김새이름")

    office.made(f"/v1/contacts/{made['id']}/erasures", {"reason": "본인 요청"}, seen=1)

    gone = office.get(f"/v1/replies/{reply['id']}")
    assert gone.json["state"] == "withdrawn"
    assert "김새이름" not in gone.text


def succession(net: Network, seat: Body, **more: object) -> Body:
    person = {"name": "새담당", "email": "new@naver.example", "consented_on": "2026-11-20"}
    return proposal(net, "seat", seat, **{"from": "2026-11-24", "person": person, **more})


def test_who_is_liaison_now_is_registered_and_seated_by_one_word_of_the_office(
    each_net: Network,
) -> None:
    office = each_net.desk.office
    seat = office.made("/v1/seats", each_net.seat())

    reply = liaison(each_net).made("/v1/replies/successions", succession(each_net, seat))

    assert reply["person"] == {"name": "새담당", "email": "new@naver.example", "phone": None}
    assert office.get(f"/v1/replies/{reply['id']}").json["person"]["name"] == "새담당"
    assert "person" not in each_net.desk.of("auditor").get(f"/v1/replies/{reply['id']}").json
    assert office.get(f"/v1/seats/{seat['id']}").json == seat
    answer = accepted(each_net, reply)

    assert (answer.status, answer.json["state"]) == (201, "accepted")
    *_, holder = office.get(f"/v1/seats/{seat['id']}").json["holders"]
    assert holder["from"] == "2026-11-24"
    contact = office.get(f"/v1/contacts/{holder['contact_id']}").json
    assert (contact["name"], contact["email"]) == ("새담당", "new@naver.example")
    assert (contact["at"], contact["consented_on"]) == (seat["at"], "2026-11-20")
    kinds = [each["kind"] for each in office.get("/v1/changes?limit=1000").json["items"][-3:]]
    assert kinds == ["contact.registered", "seat.changed", "reply.accepted"]
    log = office.get("/v1/changes?limit=1000").text
    assert "새담당" not in log
    assert "new@naver.example" not in log


def test_who_is_liaison_now_is_refused_with_a_reason_and_forgotten(net: Network) -> None:
    office = net.desk.office
    seat = office.made("/v1/seats", net.seat())
    reply = liaison(net).made("/v1/replies/successions", succession(net, seat))

    path = f"/v1/replies/{reply['id']}"
    named = office.post(f"{path}/refusals", {"reason": "새담당은 아닙니다"}, seen=1)
    assert named.code == "contact.reason_names"
    office.made(f"{path}/refusals", {"reason": "확인되지 않음"}, seen=1)

    gone = office.get(path)
    assert (gone.json["state"], gone.json["answer"]) == ("refused", "확인되지 않음")
    assert "새담당" not in gone.text
    assert office.get(f"/v1/seats/{seat['id']}").json == seat


def test_what_could_not_be_handed_over_is_not_proposed(net: Network) -> None:
    office, asker, path = net.desk.office, liaison(net), "/v1/replies/successions"
    contact = office.made("/v1/contacts", net.contact())
    holders = [{"contact_id": contact["id"], "from": "2026-01-01"}]
    seat = office.made("/v1/seats", net.seat(holders=holders))
    head = office.get("/v1/changes?limit=1").json["head"]

    early = asker.post(path, succession(net, seat, **{"from": "2025-01-01"}))
    named = asker.post(path, succession(net, seat, note="새담당이 맡습니다"))
    other = asker.post(path, proposal(net, "partner", seat, **{"from": "2026-11-24"}))
    foreign = liaison(net, net.gist).post(path, {**succession(net, seat), "partner_id": net.gist})

    assert early.code == "seat.handed_before_taken"
    assert named.code == "contact.reason_names"
    assert other.code == "request.invalid"
    assert foreign.code == "reference.unknown"
    assert office.get("/v1/changes?limit=1").json["head"] == head


def test_a_seat_that_was_handed_over_meanwhile_is_not_handed_over_again(net: Network) -> None:
    office = net.desk.office
    seat = office.made("/v1/seats", net.seat())
    reply = liaison(net).made("/v1/replies/successions", succession(net, seat))
    office.patch(f"/v1/seats/{seat['id']}", {"language": "en"}, seen=1)

    assert accepted(net, reply).code == "reply.seat_changed"


def test_several_records_are_confirmed_at_once_as_they_were_looked_at(each_net: Network) -> None:
    made = [milestone(each_net), milestone(each_net, title={"ko": "보고회"})]
    records = [{"type": "milestone", "id": each["id"], "version": 1} for each in made]
    body = {"partner_id": each_net.naver, "records": records}

    reply = liaison(each_net).made("/v1/replies/confirmations", body)

    assert (reply["state"], reply["records"]) == ("confirmed", records)
    assert reply["on"]
    about = each_net.desk.office.items(f"/v1/replies?record={made[1]['id']}")
    assert [each["id"] for each in about] == [reply["id"]]
    each_net.desk.office.patch(f"/v1/milestones/{made[1]['id']}", {"due_on": "2027-01-04"}, seen=1)
    late = liaison(each_net).post("/v1/replies/confirmations", body)
    assert (late.status, late.code) == (409, "reply.record_moved")
    assert late.pointers == ["/records/1/version"]


def test_what_the_office_refuses_comes_back_with_its_reason(each_net: Network) -> None:
    made = milestone(each_net)
    reply = proposed(each_net, made, due_on="2027-02-28")
    path = f"/v1/replies/{reply['id']}/refusals"

    assert each_net.desk.office.post(path, {}, seen=1).status == 422
    each_net.desk.office.made(path, {"reason": "협약서에 적힌 날입니다"}, seen=1)

    found = liaison(each_net).get(f"/v1/replies/{reply['id']}").json
    assert (found["state"], found["answer"]) == ("refused", "협약서에 적힌 날입니다")
    again = accepted(each_net, found)
    assert (again.status, again.code) == (409, "reply.ended")
    assert each_net.desk.office.get(f"/v1/milestones/{made['id']}").json == made


def test_a_liaison_takes_its_own_proposal_back(net: Network) -> None:
    reply = proposed(net, milestone(net), due_on="2027-02-28")
    path = f"/v1/replies/{reply['id']}/withdrawals"

    assert liaison(net, net.stranger).post(path, None, seen=1).status == 404
    assert liaison(net).post(path, None, seen=1).json["state"] == "withdrawn"


def test_what_was_changed_since_is_refused_with_both_values(each_net: Network) -> None:
    made = milestone(each_net)
    reply = proposed(each_net, made, due_on="2027-02-28")
    path = f"/v1/milestones/{made['id']}"
    each_net.desk.office.patch(path, {"due_on": "2027-01-04"}, seen=1)
    head = each_net.desk.office.seq()

    answer = accepted(each_net, reply, Accept_Language="en")

    assert (answer.status, answer.code) == (409, "reply.record_changed")
    assert "2027-01-04" in answer.json["detail"]
    assert "2027-02-28" in answer.json["detail"]
    assert each_net.desk.office.seq() == head


def test_what_it_does_not_touch_may_change_meanwhile(net: Network) -> None:
    made = milestone(net)
    reply = proposed(net, made, due_on="2027-02-28")
    path = f"/v1/milestones/{made['id']}"
    net.desk.office.patch(path, {"title": {"ko": "시연회"}}, seen=1)

    assert accepted(net, reply).status == 201

    now = net.desk.office.get(path).json
    assert (now["title"]["ko"], now["due_on"]) == ("시연회", "2027-02-28")


def test_two_of_the_office_at_once_record_it_once(each_net: Network) -> None:
    made = milestone(each_net)
    reply = proposed(each_net, made, due_on="2027-02-28")
    askers = [each_net.desk.of("office", subject=each) for each in ("one", "two", "three")]
    path = f"/v1/replies/{reply['id']}/acceptances"

    with ThreadPoolExecutor(3) as together:
        answers = list(together.map(lambda each: each.post(path, None, seen=1), askers))

    assert sorted(each.status for each in answers) == [201, 412, 412]
    assert each_net.desk.office.get(f"/v1/milestones/{made['id']}").json["version"] == 2


def test_a_repeated_request_is_answered_as_it_was(each_net: Network) -> None:
    made = milestone(each_net)
    asked = proposal(each_net, "milestone", made, changes={"due_on": "2027-02-28"})
    path = "/v1/replies/proposals"

    first = liaison(each_net).post(path, asked, Idempotency_Key="a reply")
    second = liaison(each_net).post(path, asked, Idempotency_Key="a reply")
    assert first.json == second.json
    done = accepted(each_net, first.json, Idempotency_Key="one click")
    again = accepted(each_net, first.json, Idempotency_Key="one click")

    assert done.json == again.json
    assert done.json["state"] == "accepted"
    assert len(each_net.desk.office.items("/v1/replies")) == 1


def test_only_its_partner_and_the_office_learn_of_a_reply(net: Network) -> None:
    reply = proposed(net, milestone(net), due_on="2027-02-28")
    desk = net.desk
    readers = {
        "office": desk.office,
        "auditor": desk.of("auditor"),
        "its liaison": liaison(net),
        "another party's liaison": liaison(net, net.gist),
        "a stranger's liaison": liaison(net, net.stranger),
        "a department": desk.of("department", department=net.department),
    }

    see = {who: each.get(f"/v1/replies/{reply['id']}").status for who, each in readers.items()}
    listed = {who: len(each.items("/v1/replies")) for who, each in readers.items()}

    assert [who for who, status in see.items() if status == 200] == [
        "office",
        "auditor",
        "its liaison",
    ]
    assert {who: bool(each) for who, each in listed.items()} == {
        who: status == 200 for who, status in see.items()
    }
    assert desk.public.get("/v1/replies").status == 401


def test_nobody_but_the_liaison_replies_and_nobody_but_the_office_answers(net: Network) -> None:
    made = milestone(net)
    asked = proposal(net, "milestone", made, changes={"due_on": "2027-02-28"})
    for asker in (net.desk.office, net.desk.of("auditor"), net.desk.of("department")):
        assert asker.post("/v1/replies/proposals", asked).status == 403
    reply = proposed(net, made, due_on="2027-02-28")
    for move, body in (("acceptances", None), ("refusals", {"reason": "x"})):
        answer = liaison(net).post(f"/v1/replies/{reply['id']}/{move}", body, seen=1)
        assert answer.status == 403


@pytest.mark.parametrize(
    ("changes", "status", "code", "pointer"),
    [
        ({}, 422, "reply.nothing_changed", "/changes"),
        ({"due_on": "2026-12-31"}, 422, "reply.nothing_changed", "/changes"),
        ({"due_on": "2026-13-31"}, 422, "request.invalid", "/changes/due_on"),
        ({"title": {"ko": "가\n" * 500}}, 422, "request.invalid", "/changes/title/ko"),
        ({"nothing": 1}, 422, "request.invalid", "/changes/nothing"),
        ({"key": "mine"}, 422, "request.invalid", "/changes/key"),
        ({"done_on": "2026-11-01"}, 422, "request.invalid", "/changes/done_on"),
        (
            {"owner": {"type": "partner", "id": UNKNOWN}},
            422,
            "reference.unknown",
            "/changes/owner/id",
        ),
        ({f"f{each}": 1 for each in range(500)}, 422, "request.invalid", "/changes"),
    ],
)
def test_what_could_never_be_recorded_is_refused_at_once(
    net: Network, changes: Body, status: int, code: str, pointer: str
) -> None:
    made, head = milestone(net), net.desk.office.seq()

    asked = proposal(net, "milestone", made, changes=changes)
    answer = liaison(net).post("/v1/replies/proposals", asked)

    assert (answer.status, answer.code) == (status, code), answer.text
    assert pointer in answer.pointers
    assert net.desk.office.seq() == head


def test_a_closed_field_is_not_proposed_for(net: Network) -> None:
    partner = net.desk.office.get(f"/v1/partners/{net.naver}").json
    asked = proposal(net, "partner", partner, changes={"memo": "고쳐 주십시오"})

    answer = liaison(net).post("/v1/replies/proposals", asked)

    assert (answer.status, answer.code) == (422, "reply.closed_field")
    assert answer.pointers == ["/changes/memo"]


def test_another_s_record_is_not_replied_to(net: Network) -> None:
    theirs = milestone(net, owner={"type": "partner", "id": net.gist})
    office = net.desk.office
    away = office.made("/v1/contacts", net.contact(at={"type": "partner", "id": net.stranger}))
    for of, record, status, code in (
        ("milestone", theirs, 403, "reply.not_theirs"),
        ("contact", away, 422, "reference.unknown"),
        ("milestone", {"id": UNKNOWN, "version": 1}, 422, "reference.unknown"),
    ):
        body = proposal(net, of, record, changes={"key": "x"})
        answer = liaison(net).post("/v1/replies/proposals", body)
        assert (answer.status, answer.code) == (status, code)
    mine = milestone(net)
    as_another = {**proposal(net, "milestone", mine, changes={}), "partner_id": net.gist}
    answer = liaison(net).post("/v1/replies/proposals", as_another)
    assert (answer.status, answer.code) == (403, "reply.other_partner")


def test_a_note_names_nobody_and_is_not_without_end(net: Network) -> None:
    made = net.desk.office.made("/v1/contacts", net.contact())
    for note, code in (
        ("김새이름으로 개명", "contact.reason_names"),
        ("가\n" * 2500, "request.invalid"),
    ):
        body = proposal(net, "contact", made, changes={"name": "김새이름"}, note=note)
        answer = liaison(net).post("/v1/replies/proposals", body)
        assert (answer.status, answer.code) == (422, code)
        assert answer.pointers == ["/note"]


def test_who_left_an_agreement_says_nothing_of_it_any_longer(net: Network) -> None:
    office = net.desk.office
    path = f"/v1/agreements/{net.agreement}"
    agreement = office.get(path).json
    parties = [
        {**each, "left_on": "2022-01-31"} if each["partner_id"] == net.naver else each
        for each in agreement["parties"]
    ]
    office.patch(path, {"parties": parties, "reason": "탈퇴"}, seen=1)
    now = office.get(path).json

    answer = liaison(net).post(
        "/v1/replies/proposals", proposal(net, "agreement", now, changes={"title": {"ko": "x"}})
    )

    assert (answer.status, answer.code) == (422, "reference.unknown")
    assert str(UUID(net.naver)) not in answer.text
