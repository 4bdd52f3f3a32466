"""Records today's feed for those who come later: every kind of change, as it travels.

`python -m tests.contract.record 2026-11` writes recorded/2026-11.json. A recording is never
written again: add another one when a kind is added or facts gain keys.
"""

import json
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from uuid_utils.compat import uuid7

from changefeed.mapping import from_facts
from changefeed.subjects.contact import Person
from changefeed.subjects.department import Department
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.parts import Place, Words
from changefeed.subjects.seat import Holder, Seat
from ieum_registry.commands.work import hand_over_what_is_due
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.importing.undo import undo_page
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.document_files import png
from tests.registry.desk import Asker, Desk, House
from tests.registry.storage.staged import approved, carry_on, new_records, planned
from tests.registry.storage.subjects import OFFICE

RECORDED = Path(__file__).parent / "recorded"
NOON = datetime(2026, 11, 23, 3, tzinfo=UTC)

NETWORK = """\
format: 1
illustrative: true
sources:
  news: {title: 보도자료, kind: news, published_on: 2021-11-16}
  book: {title: 책자, kind: book}
own: {key: city, kind: government, name: {ko: 광주광역시, en: Gwangju}, source: news}
programme:
  key: programme
  name: {ko: 융합도시, en: Convergence City}
  announced_on: 2021-11-16
  source: [news, book]
  strategies:
    - {key: S1, name: {ko: 전략}, tasks: [{key: T1, name: {ko: 과제, en: Task}}]}
  service_fields:
    - {key: F1, group: citizen, name: {ko: 교육}}
departments:
  - {key: office, office: true, name: {ko: 인공지능정책과}}
technologies:
  - {key: xr, name: {ko: 확장현실}, aliases: [XR]}
  - {key: vr, name: {ko: 가상현실}, broader: xr}
partners:
  - {key: maker, kind: company, name: {ko: 만드는 곳, en: Maker}, aliases: [메이커],
     business_number: 220-81-62517, website: "https://maker.example", source: news, country: KR,
     ror: 02jx3x895, lei: 5493001KJTIIGC8Y1R12, corporate_number: 130111-0006246, memo: 메모}
  - {key: school, kind: university, name: {ko: 가르치는 곳}}
agreements:
  - key: open
    kind: mou
    number: "2021-1"
    approval_number: 인공지능정책과-1234
    title: {ko: 업무협약, en: Memorandum}
    original: 시청 문서고 3-2
    purpose: {ko: 함께 만든다}
    legal_force: some_clauses
    money: true
    amount_won: 100000000
    public_property: false
    service_fields: [F1]
    programme: programme
    lead_department: office
    signed_on: 2021-11-16
    effective_on: 2021-12-01
    venue: {ko: 시청, en: City Hall}
    end: {rule: fixed, ends_on: 2027-11-30, note: 제8조, term_months: 72, notice_days: 90}
    parties: {own: true, partners: all}
    disclosure: partly
    disclosure_reason: 영업 비밀이 있어 목적은 공개하지 않음
    disclosure_url: "https://city.example/mou/2021-1"
  - key: shut
    kind: moa
    title: {ko: 비공개 협약}
    signed_on: 2022-01-03
    end: {rule: until_purpose_achieved}
    parties: {own: true, partners: [maker]}
    disclosure: closed
  - key: old
    kind: annex
    parent: open
    title: {ko: 옛 부속합의}
    signed_on: "2014.5"
    end: {rule: unknown}
    parties:
      own: [city]
      partners:
        - {partner: maker, number: M-14, left_on: 2019년경}
        - {partner: maker, signed_on: 2021-12-01, joined_on: 2022-01-01}
        - school
    disclosure: public
contacts:
  - {key: kim, at: {partner: maker}, name: 김연락, email: kim@maker.example, language: ko,
     purpose: 이행 안내, consented_on: 2026-01-02, retain_until: 2028-12-31}
  - {key: lee, at: {partner: maker}, name: 이연락, email: lee@maker.example, language: en,
     purpose: 이행 안내, consented_on: 2026-01-02}
seats:
  - {key: liaison, at: {partner: maker}, role: liaison, language: ko,
     holders: [{contact: kim, from: 2026-01-02}]}
collaborations:
  - {key: shown, partner: maker, agreement: open, task: T1, technologies: [xr, vr],
     service_field: F1, role: lead, starts_on: 2022-01-01, ends_on: 2026-12-31,
     disclosure: public, evidence: [{on: 2022-05-01, text: 착수, link: "https://maker.example/1"}]}
  - {key: hidden, partner: school, agreement: open, task: T1, role: research,
     starts_on: 2022-01-01}
  - {key: unsure, partner: school, agreement: old, task: T1, role: train, starts_on: 2022-01-01}
milestones:
  - {key: kept, title: {ko: 시연, en: Demonstration}, due_on: 2026-11-30, owner: {partner: maker},
     collaboration: shown}
  - {key: dropped, title: {ko: 점검}, due_on: 2026-12-31, owner: {department: office},
     agreement: open}
events:
  - {key: expo, title: {ko: 전시회, en: Expo}, kind: expo, zone: America/Los_Angeles,
     starts: 2027-03-15T09:00, ends: 2027-03-18T18:00, country: US, venue: {ko: 전시장, en: Hall},
     city: {ko: 라스베이거스, en: Las Vegas}, link: "https://expo.example",
     deadlines: [{kind: booth, on: 2026-12-18, at: "17:00"}, {kind: registration, on: 2027-03-01}],
     department: office, partners: [maker, school], tasks: [T1]}
  - {key: forum, title: {ko: 포럼}, kind: forum, zone: Asia/Seoul, starts: 2027-01-20T10:00,
     ends: 2027-01-20T18:00, country: KR, city: {ko: 광주}}
journal:
  - {key: visit, partner: maker, on: 2026-11-10, kind: visit, department: office, agreement: open,
     text: 진행 상황 확인}
promises:
  - {key: jobs, agreement: open, partner: maker, indicator: jobs, target: 30, unit: 명,
     base_on: 2022-01-01, due_on: 2026-12-31, task: T1, definition: 4대 보험 명부}
  - {key: won, agreement: open, partner: maker, indicator: money, target: 5000000000, unit: 원,
     base_on: 2022-01-01, due_on: 2025-12-31}
  - {key: slip, agreement: open, partner: school, indicator: own, name: {ko: 실증, en: Trials},
     target: 2, unit: 건, base_on: 2022-01-01, due_on: 2027-12-31}
promise_reports:
  - {key: first, promise: jobs, on: 2024-12-31, reached: 12,
     evidence: [{on: 2024-12-30, text: 보험 명부}]}
calendar_days:
  - {on: 2026-12-24, key: eve, working: false, name: {ko: 임시 휴일}, decreed_by: 시장}
"""

CHANGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("partners", "school", {"website": "https://school.example"}),
    ("departments", "office", {"name": {"en": "AI Policy"}}),
    ("contacts", "lee", {"language": "ko"}),
    ("programmes", "programme", {"announced_on": "2021-11-15"}),
    ("strategies", "S1", {"name": {"en": "Strategy"}}),
    ("tasks", "T1", {"name": {"ko": "새 과제"}}),
    ("service-fields", "F1", {"group": "industry"}),
    ("technologies", "vr", {"aliases": ["VR"]}),
    ("collaborations", "hidden", {"technology_ids": []}),
    ("milestones", "dropped", {"due_on": "2027-01-31", "reason": "연기"}),
    ("events", "expo", {"starts_at": "2027-03-16T09:00", "deadlines": [], "reason": "하루 미룸"}),
    ("journal", "visit", {"kind": "meeting"}),
    ("promises", "slip", {"task_id": None, "definition": "현장 실증"}),
    ("promise-reports", "first", {"reached": 13, "reason": "명부 재확인"}),
    ("calendar-days", "eve", {"working": True}),
)


def carry_out(office: Asker) -> None:
    """Make every kind of change at least once; moves come last."""
    for path, key, change in CHANGES:
        _patch(office, path, key, change)
    kim, seat = office.by_key("/v1/contacts", "lee"), office.by_key("/v1/seats", "liaison")
    handover = {"contact_id": kim["id"], "from": "2026-12-01", "reason": "인사이동"}
    office.made(f"/v1/seats/{seat['id']}/handovers", handover, seen=seat["version"])
    _move(office, "collaborations/shown/endings", {"ends_on": "2026-10-31", "reason": "완료"})
    proof = [{"on": "2026-11-20", "text": "보고서", "link": None}]
    _move(office, "milestones/kept/completions", {"done_on": "2026-11-20", "evidence": proof})
    gone = {"cancelled_on": "2026-11-23", "reason": "계획 변경"}
    _move(office, "milestones/dropped/cancellations", gone)
    _move(office, "milestones/dropped/reopenings", {"reason": "잘못 취소함"})
    _move(office, "events/forum/cancellations", {**gone, "cancelled_for": "주최 측 사정"})
    _move(office, "events/forum/reopenings", {"reason": "주최 측이 바로잡음"})
    _move(office, "events/forum/cancellations", {**gone, "cancelled_for": "주최 측 사정"})
    parties = office.by_key("/v1/agreements", "open")["parties"]
    parties[-1]["left_on"] = "2026-11-30"
    _patch(office, "agreements", "open", {"parties": parties, "reason": "탈퇴"})
    _move(office, "journal/visit/retractions", {"reason": "다른 기관의 연락"})
    revised = {"on": "2025-02-01", "target": 20, "due_on": "2027-06-30", "reason": "증설 연기"}
    _move(office, "promises/jobs/revisions", revised)
    over = {"outcome": "went_elsewhere", "settled_on": "2025-05-01", "reason": "타 지역 투자"}
    _move(office, "promises/won/settlements", over)
    _move(office, "promises/won/reopenings", {"reason": "다른 기관의 일"})
    _move(office, "promises/won/settlements", over)
    _move(office, "promises/slip/retractions", {"reason": "약속한 적 없음"})
    _move(office, "contacts/kim/erasures", {"reason": "본인 요청"})
    _documents(office)
    school, maker = (office.by_key("/v1/partners", each) for each in ("school", "maker"))
    again = office.made("/v1/partners", {"kind": "company", "name": {"ko": "만듦㈜"}})
    apart = f"/v1/partners/{again['id']}/distinctions"
    office.made(apart, {"other_id": school["id"]}, seen=1)
    one = {"into_id": maker["id"], "reason": "같은 기관"}
    office.made(f"/v1/partners/{again['id']}/merges", one, seen=2)
    two = {"partner_id": again["id"], "reason": "다른 기관"}
    office.made(f"/v1/partners/{maker['id']}/separations", two, seen=maker["version"] + 1)
    first = office.get(f"/v1/history?subject={school['id']}").json["items"][-1]["entry"]
    office.made("/v1/redactions", {"seq": first["seq"], "reason": "주소를 잘못 적음"})


