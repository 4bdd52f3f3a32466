"""An agreement as its facts tell it: who is party, who leads it, and its last day.

Source: docs/changes.md; docs/rules/lifecycle.md, L-25.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from changefeed import bounds
from changefeed.change import Facts
from changefeed.mapping import from_facts
from changefeed.subjects import agreement
from changefeed.subjects.parts import PartDay
from ieum_notify.domain.facts import FactsUnreadable, Subject, words
from ieum_notify.domain.words import Words

HowItEnds = Literal["ends", "renews", "left", "ended"]
"""By its own last day; by itself not, for it renews; by the leaving of the city or all others; by a
person, who has recorded that."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day in force, or of the running term where it renews by itself.

    Attributes:
        part: What is written of it, where only part of the day is known.
    """

    on: date
    how: HowItEnds
    part: PartDay | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement.

    Attributes:
        lead: The department in charge; None is the coordinating office.
    """

    title: Words
    lead: Subject | None
    declared: agreement.Agreement

    @classmethod
    def from_facts(cls, facts: Facts) -> "Agreement":
        """Read an agreement; raises FactsUnreadable."""
        title = words(facts, "title")
        try:
            declared = from_facts(agreement.Agreement, facts)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise FactsUnreadable(f"no agreement: {type(error).__name__} {error}") from error
        lead = declared.lead_department_id
        return cls(title, None if lead is None else Subject("department", lead), declared)

    def partners_on(self, on: date) -> tuple[Subject, ...]:
        """Give the city's counterparts that have not left before a day, each once."""
        found = (
            Subject("partner", each.partner_id)
            for each in self.declared.parties
            if each.side == "partner" and (bounds.left_on(each) or on) >= on
        )
        return tuple(dict.fromkeys(found))

    def last_day(self) -> LastDay | None:
        """Find the day on which reminders of its end hang.

        Returns:
            None where no end was agreed, or where it never comes into force as recorded so far.

        Source: docs/rules/lifecycle.md, L-25.
        """
        on, end = bounds.last_day(self.declared), self.declared.end
        if on is None:
            return None
        ended = self.declared.ended
        if ended is not None and on == ended.on:
            return LastDay(on, "ended")
        if on != end.ends_on:
            return LastDay(on, "left", bounds.ended_as(self.declared, on))
        return LastDay(on, "renews" if end.rule == "auto_renews" else "ends")
