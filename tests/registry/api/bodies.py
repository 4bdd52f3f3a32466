"""Bodies of requests with good defaults, and a small network to stand on."""

from dataclasses import dataclass
from typing import Any

from tests.registry.desk import Desk

SIGNED_ON = "2021-11-16"


def partner(name: str = "네이버", **more: object) -> dict[str, Any]:
    return {"kind": "company", "name": {"ko": name}, **more}


def agreement(city: str, *partners: str, **more: object) -> dict[str, Any]:
    parties = [
        {"partner_id": city, "side": "own", "signed_on": SIGNED_ON},
        *({"partner_id": each, "signed_on": SIGNED_ON} for each in partners),
    ]
    return {
        "kind": "mou",
        "title": {"ko": "업무협약"},
        "signed_on": SIGNED_ON,
        "end": {"rule": "evergreen"},
        "parties": parties,
        **more,
    }


@dataclass
class Network:
    """The city with two partners under one closed agreement, and one task."""

    desk: Desk
    city: str
    naver: str
    gist: str
    stranger: str
    department: str
    programme: str
    task: str
    technology: str
    agreement: str

    def collaboration(self, **more: object) -> dict[str, Any]:
        return {
            "partner_id": self.naver,
            "agreement_id": self.agreement,
            "task_id": self.task,
            "role": "develop",
            "starts_on": "2022-01-01",
            **more,
        }

    def milestone(self, **more: object) -> dict[str, Any]:
        return {
            "title": {"ko": "시연"},
            "due_on": "2026-12-31",
            "owner": {"type": "partner", "id": self.naver},
            "agreement_id": self.agreement,
            **more,
        }

    def event(self, **more: object) -> dict[str, Any]:
        return {
            "title": {"ko": "세계 전시회", "en": "World Expo"},
            "kind": "expo",
            "zone": "America/Los_Angeles",
            "starts_at": "2027-03-15T09:00",
            "ends_at": "2027-03-18T18:00",
            "country": "US",
            "city": {"ko": "라스베이거스", "en": "Las Vegas"},
            "partner_ids": [self.naver],
            "task_ids": [self.task],
            **more,
        }

    def contact(self, **more: object) -> dict[str, Any]:
        return {
            "at": {"type": "partner", "id": self.naver},
            "purpose": "이행 안내",
            "consented_on": "2026-01-01",
            "name": "김연락",
            "email": "kim@naver.example",
            **more,
        }

    def seat(self, **more: object) -> dict[str, Any]:
        return {"at": {"type": "partner", "id": self.naver}, "role": "liaison", **more}


def network(desk: Desk) -> Network:
    """Register it."""
    made = desk.office.made
    city = made("/v1/partners", partner("광주광역시", kind="government", own=True))["id"]
    naver = made("/v1/partners", partner(key="naver"))["id"]
    gist = made("/v1/partners", partner("광주과학기술원", kind="university"))["id"]
    stranger = made("/v1/partners", partner("다른 기관"))["id"]
    department = made(
        "/v1/departments", {"name": {"ko": "인공지능정책과"}, "key": "ai-policy", "office": True}
    )["id"]
    programme = made("/v1/programmes", {"name": {"ko": "융합도시"}, "announced_on": SIGNED_ON})[
        "id"
    ]
    strategy = made(
        "/v1/strategies", {"programme_id": programme, "position": 1, "name": {"ko": "전략"}}
    )["id"]
    task = made("/v1/tasks", {"strategy_id": strategy, "position": 1, "name": {"ko": "과제"}})["id"]
    technology = made("/v1/technologies", {"name": {"ko": "확장현실"}, "key": "xr"})["id"]
    signed = made("/v1/agreements", agreement(city, naver, gist, programme_id=programme))["id"]
    return Network(
        desk,
        city=city,
        naver=naver,
        gist=gist,
        stranger=stranger,
        department=department,
        programme=programme,
        task=task,
        technology=technology,
        agreement=signed,
    )
