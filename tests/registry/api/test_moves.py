"""Moves: what each verb does to the record over HTTP, and what it refuses."""

from typing import Any
from uuid import UUID

import pytest

from changefeed.change import Actor
from changefeed.mapping import from_facts
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.contact import Contact
from ieum_registry.storage.store import Store
from tests.registry.api.bodies import Network, agreement, network, partner
from tests.registry.desk import Desk
from tests.registry.storage.subjects import record

NOTHING = "01a206d3-0000-7000-8000-000000000000"


def patch(net: Network, path: str, body: dict[str, Any], seen: int = 1) -> Any:  # noqa: ANN401
    return net.desk.office.patch(path, body, seen=seen)


def test_ending_an_agreement_bounds_each_commitment_in_one_transaction(net: Network) -> None:
    office = net.desk.office
    one = office.made("/v1/collaborations", net.collaboration())
    soon = office.made("/v1/collaborations", net.collaboration(ends_on="2022-06-30"))
    seq = office.seq()

    answer = patch(
        net,
        f"/v1/agreements/{net.agreement}",
        {"end": {"rule": "fixed", "ends_on": "2023-12-31"}, "reason": "목적 달성"},
    )

    changes = office.get(f"/v1/changes?after={seq}").json["items"]
    assert [each["kind"] for each in changes] == ["agreement.changed", "collaboration.changed"]
    assert answer.headers["X-Change-Seq"] == str(seq + 2)
    assert changes[1]["subject_id"] == one["id"]
    assert changes[1]["reason"] == "목적 달성"
    assert changes[1]["body"]["holds_until"] == "2023-12-31"
    assert changes[1]["body"]["ends_on"] is None
    assert office.get(f"/v1/collaborations/{soon['id']}").json["version"] == 1


def test_a_party_that_leaves_takes_its_own_commitments_along(net: Network) -> None:
    office = net.desk.office
    navers = office.made("/v1/collaborations", net.collaboration())
    gists = office.made("/v1/collaborations", net.collaboration(partner_id=net.gist))
    parties = office.get(f"/v1/agreements/{net.agreement}").json["parties"]
    parties[1]["left_on"] = "2022-06-30"

    patch(net, f"/v1/agreements/{net.agreement}", {"parties": parties, "reason": "탈퇴"})

    bounded = office.get(f"/v1/collaborations/{navers['id']}").json
    assert bounded["holds_until"] == "2022-06-30"
    assert office.get(f"/v1/collaborations/{gists['id']}").json["holds_until"] is None


def test_an_agreement_is_not_changed_without_a_reason(net: Network) -> None:
    answer = patch(net, f"/v1/agreements/{net.agreement}", {"title": {"ko": "새 제목"}})

    assert (answer.status, answer.code) == (422, "change.reason_missing")


