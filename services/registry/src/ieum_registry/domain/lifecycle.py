"""Where an agreement, a party and a milestone stand on a day: derived, never stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args
from uuid import UUID

from changefeed.subjects.agreement import Party
from ieum_registry.domain.agreement import Agreement, last_on
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.term import Term, day_before, earliest

PartyState = Literal["awaited", "signed", "in_force", "left", "ended"]
AgreementState = Literal["signing", "in_force", "ended"]
AGREEMENT_STATES: tuple[AgreementState, ...] = get_args(AgreementState)
AgreementFlag = Literal["not_yet_effective", "overdue", "dormant"]
MilestoneState = Literal["due", "overdue", "done", "cancelled"]
MILESTONE_STATES: tuple[MilestoneState, ...] = get_args(MilestoneState)

_SILENCE_DAYS = 365


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
        run: The days on which it is in force as recorded so far; None if there are none.
        last_on: The day on which reminders of its end hang (L-25); None if there is none.
    """

    on: date
    state: AgreementState
    flags: tuple[AgreementFlag, ...]
    parties: tuple[PartyStanding, ...]
    signed_from: date | None
    run: Term | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """One milestone on one day.

    Attributes:
        days_left: To the due day; negative when overdue, None once done or cancelled.
    """

    on: date
    state: MilestoneState
    days_left: int | None


def party_run(agreement: Agreement, party: Party) -> Term | None:
    """Give the days on which the agreement binds one party.

    Returns:
        From the latest of effective, signed and joined, to the first of left and the agreement's
        own end; None if it never signed, or left before it began.

    Source: docs/rules/lifecycle.md, L-1.
    """
    if party.signed_on is None:
        return None
    starts_on = max(agreement.effective_on, party.signed_on, party.joined_on or date.min)
    ends_on = earliest(party.left_on, last_on(agreement.end))
    return None if ends_on is not None and ends_on < starts_on else Term(starts_on, ends_on)


def agreement_run(agreement: Agreement) -> Term | None:
    """Give the days on which the agreement is in force: the city's and one other's at least.

    Returns:
        None if it never comes into force as recorded so far.

    Source: docs/rules/lifecycle.md, L-2.
    """
    runs = [(party.side, party_run(agreement, party)) for party in agreement.parties]
    own = next((run for side, run in runs if side == "own"), None)
    others = [run for side, run in runs if side == "partner" and run is not None]
    if own is None or not others:
        return None
    starts_on = max(own.starts_on, min(run.starts_on for run in others))
    open_end = any(run.ends_on is None for run in others)
    others_end = None if open_end else max(run.ends_on for run in others if run.ends_on)
    ends_on = earliest(own.ends_on, others_end)
    return None if ends_on is not None and ends_on < starts_on else Term(starts_on, ends_on)


def last_day(agreement: Agreement) -> date | None:
    """Give the last day in force, or of the running term of an agreement that renews by itself.

    Returns:
        None where no last day was agreed, or where it never comes into force as recorded so far.

    Source: docs/rules/lifecycle.md, L-25.
    """
    run = agreement_run(agreement)
    if run is None or agreement.end.rule not in ("fixed", "auto_renews"):
        return None
    return None if agreement.end.ends_on is None else earliest(run.ends_on, agreement.end.ends_on)


def signed_from(agreement: Agreement) -> date | None:
    """Give the day from which enough have signed: the city and one other; None until then.

    Source: docs/rules/lifecycle.md, L-2.
    """
    own = [party.signed_on for party in agreement.parties if party.side == "own"]
    others = [party.signed_on for party in agreement.parties if party.side == "partner"]
    first = earliest(*others)
    return None if first is None or own[0] is None else max(own[0], first)


def party_state(agreement: Agreement, party: Party, day: date) -> PartyState:
    """Say where one party stands on a day.

    Source: docs/rules/lifecycle.md, L-3.
    """
    if party.left_on is not None and day > party.left_on:
        return "left"
    last = last_on(agreement.end)
    if last is not None and day > last:
        return "ended"
    if party.signed_on is None or day < party.signed_on:
        return "awaited"
    run = party_run(agreement, party)
    return "in_force" if run is not None and run.includes(day) else "signed"


def agreement_state(agreement: Agreement, day: date) -> AgreementState:
    """Say where the agreement stands on a day.

    Source: docs/rules/lifecycle.md, L-4.
    """
    signed = signed_from(agreement)
    if signed is None or day < signed:
        return "signing"
    run = agreement_run(agreement)
    if run is None or (run.ends_on is not None and day > run.ends_on):
        return "ended"
    return "in_force"


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
    run = agreement_run(agreement)
    if run is not None and day < run.starts_on:
        return ("not_yet_effective",)
    flags: list[AgreementFlag] = []
    if agreement.end.rule == "auto_renews" and day > (agreement.end.ends_on or date.max):
        flags.append("overdue")
    alive_on = max(last_sign_on or date.min, agreement.effective_on)
    if day - alive_on > timedelta(days=_SILENCE_DAYS):
        flags.append("dormant")
    return tuple(flags)


def agreement_standing(
    agreement: Agreement, day: date, *, last_sign_on: date | None
) -> AgreementStanding:
    """Say where an agreement and each of its parties stand on a day."""
    return AgreementStanding(
        day,
        agreement_state(agreement, day),
        agreement_flags(agreement, day, last_sign_on=last_sign_on),
        tuple(
            PartyStanding(party.partner_id, party_state(agreement, party, day))
            for party in agreement.parties
        ),
        signed_from(agreement),
        agreement_run(agreement),
        last_day(agreement),
    )


def holding(starts_on: date, ends_on: date | None, run: Term | None) -> tuple[date, date | None]:
    """Bound a commitment by the days on which its partner is bound by the agreement.

    Returns:
        First and last day on which it holds. A commitment that holds on no day gets a last day
        one before its first, so that a follower needs no special case.

    Source: docs/rules/lifecycle.md, L-8.
    """
    if run is None:
        return starts_on, day_before(starts_on)
    first = max(starts_on, run.starts_on)
    last = earliest(ends_on, run.ends_on)
    return (first, day_before(first)) if last is not None and last < first else (first, last)


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
