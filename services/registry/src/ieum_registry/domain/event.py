"""행사: a meeting at a time of its own place on earth, and how it is moved or cancelled."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from changefeed.countries import COUNTRIES
from changefeed.mapping import to_facts
from changefeed.subjects import event
from changefeed.subjects.event import DEADLINE_KINDS, Deadline
from ieum_registry.domain.civil_time import civil_text, exists, instant_of, is_zone, zones_near
from ieum_registry.domain.errors import RuleBroken

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
LONGEST = timedelta(days=366)
"""What runs longer is a programme; its letters would carry centuries of summer times."""


def passes_at(deadline: Deadline, zone: str) -> datetime:
    """Give the instant from which it is too late: its hour, or the end of its day there.

    A day ends with its last midnight; its last hour may come twice.
    """
    if deadline.at is not None:
        return instant_of(datetime.combine(deadline.on, deadline.at), zone)
    return instant_of(datetime.combine(deadline.on + timedelta(days=1), time(0, 0)), zone)


@dataclass(frozen=True, slots=True)
class Event(event.Event):
    """An event on record; `partner_ids` and `task_ids` are given in any order.

    Only `moved_from`, `cancelled` and `reopened` raise its revision.

    Raises:
        RuleBroken: `event.deadline_twice`; `event.country_unknown`; `event.year`.

    Source: docs/rules/lifecycle.md, L-15 to L-18 and L-31.
    """

    def __post_init__(self) -> None:
        _each_once(self.deadlines)
        if self.country not in COUNTRIES:
            raise RuleBroken("event.country_unknown", pointer="/country", country=self.country)
        _within_reach(self)
        # Kept in one order, so that the same facts are the same text whoever wrote them.
        order = list(DEADLINE_KINDS)
        by_kind = sorted(self.deadlines, key=lambda each: order.index(each.kind))
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
            near = ", ".join(zones_near(self.zone))
            raise RuleBroken(
                "event.zone_unknown",
                pointer="/zone",
                zone=self.zone,
                near_ko=f" 비슷한 이름: {near}." if near else "",
                near_en=f" Near it: {near}." if near else "",
            )
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
        was, now = to_facts(before), to_facts(self)
        moved = {name: was[name] for name in _RUN if _is_moved(name, was[name], now[name])}
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

    def reopened(self, now: datetime, today: date) -> Self:
        """Take the cancellation back: it takes place after all, when and where it was to.

        Args:
            now: An instant; what would have ended by then is over.
            today: In Seoul; becomes the day of the revision.

        Raises:
            RuleBroken: `event.not_cancelled`; `event.is_over`.

        Source: docs/rules/lifecycle.md, L-31.
        """
        if self.cancelled_on is None:
            raise RuleBroken("event.not_cancelled", starts_at=civil_text(self.starts_at))
        if instant_of(self.ends_at, self.zone) <= now:
            raise RuleBroken("event.is_over", ends_at=civil_text(self.ends_at), zone=self.zone)
        was = {"cancelled_on": str(self.cancelled_on), "cancelled_for": self.cancelled_for}
        return replace(
            self,
            cancelled_on=None,
            cancelled_for=None,
            revision=self.revision + 1,
            revised_on=today,
            revised_from=was,
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
            late = passes_at(deadline, self.zone) > instant_of(self.ends_at, self.zone)
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
