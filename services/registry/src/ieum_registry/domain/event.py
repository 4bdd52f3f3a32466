"""행사: an expo, a visit, a conference or a forum, at a time of its own place on earth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Literal, Self, get_args
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.civil_time import (
    civil_text,
    clock_text,
    exists,
    instant_of,
    is_zone,
    zones_near,
)
from ieum_registry.domain.country import COUNTRIES
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.term import day_text, maybe_day
from ieum_registry.domain.words import Words, maybe_words

EventKind = Literal["expo", "delegation_visit", "conference", "forum"]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
DeadlineKind = Literal["registration", "booth", "papers"]
DEADLINE_KINDS: tuple[DeadlineKind, ...] = get_args(DeadlineKind)

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
LONGEST = timedelta(days=366)
"""What runs longer is a programme; its letters would carry centuries of summer times."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something must be handed in, on the clock of the event's place.

    Attributes:
        at: A time of that day; None is the end of the day.
    """

    kind: DeadlineKind
    on: date
    at: time | None = None

    def passes_at(self, zone: str) -> datetime:
        """Give the instant from which it is too late: its hour, or the end of its day there.

        A day ends with its last midnight; its last hour may come twice.
        """
        if self.at is not None:
            return instant_of(datetime.combine(self.on, self.at), zone)
        return instant_of(datetime.combine(self.on + timedelta(days=1), time(0, 0)), zone)

    def facts(self) -> Facts:
        """Give `{"kind", "on", "at"}`."""
        at = None if self.at is None else clock_text(self.at)
        return {"kind": self.kind, "on": self.on.isoformat(), "at": at}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read `{"kind", "on", "at"}`."""
        at = facts["at"]
        return cls(
            facts["kind"],
            date.fromisoformat(facts["on"]),
            None if at is None else time.fromisoformat(at),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting somewhere in the world, and who of the partners takes part.

    Attributes:
        zone: IANA name; all civil times of the event are of this zone.
        starts_at: Civil time, naive, whole minutes; so `ends_at`.
        country: ISO 3166-1 alpha-2.
        department_id: Who in the city answers for it; None is the coordinating office.
        partner_ids: Who takes part; given in any order, kept sorted, each once. So `task_ids`.
        revision: How often it was moved or cancelled; only `moved_from` and `cancelled` raise it.
        revised_on: The day, in Seoul, on which it was raised last.
        revised_from: The facts that were moved then, as they were before; None if none were.
        cancelled_for: What those who take part and the public are told of the reason.

    Raises:
        RuleBroken: `event.deadline_twice`; `event.country_unknown`; `event.year`.

    Source: docs/rules/lifecycle.md, L-15 to L-18.
    """

    subject_type: ClassVar[str] = "event"

    id: UUID
    title: Words
    kind: EventKind
    zone: str
    starts_at: datetime
    ends_at: datetime
    country: str
    city: Words
    key: str | None = None
    venue: Words | None = None
    link: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    department_id: UUID | None = None
    partner_ids: tuple[UUID, ...] = ()
    task_ids: tuple[UUID, ...] = ()
    revision: int = 0
    revised_on: date | None = None
    revised_from: Facts | None = None
    cancelled_on: date | None = None
    cancelled_for: str | None = None
    provenance: Provenance = BY_HAND

    def __post_init__(self) -> None:
        _each_once(self.deadlines)
        if self.country not in COUNTRIES:
            raise RuleBroken("event.country_unknown", pointer="/country", country=self.country)
        _within_reach(self)
        # Kept in one order, so that the same facts are the same text whoever wrote them.
        by_kind = sorted(self.deadlines, key=lambda each: DEADLINE_KINDS.index(each.kind))
        object.__setattr__(self, "deadlines", tuple(by_kind))
        object.__setattr__(self, "partner_ids", tuple(sorted(set(self.partner_ids))))
        object.__setattr__(self, "task_ids", tuple(sorted(set(self.task_ids))))

    def must_be_possible(self) -> None:
        """Make sure that clocks at its place ever show its times, and in this order.

        Asked when it is written and never when it is read: governments move summer time, and an
        event that was possible when it was recorded stays on record.

        Raises:
            RuleBroken: `event.zone_unknown`; `event.no_such_time`; `event.ends_first`;
                `event.too_long`; `event.deadline_after_end`.

        Source: docs/rules/lifecycle.md, L-16.
        """
        if not is_zone(self.zone):
            near = ", ".join(zones_near(self.zone)) or "–"
            raise RuleBroken("event.zone_unknown", pointer="/zone", zone=self.zone, near=near)
        self._must_exist(self.starts_at, "/starts_at")
        self._must_exist(self.ends_at, "/ends_at")
        if instant_of(self.ends_at, self.zone) <= instant_of(self.starts_at, self.zone):
            raise RuleBroken(
                "event.ends_first",
                pointer="/ends_at",
                starts_at=civil_text(self.starts_at),
                ends_at=civil_text(self.ends_at),
            )
        if self.ends_at - self.starts_at > LONGEST:
            raise RuleBroken("event.too_long", pointer="/ends_at", days=LONGEST.days)
        for position, each in enumerate(self.deadlines):
            self._must_come_in_time(each, f"/deadlines/{position}")

    def moved_from(self, before: Self, today: date) -> Self:
        """Give it as the next version of `before`: a revision on, if it was moved.

        It was if its time, its place or a deadline differs.

        Args:
            today: In Seoul; becomes the day of the revision.

        Raises:
            RuleBroken: `event.is_cancelled`, if `before` was cancelled and this differs from it.

        Source: docs/rules/lifecycle.md, L-17 and L-18.
        """
        if before.cancelled_on is not None and self != before:
            before.must_stand()
        was, now = before.facts(), self.facts()
        moved: Facts = {name: was[name] for name in _RUN if _is_moved(name, was[name], now[name])}
        if not moved:
            return self
        return replace(self, revision=before.revision + 1, revised_on=today, revised_from=moved)

    def cancelled(self, cancelled_on: date, today: date, *, told: str | None = None) -> Self:
        """Record that it does not take place.

        Args:
            told: What those who take part and the public are told of the reason.

        Raises:
            RuleBroken: `event.is_cancelled`, if that is on record already;
                `event.cancelled_in_future`; `event.year`.

        Source: docs/rules/lifecycle.md, L-18.
        """
        self.must_stand()
        if cancelled_on > today:
            raise RuleBroken("event.cancelled_in_future", pointer="/cancelled_on", today=str(today))
        if cancelled_on.year < _FIRST_YEAR:
            raise RuleBroken("event.year", pointer="/cancelled_on", year=cancelled_on.year)
        return replace(
            self,
            cancelled_on=cancelled_on,
            cancelled_for=told,
            revision=self.revision + 1,
            revised_on=today,
            revised_from=None,
        )

    def must_stand(self) -> None:
        """Make sure that it has not been cancelled.

        Raises:
            RuleBroken: `event.is_cancelled`.
        """
        if self.cancelled_on is not None:
            raise RuleBroken("event.is_cancelled", cancelled_on=str(self.cancelled_on))

    def _must_exist(self, civil: datetime, pointer: str) -> None:
        if not exists(civil, self.zone):
            raise RuleBroken(
                "event.no_such_time", pointer=pointer, time=civil_text(civil), zone=self.zone
            )

    def _must_come_in_time(self, deadline: Deadline, pointer: str) -> None:
        if deadline.at is not None:
            self._must_exist(datetime.combine(deadline.on, deadline.at), f"{pointer}/at")
            late = deadline.passes_at(self.zone) > instant_of(self.ends_at, self.zone)
        else:
            late = deadline.on > self.ends_at.date()
        if late:
            raise RuleBroken(
                "event.deadline_after_end",
                pointer=f"{pointer}/on",
                kind=deadline.kind,
                on=str(deadline.on),
                ends_at=civil_text(self.ends_at),
            )

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "title": self.title.facts(),
            "kind": self.kind,
            "zone": self.zone,
            "starts_at": civil_text(self.starts_at),
            "ends_at": civil_text(self.ends_at),
            "country": self.country,
            "city": self.city.facts(),
            "venue": None if self.venue is None else self.venue.facts(),
            "link": self.link,
            "deadlines": [each.facts() for each in self.deadlines],
            "department_id": None if self.department_id is None else str(self.department_id),
            "partner_ids": [str(each) for each in self.partner_ids],
            "task_ids": [str(each) for each in self.task_ids],
            "revision": self.revision,
            "revised_on": day_text(self.revised_on),
            "revised_from": self.revised_from,
            "cancelled_on": day_text(self.cancelled_on),
            "cancelled_for": self.cancelled_for,
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        department = facts["department_id"]
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            title=Words.from_facts(facts["title"]),
            kind=facts["kind"],
            zone=facts["zone"],
            starts_at=datetime.fromisoformat(facts["starts_at"]),
            ends_at=datetime.fromisoformat(facts["ends_at"]),
            country=facts["country"],
            city=Words.from_facts(facts["city"]),
            venue=maybe_words(facts["venue"]),
            link=facts["link"],
            deadlines=tuple(Deadline.from_facts(each) for each in facts["deadlines"]),
            department_id=None if department is None else UUID(department),
            partner_ids=tuple(UUID(each) for each in facts["partner_ids"]),
            task_ids=tuple(UUID(each) for each in facts["task_ids"]),
            revision=facts["revision"],
            revised_on=maybe_day(facts["revised_on"]),
            revised_from=facts.get("revised_from"),  # Entries of before lack it, and the next.
            cancelled_on=maybe_day(facts["cancelled_on"]),
            cancelled_for=facts.get("cancelled_for"),
            provenance=Provenance.from_facts(facts["provenance"]),
        )


_RUN = ("zone", "starts_at", "ends_at", "country", "city", "venue", "deadlines")
"""The facts that people plan by: when, where, and what must be handed in before."""


def _is_moved(name: str, was: Any, now: Any) -> bool:  # noqa: ANN401  Facts of any shape.
    """Say whether people must hear of it; a place is the same whatever its English name."""
    if name in ("city", "venue"):
        return bool((was and was["ko"]) != (now and now["ko"]))
    return bool(was != now)


def _each_once(deadlines: tuple[Deadline, ...]) -> None:
    seen: set[str] = set()
    for position, each in enumerate(deadlines):
        if each.kind in seen:
            pointer = f"/deadlines/{position}/kind"
            raise RuleBroken("event.deadline_twice", pointer=pointer, kind=each.kind)
        seen.add(each.kind)


def _within_reach(event: Event) -> None:
    """Make sure that weeks around its days can be reckoned with, within the calendar."""
    days = [
        ("/starts_at", event.starts_at.date()),
        ("/ends_at", event.ends_at.date()),
        *((f"/deadlines/{at}/on", each.on) for at, each in enumerate(event.deadlines)),
    ]
    for pointer, day in days:
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise RuleBroken("event.year", pointer=pointer, year=day.year)
