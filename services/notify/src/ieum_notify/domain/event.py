"""An event as its facts tell it: a meeting with a place, in the civil time of that place.

Source: docs/changes.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed.change import Fact, Facts
from changefeed.subjects.event import DEADLINE_KINDS, EVENT_KINDS
from ieum_notify.domain.civil import (
    BothTimes,
    both_times,
    civil,
    end_of_day,
    last_minute,
    zone,
)
from ieum_notify.domain.facts import (
    FactsUnreadable,
    Subject,
    day,
    day_or_none,
    identity,
    identity_or_none,
    is_illustrative,
    mapping,
    text,
    words,
)
from ieum_notify.domain.words import Words, declared_words

KINDS: Mapping[str, Words] = declared_words(EVENT_KINDS)
DEADLINES: Mapping[str, Words] = declared_words(DEADLINE_KINDS)
"""What a deadline is for."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something must be done, in the event's civil time.

    Attributes:
        at: The hour of the day; None is the day's end.
    """

    kind: str
    on: date
    at: time | None
    zone: ZoneInfo

    def moment(self) -> datetime:
        """Give the moment after which it is too late, in the event's zone."""
        if self.at is None:
            return end_of_day(self.on, self.zone)
        return datetime.combine(self.on, self.at, self.zone)

    def written(self) -> BothTimes:
        """Write it out there and in Korea."""
        if self.at is None:
            return both_times(last_minute(self.on, self.zone))
        return both_times(self.moment())


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        starts, ends: In the event's zone.
        department: Who in the city answers for it; None is the coordinating office.
        participants: The partners that take part; the city's own may be among them.
        revision: How often its time, its place or a deadline was changed or it was cancelled.
        revised_on: The day in Seoul of the last such change; None while there was none.
        cancelled_for: What is told of the reason, if anything is.
        is_reopened: Whether the last that happened to it is that its cancellation was taken back.
    """

    id: UUID
    title: Words
    kind: Words
    zone: ZoneInfo
    starts: datetime
    ends: datetime
    place: Words
    link: str | None
    deadlines: tuple[Deadline, ...]
    department: Subject | None
    participants: tuple[Subject, ...]
    revision: int
    revised_on: date | None
    cancelled_on: date | None
    cancelled_for: str | None
    is_reopened: bool
    is_example: bool

    @classmethod
    def from_facts(cls, facts: Facts) -> "Event":
        """Read an event; raises FactsUnreadable."""
        there = zone(facts, "zone")
        department_id = identity_or_none(facts, "department_id")
        link, kind, revision = facts.get("link"), text(facts, "kind"), facts.get("revision", 0)
        cancelled_for = facts.get("cancelled_for")
        return cls(
            identity(facts, "id"),
            words(facts, "title"),
            KINDS.get(kind, Words(kind, kind)),
            there,
            civil(facts, "starts_at", there),
            civil(facts, "ends_at", there),
            _place(facts),
            link if isinstance(link, str) else None,
            tuple(_deadline(each, there) for each in _listed(facts, "deadlines")),
            None if department_id is None else Subject("department", department_id),
            tuple(_partner(each) for each in _listed(facts, "partner_ids")),
            revision if isinstance(revision, int) else 0,
            day_or_none(facts, "revised_on"),
            day_or_none(facts, "cancelled_on"),
            cancelled_for if isinstance(cancelled_for, str) else None,
            _is_reopened(facts),
            is_illustrative(facts),
        )

    def deadline(self, kind: str) -> Deadline | None:
        """Give the deadline of a kind; there is one at most."""
        return next((each for each in self.deadlines if each.kind == kind), None)


def _is_reopened(facts: Facts) -> bool:
    before = facts.get("revised_from")
    return isinstance(before, dict) and before.get("cancelled_on") is not None


def _listed(facts: Facts, name: str) -> list[Fact]:
    value = facts.get(name)
    return value if isinstance(value, list) else []


def _partner(value: Fact) -> Subject:
    return Subject("partner", identity({"partner_ids": value}, "partner_ids"))


def _deadline(value: Fact, there: ZoneInfo) -> Deadline:
    facts = mapping(value)
    hour = None if facts.get("at") is None else text(facts, "at")
    try:
        at = None if hour is None else time.fromisoformat(hour)
    except ValueError as error:
        raise FactsUnreadable("at is no hour") from error
    return Deadline(text(facts, "kind"), day(facts, "on"), at, there)


def _place(facts: Facts) -> Words:
    """Write out where: venue, city and the country's code."""
    city, country = words(facts, "city"), text(facts, "country")
    if facts.get("venue") is None:
        return Words(f"{city.ko} ({country})", f"{city.en} ({country})")
    venue = words(facts, "venue")
    return Words(f"{venue.ko}, {city.ko} ({country})", f"{venue.en}, {city.en} ({country})")