def test_a_party_with_commitments_is_not_struck_out(net: Network) -> None:
    office = net.desk.office
    office.made("/v1/collaborations", net.collaboration())
    parties = office.get(f"/v1/agreements/{net.agreement}").json["parties"]

    answer = patch(
        net, f"/v1/agreements/{net.agreement}", {"parties": parties[::2], "reason": "오기"}
    )

    assert (answer.status, answer.code) == (409, "party.has_collaborations")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"end": {"rule": "fixed"}}, "agreement.fixed_without_end"),
        ({"end": {"rule": "evergreen", "ends_on": "2020-01-01"}}, "term.reversed"),
        ({"parties": []}, "agreement.sides"),
        ({"programme_id": NOTHING}, "reference.unknown"),
        ({"lead_department_id": NOTHING}, "reference.unknown"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(
    net: Network, change: dict[str, object], code: str
) -> None:
    answer = net.desk.office.post("/v1/agreements", agreement(net.city, net.naver) | change)

    assert (answer.status, answer.code) == (422, code)


def test_sides_are_the_partners_own(net: Network) -> None:
    wrong = agreement(net.naver, net.city)
    twice = agreement(net.city, net.naver, net.naver)

    assert net.desk.office.post("/v1/agreements", wrong).code == "agreement.own_side"
    assert net.desk.office.post("/v1/agreements", twice).code == "agreement.party_twice"


@pytest.mark.parametrize(
    ("more", "code", "status"),
    [
        ({"agreement_id": NOTHING}, "reference.unknown", 422),
        ({"technology_ids": [NOTHING]}, "reference.unknown", 422),
        ({"service_field_id": NOTHING}, "reference.unknown", 422),
        ({"starts_on": "2020-01-01", "ends_on": "2020-12-31"}, "collaboration.never_holds", 409),
        ({"ends_on": "2021-12-31"}, "term.reversed", 422),
    ],
)
def test_a_commitment_that_cannot_be_is_refused(
    net: Network, more: dict[str, object], code: str, status: int
) -> None:
    answer = net.desk.office.post("/v1/collaborations", net.collaboration(**more))

    assert (answer.status, answer.code) == (status, code)


def test_only_a_party_commits_itself(net: Network) -> None:
    answer = net.desk.office.post("/v1/collaborations", net.collaboration(partner_id=net.stranger))

    assert (answer.status, answer.code) == (409, "collaboration.not_party")


def test_a_commitment_is_to_a_task_of_the_agreements_programme(net: Network) -> None:
    made = net.desk.office.made
    other = made("/v1/programmes", {"name": {"ko": "다른"}, "announced_on": "2020-01-01"})
    strategy = made(
        "/v1/strategies", {"programme_id": other["id"], "position": 1, "name": {"ko": "전략"}}
    )
    task = made("/v1/tasks", {"strategy_id": strategy["id"], "position": 1, "name": {"ko": "과제"}})

    answer = net.desk.office.post("/v1/collaborations", net.collaboration(task_id=task["id"]))

    assert (answer.status, answer.code) == (409, "collaboration.other_programme")


def test_a_commitment_is_changed_and_ended(net: Network) -> None:
    office = net.desk.office
    made = office.made("/v1/collaborations", net.collaboration())
    path = f"/v1/collaborations/{made['id']}"

    longer = patch(net, path, {"technology_ids": [net.technology]})
    moved = patch(net, path, {"partner_id": net.gist}, seen=2)
    silent = patch(net, path, {"ends_on": "2026-12-31"}, seen=2)
    ended = office.post(f"{path}/endings", {"ends_on": "2026-06-30", "reason": "완료"}, seen=2)
    again = office.post(f"{path}/endings", {"ends_on": "2026-06-30", "reason": "완료"}, seen=3)
    unsaid = office.post(f"{path}/endings", {"ends_on": "2026-06-30"}, seen=3)

    assert longer.json["technology_ids"] == [net.technology]
    assert (moved.status, moved.pointers) == (422, ["/partner_id"])
    assert (silent.status, silent.code) == (422, "change.reason_missing")
    assert (ended.status, ended.json["holds_until"]) == (201, "2026-06-30")
    assert (again.status, again.code) == (409, "collaboration.already_ended")
    assert (unsaid.status, unsaid.pointers) == (422, ["/reason"])


def test_nothing_under_a_closed_agreement_is_public(net: Network) -> None:
    office = net.desk.office
    made = office.made("/v1/collaborations", net.collaboration())
    path = f"/v1/collaborations/{made['id']}"

    new = office.post("/v1/collaborations", net.collaboration(disclosure="public"))
    old = patch(net, path, {"disclosure": "public"})
    patch(net, f"/v1/agreements/{net.agreement}", {"disclosure": "partly", "reason": "공개"})
    opened = patch(net, path, {"disclosure": "public"})

    assert (new.status, new.code) == (409, "collaboration.agreement_closed")
    assert [each["pointer"] for each in new.json["errors"]] == ["/disclosure"]
    assert (old.status, old.code) == (409, "collaboration.agreement_closed")
    assert opened.status == 200
    assert net.agreement in net.desk.public.get(path).json["agreement_id"]


def test_what_was_public_there_before_the_rule_is_closed_by_its_next_change(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    made = office.made("/v1/collaborations", net.collaboration())
    path = f"/v1/collaborations/{made['id']}"
    public = from_facts(Collaboration, made | {"disclosure": "public"})
    record(sqlite_store, public, at=net.desk.clock.now)

    shown = net.desk.public.get(path).status
    changed = patch(net, path, {"technology_ids": [net.technology]}, seen=2)
    again = patch(net, path, {"disclosure": "public"}, seen=3)

    assert shown == 200
    assert (changed.status, changed.json["disclosure"]) == (200, "closed")
    assert changed.json["technology_ids"] == [net.technology]
    assert net.desk.public.get(path).status == 404
    assert (again.status, again.code) == (409, "collaboration.agreement_closed")


def test_closing_an_agreement_closes_what_lies_under_it(net: Network) -> None:
    office, agreed = net.desk.office, f"/v1/agreements/{net.agreement}"
    patch(net, agreed, {"disclosure": "public", "reason": "공개"})
    shown = office.made("/v1/collaborations", net.collaboration(disclosure="public"))
    hidden = office.made("/v1/collaborations", net.collaboration(partner_id=net.gist))
    seq = office.seq()

    closed = patch(net, agreed, {"disclosure": "closed", "reason": "비공개 전환"}, seen=2)
    reopened = patch(net, agreed, {"disclosure": "public", "reason": "다시 공개"}, seen=3)

    changes = office.get(f"/v1/changes?after={seq}").json["items"]
    assert (closed.status, reopened.status) == (200, 200)
    assert [(each["kind"], each["reason"]) for each in changes] == [
        ("agreement.changed", "비공개 전환"),
        ("collaboration.changed", "비공개 전환"),
        ("agreement.changed", "다시 공개"),
    ]
    assert [each["disclosed"] is None for each in changes] == [True, True, False]
    assert changes[1]["subject_id"] == shown["id"]
    assert office.get(f"/v1/collaborations/{hidden['id']}").json["version"] == 1
    assert net.desk.public.get(f"/v1/collaborations/{shown['id']}").status == 404


def test_a_milestone_under_a_commitment_lies_under_its_agreement(net: Network) -> None:
    office = net.desk.office
    made = office.made("/v1/collaborations", net.collaboration())
    other = office.made("/v1/agreements", agreement(net.city, net.naver, title={"ko": "둘째"}))

    right = office.made(
        "/v1/milestones", net.milestone(agreement_id=None, collaboration_id=made["id"])
    )
    wrong = office.post(
        "/v1/milestones", net.milestone(agreement_id=other["id"], collaboration_id=made["id"])
    )

    assert right["agreement_id"] == net.agreement
    assert (wrong.status, wrong.code) == (409, "milestone.other_agreement")


def test_a_milestone_is_owed_by_a_party_until_it_is_due_or_by_a_department(net: Network) -> None:
    office = net.desk.office
    parties = office.get(f"/v1/agreements/{net.agreement}").json["parties"]
    stays = [{**each, "left_on": None} for each in parties]
    stays[1]["left_on"] = "2026-06-30"  # NAVER, in the middle of the year.
    patch(net, f"/v1/agreements/{net.agreement}", {"parties": stays, "reason": "탈퇴"})

    def answer(owner: str, due_on: str, type_: str = "partner", **more: object) -> tuple[int, str]:
        whom = {"type": type_, "id": owner}
        found = office.post("/v1/milestones", net.milestone(owner=whom, due_on=due_on, **more))
        return found.status, "" if found.status == 201 else found.code

    refused = (409, "milestone.owner_not_party")
    assert answer(net.stranger, "2026-06-30") == refused
    assert answer(net.naver, "2026-07-01") == refused
    assert answer(net.naver, "2026-06-30") == (201, "")
    assert answer(net.city, "2026-07-01") == (201, "")
    assert answer(net.department, "2026-07-01", "department") == (201, "")
    assert answer(net.stranger, "2026-07-01", agreement_id=None) == (201, "")


def test_whoever_leaves_later_keeps_what_it_owed_and_it_is_still_done(net: Network) -> None:
    office = net.desk.office
    made = office.made("/v1/milestones", net.milestone())
    path = f"/v1/milestones/{made['id']}"
    parties = office.get(f"/v1/agreements/{net.agreement}").json["parties"]
    struck = [each for each in parties if each["partner_id"] != net.naver]
    left = [
        {**each, "left_on": "2026-01-01"} if each["partner_id"] == net.naver else each
        for each in parties
    ]
    agreed = f"/v1/agreements/{net.agreement}"

    gone = patch(net, agreed, {"parties": struck, "reason": "오기"})
    leaving = patch(net, agreed, {"parties": left, "reason": "탈퇴"})
    retitled = patch(net, path, {"title": {"ko": "새 제목"}})
    put_off = patch(net, path, {"due_on": "2027-12-31"}, seen=2)
    own = net.desk.of("liaison", [net.naver])

    assert (gone.status, gone.code) == (409, "party.has_milestones")
    assert (leaving.status, retitled.status) == (200, 200)
    assert (put_off.status, put_off.code) == (409, "milestone.owner_not_party")
    assert (own.get(path).status, own.get(agreed).status) == (200, 404)
    done = office.post(f"{path}/completions", {"done_on": "2026-01-10"}, seen=2)
    assert done.status == 201


def test_a_milestone_is_moved_done_and_cancelled(net: Network) -> None:
    office = net.desk.office
    made = office.made("/v1/milestones", net.milestone())
    path = f"/v1/milestones/{made['id']}"
    proof = [{"on": "2026-01-10", "text": "보고서", "link": "https://x.example/1"}]

    moved = patch(net, path, {"due_on": "2027-01-31", "reason": "연기"})
    future = office.post(f"{path}/completions", {"done_on": "2999-01-01"}, seen=2)
    done = office.post(f"{path}/completions", {"done_on": "2026-01-10", "evidence": proof}, seen=2)
    dropped = {"cancelled_on": "2026-01-11", "reason": "x"}
    ahead = {**dropped, "cancelled_on": "2999-01-01"}
    closed = office.post(f"{path}/cancellations", dropped, seen=3)
    other = office.made("/v1/milestones", net.milestone())
    unsaid = office.post(f"/v1/milestones/{other['id']}/cancellations", ahead, seen=1)

    assert moved.json["due_on"] == "2027-01-31"
    assert (future.status, future.code) == (422, "milestone.done_in_future")
    assert (done.status, done.json["evidence"]) == (201, proof)
    assert (closed.status, closed.code) == (409, "milestone.closed")
    assert (unsaid.status, unsaid.code) == (422, "milestone.cancelled_in_future")
    assert unsaid.pointers == ["/cancelled_on"]


@pytest.mark.parametrize(
    ("move", "body"),
    [
        ("completions", {"done_on": "2026-01-10"}),
        ("cancellations", {"cancelled_on": "2026-01-10", "reason": "계획 변경"}),
    ],
)
def test_a_closed_milestone_is_taken_back_with_a_reason_and_closed_again(
    each_net: Network, move: str, body: dict[str, str]
) -> None:
    office = each_net.desk.office
    made = office.made("/v1/milestones", each_net.milestone())
    path = f"/v1/milestones/{made['id']}"
    open_still = office.post(f"{path}/reopenings", {"reason": "잘못"}, seen=1)
    closed = office.post(f"{path}/{move}", body, seen=1)
    again = office.post(f"{path}/{move}", body, seen=2)
    unsaid = office.post(f"{path}/reopenings", {}, seen=2)
    stale = office.post(f"{path}/reopenings", {"reason": "잘못 기록함"}, seen=1)

    back = office.post(f"{path}/reopenings", {"reason": "잘못 기록함"}, seen=2)

    assert (open_still.status, open_still.code) == (409, "milestone.open")
    assert closed.status == 201
    assert (again.status, again.code) == (409, "milestone.closed")
    assert "2026-01-10" in again.json["detail"]
    assert "None" not in again.text
    assert (unsaid.status, unsaid.pointers) == (422, ["/reason"])
    assert (stale.status, stale.code) == (412, "version.stale")
    assert (back.status, back.json["done_on"], back.json["cancelled_on"]) == (201, None, None)
    entry = office.get(f"/v1/history?subject={made['id']}").json["items"][0]["entry"]
    assert (entry["kind"], entry["reason"]) == ("milestone.reopened", "잘못 기록함")
    assert office.post(f"{path}/{move}", body, seen=3).status == 201


def test_a_milestone_has_an_owner_on_record(net: Network) -> None:
    nobody = {"type": "department", "id": net.naver}

    answer = net.desk.office.post("/v1/milestones", net.milestone(owner=nobody))

    assert (answer.status, answer.pointers) == (422, ["/owner/id"])


def test_a_link_of_proof_is_https(net: Network) -> None:
    proof = [{"on": "2026-01-10", "text": "보고서", "link": "http://x.example/1"}]

    answer = net.desk.office.post("/v1/milestones", net.milestone(evidence=proof))

    assert (answer.status, answer.pointers) == (422, ["/evidence/0/link"])


def test_a_seat_is_handed_over_within_its_house(net: Network) -> None:
    office = net.desk.office
    kim = office.made("/v1/contacts", net.contact())["id"]
    lee = office.made("/v1/contacts", net.contact(name="이남", email="lee@naver.example"))["id"]
    away = office.made("/v1/contacts", net.contact(at={"type": "partner", "id": net.gist}))["id"]
    seat = office.made("/v1/seats", net.seat(holders=[{"contact_id": kim, "from": "2026-01-01"}]))
    path = f"/v1/seats/{seat['id']}"

    foreign = office.post(f"{path}/handovers", {"contact_id": away, "from": "2026-07-01"}, seen=1)
    handed = office.post(f"{path}/handovers", {"contact_id": lee, "from": "2026-07-01"}, seen=1)
    renamed = patch(net, path, {"role": "head"}, seen=2)
    emptied = patch(net, path, {"holders": []}, seen=3)

    assert (foreign.status, foreign.code) == (409, "seat.holder_elsewhere")
    assert handed.json["holders"] == [
        {"contact_id": kim, "from": "2026-01-01", "to": "2026-06-30"},
        {"contact_id": lee, "from": "2026-07-01", "to": None},
    ]
    assert renamed.json["role"] == "head"
    assert emptied.json["holders"] == []


def test_somebody_new_takes_a_seat_by_one_write_or_not_at_all(net: Network) -> None:
    office = net.desk.office
    seat = office.made("/v1/seats", net.seat(holders=[]))
    path = f"/v1/seats/{seat['id']}/handovers"
    told = net.contact(name="박신", email="park@naver.example")
    new = {key: value for key, value in told.items() if key != "at"}
    people = len(office.items("/v1/contacts"))
    day = {"from": "2026-07-01"}

    refused = [
        office.post(path, day, seen=1),
        office.post(path, {**day, "person": new, "contact_id": net.naver}, seen=1),
        office.post(path, {**day, "person": {**new, "at": told["at"]}}, seen=1),
        office.post(path, {**day, "person": {**new, "email": "park"}}, seen=1),
        office.post(path, {"from": "2026-13-01", "person": new}, seen=1),
        office.post(path, {**day, "person": {**new, "retain_until": "2001-01-01"}}, seen=1),
    ]
    stale = office.post(path, {**day, "person": new}, seen=2)
    unmade = len(office.items("/v1/contacts"))
    taken = office.post(path, {**day, "person": new}, seen=1)

    assert [(each.status, each.pointers) for each in refused] == [
        (422, ["/contact_id"]),
        (422, ["/contact_id"]),
        (422, ["/person/at"]),
        (422, ["/person/email"]),
        (422, ["/from"]),
        (422, ["/person/retain_until"]),
    ]
    assert stale.code == "version.stale"
    assert unmade == people
    [holder] = taken.json["holders"]
    assert holder["from"] == "2026-07-01"
    made = office.get(f"/v1/contacts/{holder['contact_id']}").json
    assert (made["name"], made["at"], made["purpose"]) == ("박신", told["at"], told["purpose"])


def test_who_holds_or_held_a_seat_stays_at_its_house(net: Network) -> None:
    office = net.desk.office
    [kim, lee, park] = [office.made("/v1/contacts", net.contact())["id"] for _ in range(3)]
    seat = office.made("/v1/seats", net.seat(holders=[{"contact_id": kim, "from": "2026-01-01"}]))
    handover = {"contact_id": lee, "from": "2026-07-01"}
    office.made(f"/v1/seats/{seat['id']}/handovers", handover, seen=1)
    elsewhere = {"at": {"type": "partner", "id": net.gist}}

    [held, holds, free] = [
        patch(net, f"/v1/contacts/{each}", elsewhere) for each in (kim, lee, park)
    ]

    assert (held.status, held.code) == (409, "contact.holds_seat")
    assert (holds.code, holds.pointers) == ("contact.holds_seat", ["/at"])
    assert free.json["at"]["id"] == net.gist


def test_a_partner_keeps_the_side_on_which_agreements_name_it(net: Network) -> None:
    party = patch(net, f"/v1/partners/{net.naver}", {"own": True})
    city = patch(net, f"/v1/partners/{net.city}", {"own": False})
    free = patch(net, f"/v1/partners/{net.stranger}", {"own": True})

    assert (party.status, party.code) == (409, "partner.side_recorded")
    assert (city.code, city.pointers) == ("partner.side_recorded", ["/own"])
    assert free.json["own"] is True


def test_what_commitments_hold_together_stays_in_one_programme(net: Network) -> None:
    office = net.desk.office
    office.made("/v1/collaborations", net.collaboration())
    other = office.made("/v1/programmes", {"name": {"ko": "다른"}, "announced_on": "2020-01-01"})
    body = {"position": 1, "name": {"ko": "전략"}}
    there = office.made("/v1/strategies", body | {"programme_id": other["id"]})
    here = office.made("/v1/strategies", body | {"programme_id": net.programme})
    [strategy] = {
        each["strategy_id"] for each in office.items("/v1/tasks") if each["id"] == net.task
    }

    moves = [
        patch(net, f"/v1/tasks/{net.task}", {"strategy_id": there["id"]}),
        patch(net, f"/v1/strategies/{strategy}", {"programme_id": other["id"]}),
        patch(net, f"/v1/agreements/{net.agreement}", {"programme_id": other["id"], "reason": "x"}),
    ]
    within = patch(net, f"/v1/tasks/{net.task}", {"strategy_id": here["id"]})

    assert [each.code for each in moves] == ["programme.has_commitments"] * 3
    assert [each.pointers for each in moves] == [
        ["/strategy_id"],
        ["/programme_id"],
        ["/programme_id"],
    ]
    assert within.status == 200


def test_a_seat_is_opened_for_contacts_on_record(net: Network) -> None:
    held = [{"contact_id": NOTHING, "from": "2026-01-01"}]

    answer = net.desk.office.post("/v1/seats", net.seat(holders=held))

    assert (answer.status, answer.pointers) == (422, ["/holders/0/contact_id"])


def test_a_contacts_address_changes_without_leaving_a_trace_of_it(net: Network) -> None:
    office = net.desk.office
    made = office.made("/v1/contacts", net.contact())
    path = f"/v1/contacts/{made['id']}"
    seq = office.seq()

    moved = patch(net, path, {"email": "new@naver.example"})
    spoken = patch(net, path, {"language": "en"}, seen=2)
    wrong = patch(net, path, {"email": "nonsense"}, seen=3)

    [change, _] = office.get(f"/v1/changes?after={seq}").json["items"]
    shown = office.get(path).json
    assert made["name"] == "김연락"
    assert moved.json["email"] == "new@naver.example"
    assert spoken.status == 200
    assert change["kind"] == "contact.changed"
    assert "new@naver.example" not in str(change)
    assert (shown["email"], shown["name"], shown["language"]) == (
        "new@naver.example",
        "김연락",
        "en",
    )
    assert (wrong.status, wrong.pointers) == (422, ["/email"])


def test_there_is_one_coordinating_office(net: Network) -> None:
    second = {"name": {"ko": "다른 과"}, "office": True}

    refused = net.desk.office.post("/v1/departments", second)
    plain = net.desk.office.made("/v1/departments", second | {"office": False})
    raised = patch(net, f"/v1/departments/{plain['id']}", {"office": True})
    same = patch(net, f"/v1/departments/{net.department}", {"name": {"ko": "인공지능과"}})

    assert (refused.status, refused.code) == (409, "department.office_taken")
    assert raised.code == "department.office_taken"
    assert same.json["office"] is True


def test_a_technology_is_never_above_itself(net: Network) -> None:
    office = net.desk.office
    vr = office.made("/v1/technologies", {"name": {"ko": "가상현실"}, "broader_id": net.technology})

    answer = patch(net, f"/v1/technologies/{net.technology}", {"broader_id": vr["id"]})
    freed = patch(net, f"/v1/technologies/{vr['id']}", {"broader_id": None})

    assert (answer.status, answer.code) == (409, "technology.cycle")
    assert freed.json["broader_id"] is None


def test_the_catalogue_is_changed(net: Network) -> None:
    [strategy] = net.desk.office.items("/v1/strategies")
    field = net.desk.office.made(
        "/v1/service-fields",
        {
            "programme_id": net.programme,
            "position": 1,
            "group": "citizen",
            "name": {"ko": "교육"},
        },
    )
    for path in (
        f"programmes/{net.programme}",
        f"strategies/{strategy['id']}",
        f"tasks/{net.task}",
        f"service-fields/{field['id']}",
    ):
        answer = patch(net, f"/v1/{path}", {"name": {"ko": "새 이름"}})
        assert answer.json["name"]["ko"] == "새 이름", path


def test_what_hangs_under_nothing_is_refused(net: Network) -> None:
    body = {"position": 1, "name": {"ko": "x"}}
    office = net.desk.office

    assert office.post("/v1/strategies", body | {"programme_id": NOTHING}).status == 422
    assert office.post("/v1/tasks", body | {"strategy_id": NOTHING}).status == 422
    loose = body | {"programme_id": NOTHING, "group": "industry"}
    assert office.post("/v1/service-fields", loose).status == 422


def test_a_day_is_declared_once(net: Network) -> None:
    office = net.desk.office
    body = {"on": "2026-12-24", "working": False, "name": {"ko": "임시"}, "decreed_by": "시장"}
    made = office.made("/v1/calendar-days", body)

    again = office.post("/v1/calendar-days", body)
    moved = patch(net, f"/v1/calendar-days/{made['id']}", {"working": True})

    assert (again.status, again.code, again.pointers) == (409, "subject.taken", ["/on"])
    assert moved.json["working"] is True
    assert len(office.items("/v1/calendar-days?day_from=2026-12-24&day_to=2026-12-24")) == 1
    assert office.items("/v1/calendar-days?working=false") == []


def test_people_behind_seats_are_told_to_services(net: Network) -> None:
    office, service = net.desk.office, net.desk.service("notify")
    kim = office.made("/v1/contacts", net.contact())["id"]
    gone = office.made("/v1/contacts", net.contact(retain_until="2026-02-01"))["id"]
    holders = [{"contact_id": each, "from": "2026-01-01"} for each in (kim, gone)]
    seat = office.made("/v1/seats", net.seat(holders=holders))["id"]

    found = service.post(
        "/v1/resolutions",
        {
            "subjects": [{"type": "partner", "id": net.naver}, {"type": "task", "id": NOTHING}],
            "seats": [seat, NOTHING],
        },
    ).json

    [subject] = found["subjects"]
    [resolved] = found["seats"]
    assert (subject["type"], subject["id"], subject["version"]) == ("partner", net.naver, 1)
    assert subject["facts"]["key"] == "naver"
    assert (resolved["id"], resolved["role"], resolved["language"]) == (seat, "liaison", "ko")
    assert resolved["people"] == [
        {
            "contact_id": kim,
            "name": "김연락",
            "language": "ko",
            "email": "kim@naver.example",
            "phone": None,
        }
    ]


def test_a_partner_changes_its_number(net: Network) -> None:
    answer = patch(net, f"/v1/partners/{net.naver}", {"business_number": "220-81-62517"})
    other = net.desk.office.post("/v1/partners", partner("같은 번호", business_number="2208162517"))

    assert answer.json["business_number"] == "2208162517"
    assert (other.status, other.pointers) == (409, ["/business_number"])


def test_who_was_erased_stays_without_a_name(desk: Desk, sqlite_store: Store) -> None:
    net = network(desk)
    made = desk.office.made("/v1/contacts", net.contact())
    path = f"/v1/contacts/{made['id']}"
    ledger = sqlite_store.ledger.in_name_of(Actor("x", "office"), at=desk.clock())
    with ledger.open() as transaction:
        transaction.erase_person(UUID(made["id"]))
        transaction.record("contact.changed", transaction.take(Contact, UUID(made["id"])))

    spoken = desk.office.patch(path, {"language": "en"}, seen=2)
    half = desk.office.patch(path, {"email": "kim@naver.example"}, seen=3)

    assert (spoken.status, spoken.json["name"], spoken.json["language"]) == (200, None, "en")
    assert (half.status, half.pointers) == (422, ["/name"])
