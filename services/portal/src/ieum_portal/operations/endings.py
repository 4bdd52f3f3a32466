"""Agreements whose last day is near, or came lately and nobody has recorded what followed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.parts import PartDay
from ieum_portal.domain.countdown import LATER_DAYS, days_left
from ieum_portal.operations.ports import Registry
from registryclient.answers import AgreementStanding, Asked, Total

MOST_ROWS = 20
"""So many rows stand on the page; the others are a list's work."""
MOST_READ = 100
"""So many are read for them, as some that are over are left out."""

NONE = Total(0, exact=True)

LATELY_DAYS = 30
"""For so long an end that came is shown: as long as notify tells of it (reminders.md, R-35)."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One agreement and its last day.

    Attributes:
        state: What it is on the day looked at.
        days_left: Negative once the day has passed.
        renews: Whether its term renews by itself, so that the day does not end it.
        part: What is written of the day, where only part of it is known (T-79).
    """

    agreement: Agreement
    state: str
    last_on: date
    days_left: int
    renews: bool
    part: PartDay | None = None

    @property
    def partner_ids(self) -> tuple[UUID, ...]:
        """Give the sides that are not the city's own, each once."""
        sides = (each for each in self.agreement.parties if each.side == "partner")
        return tuple(dict.fromkeys(each.partner_id for each in sides))


@dataclass(frozen=True, slots=True)
class Endings:
    """The first that end, and how many there are in all."""

    first: Sequence[Ending]
    total: Total


def endings(
    registry: Registry,
    *,
    on: date,
    led: Mapping[str, Asked] = MappingProxyType({}),
    partners: Sequence[UUID | None] = (None,),
) -> Endings:
    """Give those that end within 90 days or ended within the last 30, by their last day.

    What ended because parties left was recorded so by somebody: it is left out once it is over.

    Args:
        led: What narrows them to what some departments lead.
        partners: Only what one of them is party to, each agreement once; None is everything.
    """
    first, last = on - timedelta(days=LATELY_DAYS), on + timedelta(days=LATER_DAYS)
    pages = [
        registry.page_standing(
            Agreement,
            AgreementStanding,
            after=None,
            limit=MOST_READ,
            count=True,
            sort="last_on",
            ends_from=first,
            ends_to=last,
            on=on,
            partner=partner,
            **led,
        )
        for partner in partners
    ]
    lines = {
        agreement.id: (agreement, standing) for page in pages for agreement, standing in page.items
    }
    found = sorted(_endings(lines.values(), on), key=lambda each: each.last_on)
    if not any(page.next for page in pages):
        return Endings(found[:MOST_ROWS], Total(len(found), exact=True))
    # Only what is over may be left out, and that comes first: once today is reached all is counted.
    last_read = [page.items[-1][1].last_on or on for page in pages if page.next]
    is_reached = all(each >= on for each in last_read)
    totals = [page.total for page in pages if page.total]
    counted = sum(each.count for each in totals) - len(lines) + len(found)
    return Endings(
        found[:MOST_ROWS], Total(counted, exact=is_reached and all(each.exact for each in totals))
    )


def _endings(lines: Iterable[tuple[Agreement, AgreementStanding]], on: date) -> Iterable[Ending]:
    for agreement, standing in lines:
        last_on = standing.last_on
        if last_on is None:
            continue
        is_by_leaving = agreement.end.ends_on is not None and last_on < agreement.end.ends_on
        if last_on < on and is_by_leaving:
            continue
        renews = agreement.end.rule == "auto_renews" and not is_by_leaving
        left, part = days_left(last_on, on), standing.last_on_as
        yield Ending(agreement, standing.state, last_on, left, renews, part)
