"""A made-up log, entry by entry in the form in which the feed sends it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from changefeed.chain import GENESIS, body_hash, canonical, disclosed_hash, entry_hash, header_text
from changefeed.change import Actor, Change
from changefeed.page import to_wire

BEGAN_AT = datetime(2020, 1, 1, tzinfo=UTC)
OFFICE = Actor("bench", "office")
ROLES = ("lead", "develop", "supply", "demonstrate", "research", "train")


@dataclass
class MadeUpLog:
    """Makes one entry after the other, each as the feed sends it.

    The first partner is the city's own: it is party to every agreement.

    Attributes:
        shares: What happens how often, against one another, once there is a city.
        most_parties: Of one agreement, the city among them.
    """

    chance: random.Random
    shares: Mapping[str, int] = field(default_factory=lambda: COMMITMENTS)
    most_parties: int = 12
    seq: int = 0
    previous: bytes = GENESIS
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def next(self) -> dict[str, Any]:
        """Give the next entry: first a city to work in, then what happens there."""
        if self.seq < len(_CITY):
            return self._new(_CITY[self.seq])
        about = self.chance.choices(tuple(self.shares), tuple(self.shares.values()))[0]
        if about == "changed":
            return self._changed()
        return self._new(about)

    def _new(self, subject_type: str) -> dict[str, Any]:
        id_ = str(
            UUID(int=(self.seq + 1 << 80) | (7 << 76) | (2 << 62) | self.chance.getrandbits(60))
        )
        facts = {
            "id": id_,
            "key": None,
            "provenance": {"source": [], "illustrative": False},
            **getattr(self, f"_{subject_type}")(),
        }
        self.ids.setdefault(subject_type, []).append(id_)
        return self._entry(_FIRST[subject_type], id_, facts)

    def _changed(self) -> dict[str, Any]:
        id_ = self.chance.choice(self.ids["collaboration"])
        facts = dict(self.facts[id_])
        if self.chance.random() < 0.5:
            facts["ends_on"] = facts["holds_until"] = self._day(2024)
            return self._entry("collaboration.ended", id_, facts, reason="사업 종료")
        facts["role"] = self.chance.choice(ROLES)
        return self._entry("collaboration.changed", id_, facts)

    def _entry(
        self, kind: str, id_: str, facts: dict[str, Any], *, reason: str | None = None
    ) -> dict[str, Any]:
        self.seq += 1
        self.facts[id_] = facts
        self.versions[id_] = self.versions.get(id_, 0) + 1
        salt, text = self.chance.randbytes(16), canonical(facts)
        shown = kind.partition(".")[0] != "milestone" and facts.get("disclosure") != "closed"
        header: dict[str, Any] = {
            "seq": self.seq,
            "at": BEGAN_AT + timedelta(minutes=self.seq // 2),
            "actor": OFFICE,
            "kind": kind,
            "schema": 1,
            "subject_type": kind.partition(".")[0],
            "subject_id": UUID(id_),
            "version": self.versions[id_],
            "body_hash": body_hash(salt, text, reason),
            "disclosed_hash": disclosed_hash(salt, text) if shown else None,
            "prev_hash": self.previous,
        }
        self.previous = entry_hash(header_text(**header))
        change = Change(
            **header,
            body=facts,
            reason=reason,
            salt=salt,
            disclosed=facts if shown else None,
            disclosed_salt=salt if shown else None,
            hash=self.previous,
        )
        return to_wire(change)

    def _day(self, year: int) -> str:
        return (date(year, 1, 1) + timedelta(days=self.chance.randrange(700))).isoformat()

    def _one(self, subject_type: str) -> str:
        return self.chance.choice(self.ids[subject_type])

    def _name(self, ko: str) -> dict[str, str | None]:
        return {"ko": f"{ko} {self.seq + 1}", "en": f"No. {self.seq + 1}"}

    def _programme(self) -> dict[str, Any]:
        return {"name": self._name("사업"), "announced_on": "2020-01-01"}

    def _strategy(self) -> dict[str, Any]:
        facts = {"programme_id": self._one("programme"), "position": self.seq}
        return {**facts, "name": self._name("추진전략")}

    def _task(self) -> dict[str, Any]:
        facts = {"strategy_id": self._one("strategy"), "position": self.seq}
        return {**facts, "name": self._name("과제")}

    def _service_field(self) -> dict[str, Any]:
        facts = {"programme_id": self._one("programme"), "position": self.seq, "group": "industry"}
        return {**facts, "name": self._name("분야")}

    def _technology(self) -> dict[str, Any]:
        known = self.ids.get("technology")
        broader = self.chance.choice(known) if known else None
        return {"name": self._name("기술"), "aliases": [], "broader_id": broader}

    def _partner(self) -> dict[str, Any]:
        return {
            "kind": "company",
            "name": self._name("주식회사 협약기관"),
            "aliases": [],
            "own": "partner" not in self.ids,
            "business_number": None,
            "website": "https://partner.example",
        }

    def _agreement(self) -> dict[str, Any]:
        signed_on = self._day(2020)
        city, *others = self.ids["partner"]
        partners = [
            city,
            *self.chance.sample(others, self.chance.randint(1, self.most_parties - 1)),
        ]
        parties = [
            {
                "partner_id": each,
                "side": "partner" if position else "own",
                "signed_on": signed_on,
                "joined_on": None,
                "left_on": None,
            }
            for position, each in enumerate(partners)
        ]
        return {
            "number": f"광주-{self.seq + 1}",
            "kind": "mou",
            "title": self._name("융합도시 조성 업무협약"),
            "purpose": self._name("생태계를 함께 만들고 실증을 지원한다"),
            "programme_id": self._one("programme"),
            "lead_department_id": None,
            "signed_on": signed_on,
            "effective_on": signed_on,
            "venue": None,
            "end": {"rule": "evergreen", "ends_on": None, "note": None},
            "parties": parties,
            "disclosure": "public",
        }

    def _collaboration(self) -> dict[str, Any]:
        agreement = self._one("agreement")
        parties = self.facts[agreement]["parties"]
        starts_on = self._day(2021)
        technologies = self.chance.sample(self.ids["technology"], self.chance.randint(0, 2))
        return {
            "partner_id": self.chance.choice(parties)["partner_id"],
            "agreement_id": agreement,
            "task_id": self._one("task"),
            "technology_ids": technologies,
            "service_field_id": self._one("service_field") if self.seq % 3 else None,
            "role": self.chance.choice(ROLES),
            "starts_on": starts_on,
            "ends_on": None,
            "holds_from": starts_on,
            "holds_until": None,
            "evidence": [],
            "disclosure": "public" if self.seq % 4 else "closed",
        }

    def _milestone(self) -> dict[str, Any]:
        agreement = self._one("agreement")
        owner = self.chance.choice(self.facts[agreement]["parties"])["partner_id"]
        return {
            "title": self._name("중간 보고"),
            "due_on": self._day(2026),
            "owner": {"type": "partner", "id": owner},
            "agreement_id": agreement,
            "collaboration_id": self._one("collaboration"),
            "done_on": None,
            "cancelled_on": None,
            "evidence": [],
        }


_CITY = (
    *("programme",) * 2,
    *("strategy",) * 8,
    *("task",) * 64,
    *("service_field",) * 14,
    *("technology",) * 60,
    *("partner",) * 60,
    *("agreement",) * 20,
    "collaboration",
)
COMMITMENTS: Mapping[str, int] = MappingProxyType(
    {"collaboration": 75, "changed": 10, "milestone": 10, "partner": 4, "agreement": 1}
)
"""A network at work: mostly commitments."""

AGREEMENTS: Mapping[str, int] = MappingProxyType(
    {"agreement": 100, "collaboration": 60, "milestone": 20, "partner": 5}
)
"""An office's register: mostly agreements."""

_FIRST = {
    **{
        each: f"{each}.registered"
        for each in ("programme", "strategy", "task", "service_field", "technology", "partner")
    },
    "agreement": "agreement.recorded",
    "collaboration": "collaboration.started",
    "milestone": "milestone.set",
}
