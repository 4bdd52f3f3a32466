"""Builders of facts, changes and a whole post room on a real database, with good defaults."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.engine import Engine
from uuid_utils.compat import uuid7

from changefeed.chain import GENESIS
from changefeed.change import Actor, Change, Fact, Facts
from ieum_notify.app import stored_copy
from ieum_notify.domain.calendar import SEOUL, today_in_seoul
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.letter import Person
from ieum_notify.domain.reading import Reader
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.seat import Seat
from ieum_notify.domain.sight import Sight
from ieum_notify.operations.dispatch import BATCH, dispatch
from ieum_notify.operations.plan import Planned, plan
from ieum_notify.operations.ports import (
    Bookmark,
    FeedPage,
    MailServer,
    Outside,
    RegistryAway,
    Resolution,
)
from ieum_notify.operations.preview import Preview, preview
from ieum_notify.outbound.smtp import SmtpMailServer
from ieum_notify.storage.history import StoredHistory
from ieum_notify.storage.outbox import StoredOutbox

MONDAY = date(2026, 11, 23)
"""A working day; the Saturday five days later is the milestone's usual date."""

PARTNER = Subject("partner", UUID("018f0000-0000-7000-8000-000000000001"))
OFFICE = Subject("department", UUID("018f0000-0000-7000-8000-000000000002"))
LIAISON_SEAT = UUID("018f0000-0000-7000-8000-000000000003")
OFFICER_SEAT = UUID("018f0000-0000-7000-8000-000000000004")
LIAISON = UUID("018f0000-0000-7000-8000-000000000005")
OFFICER = UUID("018f0000-0000-7000-8000-000000000006")
MILESTONE = Subject("milestone", UUID("018f0000-0000-7000-8000-000000000007"))
AGREEMENT = Subject("agreement", UUID("018f0000-0000-7000-8000-000000000008"))
EVENT = Subject("event", UUID("018f0000-0000-7000-8000-000000000009"))
OWN = Subject("partner", UUID("018f0000-0000-7000-8000-00000000000a"))
"""The city itself, as a partner."""
PROMISE = Subject("promise", UUID("018f0000-0000-7000-8000-00000000000b"))


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """Give an instant by its Seoul day and hour."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def place(subject: Subject) -> Facts:
    return {"type": subject.type, "id": str(subject.id)}


def milestone(due_on: date, subject: Subject = MILESTONE, /, **other: Fact) -> dict[Subject, Facts]:
    facts: Facts = {
        "id": str(subject.id),
        "key": None,
        "provenance": {"source": [], "illustrative": True},
        "title": {"ko": "메타도시 실증 시나리오 제출", "en": "Demonstration scenarios"},
        "due_on": due_on.isoformat(),
        "owner": place(PARTNER),
        "agreement_id": str(AGREEMENT.id),
        "collaboration_id": None,
        "done_on": None,
        "cancelled_on": None,
        "evidence": [],
    }
    return {subject: facts | other}


def agreement(
    subject: Subject = AGREEMENT,
    /,
    *parties: Fact,
    rule: str = "evergreen",
    ends_on: date | None = None,
    **other: Fact,
) -> dict[Subject, Facts]:
    """The city's with a partner, public; it never ends unless told otherwise."""
    facts: Facts = {
        "id": str(subject.id),
        "key": None,
        "provenance": {"source": [], "illustrative": True},
        "kind": "mou",
        "title": {"ko": "융합도시 광주 업무협약", "en": None},
        "signed_on": "2021-11-16",
        "effective_on": "2021-11-16",
        "lead_department_id": None,
        "end": {"rule": rule, "ends_on": ends_on.isoformat() if ends_on else None, "note": None},
        "parties": list(parties) or [party(OWN), party(PARTNER)],
        "disclosure": "public",
    }
    return {subject: facts | other}


def party(partner: Subject, **other: Fact) -> Facts:
    facts: Facts = {
        "partner_id": str(partner.id),
        "side": "own" if partner == OWN else "partner",
        "signed_on": "2021-11-16",
        "joined_on": None,
        "left_on": None,
    }
    return facts | other