def live(desk: Desk) -> None:
    """Lead one agreement from its proposal through its life, by two colleagues."""
    one, other = desk.office, desk.of("office", subject="another")
    keys = ("city", "maker", "school")
    found = [each for key in keys for each in one.items(f"/v1/partners?own=any&key={key}")]
    city, maker, school = (each["id"] for each in found)
    body = {
        "key": "lived",
        "kind": "mou",
        "title": {"ko": "새 협약", "en": "New memorandum"},
        "end": {
            "rule": "auto_renews",
            "ends_on": "2027-01-31",
            "term_months": 1,
            "notice_months": 1,
            "prepare_days": 30,
        },
        "parties": [{"partner_id": city, "side": "own"}, {"partner_id": maker}],
        "quorum": 1,
        "council_consent": False,
        "renews_id": one.by_key("/v1/agreements", "shut")["id"],
        "disclosure": "public",
    }
    made = one.made("/v1/agreements/proposals", body)
    last, day = {"left_on": "2026-12-31"}, {"signed_on": "2026-11-23"}
    moves: tuple[tuple[Asker, str, dict[str, Any]], ...] = (
        (other, "reviews", {}),
        (other, "returns", {"reason": "문구 보완"}),
        (other, "reviews", {}),
        (other, "approvals", {}),
        (one, "signatures", {"partner_ids": [city, maker], **day}),
        (one, "joinings", {"partner_id": school, "joined_on": "2026-11-23"}),
        (one, "withdrawals", {"partner_id": school, **last, "why": "사업 종료", "reason": "공문"}),
        (one, "renewals", {}),
        (
            one,
            "endings",
            {"on": "2027-02-10", "how": "terminated", "note": "합의", "reason": "합의"},
        ),
        (one, "reopenings", {"reason": "잘못 기록"}),
    )
    for seen, (asker, move, said) in enumerate(moves, 1):
        asker.made(f"/v1/agreements/{made['id']}/{move}", said, seen=seen)


