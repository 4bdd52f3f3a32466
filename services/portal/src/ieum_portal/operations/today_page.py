"""What needs somebody today: milestones, events, deadlines, alarms, and if the machinery runs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.event import Event
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Place, Words
from ieum_portal.domain.countdown import (
    LATER_DAYS,
    PRESSING_DAYS,
    SOON_DAYS,
    Section,
    days_left,
    section_of,
)
from ieum_portal.domain.event import Coming, coming_of, in_order
from ieum_portal.domain.operation import DayLoad, PlannedLetter, Projection, Sender
from ieum_portal.domain.viewer import Viewer
from ieum_portal.domain.whose import Places
from ieum_portal.operations.endings import Ending, endings
from ieum_portal.operations.gathering import SILENT, Gathered, Gathering
from ieum_portal.operations.ports import Neighbours, Registry
from ieum_portal.operations.whose import places_of
from registryclient.answers import EventStanding

SEOUL = ZoneInfo("Asia/Seoul")

NextStep = Literal["appoint_seat", "record_outcome", "collect_evidence", "confirm_owner", "watch"]

PLANNED_DAYS = 30
WEEK_DAYS = 7
SHOWN_PARTNERS = 2
"""So many of an agreement's partners stand in its row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone as a line of the page.

    Attributes:
        days_left: Calendar days in Seoul; negative once overdue.
        owner_name: None if the owner's name could not be had.
        next_letter: The next letter that will go out about it, if any is planned.
    """

    milestone: Milestone
    days_left: int
    owner_name: Words | None
    agreement: Agreement | None
    next_step: NextStep
    next_letter: PlannedLetter | None

    @property
    def owner(self) -> Place:
        """Who answers for it."""
        return self.milestone.owner


@dataclass(frozen=True, slots=True)
class TodayPage(Gathered):
    """Everything that the page shows.

    Attributes:
        sections: Rows by section, each in order of day, then title.
        week: The coming seven days with the letters planned; None if nobody could say.
        may_resend: Whether the viewer may let letters go out again.
        endings: Agreements that end within 90 days, or ended lately and nothing was recorded
            since, the reader's own first; None if they could not be had.
        names_in: The names of the departments that lead them, and of their first partners.
        unknown_ends: Agreements of whose end nobody knows, for whoever may look it up: the office
            all, a department its own; None for others, or if they could not be had.
        coming: Events and their deadlines within 30 days; None if they could not be had.
        places: What the viewer answers for; nothing if that could not be had.
        names: Of those places.
        is_mine: Whether the page shows what is theirs alone.
    """

    on: date
    sections: Mapping[Section, Sequence[Row]]
    sender: Sender | None
    projection: Projection | None
    week: Sequence[DayLoad] | None
    coming: Sequence[Coming] | None
    may_resend: bool
    endings: Sequence[Ending] | None
    names_in: Mapping[UUID, Words]
    unknown_ends: Sequence[Agreement] | None
    places: Places
    names: Sequence[Words]
    is_mine: bool

    @property
    def alarm_count(self) -> int:
        """How many things are wrong with the machinery; a neighbour that is silent is one."""
        alarms = len(self.sender.alarms) if self.sender else 0
        asleep = self.sender is not None and not self.sender.is_alive
        behind = self.projection is not None and self.projection.is_behind
        silent = {each.neighbour for each in self.missing if each.code in SILENT}
        return alarms + asleep + behind + len(silent)


def today_page(
    viewer: Viewer, *, on: date, today: date, wants_all: bool, neighbours: Neighbours
) -> TodayPage:
    """Gather the page for one viewer: what is theirs, unless they want all that they may see.

    Who answers for no place sees all.

    Args:
        on: The day that the milestones are looked at from.
        today: The day it is in Seoul; letters are only ever planned from there.
    """
    gathering = Gathering(neighbours.left_s)
    registry = neighbours.registry
    planned_then, sender_then, projection_then = None, None, None
    if viewer.may_see_planned_letters:
        planned_then = gathering.begin(
            "notify",
            "planned",
            lambda: neighbours.notify.planned(days=PLANNED_DAYS),
            otherwise=None,
        )
    if viewer.may_see_operation:
        sender_then = gathering.begin("notify", "sender", neighbours.notify.sender, otherwise=None)
        projection_then = gathering.begin(
            "graph", "projection", neighbours.graph.projection, otherwise=None
        )
    events_then = gathering.begin(
        "registry",
        "events",
        lambda: _ahead(viewer, None if on == today else on, neighbours),  # Today goes by the hour.
        otherwise=None,
    )
    endings_then = gathering.begin(
        "registry", "endings", lambda: _endings(viewer, on, neighbours), otherwise=None
    )
    unknown_then = None
    if viewer.role in ("office", "department"):
        unknown_then = gathering.begin(
            "registry", "agreements", lambda: _unknown_ends(viewer, on, registry), otherwise=None
        )
    places_then = gathering.begin(
        "registry", "owners", lambda: places_of(viewer, neighbours=neighbours), otherwise=Places()
    )
    open_milestones: Sequence[Milestone] = gathering.ask(
        "registry",
        "milestones",
        lambda: [
            *registry.all(Milestone, state="overdue", on=on),
            *registry.all(Milestone, state="due", on=on, due_to=on + timedelta(days=LATER_DAYS)),
        ],
        otherwise=[],
    )
    rows = _rows(open_milestones, on, gathering, registry)
    places, events, ending = places_then(), events_then(), endings_then()
    unknown_ends = None if unknown_then is None else unknown_then()
    is_mine = places.is_known and not wants_all
    if is_mine:
        rows = [each for each in rows if places.owe(each.milestone, each.agreement)]
        ending = ending and [each for each in ending if places.lead(each.agreement)]
        unknown_ends = unknown_ends and [each for each in unknown_ends if places.lead(each)]
        events = events and [each for each in events if places.hold(each[0])]
    names: Mapping[UUID, Words] = gathering.ask(
        "registry",
        "owners",
        lambda: registry.names_of(places.partners, places.departments),
        otherwise={},
    )
    names_in = gathering.ask(
        "registry", "owners", lambda: _leads(ending or (), registry), otherwise=dict[UUID, Words]()
    )
    planned = None if planned_then is None else planned_then()
    if on == today:  # Letters are planned from today on alone.
        rows = _with_letters(rows, planned or ())
    return TodayPage(
        on,
        _by_section(rows),
        None if sender_then is None else sender_then(),
        None if projection_then is None else projection_then(),
        None if planned is None else _week(planned, today),
        None if events is None else _coming(events),
        viewer.may_resend_letters,
        ending,
        names_in,
        unknown_ends,
        places,
        sorted(names.values(), key=lambda each: each.ko),
        is_mine,
        missing=tuple(gathering.missing),
    )


def _rows(
    milestones: Sequence[Milestone], on: date, gathering: Gathering, registry: Registry
) -> list[Row]:
    # A liaison may see a milestone of its own side and not the agreement.
    agreed = gathering.begin(
        "registry",
        "agreements",
        lambda: registry.by_id(
            Agreement, {each.agreement_id for each in milestones if each.agreement_id}
        ),
        otherwise=dict[UUID, Agreement](),
    )
    names: Mapping[UUID, Words] = gathering.ask(
        "registry", "owners", lambda: _owner_names(milestones, registry), otherwise={}
    )
    agreements = agreed()
    return [
        Row(
            each,
            days_left(each.due_on, on),
            names.get(each.owner.id),
            agreements.get(each.agreement_id) if each.agreement_id else None,
            next_step(days_left(each.due_on, on), None),
            None,
        )
        for each in milestones
    ]


def _with_letters(rows: Sequence[Row], planned: Sequence[PlannedLetter]) -> list[Row]:
    """Say of each row which letter goes out next about it, and what follows from that."""
    letters: dict[UUID, PlannedLetter] = {}
    for letter in planned:
        if letter.milestone_id is not None:
            letters.setdefault(letter.milestone_id, letter)
    told = [(each, letters.get(each.milestone.id)) for each in rows]
    return [
        replace(each, next_step=next_step(each.days_left, letter), next_letter=letter)
        for each, letter in told
    ]


def next_step(left: int, letter: PlannedLetter | None) -> NextStep:
    """Say what the reader should do about a milestone.

    Args:
        left: Days to go, negative once overdue.
        letter: The next letter planned about it.
    """
    if letter is not None and letter.has_no_recipient:
        return "appoint_seat"
    match section_of(left):
        case "overdue":
            return "record_outcome"
        case "soon":
            return "collect_evidence" if left <= PRESSING_DAYS else "confirm_owner"
        case _:
            return "watch"


def _owner_names(milestones: Sequence[Milestone], registry: Registry) -> dict[UUID, Words]:
    owners = [each.owner for each in milestones]
    return registry.names_of(
        frozenset(owner.id for owner in owners if owner.type == "partner"),
        frozenset(owner.id for owner in owners if owner.type == "department"),
    )


def _ahead(
    viewer: Viewer, on: date | None, neighbours: Neighbours
) -> list[tuple[Event, EventStanding]]:
    """Give what is ahead; of a liaison only what its own partners take part in, each once."""
    mine: Sequence[UUID | None] = neighbours.own_partners() if viewer.role == "liaison" else (None,)
    found = [
        line
        for each in mine
        for line in neighbours.registry.all_standing(
            Event, EventStanding, state="ahead", partner=each, on=on
        )
    ]
    return list({event.id: (event, standing) for event, standing in found}.values())


def _endings(viewer: Viewer, on: date, neighbours: Neighbours) -> Sequence[Ending]:
    """Give what ends; of a liaison what its own partners are party to, a department's own first."""
    if viewer.role == "liaison":
        return endings(neighbours.registry, on=on, partners=neighbours.own_partners())
    found = endings(neighbours.registry, on=on)
    if viewer.department is None:
        return found
    return sorted(found, key=lambda each: each.agreement.lead_department_id != viewer.department)


