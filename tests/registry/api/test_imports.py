"""A ledger is brought, decided about, approved, written and taken back."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7
from werkzeug.datastructures import Headers

from ieum_registry.commands.work import work_once
from ieum_registry.storage.store import Store
from sheetreader.workbook import open_workbook
from tests.registry.api.bodies import Network, partner
from tests.registry.desk import Answer, Asker, Desk, answer_of

HEADING = "협약번호,협약명,협약기관,체결일,유효기간,담당부서,담당자,비고"
KNOWN = "2026-1,자율주행 업무협약,네이버,2021. 11. 16.,3년,인공지능정책과,홍길동,\n"
FRESH = '2026-2,의료 AI 업무협약,"조선대학교병원, 네이버",\'21.11월,무기한,데이터산업과,,\n'
WRONG = "2026-3,달력에 없는 협약,네이버,2021-02-30,,,,\n"


def bring(asker: Asker, *lines: str, name: str = "대장.csv") -> Answer:
    """Send a sheet as its bytes."""
    data = "\n".join([HEADING, *lines]).encode()
    return raw(asker, data, name)


def raw(asker: Asker, data: bytes, name: str, more: str = "") -> Answer:
    headers = Headers({**asker.headers, "Content-Type": "application/octet-stream"})
    query = {"name": name} | ({} if not more else dict([more.split("=")]))
    sent = asker.client.post("/v1/imports", query_string=query, data=data, headers=headers)
    return answer_of(sent)


def rows(asker: Asker, made: dict[str, Any], state: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asker.get(f"/v1/imports/{made['id']}/rows?state={state}").json[
        "items"
    ]
    return found


def counts(made: dict[str, Any]) -> dict[str, int]:
    """Give how many lines of each state there are, but those beside the records."""
    return {state: many for state, many in made["counts"].items() if state != "passed"}


def decide(asker: Asker, made: dict[str, Any], **decisions: object) -> dict[str, Any]:
    answer = asker.patch(f"/v1/imports/{made['id']}", decisions, seen=made["version"])
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def worked(desk: Desk, store: Store) -> None:
    """Let the worker do what waits."""
    while work_once(store, now=desk.clock, new_id=uuid7):
        pass


def test_a_ledger_comes_in_with_its_questions_answered(
    each_net: Network, each_store: Store
) -> None:
    desk, office = each_net.desk, each_net.desk.office
    head = office.seq()

    made = bring(office, KNOWN, FRESH, WRONG).json

    assert (made["state"], counts(made)) == ("open", {"question": 1, "fault": 1, "new": 1})
    assert office.seq() == head
    [asked] = rows(office, made, "question")
    assert [each["code"] for each in asked["questions"]] == [
        "partner.unknown",
        "department.unknown",
    ]
    assert [(each["name"], each["proposed"]) for each in made["names"]] == [
        ("조선대학교병원", "university"),
        ("데이터산업과", None),
    ]
    made = decide(office, made, new_partners=True, departments={"데이터산업과": "new"})
    assert counts(made) == {"new": 2, "fault": 1}
    assert made["records"] == {"partner": 1, "department": 1, "agreement": 2}
    refused = office.post(f"/v1/imports/{made['id']}/approvals", {}, seen=made["version"])
    assert (refused.status, refused.code) == (409, "import.unanswered")

    approved = office.post(
        f"/v1/imports/{made['id']}/approvals", {"only_clean": True}, seen=made["version"]
    )
    worked(desk, each_store)

    assert approved.status == 201
    done = office.get(f"/v1/imports/{made['id']}").json
    assert (done["state"], done["done"], done["total"]) == ("done", 4, 4)
    receipt = office.get(f"/v1/loads/{done['receipt_id']}").json
    assert receipt["counts"] == {"agreement": 2, "department": 1, "partner": 1}
    [new] = office.items("/v1/agreements?q=의료")
    assert (new["number"], new["signed_on"], new["end"]["rule"]) == ("2026-2", None, "evergreen")
    assert new["signed_as"]["written"] == "'21.11월"
    assert {each["side"] for each in new["parties"]} == {"own", "partner"}
    assert len(new["parties"]) == 3


EVERY = {
    "협약번호": "2026-7",
    "협약명": "전부 적은 협약",
    "영문 협약명": "All of it",
    "협약기관": "네이버",
    "체결일": "2026. 1. 2.",
    "유효기간": "3년(자동연장, 만료 3개월 전 통보)",
    "결재문서번호": "인공지능정책과-1234",
    "원본 보관장소": "문서고 3-2",
    "목적": "함께 만든다",
    "법적 구속력": "일부 조항",
    "시비 부담액(백만원)": "120",
    "공유재산 여부": "무",
    "협력분야": "건강, 없는 분야",
    "체결장소": "시청",
    "공개 여부": "부분 공개",
    "비공개 사유": "영업 비밀",
    "공개 주소": "https://city.example/1",
    "key": "all-of-it",
    "비고": "다시 볼 것",
    "투자금액": "30억원",
}


def test_every_field_of_the_ledger_is_written(net: Network, sqlite_store: Store) -> None:
    office = net.desk.office
    field = {"programme_id": net.programme, "position": 9, "group": "industry"}
    health = office.made("/v1/service-fields", {**field, "name": {"ko": "건강"}})["id"]

    def sheet(**changed: str) -> bytes:
        told = {**EVERY, **changed}
        cells = (f'"{each}"' for each in told.values())
        return f"{','.join(told)}\n{','.join(cells)}\n".encode()

    sent = raw(office, sheet(), "대장.csv")
    assert sent.status == 201, sent.text
    made = sent.json
    assert (counts(made), made["left_out"]) == ({"new": 1}, [])
    commit(net.desk, sqlite_store, made)

    [new] = office.items("/v1/agreements?q=전부")
    told = {
        "number": "2026-7",
        "title": {"ko": "전부 적은 협약", "en": "All of it"},
        "approval_number": "인공지능정책과-1234",
        "original": "문서고 3-2",
        "purpose": {"ko": "함께 만든다", "en": None},
        "legal_force": "some_clauses",
        "money": True,
        "amount_won": 120_000_000,
        "public_property": False,
        "service_field_ids": [health],
        "venue": {"ko": "시청", "en": None},
        "disclosure": "partly",
        "disclosure_reason": "영업 비밀",
        "disclosure_url": "https://city.example/1",
        "key": "all-of-it",
    }
    assert {name: new[name] for name in told} == told
    end = new["end"]
    assert (end["rule"], end["ends_on"]) == ("auto_renews", "2029-01-02")
    assert (end["term_months"], end["notice_days"]) == (36, 92)
    # By its key it is the same though nothing else is.
    again = raw(
        office, sheet(협약명="새 이름", 협약번호="2026-8", 체결일="2026. 1. 3."), "b.csv"
    ).json
    assert (counts(again), again["match_by"]) == ({"changed": 1}, "key")


LED = "협약번호,협약명,협약기관,체결일,담당부서,담당자,비고,투자금액"
WITH_PEOPLE = (
    "7-1,첫 협약,네이버,2026-1-1,인공지능정책과,홍길동(062-613-0001),다시 볼 것,30억원",
    "7-2,둘째 협약,네이버,2026-1-2,인공지능정책과,홍길동 주무관,,",
    "7-3,셋째 협약,네이버,2026-1-3,,이몽룡,,",
    "7-4,넷째 협약,네이버,2026-1-4,인공지능정책과,,문의 010-2222-3333,",
)
TAKEN = {"taken": True, "purpose": "협약 업무 담당", "consented_on": "2026-01-05"}


def led(asker: Asker, *lines: str) -> dict[str, Any]:
    answer = raw(asker, "\n".join([LED, *lines]).encode(), "대장.csv")
    assert answer.status == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def people_there(asker: Asker, net: Network) -> list[tuple[str, str | None]]:
    """Give who is on record at the department, with their numbers."""
    found = asker.items(f"/v1/contacts?at={net.department}&limit=200")
    return sorted((each["name"], each["phone"]) for each in found)


def called(asker: Asker, name: str) -> list[dict[str, Any]]:
    return [each for each in asker.items("/v1/contacts?limit=200") if each["name"] == name]


def test_the_city_s_people_are_entered_by_one_decision_and_taken_back(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    there = people_there(office, net)
    seats = office.items("/v1/seats?limit=200")

    made = led(office, *WITH_PEOPLE)

    assert (made["people"], made["left_out"]) == (1, ["담당자"])
    assert [each["code"] for each in made["questions"]] == ["import.people"]
    assert "1" in made["questions"][0]["detail"]
    assert "contact" not in made["records"]
    assert "담당자" not in {
        each["heading"]["ko"] for row in rows(office, made, "new") for each in row["changes"]
    }
    made = decide(office, made, people=TAKEN)
    assert (made["questions"], made["left_out"]) == ([], [])
    assert (made["records"]["contact"], made["records"]["seat"]) == (1, 1)
    shown, _, nowhere, _ = rows(office, made, "new")
    assert [each["after"]["ko"] for each in shown["changes"]] == [
        "홍길동 (062-613-0001)",
        "다시 볼 것\n투자금액: 30억원",
    ]
    assert "import.person_nowhere" in {each["code"] for each in nowhere["notes"]}
    done = commit(net.desk, sqlite_store, made)
    assert people_there(office, net) == sorted([*there, ("홍길동", "062-613-0001")])
    [contact] = called(office, "홍길동")
    assert (contact["purpose"], contact["consented_on"]) == ("협약 업무 담당", "2026-01-05")
    assert (contact["email"], contact["language"]) == (None, "ko")
    [seat] = [
        each
        for each in office.items("/v1/seats?limit=200")
        if contact["id"] in {one["contact_id"] for one in each["holders"]}
    ]
    assert (seat["role"], seat["at"]["id"]) == ("officer", net.department)

    again = decide(office, led(office, *WITH_PEOPLE), people=TAKEN)

    assert (counts(again), again["records"]) == ({"same": 4}, {})
    undo = {"reason": "다른 부서의 대장"}
    office.made(f"/v1/imports/{done['id']}/undos", undo, seen=done["version"])
    worked(net.desk, sqlite_store)
    assert people_there(office, net) == there
    assert office.items("/v1/seats?limit=200") == seats
    assert office.items("/v1/journal?kind=remark") == []
    assert sqlite_store.records.people([UUID(contact["id"])]) == {}
    outcomes = office.get(f"/v1/imports/{done['id']}/outcomes?limit=200").json["items"]
    assert {each["state"] for each in outcomes} == {"undone"}
    assert "홍길동" not in str(outcomes)


def test_who_is_not_to_be_entered_is_left_out_as_before(net: Network, sqlite_store: Store) -> None:
    office = net.desk.office
    there = people_there(office, net)

    made = decide(office, led(office, *WITH_PEOPLE), people={"taken": False})

    assert (made["questions"], made["left_out"], made["people"]) == ([], ["담당자"], 1)
    commit(net.desk, sqlite_store, made)
    assert people_there(office, net) == there


def test_people_come_in_afterwards_by_the_same_sheet(net: Network, sqlite_store: Store) -> None:
    office = net.desk.office
    commit(net.desk, sqlite_store, led(office, *WITH_PEOPLE))

    made = decide(office, led(office, *WITH_PEOPLE), people=TAKEN)

    assert counts(made) == {"changed": 1, "same": 3}
    assert made["records"] == {"contact": 1, "seat": 1}
    commit(net.desk, sqlite_store, made)
    assert ("홍길동", "062-613-0001") in people_there(office, net)


def test_people_want_a_purpose_and_a_day_of_consent(net: Network) -> None:
    office = net.desk.office
    made = led(office, *WITH_PEOPLE)

    tries = [
        office.patch(f"/v1/imports/{made['id']}", {"people": people}, seen=1)
        for people in (
            {"taken": True, "consented_on": "2026-01-05"},
            {**TAKEN, "consented_on": None},
            {**TAKEN, "retain_until": "2026-01-04"},
        )
    ]

    assert [each.code for each in tries] == [
        "import.people_purpose",
        "import.people_consent",
        "term.reversed",
    ]
    assert office.get(f"/v1/imports/{made['id']}").json["choices"]["people"] is None


def test_one_of_several_of_a_name_is_chosen_and_keeps_what_is_on_record(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    at = {"type": "department", "id": net.department}
    same = {"at": at, "name": "홍길동", "purpose": "협약", "consented_on": "2026-01-02"}
    first, _ = (
        office.made("/v1/contacts", {**same, "email": f"{number}@city.example", "phone": number})
        for number in ("062-1", "062-2")
    )

    made = decide(office, led(office, WITH_PEOPLE[0]), people=TAKEN)

    assert counts(made) == {"question": 1}
    [asked] = made["names"]
    assert (asked["subject_type"], asked["decided"]) == ("contact", None)
    assert [each["label"]["ko"] for each in asked["choices"]] == [
        "홍길동 (062-1, 062-1@city.example)",
        "홍길동 (062-2, 062-2@city.example)",
    ]
    made = decide(office, made, named_people={asked["name"]: first["id"]})
    assert made["records"] == {"agreement": 1, "seat": 1, "journal": 1}
    [row] = rows(office, made, "new")
    assert "import.person_differs" in {each["code"] for each in row["notes"]}
    commit(net.desk, sqlite_store, made)
    assert office.get(f"/v1/contacts/{first['id']}").json["phone"] == "062-1"
    left = decide(office, led(office, WITH_PEOPLE[1]), named_people={asked["name"]: "leave"})
    assert decide(office, left, people=TAKEN)["records"] == {"agreement": 1}


def test_who_holds_another_seat_by_now_stays_when_the_import_is_taken_back(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    done = commit(net.desk, sqlite_store, decide(office, led(office, WITH_PEOPLE[0]), people=TAKEN))
    [contact] = called(office, "홍길동")
    at = {"type": "department", "id": net.department}
    holder = {"contact_id": contact["id"], "from": "2026-02-01"}
    office.made("/v1/seats", {"at": at, "role": "head", "holders": [holder]})

    office.made(f"/v1/imports/{done['id']}/undos", {"reason": "다시"}, seen=done["version"])
    worked(net.desk, sqlite_store)

    kept = office.get(f"/v1/imports/{done['id']}/outcomes?state=kept").json["items"]
    assert [(each["subject_type"], each["code"]) for each in kept] == [("contact", "import.named")]
    assert office.get(f"/v1/contacts/{contact['id']}").json["name"] == "홍길동"


def test_a_remark_is_kept_in_the_journal_and_no_sign_of_life(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    heading = "협약명,협약기관,체결일,유효기간,담당부서,비고"
    lines = (
        "오래된 협약,네이버,2019-1-1,무기한,인공지능정책과,연락 안 됨",
        "다른 협약,네이버,2019-2-1,무기한,인공지능정책과,문의 010-2222-3333",
    )

    made = raw(office, "\n".join([heading, *lines]).encode(), "대장.csv").json
    commit(net.desk, sqlite_store, made)

    [remark] = office.items("/v1/journal?kind=remark")
    [agreement] = office.items("/v1/agreements?q=오래된")
    assert (remark["text"], remark["agreement_id"]) == ("연락 안 됨", agreement["id"])
    assert remark["department_id"] == net.department
    left = next(row for row in rows(office, made, "new") if row["line"] == 3)
    assert "import.remark_names" in {each["code"] for each in left["notes"]}
    assert left["changes"] == []
    standing = office.get(f"/v1/agreements/{agreement['id']}/standing").json
    assert standing["flags"] == ["dormant"]
    dormant = office.items("/v1/agreements?flag=dormant&q=오래된")
    assert [each["id"] for each in dormant] == [agreement["id"]]
    assert net.desk.of("department").get("/v1/journal?kind=remark").status == 403


def test_what_the_office_fetched_comes_back_by_its_id(net: Network) -> None:
    office = net.desk.office
    [known] = office.items("/v1/agreements")
    heading = "협약명,협약기관,체결일,비고,id"
    line = f"다른 이름,네이버,2000. 1. 1.,볼 것,{known['id']}\n"
    strange = f"모르는 협약,네이버,2001. 1. 1.,,{'0' * 8}-0000-0000-0000-{'0' * 12}\n"

    made = raw(office, f"{heading}\n{line}{strange}".encode(), "대장.csv").json

    assert (counts(made), made["match_by"]) == ({"changed": 1, "question": 1}, "id")
    [changed] = rows(office, made, "changed")
    assert changed["subject_id"] == known["id"]
    [asked] = rows(office, made, "question")
    assert [each["code"] for each in asked["questions"]] == ["record.no_such_id"]


def test_names_in_a_sheet_that_look_alike_are_one_question(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    several = ("조선대병원", "조선대학교병원", "㈜조선대병원", "전남대학교", "조선대병원")
    lines = [f"3-{at},협약 {at},{name},2026-{at + 1}-1,,,," for at, name in enumerate(several)]

    made = decide(office, bring(office, *lines).json, new_partners=True)

    # ㈜ makes no other name; what is like a new one is asked about with it.
    assert counts(made) == {"new": 4, "question": 1}
    [asked] = [each for each in made["names"] if each["decided"] is None]
    assert (asked["name"], asked["choices"]) == (
        "조선대학교병원",
        [
            {
                "value": "same:조선대병원",
                "label": {
                    "ko": "조선대병원 (이 대장의 이름)",
                    "en": "조선대병원 (in this sheet)",
                },
            }
        ],
    )
    made = decide(office, made, partners={"조선대학교병원": "same:조선대병원"})
    assert (counts(made), made["records"]["partner"]) == ({"new": 5}, 2)
    commit(net.desk, sqlite_store, made)
    [new] = office.items("/v1/partners?q=조선대병원")
    assert (new["name"]["ko"], new["aliases"]) == ("조선대병원", ["조선대학교병원"])
    again = bring(office, "4-1,다른 협약,조선대학교병원,2026-8-1,,,,").json
    assert counts(again) == {"new": 1}


def test_who_was_registered_by_hand_meanwhile_is_meant_by_the_answers_about_the_name(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    several = ("조선대병원", "조선대학교병원", "우리연구소")
    lines = [f"3-{at},협약 {at},{name},2026-{at + 1}-1,,,," for at, name in enumerate(several)]
    said = dict.fromkeys(several, "same:조선대병원") | {"조선대병원": "new:university"}
    made = decide(office, bring(office, *lines).json, partners=said)
    assert (counts(made), made["records"]["partner"]) == ({"new": 3}, 1)
    by_hand = {
        each: office.post("/v1/partners", partner(each, kind="university")).json["id"]
        for each in ("조선대병원", "우리연구소")
    }

    made = decide(office, made, mode="update")

    assert (counts(made), made["records"]) == ({"new": 3}, {"agreement": 3})
    decided = {each["name"]: each["decided"] for each in made["names"]}
    assert decided == {**by_hand, "조선대학교병원": by_hand["조선대병원"]}
    commit(net.desk, sqlite_store, made)
    found = office.items("/v1/agreements?q=협약&limit=200")
    sides = {
        each["number"]: {one["partner_id"] for one in each["parties"] if one["side"] != "own"}
        for each in found
        if each["number"] in {"3-0", "3-1", "3-2"}
    }
    hospital, own = by_hand.values()
    assert sides == {"3-0": {hospital}, "3-1": {hospital}, "3-2": {own}}


def test_what_was_said_of_a_name_holds_until_somebody_on_record_is_called_so(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    line = "4-1,첫 협약,우리연구소,2026-8-1,,,,"
    naver = office.items("/v1/partners?q=네이버")[0]["id"]
    made = decide(office, bring(office, line).json, partners={"우리연구소": naver})
    commit(net.desk, sqlite_store, made)
    ours = office.post("/v1/partners", partner("우리연구소")).json["id"]

    made = bring(office, "4-2,다음 협약,우리연구소,2026-9-1,,,,").json
    commit(net.desk, sqlite_store, made)

    [new] = [each for each in office.items("/v1/agreements?q=다음") if each["number"] == "4-2"]
    assert ours in {each["partner_id"] for each in new["parties"]}


def test_a_new_partner_is_found_under_every_name_that_leads_to_it(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    several = ("조선대병원", "조선대학교병원", "조선병원")
    lines = [f"3-{at},협약 {at},{name},2026-{at + 1}-1,,,," for at, name in enumerate(several)]
    said = {"조선대학교병원": "same:조선대병원", "조선병원": "same:조선대학교병원"}

    made = decide(office, bring(office, *lines).json, partners=said | {"조선대병원": "new"})
    commit(net.desk, sqlite_store, made)

    [new] = office.items("/v1/partners?q=조선대병원")
    assert new["aliases"] == ["조선대학교병원", "조선병원"]


def test_names_that_mean_each_other_stay_a_question(net: Network) -> None:
    office = net.desk.office
    made = bring(office, "3-1,가,가나연구소,2026-1-1,,,,", "3-2,나,다라대학교,2026-2-1,,,,").json

    said = {"가나연구소": "same:다라대학교", "다라대학교": "same:가나연구소"}
    assert counts(decide(office, made, partners=said)) == {"question": 2}


def test_whatever_stands_against_a_line_may_be_mended_in_its_place(net: Network) -> None:
    office = net.desk.office
    heading = "협약번호,협약명,협약기관,체결일,종료일,키,공개주소"
    lines = [
        "1-0,맞는 협약,네이버,2026-6-1,,,",
        "1-1,이름 없는 상대,민간사업자,2026-5-1,,,",
        "1-2,거꾸로,네이버,2026-1-1,2026-12-31,나쁜 키!,",
        "1-0,같은 번호,네이버,2026-2-1,,,",
        "1-4,날 없는 협약,네이버,,,,",
        "1-5,주소 아닌 주소,네이버,2026-4-1,,,어딘가",
    ]
    made = raw(office, "\n".join([heading, *lines]).encode(), "대장.csv").json

    faults = {
        each["line"]: [
            (one["code"], one["key"], one["cell"], one["typed"]) for one in each["faults"]
        ]
        for each in rows(office, made, "fault")
    }
    assert faults == {
        3: [("agreement.sides", "cell@C", "C3", True)],
        4: [("field.key", "cell@F", "F4", True)],
        5: [("import.value_twice", "cell@A", "A5", True)],
        6: [("agreement.unsigned", "cell@D", "D6", True)],
        7: [("field.link", "cell@G", "G7", True)],
    }
    answers = [
        {"sheet": made["sheets"][0]["name"], "line": line, "key": key, "said": said}
        for line, key, said in (
            (3, "cell@C", "네이버"),
            (4, "cell@F", "good-key"),
            (5, "cell@A", "1-3"),
            (6, "cell@D", "2026-3-1"),
            (7, "cell@G", "https://city.example/x"),
        )
    ]
    assert counts(decide(office, made, answers=answers)) == {"new": 6}


def test_a_check_that_takes_longer_than_a_lease_is_not_begun_by_another(
    net: Network, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_registry.operations.importing.steps.CHECKED_AT_ONCE", 0)
    monkeypatch.setattr("ieum_registry.operations.importing.check.KEPT_EVERY", 1)
    made = bring(net.desk.office, KNOWN, FRESH, WRONG).json
    looks = count(1)
    others: list[object] = []

    def slowly() -> datetime:
        return net.desk.clock() + timedelta(seconds=40) * next(looks)

    def another() -> bool:
        now = slowly()
        others.append(sqlite_store.imports.claim(token=uuid7(), now=now, lease_until=now))
        return True

    work_once(sqlite_store, now=slowly, new_id=uuid7, go_on=another)

    assert made["state"] == "checking"
    assert len(others) > 2
    assert set(others) == {None}
    assert net.desk.office.get(f"/v1/imports/{made['id']}").json["state"] == "open"


def test_a_sheet_that_is_sent_twice_under_a_key_is_brought_once(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office

    def send(text: str) -> Answer:
        data, more = f"{HEADING}\n{text}".encode(), {"Idempotency-Key": "k-1"}
        headers = {**office.headers, **more, "Content-Type": "application/octet-stream"}
        query = {"name": "대장.csv"}
        sent = office.client.post("/v1/imports", query_string=query, data=data, headers=headers)
        return answer_of(sent)

    first = send(KNOWN)
    decided = decide(office, first.json, new_partners=True)
    again, other = send(KNOWN), send(FRESH)

    assert first.status == again.status == 201
    assert (again.json["id"], again.json["version"]) == (first.json["id"], decided["version"])
    assert (other.status, other.code) == (422, "idempotency.reused")
    assert len(sqlite_store.imports.page(before=None, limit=9)) == 1


def test_what_is_no_sheet_leaves_its_key_free(net: Network) -> None:
    headers = {**net.desk.office.headers, "Idempotency-Key": "k-2"}
    sent = [
        answer_of(
            net.desk.office.client.post(
                "/v1/imports",
                query_string={"name": "대장.xlsx"},
                data=data,
                headers={**headers, "Content-Type": "application/octet-stream"},
            )
        )
        for data in (b"PK\x03\x04 no", b"PK\x03\x04 no", f"{HEADING}\n{KNOWN}".encode())
    ]

    assert [(each.status, each.code) for each in sent[:2]] == [(422, "import.unreadable")] * 2
    assert sent[2].status == 201


def test_the_same_ledger_again_changes_nothing(net: Network, sqlite_store: Store) -> None:
    office = net.desk.office
    commit(net.desk, sqlite_store, bring(office, KNOWN).json)

    again = bring(office, KNOWN).json

    assert counts(again) == {"same": 1}
    nothing = office.post(f"/v1/imports/{again['id']}/approvals", {}, seen=again["version"])
    assert (nothing.status, nothing.code) == (409, "import.nothing_to_write")


def test_what_a_line_says_otherwise_is_shown_from_what_to_what(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    commit(net.desk, sqlite_store, bring(office, KNOWN).json)

    changed = bring(office, KNOWN.replace("자율주행", "자율 주행차")).json

    [row] = rows(office, changed, "changed")
    [change] = row["changes"]
    assert (change["field"], change["before"]["ko"], change["after"]["ko"]) == (
        "title.ko",
        "자율주행 업무협약",
        "자율 주행차 업무협약",
    )
    only_add = decide(office, changed, mode="add")
    assert counts(only_add) == {"same": 1}


def test_what_was_decided_is_known_to_the_next_import(net: Network, sqlite_store: Store) -> None:
    office = net.desk.office
    other = KNOWN.replace("네이버", "NAVER 본사")
    made = bring(office, other).json
    assert counts(made) == {"question": 1}
    made = decide(office, made, partners={"NAVER 본사": net.naver})
    commit(net.desk, sqlite_store, made)

    again = bring(office, other.replace("2026-1", "2026-9").replace("자율주행", "드론")).json

    assert counts(again) == {"new": 1}
    assert again["names"][0]["decided"] == net.naver


def test_lines_with_faults_come_back_with_why_and_go_in_again(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    made = bring(office, KNOWN, WRONG).json

    assert office.get(f"/v1/imports/{made['id']}/faults").status == 422  # It says no reason.
    answer = net.desk.app.test_client().get(
        f"/v1/imports/{made['id']}/faults",
        headers={**office.headers, "X-Access-Reason": "to mend them"},
    )

    [sheet] = open_workbook(answer.data, "faults.xlsx").sheets
    assert sheet.rows[0][-1] == "이유"
    assert "2021-02-30" in str(sheet.rows[1][-1])
    assert len(sheet.rows) == 2
    again = raw(office, answer.data, "faults.xlsx").json
    assert again["counts"]["fault"] == 1
    [row] = rows(office, again, "fault")
    mended = decide(
        office,
        again,
        answers=[
            {"sheet": row["sheet"], "line": row["line"], "key": "cell@D", "said": "2021-02-28"}
        ],
    )
    assert mended["counts"]["new"] == 1


def test_a_whole_import_is_taken_back(net: Network, sqlite_store: Store) -> None:
    office = net.desk.office
    done = commit(net.desk, sqlite_store, bring(office, KNOWN).json)

    moved = office.post(
        f"/v1/imports/{done['id']}/undos", {"reason": "다른 해의 대장"}, seen=done["version"]
    )
    worked(net.desk, sqlite_store)

    assert moved.status == 201
    assert office.get(f"/v1/imports/{done['id']}").json["state"] == "undone"
    assert office.items("/v1/agreements?q=자율주행") == []
    outcomes = office.get(f"/v1/imports/{done['id']}/outcomes").json["items"]
    assert [each["state"] for each in outcomes] == ["undone"]
    [entry] = office.get("/v1/history?kind=agreement.retracted").json["items"]
    assert entry["entry"]["reason"] == "다른 해의 대장"


def test_a_dry_run_gives_the_entries_to_ask_what_they_do(net: Network) -> None:
    office = net.desk.office
    made = bring(office, KNOWN).json
    head = office.seq()

    dry = office.post(f"/v1/imports/{made['id']}/approvals?dry_run=true", {})

    assert [each["kind"] for each in dry.json["entries"]] == ["agreement.recorded"]
    assert office.seq() == head


def test_a_dry_run_reaches_the_agreements_behind_however_many_new_partners(
    each_net: Network,
) -> None:
    office = each_net.desk.office
    many = ", ".join(f"새싹기업{number}" for number in range(120))
    made = bring(office, FRESH, f'2026-4,큰 협약,"{many}",2026-01-05,1년,,,').json
    made = decide(office, made, new_partners=True, departments={"데이터산업과": "new"})

    dry = office.post(f"/v1/imports/{made['id']}/approvals?dry_run=true", {})

    kinds = Counter(each["kind"] for each in dry.json["entries"])
    assert kinds == {"partner.registered": 121, "department.registered": 1, "agreement.recorded": 2}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, None),
        (b"PK\x03\x04 not a workbook", "file.damaged"),
        ("가,나\x00,다\n".encode(), "file.nul"),
        (b"", "file.empty"),
        (b"\x80\xff\x80,\xff\n", "encoding.unknown"),
    ],
)
def test_what_is_no_sheet_is_refused_with_why_and_nothing_is_kept(
    desk: Desk, data: bytes, code: str | None
) -> None:
    answer = raw(desk.office, data, "대장.xlsx")

    assert (answer.status, answer.code) == (422, "import.unreadable")
    [error] = answer.json["errors"]
    assert error["detail"]
    assert code is None or error["code"] == code
    assert desk.office.get("/v1/imports").json["items"] == []


def test_who_has_not_seen_the_last_decision_changes_nothing(net: Network) -> None:
    office = net.desk.office
    made = bring(office, KNOWN).json
    decide(office, made, mode="add")

    path = f"/v1/imports/{made['id']}"
    tries = [
        office.patch(path, {"mode": "update"}, seen=made["version"]),
        office.post(f"{path}/approvals", {}, seen=made["version"]),
        answer_of(office.client.delete(path, headers={**office.headers, "If-Match": '"1"'})),
    ]

    assert {(each.status, each.code) for each in tries} == {(412, "version.stale")}
    assert office.get(path).json["choices"]["mode"] == "add"


@pytest.mark.parametrize("role", ["department", "auditor", "service", "public"])
def test_an_import_is_the_office_s_alone(net: Network, role: Any) -> None:  # noqa: ANN401
    made = bring(net.desk.office, KNOWN).json
    other = net.desk.public if role == "public" else net.desk.of(role)
    path = f"/v1/imports/{made['id']}"

    answers = [
        bring(other, KNOWN),
        *(other.get(each) for each in ("/v1/imports", path, f"{path}/rows", f"{path}/faults")),
        other.patch(path, {"mode": "add"}, seen=1),
        other.post(f"{path}/approvals", {}, seen=1),
        other.post(f"{path}/undos", {"reason": "-"}, seen=1),
    ]

    assert {each.status for each in answers} == {401 if role == "public" else 403}


def test_an_import_that_is_written_takes_no_other_decision(net: Network) -> None:
    office = net.desk.office
    made = bring(office, KNOWN).json
    moved = office.post(f"/v1/imports/{made['id']}/approvals", {}, seen=made["version"]).json

    refused = office.patch(f"/v1/imports/{made['id']}", {"mode": "add"}, seen=moved["version"])

    assert (refused.status, refused.code) == (409, "import.state")


def test_a_large_sheet_is_checked_by_the_worker(net: Network, sqlite_store: Store) -> None:
    office = net.desk.office
    many = [KNOWN.replace("2026-1", f"2026-{each}").strip() for each in range(1, 1600)]

    made = bring(office, *many).json
    worked(net.desk, sqlite_store)

    assert made["state"] == "checking"
    checked = office.get(f"/v1/imports/{made['id']}").json
    assert checked["state"] == "open"
    assert sum(checked["counts"].values()) == 1600


def test_an_import_nobody_touched_is_erased_after_ninety_days(
    net: Network, sqlite_store: Store
) -> None:
    office = net.desk.office
    made = bring(office, KNOWN).json

    later = net.desk.clock.now + timedelta(days=91)
    sqlite_store.imports.forget_before(later - timedelta(days=90))

    assert office.get(f"/v1/imports/{made['id']}").status == 404


def commit(desk: Desk, store: Store, made: dict[str, Any]) -> dict[str, Any]:
    """Approve an import that asks nothing, and let the worker write it."""
    answer = desk.office.post(f"/v1/imports/{made['id']}/approvals", {}, seen=made["version"])
    assert answer.status == 201, answer.text
    worked(desk, store)
    found: dict[str, Any] = desk.office.get(f"/v1/imports/{made['id']}").json
    assert found["state"] == "done"
    return found
