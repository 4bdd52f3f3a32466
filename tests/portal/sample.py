"""A small record for the portal's tests: the real partners, and illustrated commitments."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from ieum_graph.domain.answers import ROLES

TODAY = date(2026, 11, 23)
DATA = Path(__file__).parents[2] / "data" / "gwangju-2021.yaml"

Facts = dict[str, Any]


def identity(key: str) -> str:
    """Give the same id for the same key, always."""
    return str(uuid5(NAMESPACE_URL, f"ieum:{key}"))


def ahead(days: int) -> str:
    """Give a day so many days from the sample's today."""
    return (TODAY + timedelta(days=days)).isoformat()


def resource(key: str, *, illustrative: bool = True, **facts: object) -> Facts:
    """Make a resource as the registry answers it."""
    source = (
        []
        if illustrative
        else [{"title": "첨단넷 기사", "kind": "news article", "published_on": "2021-11-17"}]
    )
    return {
        "id": identity(key),
        "key": key,
        **facts,
        "provenance": {"source": source, "illustrative": illustrative},
        "version": 1,
    }


def words(ko: str, en: str | None = None) -> Facts:
    """Make a name."""
    return {"ko": ko, "en": en}


def at(kind: str, key: str) -> Facts:
    """Make a place of belonging."""
    return {"type": kind, "id": identity(key)}


def _named(record: Facts) -> Facts:
    return words(record["name"]["ko"], record["name"].get("en"))


def _partner(record: Facts, *, own: bool) -> Facts:
    return resource(
        record["key"],
        illustrative=False,
        kind=record["kind"],
        name=_named(record),
        aliases=record.get("aliases", []),
        own=own,
        business_number=None,
        website=None,
    )


READ = yaml.safe_load(DATA.read_text(encoding="utf-8"))
PROGRAMME = READ["programme"]
AGREEMENT = "ai-metaverse-2021"

PARTNERS = [_partner(READ["own"], own=True)] + [
    _partner(each, own=False) for each in READ["partners"]
]
DEPARTMENTS = [
    resource("ai-policy", name=words("인공지능정책과", "AI Policy Division"), office=True),
    resource("culture", name=words("문화산업과", "Culture Industry Division"), office=False),
]
PROGRAMMES = [
    resource(
        "ai-metaverse",
        illustrative=False,
        name=words("AI-메타버스 융합도시", "AI-metaverse convergence city"),
        announced_on="2021-11-16",
    )
]
STRATEGIES = [
    resource(
        strategy["key"],
        illustrative=False,
        programme_id=identity("ai-metaverse"),
        position=place,
        name=words(strategy["name"]["ko"], strategy["name"]["en"]),
    )
    for place, strategy in enumerate(PROGRAMME["strategies"], 1)
]
TASKS = [
    resource(
        task["key"],
        illustrative=False,
        strategy_id=identity(strategy["key"]),
        position=int(task["key"][1:]),
        name=words(task["name"]["ko"], task["name"]["en"]),
    )
    for strategy in PROGRAMME["strategies"]
    for task in strategy["tasks"]
]
FIELDS = [
    resource(
        each["key"],
        illustrative=False,
        programme_id=identity("ai-metaverse"),
        position=place,
        group=each["group"],
        name=words(each["name"]["ko"], each["name"]["en"]),
    )
    for place, each in enumerate(PROGRAMME["service_fields"], 1)
]
TECHNOLOGIES = [
    resource(key, name=words(ko, en), aliases=[], broader_id=None)
    for key, ko, en in (
        ("digital-twin", "디지털 트윈", "Digital twin"),
        ("hd-map", "정밀지도", "HD map"),
        ("xr", "확장현실(XR)", "Extended reality"),
        ("speech", "음성 인식", None),
        ("data-platform", "데이터 개방 플랫폼", "Open-data platform"),
    )
]
AGREEMENTS = [
    resource(
        AGREEMENT,
        illustrative=False,
        number="2021-017",
        kind="mou",
        title=words(READ["agreements"][0]["title"]["ko"], READ["agreements"][0]["title"]["en"]),
        purpose=words("광주시 메타버스 융합신산업 생태계 조성에 상호 협력"),
        programme_id=identity("ai-metaverse"),
        lead_department_id=identity("ai-policy"),
        signed_on="2021-11-16",
        effective_on="2021-11-16",
        venue=None,
        end={"rule": "until_purpose_achieved", "ends_on": None, "note": None},
        parties=[
            {
                "partner_id": partner["id"],
                "side": "own" if partner["own"] else "partner",
                "signed_on": "2021-11-16",
                "joined_on": None,
                "left_on": None,
            }
            for partner in PARTNERS
        ],
        disclosure="public",
    )
]


