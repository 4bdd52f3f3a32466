"""약속(목표): how what was promised in figures is revised, reported on, settled."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from changefeed.subjects import promise
from changefeed.subjects.promise import Outcome, ReachedFigure, Revision
from ieum_registry.domain.errors import RuleBroken

MONEY_UNIT = "원"
"""What money is counted in, so that it adds up."""


@dataclass(frozen=True, slots=True)
class Promise(promise.Promise):
    """A promise on record.

    Raises:
        RuleBroken: `promise.due_before_base`; `promise.money_unit`; `promise.unnamed`.

    Source: docs/rules/lifecycle.md, L-60.
    """

    def __post_init__(self) -> None:
        if self.due_on < self.base_on:
            raise RuleBroken(
                "promise.due_before_base", pointer="/due_on", base_on=str(self.base_on)
            )
        if self.indicator == "money" and self.unit != MONEY_UNIT:
            raise RuleBroken("promise.money_unit", pointer="/unit", given=self.unit)
        if self.indicator == "own" and self.name is None:
            raise RuleBroken("promise.unnamed", pointer="/name")

    @property
    def is_settled(self) -> bool:
        """Whether what became of it was recorded."""
        return self.outcome is not None

    def must_follow(self, before: Self) -> None:
        """Make sure that a promise stays the same partner's, under the same agreement.

        Raises:
            RuleBroken: `promise.moved`.

        Source: docs/rules/lifecycle.md, L-60.
        """
        for field in ("partner_id", "agreement_id"):
            if getattr(self, field) != getattr(before, field):
                raise RuleBroken("promise.moved", pointer=f"/{field}")

    def revised(self, on: date, target: int, due_on: date, why: str) -> Self:
        """Give it with another target or by-day from a day on; what held before stays beside it.

        Raises:
            RuleBroken: `promise.settled`; `promise.same_target`; `promise.revised_later`, if it
                was revised on that day or a later one; `promise.revised_before_base`;
                `promise.due_before_base`.

        Source: docs/rules/lifecycle.md, L-61.
        """
        self._must_be_open()
        if (target, due_on) == (self.target, self.due_on):
            raise RuleBroken("promise.same_target", pointer="/target")
        if on <= self.base_on:
            raise RuleBroken(
                "promise.revised_before_base", pointer="/on", base_on=str(self.base_on)
            )
        last = self.revisions[-1] if self.revisions else None
        if last is not None and on <= last.on:
            raise RuleBroken("promise.revised_later", pointer="/on", last_on=str(last.on))
        was = Revision(on, self.target, self.due_on, why)
        return replace(self, target=target, due_on=due_on, revisions=(*self.revisions, was))

    def settled(self, outcome: Outcome, settled_on: date, today: date) -> Self:
        """Give it as one of which a recorded outcome says what became of it.

        Raises:
            RuleBroken: `promise.settled`; `promise.settled_in_future`;
                `promise.settled_before_base`.

        Source: docs/rules/lifecycle.md, L-65.
        """
        self._must_be_open()
        if settled_on > today:
            raise RuleBroken("promise.settled_in_future", pointer="/settled_on", today=str(today))
        if settled_on < self.base_on:
            raise RuleBroken(
                "promise.settled_before_base", pointer="/settled_on", base_on=str(self.base_on)
            )
        return replace(self, outcome=outcome, settled_on=settled_on)

    def reopened(self) -> Self:
        """Take a recorded outcome back: figures tell again where it stands.

        Raises:
            RuleBroken: `promise.open`.
        """
        if not self.is_settled:
            raise RuleBroken("promise.open")
        return replace(self, outcome=None, settled_on=None)

    def reporting(self, report: "PromiseReport") -> Self:
        """Give it with the figure of a confirmed report, in place of that report's former one."""
        figure = ReachedFigure(report.on, report.reached, report.id)
        others = self._without(report.id)
        return replace(self, reached=tuple(sorted((*others, figure), key=lambda each: each.on)))

    def without_report(self, report_id: UUID) -> Self:
        """Give it without the figure of a report that is no longer on record."""
        return replace(self, reached=self._without(report_id))

    def _without(self, report_id: UUID) -> tuple[ReachedFigure, ...]:
        return tuple(each for each in self.reached if each.report_id != report_id)

    def _must_be_open(self) -> None:
        if self.outcome is not None:
            label = promise.OUTCOMES[self.outcome]
            raise RuleBroken(
                "promise.settled",
                outcome=label.ko,
                outcome_en=label.en,
                settled_on=str(self.settled_on),
            )


@dataclass(frozen=True, slots=True)
class PromiseReport(promise.PromiseReport):
    """A report on record."""

    def of(self, promise: Promise) -> Self:
        """Give it as a report of a promise, whose agreement and partner it has."""
        return replace(self, agreement_id=promise.agreement_id, partner_id=promise.partner_id)

    def must_follow(self, before: Self) -> None:
        """Make sure that a report stays one of the same promise.

        Raises:
            RuleBroken: `promise_report.moved`.
        """
        if self.promise_id != before.promise_id:
            raise RuleBroken("promise_report.moved", pointer="/promise_id")

    def must_fit(self, promise: Promise, today: date) -> None:
        """Make sure that its day has come, and that a smaller figure says why it is smaller.

        Raises:
            RuleBroken: `promise_report.in_future`; `promise_report.before_base`;
                `promise_report.runs_backwards`.

        Source: docs/rules/lifecycle.md, L-63.
        """
        if self.on > today:
            raise RuleBroken("promise_report.in_future", pointer="/on", today=str(today))
        if self.on < promise.base_on:
            raise RuleBroken(
                "promise_report.before_base", pointer="/on", base_on=str(promise.base_on)
            )
        others = promise.without_report(self.id).reached
        before = next((each for each in reversed(others) if each.on <= self.on), None)
        if before is not None and self.reached < before.figure and self.why_less is None:
            raise RuleBroken(
                "promise_report.runs_backwards",
                pointer="/why_less",
                figure=f"{before.figure:,}",
                on=str(before.on),
            )
        after = next((each for each in others if each.on > self.on), None)
        if after is not None and self.reached > after.figure and self.why_less is None:
            raise RuleBroken(
                "promise_report.runs_backwards",
                pointer="/why_less",
                figure=f"{after.figure:,}",
                on=str(after.on),
            )

    def confirmed(self, on: date) -> Self:
        """Give it as one that the office confirmed.

        Raises:
            RuleBroken: `promise_report.ended`.
        """
        return self._ended("confirmed", on)

    def refused(self, on: date, answer: str) -> Self:
        """Give it as one that the office refused, with the reason; raises as `confirmed`."""
        return replace(self._ended("refused", on), answer=answer)

    def _ended(self, state: promise.ReportState, on: date) -> Self:
        if self.state != "open":
            label = promise.REPORT_STATES[self.state]
            raise RuleBroken("promise_report.ended", state=label.ko, state_en=label.en)
        return replace(self, state=state, ended_on=on)