def promise(due_on: date, subject: Subject = PROMISE, /, **other: Fact) -> dict[Subject, Facts]:
    """Of a partner under the agreement: 120 jobs, of which nobody has reported anything."""
    facts: Facts = {
        "id": str(subject.id),
        "key": None,
        "provenance": {"source": [], "illustrative": True},
        "agreement_id": str(AGREEMENT.id),
        "partner_id": str(PARTNER.id),
        "indicator": "jobs",
        "target": 120,
        "unit": "명",
        "base_on": "2021-11-16",
        "due_on": due_on.isoformat(),
        "name": None,
        "task_id": None,
        "definition": "시내 채용, 4대 보험 명부",
        "revisions": [],
        "reached": [],
        "outcome": None,
        "settled_on": None,
    }
    return {subject: facts | other}


def reached(on: str, figure: int) -> Fact:
    """Say what a confirmed report says."""
    return {"on": on, "figure": figure, "report_id": str(uuid4())}


def event(starts_at: str, subject: Subject = EVENT, /, **other: Fact) -> dict[Subject, Facts]:
    """An expo in Las Vegas for two days and eight hours, at which one partner and the city meet."""
    ends_at = datetime.fromisoformat(starts_at) + timedelta(days=2, hours=8)
    facts: Facts = {
        "id": str(subject.id),
        "key": None,
        "provenance": {"source": [], "illustrative": True},
        "title": {"ko": "세계 융합도시 박람회", "en": "World Expo of Convergence Cities"},
        "kind": "expo",
        "zone": "America/Los_Angeles",
        "starts_at": starts_at,
        "ends_at": ends_at.isoformat(timespec="minutes"),
        "country": "US",
        "city": {"ko": "라스베이거스", "en": "Las Vegas"},
        "venue": {"ko": "라스베이거스 컨벤션센터", "en": "Las Vegas Convention Center"},
        "link": "https://expo.test/2027",
        "deadlines": [],
        "department_id": None,
        "partner_ids": [str(PARTNER.id), str(OWN.id)],
        "task_ids": [],
        "revision": 0,
        "revised_on": None,
        "revised_from": None,
        "cancelled_on": None,
        "cancelled_for": None,
    }
    return {subject: facts | other}


def deadline(kind: str, on: str, hour: str | None = None) -> Fact:
    return {"kind": kind, "on": on, "at": hour}


def seat(
    seat_id: UUID, place_of: Subject, role: str, *holders: UUID, until: date | None = None
) -> dict[Subject, Facts]:
    return {
        Subject("seat", seat_id): {
            "id": str(seat_id),
            "key": None,
            "provenance": {"source": [], "illustrative": True},
            "at": place(place_of),
            "role": role,
            "language": "ko",
            "holders": [
                {
                    "contact_id": str(holder),
                    "from": "2026-01-01",
                    "to": until.isoformat() if until else None,
                }
                for holder in holders
            ],
        }
    }


def day_off(on: date, *, working: bool = False) -> dict[Subject, Facts]:
    subject = Subject("calendar_day", uuid4())
    return {
        subject: {
            "id": str(subject.id),
            "key": None,
            "provenance": {"source": [], "illustrative": True},
            "on": on.isoformat(),
            "working": working,
            "name": {"ko": "임시공휴일", "en": "Temporary public holiday"},
            "decreed_by": "예시",
        }
    }


def houses() -> dict[Subject, Facts]:
    """A partner, the office, one agreement, and a held seat at each house."""
    plain: Facts = {"key": None, "provenance": {"source": [], "illustrative": True}}
    return {
        PARTNER: plain | {"id": str(PARTNER.id), "name": {"ko": "네이버", "en": "NAVER"}},
        OFFICE: plain
        | {"id": str(OFFICE.id), "name": {"ko": "인공지능정책과", "en": None}, "office": True},
        **agreement(),
        **seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON),
        **seat(OFFICER_SEAT, OFFICE, "officer", OFFICER),
    }


def the_city() -> dict[Subject, Facts]:
    """The city itself among the partners."""
    name: Facts = {"ko": "광주광역시", "en": "Gwangju"}
    return {OWN: {"id": str(OWN.id), "key": None, "name": name, "own": True}}


PEOPLE = {
    LIAISON: Person(LIAISON, "홍예시", "ko", "liaison@naver.example"),
    OFFICER: Person(OFFICER, "김예시", "ko", "officer@gwangju.example"),
}


READER = Reader(OFFICE, is_office=True, on=MONDAY)
"""The coordinating office, which reads everything."""


def records(*facts: dict[Subject, Facts]) -> dict[Subject, Record]:
    return {subject: Record(1, each) for group in facts for subject, each in group.items()}