def collaboration(partner: str, task: str, *technologies: str, **more: object) -> Facts:
    """Make a commitment that began three years ago and is open, unless told otherwise."""
    facts: Facts = {
        "partner_id": identity(partner),
        "agreement_id": identity(AGREEMENT),
        "task_id": identity(task),
        "technology_ids": [identity(each) for each in technologies],
        "service_field_id": None,
        "role": "develop",
        "starts_on": "2023-03-02",
        "ends_on": None,
        "evidence": [],
        "disclosure": "closed",
    } | more
    facts |= {"holds_from": facts["starts_on"], "holds_until": facts["ends_on"]}
    return resource(f"{partner}-{task}", **facts)


def with_unknown_ends(*keys: str) -> list[Facts]:
    """Give the commitments, of some of which nobody knows whether they still hold."""
    return [
        each | {"holds_until": "2023-03-01", "unknown_from": each["holds_from"]}
        if each["key"] in keys
        else each
        for each in COLLABORATIONS
    ]


PROOF = [{"on": "2026-09-10", "text": "실증 결과 보고", "link": None}]
COLLABORATIONS = [
    collaboration("naver", "T05", "digital-twin", "hd-map", role="lead", evidence=PROOF),
    collaboration("naver", "T08", "data-platform", service_field_id=identity("F7"), role="supply"),
    collaboration("naver", "T01", "xr", ends_on="2025-12-31", role="demonstrate"),
    collaboration("sk-telecom", "T05", "hd-map", service_field_id=identity("F2")),
    collaboration("gist", "T06", "digital-twin", "speech", role="research"),
    collaboration("virnect", "T05", "xr", service_field_id=identity("F5"), role="supply"),
]


def milestone(key: str, ko: str, en: str, due_in: int, owner: Facts) -> Facts:
    """Make an open milestone under the one agreement."""
    return resource(
        key,
        title=words(ko, en),
        due_on=ahead(due_in),
        owner=owner,
        agreement_id=identity(AGREEMENT),
        collaboration_id=None,
        done_on=None,
        cancelled_on=None,
        evidence=[],
    )


NAVER = at("partner", "naver")
MILESTONES = [
    milestone("m1", "정밀지도 갱신본 제출", "Updated HD map delivered", -12, NAVER),
    milestone(
        "m2", "시민 참여단 모집 공고", "Call for citizen panel", -1, at("department", "culture")
    ),
    milestone("m3", "디지털 트윈 시연", "Digital twin demonstration", 0, NAVER),
    milestone("m4", "XR 교육과정 개설", "XR course opened", 5, at("partner", "virnect")),
    milestone("m5", "음성 데이터 공개", "Speech data published", 30, at("partner", "gist")),
    milestone(
        "m6", "연차 이행 점검표 제출", "Yearly check returned", 31, at("department", "ai-policy")
    ),
    milestone("m7", "개방 플랫폼 2차 개방", "Second opening of the platform", 90, NAVER),
    milestone("m8", "너무 먼 일", "Too far off", 91, NAVER),
]


def event(key: str, title: Facts, kind: str, zone: str, runs: str, **more: object) -> Facts:
    """Make an event; `runs` is its start and end, as `2027-01-06T09:00/2027-01-09T17:30`."""
    starts_at, ends_at = runs.split("/")
    facts: Facts = {
        "title": title,
        "kind": kind,
        "zone": zone,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "country": "US",
        "city": words("라스베이거스", "Las Vegas"),
        "venue": None,
        "link": None,
        "deadlines": [],
        "department_id": None,
        "partner_ids": [],
        "task_ids": [],
        "revision": 0,
        "revised_on": None,
        "cancelled_on": None,
    }
    return resource(key, **(facts | more))


