"""What needs somebody today: milestones, events, deadlines, alarms, and if the machinery runs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.event import Event
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Place, Words
from changefeed.subjects.reply import Reply
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
from ieum_portal.operations.endings import MOST_ROWS, NONE, Ending, Endings, endings
from ieum_portal.operations.gathering import SILENT, Gathered, Gathering
from ieum_portal.operations.ports import Neighbours, Registry
from ieum_portal.operations.whose import places_of
from registryclient.answers import Asked, DamagedDocument, EventStanding, Listed, Total

SEOUL = ZoneInfo("Asia/Seoul")

NextStep = Literal["appoint_seat", "record_outcome", "collect_evidence", "confirm_owner", "watch"]

PLANNED_DAYS = 30
WEEK_DAYS = 7
MOST_EVENTS = 200
NOBODY = UUID(int=0)
"""Stands where only what no department leads is looked for."""

UNDAMAGED: Listed[DamagedDocument] = Listed((), None, NONE)
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
        sections: The first rows of each section, in order of day.
        totals: How many rows each section has; None if they could not be had.
        week: The coming seven days with the letters planned; None if nobody could say.
        may_resend: Whether the viewer may let letters go out again.
        endings: Agreements that end within 90 days, or ended lately and nothing was recorded
            since, the reader's own first; None if they could not be had.
        names_in: The names of the departments that lead them, and of their first partners.
        unknown_ends: Agreements of whose end nobody knows, for whoever may look it up: the office
            all, a department its own; None for others, or if they could not be had.
        endings_total, unknown_total, coming_total: How many of each there are in all.
        damaged: Documents whose file is missing or altered, the first and how many, for the office.
        proposals: How many corrections by liaisons await the office, for the office.
        coming: Events and their deadlines within 30 days; None if they could not be had.
        places: What the viewer answers for; nothing if that could not be had.
        names: Of those places.
        is_mine: Whether the page shows what is theirs alone.
    """

    on: date
    sections: Mapping[Section, Sequence[Row]]
    totals: Mapping[Section, Total] | None
    sender: Sender | None
    projection: Projection | None
    week: Sequence[DayLoad] | None
    coming: Sequence[Coming] | None
    coming_total: Total
    may_resend: bool
    endings: Sequence[Ending] | None
    endings_total: Total
    names_in: Mapping[UUID, Words]
    unknown_ends: Sequence[Agreement] | None
    unknown_total: Total
    damaged: Listed[DamagedDocument]
    proposals: Total
    places: Places
    names: Sequence[Words]
    is_mine: bool

    @property
    def looked_after(self) -> Mapping[str, str]:
        """Give how the list of milestones is narrowed to the same ones; {} if it cannot be."""
        one = self.places.departments or self.places.partners
        if not self.is_mine or len(one) != 1:
            return {}
        unled = {"unled": "true"} if self.places.takes_rest else {}
        return {"looked_after_by": str(next(iter(one))), **unled}

    @property
    def alarm_count(self) -> int:
        """How many things are wrong with the machinery; a neighbour that is silent is one."""
        alarms = len(self.sender.alarms) if self.sender else 0
        asleep = self.sender is not None and not self.sender.is_alive
        behind = self.projection is not None and self.projection.is_behind
        silent = {each.neighbour for each in self.missing if each.code in SILENT}
        damaged = self.damaged.total.count if self.damaged.total else 0
        return alarms + asleep + behind + damaged + len(silent)


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
    places: Places = gathering.ask(
        "registry", "owners", lambda: places_of(viewer, neighbours=neighbours), otherwise=Places()
    )
    is_mine = places.is_known and not wants_all
    narrowed = _narrowed(places if is_mine else Places())
    sections_then: dict[Section, Callable[[], Listed[Milestone] | None]] = {
        section: gathering.begin(
            "registry",
            "milestones",
            partial(_open_milestones, registry, on, {**asked, **narrowed}),
            otherwise=None,
        )
        for section, asked in _spans_of(on).items()
    }
    led = _narrowed(places) if is_mine or viewer.role == "department" else {}
    endings_then = gathering.begin(
        "registry",
        "endings",
        lambda: _endings(viewer, on, neighbours, led if is_mine else {}),
        otherwise=None,
    )
    unknown_then: Callable[[], Listed[Agreement] | None] = lambda: None  # noqa: E731  Not asked.
    if viewer.role == "office" or (viewer.role == "department" and places.is_known):
        unknown_then = gathering.begin(
            "registry",
            "agreements",
            lambda: registry.page(
                Agreement,
                after=None,
                limit=MOST_ROWS,
                count=True,
                state="unknown_end",
                on=on,
                **led,
            ),
            otherwise=None,
        )
    proposed_then: Callable[[], Total] = lambda: NONE  # noqa: E731  Not asked.
    damaged_then: Callable[[], Listed[DamagedDocument]] = lambda: UNDAMAGED  # noqa: E731  Not asked.
    if viewer.role == "office":
        damaged_then = gathering.begin(
            "registry",
            "document_state",
            lambda: registry.damaged_documents(limit=MOST_ROWS),
            otherwise=UNDAMAGED,
        )
        proposed_then = gathering.begin(
            "registry", "replies", partial(_proposed, registry), otherwise=NONE
        )
    sections = {section: told() for section, told in sections_then.items()}
    found = [each for one in sections.values() if one is not None for each in one.items]
    rows = _rows(found, on, gathering, registry)
    events, ending, unknown_ends = events_then(), endings_then(), unknown_then()
    if is_mine and events is not None:
        events = Listed([each for each in events.items if places.hold(each[0])], events.next)
    names: Mapping[UUID, Words] = gathering.ask(
        "registry",
        "owners",
        lambda: registry.names_of(places.partners, places.departments),
        otherwise={},
    )
    names_in = gathering.ask(
        "registry",
        "owners",
        lambda: _leads(ending.first if ending else (), registry),
        otherwise=dict[UUID, Words](),
    )
    planned = None if planned_then is None else planned_then()
    if on == today:  # Letters are planned from today on alone.
        rows = _with_letters(rows, planned or ())
    coming = None if events is None else _coming(events.items)
    return TodayPage(
        on,
        _by_section(rows),
        _totals(sections),
        None if sender_then is None else sender_then(),
        None if projection_then is None else projection_then(),
        None if planned is None else _week(planned, today),
        None if coming is None else coming[:MOST_ROWS],
        NONE if events is None or coming is None else Total(len(coming), exact=not events.next),
        viewer.may_resend_letters,
        None if ending is None else ending.first,
        NONE if ending is None else ending.total,
        names_in,
        None if unknown_ends is None else unknown_ends.items,
        NONE if unknown_ends is None else unknown_ends.total or NONE,
        damaged_then(),
        proposed_then(),
        places,
        sorted(names.values(), key=lambda each: each.ko),
        is_mine,
        missing=tuple(gathering.missing),
    )


