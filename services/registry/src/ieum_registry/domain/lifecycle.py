"""Where an agreement, a party and a milestone stand on a day: derived, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, get_args
from uuid import UUID

from changefeed.bounds import (
    Run,
    begun_as,
    begun_by,
    bound_run,
    effective_on,
    ended_as,
    in_doubt,
    in_force,
    last_day,
    last_on,
    left_on,
    parted,
    signed_as,
    signed_from,
    signing_from,
    spans_of,
    unknown_as,
    unknown_from,
)
from changefeed.subjects.agreement import Party
from changefeed.subjects.parts import PartDay
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.sign_of_life import heeded_until
from ieum_registry.domain.term import day_before, earliest

PartyState = Literal["awaited", "signed", "in_force", "unknown_end", "left", "ended"]
AgreementState = Literal[
    "draft", "reviewed", "approved", "signing", "in_force", "unknown_end", "ended"
]
AGREEMENT_STATES: tuple[AgreementState, ...] = get_args(AgreementState)
AgreementFlag = Literal["not_yet_effective", "overdue", "dormant"]
AGREEMENT_FLAGS: tuple[AgreementFlag, ...] = get_args(AgreementFlag)
MilestoneState = Literal["due", "overdue", "done", "cancelled"]
MILESTONE_STATES: tuple[MilestoneState, ...] = get_args(MilestoneState)
DayName = Literal["signed_from", "in_force_from", "in_force_until", "unknown_from", "last_on"]

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """One party on one day."""

    partner_id: UUID
    state: PartyState


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """One agreement on one day; parties in the order recorded.

    Attributes:
        signed_from: The day from which enough have signed (L-2); None until then.
        run: From the first to the last day on which it is in force as recorded so far; None if
            there are none.
        unknown_from: The first day on which nobody knows whether it is in force (L-28); None if
            there is none.
        last_on: The day on which reminders of its end hang (L-25); None if there is none.
        parts: What is written of those of these days that are known in part only (T-79).
    """

    on: date
    state: AgreementState
    flags: tuple[AgreementFlag, ...]
    parties: tuple[PartyStanding, ...]
    signed_from: date | None
    run: Run | None
    unknown_from: date | None
    last_on: date | None
    parts: Mapping[DayName, PartDay]


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """One milestone on one day.

    Attributes:
        days_left: To the due day; negative when overdue, None once done or cancelled.
    """

    on: date
    state: MilestoneState
    days_left: int | None


def runs_of(agreement: Agreement) -> tuple[Run, ...]:
    """Give all runs of days on which it is in force or may be, in order."""
    return (*in_force(agreement), *in_doubt(agreement))


def gaps(agreement: Agreement) -> tuple[Run, ...]:
    """Give the runs of days between those on which an agreement is in force or may be.

    Source: docs/rules/lifecycle.md, L-2.
    """
    between = (
        Run(before.last_on + _ONE, day_before(after.first_on))
        for before, after in pairwise(runs_of(agreement))
        if before.last_on is not None  # Which one alone, the last, may lack.
    )
    return tuple(each for each in between if each.last_on and each.first_on <= each.last_on)


def run_of_commitment(agreement: Agreement, partner_id: UUID, starts_on: date) -> Run | None:
    """Give the days on which the agreement binds a partner in the span of a commitment.

    Returns:
        Of the span that holds the commitment's first day; else of the first one after it; else of
        the last one. None if the partner is never bound.

    Source: docs/rules/lifecycle.md, L-8.
    """
    spans = spans_of(agreement.parties).get(partner_id, ())
    runs = [run for each in spans if (run := bound_run(agreement, each)) is not None]
    return next((run for run in runs if run.last_on is None or starts_on <= run.last_on), None) or (
        runs[-1] if runs else None
    )


def party_state(agreement: Agreement, party: Party, day: date) -> PartyState:
    """Say where one party stands on a day.

    Source: docs/rules/lifecycle.md, L-3.
    """
    left = left_on(party)
    if left is not None and day > left:
        return "left"
    last = last_on(agreement)
    if last is not None and day > last:
        return "ended"
    signed = begun_by(party.signed_on, party.signed_as)
    if signed is None or day < signed:
        return "awaited"
    known, unknown = parted(bound_run(agreement, party), unknown_from(agreement))
    if known is not None and known.includes(day):
        return "in_force"
    return "unknown_end" if unknown is not None and unknown.includes(day) else "signed"


def agreement_state(agreement: Agreement, day: date) -> AgreementState:
    """Say where the agreement stands on a day.

    Source: docs/rules/lifecycle.md, L-4, L-39 and L-41.
    """
    signed = signed_from(agreement)
    if signed is None or day < signed:
        ended = agreement.ended
        return "ended" if ended is not None and day > ended.on else _drafted(agreement, day)
    doubts, runs = in_doubt(agreement), runs_of(agreement)
    if any(each.includes(day) for each in doubts):
        return "unknown_end"
    if runs and day < runs[0].first_on:
        return "unknown_end" if runs == doubts else "in_force"
    return "in_force" if any(each.includes(day) for each in runs) else "ended"


def _drafted(agreement: Agreement, day: date) -> AgreementState:
    """Say how far an agreement has come that not enough have signed."""
    reviewed, approved, signing = steps_of(agreement)
    steps: tuple[tuple[date | None, AgreementState], ...] = (
        (signing, "signing"),
        (approved, "approved"),
        (reviewed, "reviewed"),
    )
    return next((state for from_on, state in steps if from_on and from_on <= day), "draft")


def steps_of(agreement: Agreement) -> tuple[date | None, date | None, date | None]:
    """Give from when it was reviewed, approved and in signing, none later than the next.

    Returns:
        Before every day, of what was recorded as signed; None of what has not happened.

    Source: docs/rules/lifecycle.md, L-39.
    """
    drafting = agreement.drafting
    if drafting is None:
        return date.min, date.min, date.min
    signing = signing_from(agreement)
    approved = earliest(drafting.approved_on, signing)
    return earliest(drafting.reviewed_on, approved), approved, signing


def agreement_flags(
    agreement: Agreement, day: date, *, last_sign_on: date | None
) -> tuple[AgreementFlag, ...]:
    """Say what should be noticed about an agreement that stands in force on a day.

    Args:
        last_sign_on: The latest proof, up to that day, that anything happened under it.

    Source: docs/rules/lifecycle.md, L-5, L-6 and L-7.
    """
    if agreement_state(agreement, day) != "in_force":
        return ()
    if day < in_force(agreement)[0].first_on:
        return ("not_yet_effective",)
    flags: list[AgreementFlag] = []
    if agreement.end.rule == "auto_renews" and day > (agreement.end.ends_on or date.max):
        flags.append("overdue")
    alive_on = max(last_sign_on or date.min, effective_on(agreement))
    if day > heeded_until(alive_on):
        flags.append("dormant")
    return tuple(flags)


def agreement_standing(
    agreement: Agreement, day: date, *, last_sign_on: date | None
) -> AgreementStanding:
    """Say where an agreement and each of its parties stand on a day."""
    runs, doubts = in_force(agreement), in_doubt(agreement)
    signed, last_on = signed_from(agreement), last_day(agreement)
    run = Run(runs[0].first_on, runs[-1].last_on) if runs else None
    parts: Mapping[DayName, PartDay | None] = {
        "signed_from": signed_as(agreement, signed),
        "in_force_from": begun_as(agreement, run.first_on if run else None),
        "in_force_until": ended_as(agreement, run.last_on if run else None),
        "unknown_from": unknown_as(agreement) if doubts else None,
        "last_on": ended_as(agreement, last_on),
    }
    return AgreementStanding(
        day,
        agreement_state(agreement, day),
        agreement_flags(agreement, day, last_sign_on=last_sign_on),
        tuple(
            PartyStanding(party.partner_id, party_state(agreement, party, day))
            for party in agreement.parties
        ),
        signed,
        run,
        doubts[0].first_on if doubts else None,
        last_on,
        {name: part for name, part in parts.items() if part is not None},
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """On which days a commitment holds, and on which nobody knows whether it does.

    Attributes:
        until: Last day; one before `first` where it is known to hold on none, so that a follower
            needs no special case.
        unknown: The days on which nobody knows; None if there are none.
    """

    first: date
    until: date | None
    unknown: Run | None = None


def holding(
    starts_on: date, ends_on: date | None, run: Run | None, unknown: date | None = None
) -> Holding:
    """Bound a commitment by the days on which its partner is bound by the agreement.

    Args:
        unknown: From which day nobody knows whether the agreement still holds.

    Source: docs/rules/lifecycle.md, L-8 and L-28.
    """
    if run is None:
        return Holding(starts_on, day_before(starts_on))
    first = max(starts_on, run.first_on)
    last = earliest(ends_on, run.last_on)
    if last is not None and last < first:
        return Holding(first, day_before(first))
    known, doubt = parted(Run(first, last), unknown)
    return Holding(first, known.last_on if known else day_before(first), doubt)


def milestone_standing(milestone: Milestone, day: date) -> MilestoneStanding:
    """Say where a milestone stands on a day.

    Source: docs/rules/lifecycle.md, L-9.
    """
    if milestone.done_on is not None and milestone.done_on <= day:
        return MilestoneStanding(day, "done", None)
    if milestone.cancelled_on is not None and milestone.cancelled_on <= day:
        return MilestoneStanding(day, "cancelled", None)
    days_left = (milestone.due_on - day).days
    return MilestoneStanding(day, "overdue" if days_left < 0 else "due", days_left)
