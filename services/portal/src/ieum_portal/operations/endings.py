"""Agreements whose last day is near, or came lately and nobody has recorded what followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from ieum_portal.domain.countdown import LATER_DAYS, days_left
from ieum_portal.operations.ports import Registry
from registryclient.answers import AgreementStanding

MOST_PAGES = 5
"""A thousand agreements are listed while a reader waits; more is a report's work."""

LATELY_DAYS = 30
"""For so long an end that came is shown: as long as notify tells of it (reminders.md, R-35)."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One agreement and its last day.

    Attributes:
        state: What it is on the day looked at.
        days_left: Negative once the day has passed.
        renews: Whether its term renews by itself, so that the day does not end it.
    """

    agreement: Agreement
    state: str
    last_on: date
    days_left: int
    renews: bool

    @property
    def partner_ids(self) -> tuple[UUID, ...]:
        """Give the sides that are not the city's own, each once."""
        sides = (each for each in self.agreement.parties if each.side == "partner")
        return tuple(dict.fromkeys(each.partner_id for each in sides))


def endings(
    registry: Registry, *, on: date, q: str | None = None, partners: Sequence[UUID | None] = (None,)
) -> list[Ending]:
    """Give those that end within 90 days or ended within the last 30, by their last day.

    What ended because parties left was recorded so by somebody: it is left out once it is over.

    Args:
        partners: Only what one of them is party to, each agreement once; None is everything.
    """
    first, last = on - timedelta(days=LATELY_DAYS), on + timedelta(days=LATER_DAYS)
    lines = (
        line
        for partner in partners
        for line in registry.all_standing(
            Agreement,
            AgreementStanding,
            at_most=MOST_PAGES,
            ends_from=first,
            ends_to=last,
            on=on,
            q=q,
            partner=partner,
        )
    )
    found = {agreement.id: (agreement, standing) for agreement, standing in lines}
    return sorted(_endings(found.values(), on), key=lambda each: each.last_on)


def _endings(lines: Iterable[tuple[Agreement, AgreementStanding]], on: date) -> Iterable[Ending]:
    for agreement, standing in lines:
        last_on = standing.last_on
        if last_on is None:
            continue
        is_by_leaving = agreement.end.ends_on is not None and last_on < agreement.end.ends_on
        if last_on < on and is_by_leaving:
            continue
        renews = agreement.end.rule == "auto_renews" and not is_by_leaving
        yield Ending(agreement, standing.state, last_on, days_left(last_on, on), renews)