def _proposed(registry: Registry) -> Total:
    found = registry.page(Reply, after=None, limit=1, count=True, state="open")
    return found.total or NONE


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


def _narrowed(places: Places) -> Mapping[str, Asked]:
    """Give what narrows a list to what some places look after; nothing if there are none (L-35)."""
    if not places.is_known:
        return {}
    theirs = tuple(places.partners or places.departments)
    return {"looked_after_by": theirs or (NOBODY,), "unled": True if places.takes_rest else None}


def _spans_of(on: date) -> dict[Section, Mapping[str, Asked]]:
    """Give what the registry is asked for by section."""
    soon_to = on + timedelta(days=SOON_DAYS)
    return {
        "overdue": {"state": "overdue"},
        "soon": {"state": "due", "due_to": soon_to},
        "later": {
            "state": "due",
            "due_from": soon_to + timedelta(days=1),
            "due_to": on + timedelta(days=LATER_DAYS),
        },
    }


def _open_milestones(registry: Registry, on: date, asked: Mapping[str, Asked]) -> Listed[Milestone]:
    return registry.page(Milestone, after=None, limit=MOST_ROWS, count=True, on=on, **asked)


def _totals(
    sections: Mapping[Section, Listed[Milestone] | None],
) -> Mapping[Section, Total] | None:
    if any(found is None for found in sections.values()):
        return None
    return {name: found.total or NONE for name, found in sections.items() if found is not None}


def _ahead(
    viewer: Viewer, on: date | None, neighbours: Neighbours
) -> Listed[tuple[Event, EventStanding]]:
    """Give what is ahead; of a liaison only what its own partners take part in, each once."""
    mine: Sequence[UUID | None] = neighbours.own_partners() if viewer.role == "liaison" else (None,)
    pages = [
        neighbours.registry.page_standing(
            Event,
            EventStanding,
            after=None,
            limit=MOST_EVENTS,
            state="ahead",
            partner=each,
            on=on,
        )
        for each in mine
    ]
    found = {event.id: (event, standing) for page in pages for event, standing in page.items}
    return Listed(list(found.values()), next((each.next for each in pages if each.next), None))


def _endings(viewer: Viewer, on: date, neighbours: Neighbours, led: Mapping[str, Asked]) -> Endings:
    """Give what ends; of a liaison what its own partners are party to, a department's own first."""
    if viewer.role == "liaison":
        return endings(neighbours.registry, on=on, partners=neighbours.own_partners())
    found = endings(neighbours.registry, on=on, led=led)
    if viewer.department is None:
        return found
    own_first = sorted(
        found.first, key=lambda each: each.agreement.lead_department_id != viewer.department
    )
    return replace(found, first=own_first)


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