EVENTS = [
    event(
        "visit",
        words("해외 대표단 방문", "Visit of a delegation"),
        "delegation_visit",
        "Asia/Seoul",
        "2026-11-22T14:00/2026-11-24T12:00",
        country="KR",
        city=words("광주", "Gwangju"),
    ),
    event(
        "expo",
        words("미국 서부 융합현실 전시회", "West Coast Mixed Reality Expo"),
        "expo",
        "America/Los_Angeles",
        "2027-01-06T09:00/2027-01-09T17:30",
        link="https://expo.example/west-coast",
        deadlines=[
            {"kind": "registration", "on": "2026-11-20", "at": None},
            {"kind": "booth", "on": "2026-12-23", "at": "17:00"},
        ],
        department_id=identity("culture"),
        partner_ids=sorted(identity(each) for each in ("naver", "virnect")),
        task_ids=sorted(identity(each) for each in ("T05", "T12")),
    ),
    event(
        "forum",
        words("걸프 디지털 도시 포럼", "Gulf Digital City Forum"),
        "forum",
        "Asia/Dubai",
        "2027-02-06T10:00/2027-02-06T18:00",
        country="AE",
        city=words("두바이", "Dubai"),
        deadlines=[{"kind": "registration", "on": "2027-01-06", "at": "23:00"}],
        revision=1,
        revised_on="2026-11-16",
        cancelled_on="2026-11-16",
    ),
]

CONTACTS = [
    resource(
        "naver-liaison",
        at=NAVER,
        language="ko",
        purpose="협약 이행 연락",
        consented_on="2026-01-05",
        retain_until="2028-01-05",
        name="김이음",
        email="liaison@naver.example",
        phone="062-000-0001",
    ),
    resource(
        "gist-liaison",
        at=at("partner", "gist"),
        language="en",
        purpose="협약 이행 연락",
        consented_on="2026-01-05",
        retain_until=None,
        name="Jamie Park",
        email="liaison@gist.example",
        phone=None,
    ),
]
SEATS = [
    resource(
        f"{partner}-liaison-seat",
        at=at("partner", partner),
        role="liaison",
        language="ko",
        holders=[{"contact_id": identity(f"{partner}-liaison"), "from": "2026-01-05", "to": None}],
    )
    for partner in ("naver", "gist")
]


CALENDAR_DAYS = [
    resource(
        "opening",
        on="2026-12-24",
        working=False,
        name=words("시청 개청 기념일", "City hall day"),
        decreed_by="시장 방침",
    )
]


DOCUMENTS = [
    resource(
        "paper",
        illustrative=False,
        agreement_id=identity(AGREEMENT),
        title=words("업무협약서", "Memorandum of understanding"),
        file_name="업무협약서.pdf",
        media_type="application/pdf",
        size=120_000,
        sha256="ab" * 32,
        pages=2,
        kind="binding",
        language="ko",
        replaces_id=None,
        disclosure="public",
        erased_on=None,
    )
]

JOURNAL = [
    resource(
        "call",
        illustrative=False,
        partner_id=identity("gist"),
        on="2026-11-02",
        kind="call",
        department_id=identity("culture"),
        agreement_id=None,
        text="담당자 변경을 알려 왔습니다.",
    )
]

HANDOVERS = [
    resource(
        "handover",
        on="2026-07-01",
        recorded_on="2026-07-01",
        reason="정기 인사",
        from_department_id=identity("culture"),
        to_department_id=identity("ai-policy"),
        matters=[{"type": "agreement", "id": identity(AGREEMENT), "version": 1, "before": {}}],
        done_on="2026-07-01",
    )
]

PROMISES = [
    resource(
        "jobs",
        agreement_id=identity(AGREEMENT),
        partner_id=identity("naver"),
        indicator="jobs",
        target=200,
        unit="명",
        base_on="2024-01-01",
        due_on=ahead(30),
        name=None,
        task_id=identity("T05"),
        definition="시내 채용, 4대 보험 명부",
        revisions=[{"on": "2025-02-01", "target": 300, "due_on": ahead(-200), "why": "연기"}],
        reached=[{"on": "2025-12-31", "figure": 120, "report_id": identity("told")}],
        outcome=None,
        settled_on=None,
    ),
    resource(
        "won",
        agreement_id=identity(AGREEMENT),
        partner_id=identity("gist"),
        indicator="money",
        target=5_000_000_000,
        unit="원",
        base_on="2024-01-01",
        due_on=ahead(-40),
        name=None,
        task_id=None,
        definition=None,
        revisions=[],
        reached=[],
        outcome=None,
        settled_on=None,
    ),
]


