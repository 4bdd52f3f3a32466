"""A hand-made log: facts shaped as docs/changes.md says, numbered and chained."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from changefeed.chain import GENESIS, body_hash, canonical, disclosed_hash, entry_hash, header_text
from changefeed.change import Actor, Change
from changefeed.cursor import Cursor
from changefeed.page import Page

NAMES = UUID("00000000-0000-7000-8000-000000000000")
BEGAN_AT = datetime(2026, 1, 1, tzinfo=UTC)
OFFICE = Actor("acc-1", "office")


def id_of(key: str) -> str:
    """Give the id of the thing with a key: the same in every test."""
    return str(uuid5(NAMES, key))


def words(ko: str, en: str | None = None) -> dict[str, str | None]:
    return {"ko": ko, "en": en}


@dataclass
class Log:
    """A log that grows by one entry for each call; each call gives the entry."""

    changes: list[Change] = field(default_factory=list)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    clock: datetime = BEGAN_AT

    @property
    def head(self) -> int:
        """The last number."""
        return len(self.changes)

    def record(
        self,
        kind: str,
        key: str,
        facts: dict[str, Any],
        *,
        disclosed: bool = True,
        reason: str | None = None,
        withheld: bool = False,
    ) -> Change:
        """Append an entry a minute after the one before."""
        subject_type = kind.partition(".")[0]
        whole = {
            "id": id_of(key),
            "key": key,
            "provenance": {"source": [], "illustrative": False},
            **facts,
        }
        self.facts[key] = facts
        self.versions[key] = self.versions.get(key, 0) + 1
        self.clock += timedelta(minutes=1)
        salt = b"salt"
        header = {
            "seq": self.head + 1,
            "at": self.clock,
            "actor": OFFICE,
            "kind": kind,
            "schema": 1,
            "subject_type": subject_type,
            "subject_id": UUID(id_of(key)),
            "version": self.versions[key],
            "body_hash": body_hash(salt, canonical(whole), reason),
            "disclosed_hash": disclosed_hash(salt, canonical(whole)) if disclosed else None,
            "prev_hash": self.changes[-1].hash if self.changes else GENESIS,
        }
        change = Change(
            **header,  # type: ignore[arg-type]  # One map serves header and entry.
            body=None if withheld else whole,
            reason=None if withheld else reason,
            salt=None if withheld else salt,
            disclosed=whole if disclosed and not withheld else None,
            disclosed_salt=salt if disclosed and not withheld else None,
            hash=entry_hash(header_text(**header)),  # type: ignore[arg-type]
        )
        self.changes.append(change)
        return change

    def redact(self, seq: int) -> Change:
        """Destroy what an entry says and append the record of it."""
        gone = self.changes[seq - 1]
        self.changes[seq - 1] = replace(
            gone, body=None, reason=None, salt=None, disclosed=None, disclosed_salt=None
        )
        facts: dict[str, Any] = {
            "redacts": seq,
            "of_type": gone.subject_type,
            "of_id": str(gone.subject_id),
        }
        return self.record("redaction.recorded", f"redaction {seq}", facts, disclosed=True)

    def partner(self, key: str, ko: str | None = None, **more: object) -> Change:
        kind = "partner.changed" if key in self.facts else "partner.registered"
        facts: dict[str, Any] = {
            "kind": "company",
            "name": words(ko or key, key),
            "aliases": [],
            "own": False,
            "business_number": None,
            "website": None,
        }
        return self.record(kind, key, facts | more)

    def programme(self, key: str = "programme") -> Change:
        facts: dict[str, Any] = {"name": words("사업", "Programme"), "announced_on": "2026-01-01"}
        return self.record("programme.registered", key, facts)

    def strategy(self, key: str, position: int = 1, programme: str = "programme") -> Change:
        facts: dict[str, Any] = {
            "programme_id": id_of(programme),
            "position": position,
            "name": words(f"전략 {key}"),
        }
        return self.record("strategy.registered", key, facts)

    def task(self, key: str, position: int = 1, strategy: str = "S1", **more: object) -> Change:
        facts: dict[str, Any] = {
            "strategy_id": id_of(strategy),
            "position": position,
            "name": words(f"과제 {key}", f"Task {key}"),
        }
        kind = "task.changed" if key in self.facts else "task.registered"
        return self.record(kind, key, facts | more)

    def service_field(self, key: str, position: int = 1, programme: str = "programme") -> Change:
        facts: dict[str, Any] = {
            "programme_id": id_of(programme),
            "position": position,
            "group": "industry",
            "name": words(f"분야 {key}"),
        }
        return self.record("service_field.registered", key, facts)

    def technology(self, key: str, broader: str | None = None, **more: object) -> Change:
        facts: dict[str, Any] = {
            "name": words(f"기술 {key}"),
            "aliases": [],
            "broader_id": id_of(broader) if broader else None,
        }
        kind = "technology.changed" if key in self.facts else "technology.registered"
        return self.record(kind, key, facts | more)

    def agreement(
        self,
        key: str,
        partners: Iterable[str],
        *,
        disclosure: str = "public",
        signed_on: str = "2026-01-01",
        ends_on: str | None = None,
        left: dict[str, str] | None = None,
        **more: object,
    ) -> Change:
        parties = [
            {
                "partner_id": id_of(each),
                "side": "own" if each == "city" else "partner",
                "signed_on": signed_on,
                "joined_on": None,
                "left_on": (left or {}).get(each),
            }
            for each in partners
        ]
        facts: dict[str, Any] = {
            "number": None,
            "kind": "mou",
            "title": words(f"협약 {key}"),
            "purpose": None,
            "programme_id": id_of("programme"),
            "lead_department_id": None,
            "signed_on": signed_on,
            "effective_on": signed_on,
            "venue": None,
            "end": {"rule": "fixed" if ends_on else "evergreen", "ends_on": ends_on, "note": None},
            "parties": parties,
            "disclosure": disclosure,
        }
        changed = key in self.facts
        return self.record(
            "agreement.changed" if changed else "agreement.recorded",
            key,
            facts | more,
            disclosed=disclosure != "closed",
            reason="고침" if changed else None,
        )

    def collaboration(
        self,
        key: str,
        partner: str,
        task: str,
        *,
        agreement: str = "A1",
        technologies: Iterable[str] = (),
        service_field: str | None = None,
        role: str = "develop",
        holds_from: str = "2026-02-01",
        holds_until: str | None = None,
        disclosure: str = "public",
        kind: str | None = None,
        **more: object,
    ) -> Change:
        facts: dict[str, Any] = {
            "partner_id": id_of(partner),
            "agreement_id": id_of(agreement),
            "task_id": id_of(task),
            "technology_ids": [id_of(each) for each in technologies],
            "service_field_id": id_of(service_field) if service_field else None,
            "role": role,
            "starts_on": holds_from,
            "ends_on": holds_until,
            "holds_from": holds_from,
            "holds_until": holds_until,
            "evidence": [],
            "disclosure": disclosure,
        }
        known = "changed" if key in self.facts else "started"
        return self.record(
            kind or f"collaboration.{known}", key, facts | more, disclosed=disclosure == "public"
        )

    def milestone(
        self,
        key: str,
        owner: str,
        *,
        owned_by: str = "partner",
        agreement: str | None = "A1",
        **more: object,
    ) -> Change:
        facts: dict[str, Any] = {
            "title": words(f"마일스톤 {key}"),
            "due_on": "2026-06-01",
            "owner": {"type": owned_by, "id": id_of(owner)},
            "agreement_id": id_of(agreement) if agreement else None,
            "collaboration_id": None,
            "done_on": None,
            "cancelled_on": None,
            "evidence": [],
        }
        kind = "milestone.changed" if key in self.facts else "milestone.set"
        return self.record(kind, key, facts | more, disclosed=False)

    def event(
        self,
        key: str,
        partners: Iterable[str] = (),
        tasks: Iterable[str] = (),
        *,
        cancelled_on: str | None = None,
        **more: object,
    ) -> Change:
        facts: dict[str, Any] = {
            "title": words(f"행사 {key}", f"Event {key}"),
            "kind": "expo",
            "zone": "America/Los_Angeles",
            "starts_at": "2027-01-06T09:00",
            "ends_at": "2027-01-09T18:00",
            "country": "US",
            "city": words("라스베이거스", "Las Vegas"),
            "venue": None,
            "link": None,
            "deadlines": [{"kind": "booth", "on": "2026-12-04", "at": None}],
            "department_id": None,
            "partner_ids": sorted(map(id_of, partners)),
            "task_ids": sorted(map(id_of, tasks)),
            "revision": 0 if cancelled_on is None else 1,
            "revised_on": cancelled_on,
            "cancelled_on": cancelled_on,
        }
        known = "changed" if key in self.facts else "registered"
        return self.record(
            f"event.{'cancelled' if cancelled_on else known}",
            key,
            facts | more,
            reason="취소" if cancelled_on else None,
        )

    def journal(
        self, key: str, partner: str, on: str, *, agreement: str | None = "A1", kind: str = "visit"
    ) -> Change:
        facts: dict[str, Any] = {
            "partner_id": id_of(partner),
            "on": on,
            "kind": kind,
            "department_id": id_of("ai-policy"),
            "text": "진행 상황 확인",
            "agreement_id": id_of(agreement) if agreement else None,
        }
        verb = "changed" if key in self.facts else "recorded"
        return self.record(f"journal.{verb}", key, facts, disclosed=False)

    def page(self, after: int = 0, limit: int = 1000) -> Page:
        """Give a page as the feed would."""
        items = tuple(self.changes[after : after + limit])
        return Page(items, items[-1].seq if items else after, self.head)


class FeedOf:
    """A feed over the wire's port that reads a log in memory."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def read(self, cursor: Cursor, *, limit: int = 1000, wait_s: int = 0) -> Page:  # noqa: ARG002  The port has it.
        return self.log.page(cursor.seq, limit)


def small_city() -> Log:
    """Make a city with three partners, three tasks, two technologies, a field and an agreement."""
    log = Log()
    log.programme()
    log.strategy("S1")
    for position, key in enumerate(("T1", "T2", "T3"), 1):
        log.task(key, position)
    log.service_field("F1")
    log.technology("xr")
    log.technology("vr", broader="xr")
    log.partner("city", "광주광역시", own=True, kind="government")
    for key, ko in (("naver", "네이버"), ("nhn", "엔에이치엔"), ("gist", "광주과학기술원")):
        log.partner(key, ko)
    log.agreement("A1", ("city", "naver", "nhn", "gist"))
    return log
