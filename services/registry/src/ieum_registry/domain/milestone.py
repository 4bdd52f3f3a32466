"""이행과제: a dated promise, and how it is kept or given up."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from changefeed.subjects import milestone
from changefeed.subjects.parts import Evidence
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.term import day_text


@dataclass(frozen=True, slots=True)
class Milestone(milestone.Milestone):
    """A milestone on record.

    Raises:
        RuleBroken: `milestone.done_and_cancelled`.
    """

    def __post_init__(self) -> None:
        if self.done_on is not None and self.cancelled_on is not None:
            raise RuleBroken("milestone.done_and_cancelled", pointer="/done_on")

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor cancelled."""
        return self.done_on is None and self.cancelled_on is None

    def done(self, done_on: date, evidence: tuple[Evidence, ...], today: date) -> Self:
        """Record that the promise was kept, with what proves it.

        Raises:
            RuleBroken: `milestone.closed`, if it is done or cancelled already;
                `milestone.done_in_future`.

        Source: docs/rules/lifecycle.md, L-11.
        """
        self._must_be_open()
        done = replace(self, done_on=done_on, evidence=(*self.evidence, *evidence))
        done.must_have_come(today)
        return done

    def cancelled(self, cancelled_on: date, today: date) -> Self:
        """Record that nobody owes it any more.

        Raises:
            RuleBroken: `milestone.closed`, if it is done or cancelled already;
                `milestone.cancelled_in_future`.

        Source: docs/rules/lifecycle.md, L-11.
        """
        self._must_be_open()
        cancelled = replace(self, cancelled_on=cancelled_on)
        cancelled.must_have_come(today)
        return cancelled

    def reopened(self) -> Self:
        """Take a completion or a cancellation back: the promise is owed again.

        What was given as proof stays: it is on record, and the reason says what is wrong with it.

        Raises:
            RuleBroken: `milestone.open`, if it is neither done nor cancelled.

        Source: docs/rules/lifecycle.md, L-11.
        """
        if self.is_open:
            raise RuleBroken("milestone.open", due_on=day_text(self.due_on))
        return replace(self, done_on=None, cancelled_on=None)

    def must_have_come(self, today: date) -> None:
        """Make sure that it was not done or cancelled on a day that has not come.

        Raises:
            RuleBroken: `milestone.done_in_future`; `milestone.cancelled_in_future`.

        Source: docs/rules/lifecycle.md, L-11.
        """
        if self.done_on is not None and self.done_on > today:
            raise RuleBroken("milestone.done_in_future", pointer="/done_on", today=str(today))
        if self.cancelled_on is not None and self.cancelled_on > today:
            raise RuleBroken(
                "milestone.cancelled_in_future", pointer="/cancelled_on", today=str(today)
            )

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise RuleBroken(
                "milestone.closed",
                done_on=day_text(self.done_on),
                cancelled_on=day_text(self.cancelled_on),
            )