def _report(key: str, promise: str, partner: str, on: str, reached: int, **more: object) -> Facts:
    said: Facts = {
        "promise_id": identity(promise),
        "on": on,
        "reached": reached,
        "agreement_id": identity(AGREEMENT),
        "partner_id": identity(partner),
        "by": "office",
        "state": "confirmed",
        "plan_changed": False,
        "evidence": [{"on": on, "text": "4대 보험 명부", "link": None}],
        "document_id": None,
        "note": None,
        "why_less": None,
        "ended_on": None,
        "answer": None,
    }
    return resource(key, **(said | more))


PROMISE_REPORTS = [
    _report("told", "jobs", "naver", "2025-12-31", 120),
    _report("claimed", "won", "gist", "2026-10-31", 2_000_000_000, by="partner", state="open"),
]

REPLIES = [
    resource(
        "said",
        illustrative=False,
        partner_id=identity("gist"),
        on="2026-11-20",
        records=[{"type": "partner", "id": identity("gist"), "version": 1}],
        state="open",
        changes=[{"field": "website", "was": "null", "right": '"https://gist.example"'}],
        note="누리집을 열었습니다",
        ended_on=None,
        answer=None,
    )
]

SAMPLE: dict[str, list[Facts]] = {
    "partner": PARTNERS,
    "department": DEPARTMENTS,
    "programme": PROGRAMMES,
    "strategy": STRATEGIES,
    "task": TASKS,
    "service_field": FIELDS,
    "technology": TECHNOLOGIES,
    "agreement": AGREEMENTS,
    "contact": CONTACTS,
    "seat": SEATS,
    "collaboration": COLLABORATIONS,
    "milestone": MILESTONES,
    "event": EVENTS,
    "calendar_day": CALENDAR_DAYS,
    "document": DOCUMENTS,
    "journal": JOURNAL,
    "promise": PROMISES,
    "promise_report": PROMISE_REPORTS,
    "handover": HANDOVERS,
    "reply": REPLIES,
}
"""All of it, by type."""


def questions(language: str = "ko") -> list[Facts]:
    """List what the graph can be asked, as it does itself."""

    def question(name: str, ko: str, en: str, of: str, *, required: bool, example: str) -> Facts:
        about = {"name": of.lower(), "of": of, "title": of, "required": required}
        return {
            "name": name,
            "title": {"ko": ko, "en": en},
            "parameters": [about],
            "example": f"/v1/questions/{name}?{of.lower()}={example}",
        }

    assert language in ("ko", "en")
    return [
        question(
            "partner-network",
            "기관의 협력 관계망",
            "What joins this partner to whom?",
            "Partner",
            required=False,
            example="naver",
        ),
        question(
            "technology-use",
            "기술을 쓰는 기관과 과제",
            "Who uses this technology, for what?",
            "Technology",
            required=True,
            example="xr",
        ),
    ]


