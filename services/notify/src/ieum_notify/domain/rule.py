"""A rule: which steps before which date owe a letter, and to which seat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from changefeed.change import Facts
from ieum_notify.domain.facts import FactsUnreadable, Subject
from ieum_notify.domain.words import Words
from workdays.calendar import WorkingDays


@dataclass(frozen=True, slots=True)
class Anchor:
    """A subject's date, unmoved, and whose seat is told of it.

    Attributes:
        title: What the subject is called.
        owner: The partner or department whose seat gets the letter.
        settled: Why nothing is owed any more: a code of the rule's `settles`; None if it is open.
        mentions: Other subjects that the letter names, by the name that its text uses; each name
            is always there, with None where the facts name nobody. `owner` needs none.
    """

    on: date
    title: Words
    owner: Subject
    settled: str | None
    mentions: Mapping[str, Subject | None]

    def named(self) -> dict[str, Subject]:
        """Give every subject that the letter names, the owner among them."""
        return {
            "owner": self.owner,
            **{name: subject for name, subject in self.mentions.items() if subject is not None},
        }


class RuleFaulty(FactsUnreadable):
    """A rule failed by a fault of its own; the subject is set aside and the operator told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is owed for one type of subject.

    Attributes:
        name: Stable: it is part of every once-only key.
        kind: What its subjects are called.
        lead_days: Steps before the date, in whole days, any order.
        send_at: The hour in Seoul at which a step's letter goes out.
        seat_roles: For each type of owner the seat that is told.
        in_doubt: What happens to a letter of which nobody knows whether the mail server took it:
            sent again under the same Message-ID, or held for a person.
        settles: Each code that `anchor` gives as `settled`, as `milestone.done`, with its sentence.
        anchor: Reads the date out of a subject's facts; raises FactsUnreadable. Called by `read`.
    """

    name: str
    title: Words
    kind: Words
    letter: str
    subject_type: str
    lead_days: tuple[int, ...]
    send_at: time
    seat_roles: Mapping[str, str]
    in_doubt: Literal["resend", "hold"]
    settles: Mapping[str, Words]
    anchor: Callable[[Facts], Anchor]

    def read(self, facts: Facts) -> Anchor:
        """Read a subject's facts; whatever goes wrong concerns this rule and this subject alone.

        Raises:
            FactsUnreadable: The facts lack what docs/changes.md promises.
            RuleFaulty: The rule failed in any other way, or settles by a code without words.
        """
        try:
            found = self.anchor(facts)
        except FactsUnreadable:
            raise
        except Exception as error:
            raise RuleFaulty(f"{self.name}: {type(error).__name__}") from error
        if found.settled is not None and found.settled not in self.settles:
            raise RuleFaulty(f"{self.name}: {found.settled}")
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rule before one date: its raw day and the working day it moved back to."""

    lead_days: int
    raw_on: date
    due_on: date


def steps_owed(
    rule: Rule, anchor_on: date, days: WorkingDays, *, today: date, until: date
) -> tuple[Step, ...]:
    """Give the newest step already reached, and those to come until a day.

    A clock that stood still for a month owes one letter, not the three it missed. Two steps that
    a run of holidays moves to the same day are one letter: the newer.

    Args:
        today: The day in Seoul.
        until: Last day looked at, included.

    Returns:
        In order of their days, the reached one first; nothing once the date itself has passed.

    Source: docs/rules/reminders.md, R-2, R-3 and R-4.
    """
    if anchor_on < today:
        return ()
    owed: list[Step] = []
    for lead_days in sorted(rule.lead_days):
        raw_on = anchor_on - timedelta(days=lead_days)
        step = Step(lead_days, raw_on, days.at_or_before(raw_on))
        if owed and step.due_on >= owed[-1].due_on:
            continue
        if step.due_on <= until:
            owed.append(step)
        if step.due_on <= today:
            break
    return tuple(reversed(owed))