def replied(desk: Desk) -> None:
    """Have a liaison confirm, and propose what is taken over, refused and taken back."""
    partner, milestone = desk.office.by_key("/v1/partners", "maker"), _milestone(desk)
    liaison, about = desk.of("liaison", [partner["id"]]), {"partner_id": partner["id"]}
    liaison.made("/v1/replies/confirmations", {**about, "records": [_looked_at(milestone)]})
    for move, asker, body in (
        ("acceptances", desk.office, None),
        ("refusals", desk.office, {"reason": "협약서에 적힌 대로"}),
        ("withdrawals", liaison, None),
    ):
        record, changes = _looked_at(_milestone(desk)), {"title": {"ko": f"시연 {move}"}}
        asked = {**about, "record": record, "changes": changes, "note": "이름을 바로잡음"}
        reply = liaison.made("/v1/replies/proposals", asked)
        asker.made(f"/v1/replies/{reply['id']}/{move}", body, seen=1)


def reported(desk: Desk) -> None:
    """Have a liaison report figures, of which one is confirmed, one refused, one taken back."""
    promise = desk.office.by_key("/v1/promises", "jobs")
    liaison = desk.of("liaison", [promise["partner_id"]])
    for move, on, body in (
        ("confirmations", "2025-12-31", None),
        ("refusals", "2026-03-31", {"reason": "명부와 다름"}),
        ("retractions", "2026-06-30", {"reason": "다른 기관의 실적"}),
    ):
        said = {"promise_id": promise["id"], "on": on, "reached": 15, "note": "누적"}
        made = liaison.made("/v1/promise-reports", said)
        desk.office.made(f"/v1/promise-reports/{made['id']}/{move}", body, seen=1)


def _milestone(desk: Desk) -> dict[str, Any]:
    return desk.office.by_key("/v1/milestones", "kept")


def _looked_at(milestone: dict[str, Any]) -> dict[str, Any]:
    return {"type": "milestone", "id": milestone["id"], "version": milestone["version"]}


def import_and_take_back(store: Store, office: Asker) -> None:
    """Write an import of new records, and take it back as a whole."""
    own = from_facts(Partner, office.by_key("/v1/partners?own=true", "city"))
    lead = Department(uuid7(), Words("새 부서"))
    new, *signed = new_records(own, 1)
    at, here = Place("department", lead.id), new.subject_id
    officer = Person(uuid7(), at, "ko", "협약 업무 담당", NOON.date(), name="성춘향")
    seat = Seat(uuid7(), at, "officer", "ko", holders=(Holder(officer.id, NOON.date()),))
    agreement_id = signed[0].subject_id
    remark = JournalEntry(uuid7(), here, NOON.date(), "remark", lead.id, "다시 볼 것")
    remark = replace(remark, agreement_id=agreement_id)
    people = [planned(3, officer), planned(4, seat), planned(5, remark)]
    import_id = approved(
        store, [new, planned(1, lead), *(replace(e, position=2) for e in signed), *people]
    )
    carry_on(store)
    store.imports.move(import_id, 2, "undoing", choices=None, by=OFFICE, at=NOON)
    carry_on(store, page=undo_page)


