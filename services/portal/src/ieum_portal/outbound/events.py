"""Events over the wire."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from uuid import UUID

from ieum_portal.domain.event import (
    EVENT_STATES,
    Clocks,
    Deadline,
    Due,
    Event,
    EventStanding,
    EventState,
)
from ieum_portal.domain.words import Words
from ieum_portal.operations.ports import EventLine, EventList, EventPart
from ieum_portal.outbound import read
from ieum_portal.outbound.told import registry_told
from registryclient import answers
from registryclient.client import RegistryClient
from registryclient.pages import all_pages


class EventsOverHttp:
    """Reads events in one viewer's name; see `operations.ports.Events`."""

    def __init__(self, client: RegistryClient) -> None:
        self._client = client

    @registry_told()
    def events(
        self,
        *,
        state: EventPart,
        kind: str | None,
        q: str | None,
        on: date | None,
        after: str | None,
        limit: int,
    ) -> EventList:
        """List the events that fit, each with where it stands, by first day."""
        found = self._client.events(
            state=state, kind=kind, q=q, on=on, standing=True, after=after, limit=limit
        )
        return EventList(tuple(_line(each) for each in found["items"]), found["next"])

    @registry_told()
    def ahead(self, *, on: date | None, partner: UUID | None) -> Sequence[EventLine]:
        """List all that is under way or upcoming, of one partner or of all, by first day."""
        asked = partial(self._client.events, state="ahead", partner=partner, on=on, standing=True)
        return [_line(each) for each in all_pages(asked)]

    @registry_told()
    def event(self, event_id: UUID) -> Event:
        """Give one event."""
        return _event(self._client.event(event_id))

    @registry_told()
    def standing_of(self, event_id: UUID, *, on: date | None) -> EventStanding:
        """Say where an event and its deadlines stand."""
        return _standing(self._client.event_standing(event_id, on=on))

    @registry_told()
    def beginning_on(self, day: date) -> Sequence[Event]:
        """List the events whose first day it is, cancelled ones included."""
        found = all_pages(partial(self._client.events, starts_from=day, starts_to=day))
        return [_event(each) for each in found]

    @registry_told()
    def participants(self) -> dict[UUID, Words]:
        """Give the names of all who may take part, the city itself included."""
        found = all_pages(partial(self._client.partners, own="any"))
        return {UUID(each["id"]): read.words(each["name"]) for each in found}

    @registry_told()
    def departments(self) -> dict[UUID, Words]:
        """Give the names of the departments that may answer for an event."""
        found = all_pages(self._client.departments)
        return {UUID(each["id"]): read.words(each["name"]) for each in found}


def _line(facts: answers.Event) -> EventLine:
    return EventLine(_event(facts), _standing(facts["standing"]))


def _event(facts: answers.Event) -> Event:
    return Event(
        UUID(facts["id"]),
        read.words(facts["title"]),
        facts["kind"],
        facts["zone"],
        datetime.fromisoformat(facts["starts_at"]),
        datetime.fromisoformat(facts["ends_at"]),
        facts["country"],
        read.words(facts["city"]),
        read.maybe_words(facts["venue"]),
        facts["link"],
        read.maybe_id(facts["department_id"]),
        tuple(UUID(each) for each in facts["partner_ids"]),
        tuple(UUID(each) for each in facts["task_ids"]),
        facts["revision"],
        read.day(facts["revised_on"]),
        read.day(facts["cancelled_on"]),
        facts["provenance"]["illustrative"],
        tuple(
            Due(each["kind"], date.fromisoformat(each["on"]), _clock(each["at"]))
            for each in facts["deadlines"]
        ),
        facts["version"],
        _reason(facts),
    )


def _reason(facts: Mapping[str, object]) -> str | None:
    """Give why it was called off; a record of before this fact was kept does not say."""
    told = facts.get("cancelled_for")
    return None if told is None else str(told)


def _clock(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _standing(said: answers.EventStanding) -> EventStanding:
    return EventStanding(
        _state(said["state"]),
        said["days_left"],
        _clocks(said["starts_at"]),
        _clocks(said["ends_at"]),
        tuple(
            Deadline(
                each["kind"],
                date.fromisoformat(each["on"]),
                _clock(each["at"]),
                datetime.fromisoformat(each["seoul"]),
                each["days_left"],
                each["passed"],
            )
            for each in said["deadlines"]
        ),
    )


def _state(said: str) -> EventState:
    for state in EVENT_STATES:
        if state == said:
            return state
    raise ValueError(said)


def _clocks(said: answers.BothClocks) -> Clocks:
    return Clocks(
        datetime.fromisoformat(said["civil"]),
        said["zone"],
        datetime.fromisoformat(said["seoul"]),
        datetime.fromisoformat(said["utc"]),
    )