def network_of(partner: str, language: str = "ko") -> Facts:
    """Make the graph's answer for one partner: its tasks, their technologies, who else is there."""
    names = {
        each["id"]: each["name"][language] or each["name"]["ko"]
        for each in (*PARTNERS, *TASKS, *TECHNOLOGIES)
    }
    mine = [each for each in COLLABORATIONS if each["partner_id"] == identity(partner)]
    tasks = {each["task_id"] for each in mine}
    shown = [each for each in COLLABORATIONS if each["task_id"] in tasks]
    kinds: dict[str, str] = {identity(partner): "partner"}
    edges: list[Facts] = []
    for each in shown:
        kinds[each["partner_id"]] = "partner"
        kinds[each["task_id"]] = "task"
        edges.append(_edge("WORKS_ON", each["partner_id"], each["task_id"], each["id"]))
        for technology in each["technology_ids"]:
            kinds[technology] = "technology"
            edges.append(_edge("USED_FOR", technology, each["task_id"], each["id"]))
    places = enumerate(sorted(kinds))
    return {
        "question": "partner-network",
        "title": "한 파트너의 네트워크",
        "sees": "all",
        "parameters": {"partner": identity(partner)},
        "on": TODAY.isoformat(),
        "seq": 152,
        "columns": [
            {"name": "partner", "title": "파트너", "kind": "partner"},
            {"name": "task", "title": "과제", "kind": "task"},
            {"name": "role", "title": "역할", "kind": "text"},
            {"name": "technologies", "title": "기술", "kind": "technology"},
            {"name": "since", "title": "시작일", "kind": "day"},
            {"name": "sources", "title": "근거", "kind": "sources"},
        ],
        "rows": [
            {
                "partner": _entity(each["partner_id"], names),
                "task": _entity(each["task_id"], names),
                "role": getattr(ROLES[each["role"]], language),
                "technologies": [_entity(one, names) for one in each["technology_ids"]],
                "since": each["starts_on"],
                "sources": [each["id"]],
                "illustrative": each["provenance"]["illustrative"],
            }
            for each in shown
        ],
        "total": len(shown),
        "truncated": False,
        "network": {
            "nodes": [
                {
                    "id": node,
                    "kind": kinds[node],
                    "key": None,
                    "label": names[node],
                    "x": place * 37 % 11 * 90,
                    "y": place * 53 % 13 * 75,
                }
                for place, node in places
            ],
            "edges": edges,
        },
    }


def neighbours_of(event: str, language: str = "ko") -> Facts:
    """Make the graph's answer for one event: who attends, and who works on what it is about."""
    names = {
        each["id"]: each["name"][language] or each["name"]["ko"]
        for each in (*PARTNERS, *TASKS, *TECHNOLOGIES)
    }
    (told,) = (each for each in EVENTS if each["id"] == event)
    work = [each for each in COLLABORATIONS if each["task_id"] in told["task_ids"]]
    partners = [*told["partner_ids"], *(each["partner_id"] for each in work)]
    rows = [
        {
            "event": {"id": event, "key": None, "label": told["title"]["ko"]},
            "partner": _entity(partner, names),
            "attends": "참가" if partner in told["partner_ids"] else "아니요",
            "tasks": [
                _entity(each["task_id"], names) for each in work if each["partner_id"] == partner
            ],
            "technologies": [
                _entity(one, names)
                for each in work
                if each["partner_id"] == partner
                for one in each["technology_ids"]
            ],
            "sources": [],
            "illustrative": True,
        }
        for partner in dict.fromkeys(partners)
    ]
    kinds = {"event": "event", "partner": "partner", "attends": "text", "tasks": "task"}
    kinds |= {"technologies": "technology", "sources": "sources"}
    return {
        "question": "event-neighbours",
        "title": "한 행사의 이웃",
        "sees": "all",
        "parameters": {"event": event},
        "on": TODAY.isoformat(),
        "seq": 152,
        "columns": [{"name": name, "title": name, "kind": kind} for name, kind in kinds.items()],
        "rows": rows,
        "total": len(rows),
        "truncated": False,
        "network": {"nodes": [], "edges": []},
    }


def _edge(kind: str, source: str, target: str, source_id: str) -> Facts:
    return {
        "id": f"{kind}:{source}:{target}",
        "kind": kind,
        "source": source,
        "target": target,
        "label": kind,
        "source_id": source_id,
    }


def _entity(subject_id: str, names: dict[str, str]) -> Facts:
    return {"id": subject_id, "key": None, "label": names[subject_id]}


LEDGER_NAME = "2024 협약현황.csv"
LEDGER = """2024년 협약 현황,,,,
번호,협약명,협약기관,체결일,비고
2024-1,자율주행 실증 협약,네이버,2024. 5. 27.(월),
2024-2,의료 AI 협약,"조선대학교병원, 네이버",'24.6월,
2024-3,달력에 없는 협약,네이버,2024-02-30,
"""
"""A ledger on its way into the record: a new agreement, a name to ask about, a day that is none."""