def hand_over(store: Store, office: Asker) -> None:
    """Hand an agreement over on a day to come, carry it out then, and take another one back."""
    led, lead = office.by_key("/v1/agreements", "open"), office.by_key("/v1/departments", "office")
    new = office.made("/v1/departments", {"name": {"ko": "미래산업과"}})
    matter = {"type": "agreement", "id": led["id"], "version": led["version"]}
    body = {"from_department_id": lead["id"], "to_department_id": new["id"], "reason": "조직 개편"}
    for day in ("2026-11-24", "2026-11-25"):
        made = office.made("/v1/handovers", {**body, "on": day, "matters": [matter]})
    called_off = f"/v1/handovers/{made['id']}/undos"
    office.made(called_off, {"reason": "발령 취소"}, seen=1)
    hand_over_what_is_due(store, at=NOON + timedelta(days=1))


def _documents(office: Asker) -> None:
    """Put a paper on record, open its next version to the parties, and erase the first."""
    about = {"agreement_id": office.by_key("/v1/agreements", "open")["id"], "title": "협약서"}
    proof = {"title": "시연 결과", "file_name": "시연.png", "disclosure": "parties"}
    milestone = office.by_key("/v1/milestones", "kept")["id"]
    send_document(office, png("proof"), {**proof, "milestone_id": milestone})
    first = send_document(office, png("first"), {**about, "file_name": "협약서.png"})
    more = {"file_name": "협약서(정본).png", "kind": "binding", "language": "ko"}
    second = send_document(office, png("second"), {**about, **more, "replaces_id": first["id"]})
    opened = {"disclosure": "parties"}
    answer = office.patch(f"/v1/documents/{second['id']}", opened, seen=1)
    assert answer.status == 200, answer.text
    office.made(f"/v1/documents/{first['id']}/erasures", {"reason": "서명 전 초안"}, seen=1)


def send_document(office: Asker, data: bytes, about: dict[str, Any]) -> dict[str, Any]:
    """Put a file on record."""
    answer = office.send(f"/v1/documents?{urlencode(about)}", data)
    assert answer.status == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def record(path: Path) -> None:
    """Write what a service reads of it all, one entry a line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'registry.db'}"
        STEPS.migrate(url)
        with closing(Store(url, disclose=disclosed)) as store:
            desk = Desk(House.build(folder, url), store)
            desk.clock.now = NOON
            answer = desk.load(network=NETWORK)
            assert answer.status == 201, answer.text
            carry_out(desk.office)
            live(desk)
            replied(desk)
            reported(desk)
            import_and_take_back(store, desk.office)
            hand_over(store, desk.office)
            page = desk.of("service").get("/v1/changes?after=0").json
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in page.pop("items"))
    path.write_text(f'{{"items": [\n{lines}\n], {json.dumps(page)[1:]}\n', encoding="utf-8")


def _patch(office: Asker, path: str, key: str, change: dict[str, Any]) -> None:
    found = office.by_key(f"/v1/{path}", key)
    answer = office.patch(f"/v1/{path}/{found['id']}", change, seen=found["version"])
    assert answer.status == 200, answer.text


def _move(office: Asker, move: str, body: dict[str, Any]) -> None:
    path, key, verb = move.split("/")
    found = office.by_key(f"/v1/{path}", key)
    office.made(f"/v1/{path}/{found['id']}/{verb}", body, seen=found["version"])


if __name__ == "__main__":
    target = RECORDED / f"{sys.argv[1]}.json"
    if target.exists():
        sys.exit(f"{target.name} is recorded already, and a recording is never written again.")
    record(target)