@dataclass
class Registry:
    """The registry as seen over the wire: a log, and who sits where. A fake for tests alone."""

    log: list[Change] = field(default_factory=list)
    people: dict[UUID, Person] = field(default_factory=lambda: dict(PEOPLE))
    today: date = MONDAY
    is_away: bool = False
    asked: int = 0

    def record(self, *facts: dict[Subject, Facts]) -> None:
        """Append one entry for each subject."""
        for group in facts:
            for subject, body in group.items():
                self._append(subject, body)

    def _append(self, subject: Subject, body: Facts) -> None:
        previous = self.log[-1].hash if self.log else GENESIS
        seq = len(self.log) + 1
        version = 1 + sum(change.subject_id == subject.id for change in self.log)
        own = hashlib.sha256(previous + json.dumps(body, sort_keys=True).encode()).digest()
        self.log.append(
            Change(
                seq,
                datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=seq),
                Actor("office", "office"),
                f"{subject.type}.changed",
                1,
                subject.type,
                subject.id,
                version,
                body,
                None,
                b"salt",
                None,
                None,
                bytes(32),
                None,
                previous,
                own,
            )
        )

    def read(self, mark: Bookmark, wait_s: int) -> FeedPage:  # noqa: ARG002  The port's.
        if self.is_away:
            raise RegistryAway
        return FeedPage(tuple(self.log[mark.seq :]), len(self.log))

    def resolve(self, subjects: Sequence[Subject], seats: Sequence[UUID]) -> Resolution:
        if self.is_away:
            raise RegistryAway
        self.asked += 1
        current = self.current()
        found = {
            each: Seat.from_facts(current[Subject("seat", each)].facts)
            for each in seats
            if Subject("seat", each) in current
        }
        people = {
            each.id: tuple(
                self.people[holding.contact_id]
                for holding in each.holders
                if holding.contact_id in self.people and holding.covers(self.today)
            )
            for each in found.values()
        }
        return Resolution({s: current[s] for s in subjects if s in current}, found, people)

    def current(self) -> dict[Subject, Record]:
        newest = {Subject(each.subject_type, each.subject_id): each for each in self.log}
        return {
            subject: Record(each.version, each.body)
            for subject, each in newest.items()
            if each.body is not None
        }


@dataclass
class PostRoom:
    """Everything but the clock: a real database, a real mail server, the registry's fake."""

    engine: Engine
    registry: Registry
    smtp_url: str
    now: datetime
    rules: tuple[Rule, ...] = RULES
    mail_server: MailServer | None = None

    def __post_init__(self) -> None:
        self.copy = stored_copy(self.engine, self.rules)
        self.outbox = StoredOutbox(self.engine, uuid7)
        self.history = StoredHistory(self.engine)
        self.mail_server = self.mail_server or SmtpMailServer(
            self.smtp_url, "이음 <ieum@gwangju.example>", lambda: self.now
        )

    def outside(self) -> Outside:
        assert self.mail_server is not None
        return Outside(
            self.copy,
            self.outbox,
            self.registry,
            self.mail_server,
            lambda: self.now,
            lambda: 1.0,
            "http://127.0.0.1:8400",
        )

    def follow(self) -> None:
        mark = self.copy.mark()
        assert self.copy.apply(mark, self.registry.read(mark, 0), self.now)

    def plan(self) -> Planned:
        return plan(self.rules, self.copy, self.outbox, self.now)

    def send(self) -> dict[str, int]:
        """Dispatch until nothing is due."""
        states: dict[str, int] = {}
        self.registry.today = today_in_seoul(self.now)
        while True:
            done = dispatch(self.rules, self.outside(), lambda: None)
            for state, count in done.states.items():
                states[state] = states.get(state, 0) + count
            if done.claimed < BATCH:
                return states

    def preview(self, days: int = 30, sight: Sight | None = None) -> Preview:
        """Check ahead from what was copied."""
        return preview(self.rules, self.copy, self.history, self.now, days=days, sight=sight)

    def day(self) -> dict[str, int]:
        """Copy, plan and send once."""
        self.follow()
        self.plan()
        return self.send()

    def states(self) -> dict[str, str]:
        return {
            each.entry.occurrence.key: each.entry.state
            for each in self.history.listed(state=None, after=None, limit=1000)
        }


def steps_of(occurrences: Iterable[Any]) -> list[int]:
    return [each.lead_days for each in occurrences]


def milestone_in_five_days() -> dict[Subject, Facts]:
    return milestone(MONDAY + timedelta(days=5))