def _unknown_ends(viewer: Viewer, on: date, registry: Registry) -> list[Agreement]:
    found = registry.all(Agreement, at_most=1, state="unknown_end", on=on)
    return [
        each
        for each in found
        if viewer.role == "office" or each.lead_department_id == viewer.department
    ]


def _leads(found: Sequence[Ending], registry: Registry) -> dict[UUID, Words]:
    leads = (each.agreement.lead_department_id for each in found)
    partners = (each for ending in found for each in ending.partner_ids[:SHOWN_PARTNERS])
    return registry.names_of(
        frozenset(partners), frozenset(lead for lead in leads if lead is not None)
    )


def _coming(events: Sequence[tuple[Event, EventStanding]]) -> list[Coming]:
    return in_order(each for line in events for each in coming_of(*line, SOON_DAYS))


def _by_section(rows: Sequence[Row]) -> dict[Section, list[Row]]:
    sections: dict[Section, list[Row]] = {"overdue": [], "soon": [], "later": []}
    for row in sorted(rows, key=lambda row: (row.milestone.due_on, row.milestone.title.ko)):
        section = section_of(row.days_left)
        if section is not None:
            sections[section].append(row)
    return sections


def _week(planned: Sequence[PlannedLetter], today: date) -> list[DayLoad]:
    counts = Counter(seoul_day(letter.due_at) for letter in planned)
    days = [today + timedelta(days=ahead) for ahead in range(WEEK_DAYS)]
    return [DayLoad(day, counts[day]) for day in days]


def seoul_day(at: datetime) -> date:
    """Give the day that an instant falls on in Seoul."""
    return at.astimezone(SEOUL).date()
