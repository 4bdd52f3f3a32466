"""An agreement as its facts tell it: who is party, who leads it, and its last day.

Source: docs/changes.md; docs/rules/lifecycle.md, L-1, L-2 and L-25.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from changefeed.change import Fact, Facts
from ieum_notify.domain.facts import (
    FactsUnreadable,
    Subject,
    day,
    day_or_none,
    identity,
    identity_or_none,
    mapping,
    text,
    words,
)
from ieum_notify.domain.words import Words

HowItEnds = Literal["ends", "renews", "left"]
"""By its own last day; by itself not, for it renews; by the leaving of the city or all others."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day in force, or of the running term where it renews by itself."""

    on: date
    how: HowItEnds


@dataclass(frozen=True, slots=True)
class Side:
    """One party and the days on which it is bound; None where it never is."""

    partner: Subject
    is_own: bool
    left_on: date | None
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement.

    Attributes:
        rule: How it ends, as docs/changes.md names it.
        ends_on: The last day that was agreed; of the running term where it renews by itself.
        lead: The department in charge; None is the coordinating office.
        sides: Every party, in the order recorded.
    """

    title: Words
    effective_on: date
    rule: str
    ends_on: date | None
    lead: Subject | None
    sides: tuple[Side, ...]

    @classmethod
    def from_facts(cls, facts: Facts) -> "Agreement":
        """Read an agreement; raises FactsUnreadable."""
        end, effective_on = mapping(facts.get("end")), day(facts, "effective_on")
        rule, ends_on = text(end, "rule"), day_or_none(end, "ends_on")
        lead = identity_or_none(facts, "lead_department_id")
        last_on = None if rule == "auto_renews" else ends_on
        return cls(
            words(facts, "title"),
            effective_on,
            rule,
            ends_on,
            None if lead is None else Subject("department", lead),
            tuple(_side(mapping(each), effective_on, last_on) for each in _parties(facts)),
        )

    def partners_on(self, on: date) -> tuple[Subject, ...]:
        """Give the city's counterparts that have not left before a day."""
        return tuple(
            side.partner
            for side in self.sides
            if not side.is_own and (side.left_on is None or side.left_on >= on)
        )

    def last_day(self) -> LastDay | None:
        """Find the day on which reminders of its end hang.

        Returns:
            None where no end was agreed, or where it never comes into force as recorded so far.

        Source: docs/rules/lifecycle.md, L-25.
        """
        if self.rule not in ("fixed", "auto_renews") or self.ends_on is None:
            return None
        run = self._run()
        if run is None:
            return None
        if run[1] is not None and run[1] < self.ends_on:
            return LastDay(run[1], "left")
        return LastDay(self.ends_on, "renews" if self.rule == "auto_renews" else "ends")

    def _run(self) -> tuple[date, date | None] | None:
        """Give the first and last day in force; None if there are none (L-2)."""
        bound = [side for side in self.sides if side.first_on is not None]
        own = next((side for side in bound if side.is_own), None)
        others = [side for side in bound if not side.is_own]
        if own is None or not others:
            return None
        firsts = (side.first_on for side in others if side.first_on is not None)
        starts_on = max(own.first_on or date.min, min(firsts))
        lasts = [side.last_on for side in others]
        of_others = None if None in lasts else max(each for each in lasts if each is not None)
        ends_on = _earliest(own.last_on, of_others)
        return None if ends_on is not None and ends_on < starts_on else (starts_on, ends_on)


def _parties(facts: Facts) -> list[Fact]:
    parties = facts.get("parties")
    if not isinstance(parties, list):
        raise FactsUnreadable("parties is no list")
    return parties


def _side(party: Facts, effective_on: date, agreed_last_on: date | None) -> Side:
    """Read one party's side, and the days on which it is bound (L-1)."""
    partner, is_own = Subject("partner", identity(party, "partner_id")), party.get("side") == "own"
    signed_on, left_on = day_or_none(party, "signed_on"), day_or_none(party, "left_on")
    if signed_on is None:
        return Side(partner, is_own, left_on, None, None)
    first_on = max(effective_on, signed_on, day_or_none(party, "joined_on") or date.min)
    last_on = _earliest(left_on, agreed_last_on)
    if last_on is not None and last_on < first_on:
        return Side(partner, is_own, left_on, None, None)
    return Side(partner, is_own, left_on, first_on, last_on)


def _earliest(*days: date | None) -> date | None:
    return min((each for each in days if each is not None), default=None)
