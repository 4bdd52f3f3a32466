"""행사: those under way and ahead, or past, or called off, each on both clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from changefeed.subjects.event import Event
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours
from registryclient.answers import EventStanding

EventPart = Literal["ahead", "past", "cancelled"]
"""What is under way or upcoming, over, or called off."""

PER_PAGE = 25

PARTS: tuple[EventPart, ...] = ("ahead", "past", "cancelled")
"""The parts of the page; by first day, so that what is under way comes before what is ahead."""


@dataclass(frozen=True, slots=True)
class EventSearch:
    """What was looked for; the address of the page says the same.

    Attributes:
        q: Tidied text; empty for all.
        kind: An event kind, or empty for all.
        after: Where this page of the list begins.
    """

    when: EventPart = "ahead"
    q: str = ""
    kind: str = ""
    after: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves anything out beside the other parts."""
        return bool(self.q or self.kind)


@dataclass(frozen=True, slots=True)
class EventsPage(Gathered):
    """One page of the list; `lines` is None if it could not be had."""

    search: EventSearch
    lines: Sequence[tuple[Event, EventStanding]] | None
    following: str | None


def events_page(search: EventSearch, *, on: date | None, neighbours: Neighbours) -> EventsPage:
    """Gather one page of the list, by first day.

    Args:
        on: The day that was chosen; None is now, by the hour where each event is.
    """
    gathering = Gathering()
    found = gathering.ask(
        "registry",
        "events",
        lambda: neighbours.registry.page_standing(
            Event,
            EventStanding,
            state=search.when,
            kind=search.kind or None,
            q=search.q or None,
            on=on,
            after=search.after,
            limit=PER_PAGE,
        ),
        otherwise=None,
    )
    missing = tuple(gathering.missing)
    if found is None:
        return EventsPage(search, None, None, missing=missing)
    return EventsPage(search, found.items, found.next, missing=missing)
