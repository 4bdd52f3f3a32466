"""행사: those under way and ahead, or past, or called off, each on both clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from ieum_portal.domain.event import Event, EventStanding, EventState
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import EventList, Events, Neighbours

PER_PAGE = 25

When = Literal["ahead", "past", "cancelled"]
STATES: dict[When, tuple[EventState, ...]] = {
    "ahead": ("under_way", "upcoming"),
    "past": ("past",),
    "cancelled": ("cancelled",),
}
"""Which states each part of the page shows, in order."""


@dataclass(frozen=True, slots=True)
class EventSearch:
    """What was looked for; the address of the page says the same.

    Attributes:
        q: Tidied text; empty for all.
        kind: An event kind, or empty for all.
        after: Where this page of the list begins.
    """

    when: When = "ahead"
    q: str = ""
    kind: str = ""
    after: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves anything out beside the other parts."""
        return bool(self.q or self.kind)


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event; its standing is None if it could not be had."""

    event: Event
    standing: EventStanding | None


@dataclass(frozen=True, slots=True)
class EventsPage(Gathered):
    """One page of the list; `lines` is None if it could not be had."""

    search: EventSearch
    lines: Sequence[EventLine] | None
    following: str | None


def events_page(search: EventSearch, *, on: date, neighbours: Neighbours) -> EventsPage:
    """Gather one page of the list, by first day; what is under way comes before all pages."""
    gathering = Gathering()
    found = gathering.ask(
        "registry", "events", lambda: _found(search, on, neighbours.events), otherwise=None
    )
    if found is None:
        return EventsPage(search, None, None, missing=tuple(gathering.missing))
    lines = [
        EventLine(
            each,
            gathering.ask(
                "registry",
                "event",
                partial(neighbours.events.standing_of, each.id, on=on),
                otherwise=None,
            ),
        )
        for each in found.events
    ]
    return EventsPage(search, lines, found.following, missing=tuple(gathering.missing))


def _found(search: EventSearch, on: date, events: Events) -> EventList:
    """Read the last of the states page by page, those before it whole on the first page."""
    *before, last = STATES[search.when]

    def read(state: EventState, after: str | None, limit: int) -> EventList:
        return events.events(
            state=state,
            kind=search.kind or None,
            q=search.q or None,
            on=on,
            after=after,
            limit=limit,
        )

    first: list[Event] = []
    if search.after is None:
        first = [event for state in before for event in read(state, None, 200).events]
    page = read(last, search.after, PER_PAGE)
    return EventList((*first, *page.events), page.following)
