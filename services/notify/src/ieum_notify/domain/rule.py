"""A rule: which steps around which date owe a letter, or which change does, and to which seats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.attachment import Attachment
from ieum_notify.domain.facts import FactsUnreadable, Record
from ieum_notify.domain.hours import OFFICE_HOURS, Hours, day_out
from ieum_notify.domain.words import Words
from workdays.calendar import WorkingDays

LetterValue: TypeAlias = Words | tuple[Words, ...] | None
"""A value of a letter's text: a sentence, a list of them, or none."""

LATE_DAYS = 30
"""For how many days a step after a date is owed, the first being its own: R-35."""

DUE_DATE = Words("기한", "due date")
OWNER = Words("담당 기관", "owner")


class RuleFaulty(FactsUnreadable):
    """A rule failed by a fault of its own; the subject is set aside and the operator told."""


def _says_nothing_more(_facts: Facts, _now: datetime) -> Mapping[str, LetterValue]:
    return {}


def _no_details(_facts: Facts) -> tuple[Words, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What is owed for one type of subject.

    Attributes:
        name: Stable: it is part of every once-only key.
        kind: What its subjects are called.
        lead_days: Steps before the date, in whole days, any order; -1 is the day after it. None
            where `at_once`.
        send_at: The hour in Seoul at which a step's letter goes out.
        seat_roles: For each type of place the seat that is told.
        in_doubt: What happens to a letter of which nobody knows whether the mail server took it:
            sent again under the same Message-ID, or held for a person.
        settles: Each code that `anchor` gives as `settled`, as `milestone.done`, with its sentence.
        anchor: Reads the date out of a subject's facts; raises FactsUnreadable. Called by `read`.
        at_once: What has happened that is told at once, to follow "on that day"; None for steps.
        date_name: What the date is called.
        owner_name: What those who are told are called, all together.
        seat_owners: The same by role of the seat, where they differ.
        says: What else the letter's text uses, as of an instant.
        details: What the office must know to tell the date in somebody's place, a line each.
        attach: Makes the calendar entry that goes with the letter, from the subject's record, the
            instant that it is stamped with, and how often letters took back what that seat was
            told of the subject; None attaches nothing.
        has_participants: Whether partners take part in its subjects: whoever is taken off, or put
            back, is told so (R-26, R-27).
        takes_back: Whether its letter takes back what others said of the subject.
        tells: Those whom the facts name; or of these only who was told that they are named no
            longer (`returned`); or who was told of the subject and is named no longer (`left`).
        tells_lead: Whether its subjects lie under an agreement (`agreement_id` in the facts,
            `agreement` in what the letter mentions), whose department in charge is told where the
            facts name no owner, beside such participants as are party to it.
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
    at_once: Words | None = None
    date_name: Words = DUE_DATE
    owner_name: Words = OWNER
    seat_owners: Mapping[str, Words] = field(default_factory=dict)
    says: Callable[[Facts, datetime], Mapping[str, LetterValue]] = _says_nothing_more
    details: Callable[[Facts], tuple[Words, ...]] = _no_details
    attach: Callable[[Record, datetime, int], Attachment] | None = None
    has_participants: bool = False
    takes_back: bool = False
    tells: Literal["named", "returned", "left"] = "named"
    tells_lead: bool = False

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
    """One step of a rule around one date: its raw day and the working day that it moved to."""

    lead_days: int
    raw_on: date
    due_on: date


def step_of(anchor: Anchor, lead_days: int, days: WorkingDays) -> Step:
    """Reckon a step's days: before the date it moves back to a working day, after it forward.

    Source: docs/rules/reminders.md, R-2 and R-35.
    """
    raw_on = anchor.on - timedelta(days=lead_days)
    due_on = days.at_or_before(raw_on) if lead_days >= 0 else days.at_or_after(raw_on)
    return Step(lead_days, raw_on, due_on)


def is_over(anchor: Anchor, lead_days: int, now: datetime) -> bool:
    """Say whether a step is owed no more, whatever was sent of it.

    Source: docs/rules/reminders.md, R-3, R-20 and R-35.
    """
    if lead_days >= 0:
        return anchor.has_passed(now)
    days_since = (anchor.today_there(now) - anchor.on).days + lead_days
    return not anchor.owes_after or days_since >= LATE_DAYS


def steps_owed(
    rule: Rule,
    anchor: Anchor,
    days: WorkingDays,
    *,
    now: datetime,
    until: date,
    hours: Hours = OFFICE_HOURS,
) -> tuple[Step, ...]:
    """Give the newest step already reached, and those to come until a day.

    A clock that stood still for a month owes one letter, not the three it missed. Two steps that
    a run of holidays moves to the same day are one letter: the newer. So are two that go out at the
    same opening: what is due now may have to wait for it (R-32).

    Args:
        until: Last day looked at, in Seoul, included.

    Returns:
        In order of their days, the reached one first; once the date itself has passed, steps
        after it alone, each for a month.

    Source: docs/rules/reminders.md, R-2, R-3, R-4, R-20, R-21 and R-35.
    """
    if rule.at_once is not None:
        return () if is_over(anchor, 0, now) else _at_once(anchor, until)
    owed: list[Step] = []
    reached_on = day_out(anchor, now, days, hours)
    for lead_days in sorted(rule.lead_days):
        if is_over(anchor, lead_days, now) or (lead_days < 0 and anchor.on >= until):
            continue  # The last days of the calendar have no day after them.
        step = step_of(anchor, lead_days, days)
        if owed and step.due_on >= owed[-1].due_on:
            continue
        if anchor.changed_on is not None and step.due_on <= anchor.changed_on:
            break
        if step.due_on <= until:
            owed.append(step)
        if step.due_on <= reached_on:
            break
    return tuple(reversed(owed))


def _at_once(anchor: Anchor, until: date) -> tuple[Step, ...]:
    """Give the one step of a change: its own day, whatever day that is."""
    if anchor.changed_on is None or anchor.changed_on > until:
        return ()
    return (Step(0, anchor.changed_on, anchor.changed_on),)
