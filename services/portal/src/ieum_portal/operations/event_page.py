"""One event: when there and here, where, until when for what, who goes, and who might be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.subjects.catalogue import Task
from changefeed.subjects.event import Event
from changefeed.subjects.parts import Words
from ieum_portal.domain.network import NetworkAnswer, Row
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours
from registryclient.answers import EventStanding


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner that works on what the event is about, and is not going yet.

    Attributes:
        label: Its name, in the reader's language.
        tasks, technologies: What it has to do with the event, likewise.
    """

    partner_id: UUID
    label: str
    tasks: Sequence[str]
    technologies: Sequence[str]
    illustrative: bool


@dataclass(frozen=True, slots=True)
class EventPage(Gathered):
    """Everything that the page shows.

    Attributes:
        standing: None if it could not be had.
        partners: Those that go, by name; the name is None if it could not be had.
        department: Who in the city answers for it, if its name could be had.
        tasks: Those that it is about, in the programme's order.
        suggestions: None if the graph did not say.
        suggested_on: The day whose network they were looked for in.
    """

    event: Event
    standing: EventStanding | None
    partners: Sequence[tuple[UUID, Words | None]]
    department: Words | None
    tasks: Sequence[Task]
    suggestions: Sequence[Suggestion] | None
    suggested_on: date


def event_page(
    event_id: UUID,
    *,
    on: date | None,
    today: date,
    neighbours: Neighbours,
    written: int | None = None,
) -> EventPage:
    """Gather the page.

    Args:
        on: The day that was chosen; None is now, by the hour where the event is.
        today: In Seoul.
        written: The entry that the viewer has just written here, if the page follows from one.

    Raises:
        NotFound: No such event.
        NeighbourDown, NeighbourRefused: The registry could not say.
    """
    gathering = Gathering(neighbours.left_s)
    event = gathering.need("registry", lambda: neighbours.registry.one(Event, event_id))
    network_on = _network_on(event, on or today)
    near = gathering.begin(
        "graph",
        "suggestions",
        lambda: neighbours.graph.event_neighbours(event_id, on=network_on, written=written),
        otherwise=None,
    )
    standing = gathering.begin(
        "registry",
        "event",
        lambda: neighbours.registry.standing(Event, EventStanding, event_id, on=on),
        otherwise=None,
    )
    tasks = gathering.begin(
        "registry",
        "names",
        lambda: neighbours.registry.by_id(Task, event.task_ids),
        otherwise=dict[UUID, Task](),
    )
    names: Mapping[UUID, Words] = gathering.ask(
        "registry",
        "names",
        lambda: neighbours.registry.names_of(
            frozenset(event.partner_ids),
            frozenset() if event.department_id is None else frozenset({event.department_id}),
        ),
        otherwise={},
    )
    about = sorted(tasks().values(), key=lambda each: each.position)
    is_now = standing()
    suggested = near()
    return EventPage(
        event,
        is_now,
        sorted(((each, names.get(each)) for each in event.partner_ids), key=_by_name),
        names.get(event.department_id) if event.department_id else None,
        about,
        None if suggested is None else suggestions(suggested, event),
        network_on,
        missing=tuple(gathering.missing),
    )


def _network_on(event: Event, on: date) -> date:
    """Give the day in whose network it is looked who might be asked to an event.

    That of its first day, or of the day asked about once it has begun: whose commitment is over by
    then is no help there. What was called off has no ties on its first day any more.
    """
    return on if event.cancelled_on else max(on, event.starts_at.date())


def _by_name(partner: tuple[UUID, Words | None]) -> tuple[bool, str]:
    _, name = partner
    return (name is None, name.ko if name else "")


def suggestions(near: NetworkAnswer, event: Event) -> list[Suggestion]:
    """Give the partners around an event that are not going, in the graph's order."""
    place = {column.name: number for number, column in enumerate(near.columns)}

    def texts(row: Row, column: str) -> list[str]:
        return [cell.text for cell in row.cells[place[column]]]

    return [
        Suggestion(
            cell.partner_id,
            cell.text,
            texts(row, "tasks"),
            texts(row, "technologies"),
            row.illustrative,
        )
        for row in near.rows
        for cell in row.cells[place["partner"]]
        if cell.partner_id is not None and cell.partner_id not in event.partner_ids
    ]
