"""Whole-day terms: first and last day included, an open end is None."""

from dataclasses import dataclass
from datetime import date, timedelta

from ieum_registry.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Term:
    """A run of whole days in Seoul, first and last day included; `ends_on` None is an open end.

    Raises:
        RuleBroken: `term.reversed`, if the last day falls before the first.

    Source: docs/rules/terms.md, T-1 and T-2.
    """

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        must_run_forward(self.starts_on, self.ends_on)

    def includes(self, day: date) -> bool:
        """Say whether the day lies in the run, edges included.

        Source: docs/rules/terms.md, T-2.
        """
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def must_run_forward(starts_on: date, ends_on: date | None, *, pointer: str | None = None) -> None:
    """Make sure that a last day does not fall before the first.

    Args:
        pointer: Where the last day stands in what was sent.

    Raises:
        RuleBroken: `term.reversed`.

    Source: docs/rules/terms.md, T-1.
    """
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(
            "term.reversed", pointer=pointer, starts_on=str(starts_on), ends_on=str(ends_on)
        )


def earliest(*days: date | None) -> date | None:
    """Give the first of several last days, where None is open; None if all are open.

    Source: docs/rules/terms.md, T-4.
    """
    return min((day for day in days if day is not None), default=None)


def day_before(day: date) -> date:
    """Give the last day of a run that another one follows on `day`.

    Source: docs/rules/terms.md, T-6.
    """
    return day - timedelta(days=1)


def day_text(day: date | None) -> str | None:
    """Give `YYYY-MM-DD`, or None for an open day."""
    return None if day is None else day.isoformat()
