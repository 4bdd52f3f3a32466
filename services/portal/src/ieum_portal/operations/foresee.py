"""What a change would write, and what would follow from it: told before anything is recorded.

The registry says which entries it would write; the graph and notify say, of these entries, what
they would do. Where one of the two does not answer, that part is missing and the person may go on.

Source: docs/adr/0011-foreseen-before-recorded.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from changefeed.mapping import to_facts
from changefeed.subjects.all import DECLARED
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.event import Event
from changefeed.subjects.parts import Words
from ieum_portal.domain.command import (
    Command,
    Foretold,
    Left,
    ManyChanged,
    SeveralRegistered,
    SubjectChanged,
    SubjectMoved,
    SubjectRegistered,
    TriedEach,
    first_felt,
)
from ieum_portal.domain.consequences import Letter, Redrawn, Reposted
from ieum_portal.domain.difference import Difference, differences, mentioned
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.ports import Neighbours, Registry


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry that would be written, and what it changes."""

    entry: Foretold
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Foreseen(Gathered):
    """Everything that a preview shows.

    Attributes:
        redrawn, reposted: None if the graph or notify could not say.
        left: Those of several that would be left as they are, with why.
        several: How many were asked for; None where it is one change.
        is_there_already: Whether a commitment or event like the one to be recorded is on record:
            another form may have recorded it, which no key can know.
    """

    entries: Sequence[EntryLine]
    names: Mapping[UUID, Words]
    redrawn: Redrawn | None
    reposted: Reposted | None
    is_there_already: bool = False
    left: Left = field(default_factory=dict)
    several: int | None = None

    @property
    def written(self) -> int:
        """Of how many of several something would be written, what that brings of others apart."""
        if not self.entries:
            return 0
        kind = self.entries[0].entry.subject_type
        return len(
            {each.entry.subject_id for each in self.entries if each.entry.subject_type == kind}
        )

    @property
    def is_quiet(self) -> bool:
        """Whether the record alone changes: no tie, no letter, and everybody could say so."""
        redrawn, reposted = self.redrawn, self.reposted
        if self.missing or self.is_there_already or redrawn is None or reposted is None:
            return False
        return bool(self.entries) and reposted.is_unchanged and not (redrawn.told or redrawn.cover)


def foresee(command: Command, *, today: date, neighbours: Neighbours) -> Foreseen:
    """Say what a change would write and bring.

    Args:
        today: The day it is in Seoul; the network is looked at as of the day on which the change
            is first felt, today or later.

    Raises:
        Stale, ChangeRefused: As the registry would answer the change itself.
        NeighbourDown, NotFound: The registry could not say; it has no such subject.
    """
    registry, gathering = neighbours.registry, Gathering(neighbours.left_s)
    tried = gathering.need("registry", lambda: _tried(command, registry))
    entries, left = tried.entries, tried.left
    several = len(command.seen) if isinstance(command, ManyChanged) else None
    if not entries:  # Nothing differs, so there is nothing that could follow.
        return Foreseen([], {}, None, None, left=left, several=several, missing=())
    bringing = begin_to_bring(
        entries, on=first_felt(command, entries, today), gathering=gathering, neighbours=neighbours
    )
    is_there_already = gathering.need("registry", lambda: _is_there_already(command, neighbours))
    lines = gathering.need(
        "registry",
        lambda: [
            EntryLine(each, _differences(before, _after(command, each), each.subject_type))
            for each, before in zip(entries, _before(command, entries, registry), strict=True)
        ],
    )
    names = gathering.ask(
        "registry", "names", lambda: names_behind(_mentioned(lines), registry), otherwise={}
    )
    brought = bringing()
    return Foreseen(
        lines,
        {**names, **brought.names},
        brought.redrawn,
        brought.reposted,
        is_there_already,
        left,
        several,
        missing=tuple(gathering.missing),
    )


def _differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], subject_type: str
) -> Sequence[Difference]:
    """Give what an entry changes; the receipt of a handover says what the other entries say."""
    return [] if subject_type == "handover" else differences(before, after)


@dataclass(frozen=True, slots=True)
class Brought:
    """What entries bring in the network and in the post, and the names of who is written to."""

    redrawn: Redrawn | None
    reposted: Reposted | None
    names: Mapping[UUID, Words]


def begin_to_bring(
    entries: Sequence[Foretold], *, on: date, gathering: Gathering, neighbours: Neighbours
) -> Callable[[], Brought]:
    """Ask what entries would bring without waiting for it; what is not answered is noted."""
    network = gathering.begin(
        "graph", "network", lambda: neighbours.graph.consequences(entries, on=on), otherwise=None
    )
    letters = gathering.begin(
        "notify", "planned", lambda: neighbours.notify.consequences(entries), otherwise=None
    )

    def brought() -> Brought:
        reposted = letters()
        places = {each.place.id: each.place.type for each in _letters(reposted) if each.place}
        names = gathering.ask(
            "registry", "names", lambda: _names_of(places, neighbours.registry), otherwise={}
        )
        return Brought(network(), reposted, names)

    return brought


def _tried(command: Command, registry: Registry) -> TriedEach:
    if isinstance(command, ManyChanged):
        return registry.try_each(command)
    return TriedEach(registry.try_out(command), {})


def _letters(reposted: Reposted | None) -> Sequence[Letter]:
    return () if reposted is None else reposted.letters


def _names_of(places: Mapping[UUID, str], registry: Registry) -> dict[UUID, Words]:
    partners = frozenset(each for each, kind in places.items() if kind == "partner")
    return registry.names_of(partners, frozenset(places.keys() - partners))


def _is_there_already(command: Command, neighbours: Neighbours) -> bool:
    """Say whether something like what is to be recorded is on record, as far as that is asked."""
    if not isinstance(command, SubjectRegistered):
        return False
    facts, registry = command.facts, neighbours.registry
    match command.subject_type:
        case "collaboration":
            alike = ("partner_id", "task_id", "role", "starts_on")
            agreement = UUID(facts["agreement_id"])
            found = map(to_facts, registry.all(Collaboration, agreement=agreement))
            return any(all(each[key] == facts[key] for key in alike) for each in found)
        case "event":
            day = datetime.fromisoformat(facts["starts_at"]).date()
            return any(
                (each.title.ko, to_facts(each)["starts_at"])
                == (facts["title"]["ko"], facts["starts_at"])
                for each in registry.all(Event, starts_from=day, starts_to=day)
            )
        case _:
            return False


def _before(
    command: Command, entries: Sequence[Foretold], registry: Registry
) -> Sequence[Mapping[str, Any] | None]:
    """Give the facts before each entry; of several changes by so many ids at once."""
    is_of_many = isinstance(command, ManyChanged) or (
        not isinstance(command, SeveralRegistered) and command.subject_type == "handover"
    )
    if isinstance(command, SubjectRegistered | SeveralRegistered) and not is_of_many:
        return [None] * len(entries)
    if not is_of_many:
        return [
            None if each.is_first else registry.facts(DECLARED[each.subject_type], each.subject_id)
            for each in entries
        ]
    found: dict[UUID, Mapping[str, Any]] = {}
    for subject_type in {each.subject_type for each in entries}:
        ids = {each.subject_id for each in entries if each.subject_type == subject_type}
        subjects = registry.by_id(DECLARED[subject_type], ids)
        found |= {each.id: to_facts(each) for each in subjects.values()}
    return [found.get(each.subject_id) for each in entries]


def _after(command: Command, entry: Foretold) -> Mapping[str, Any]:
    """Give the facts as they would be; a person's name and addresses are kept beside the log."""
    if entry.subject_type != "contact":
        return entry.body
    if isinstance(command, SubjectChanged) and command.subject_type == "contact":
        return {**entry.body, **command.facts}
    if isinstance(command, SubjectMoved):
        return {**entry.body, **command.facts.get("person", {})}
    return entry.body


def _mentioned(lines: Sequence[EntryLine]) -> dict[str, frozenset[UUID]]:
    told = [
        {each.field: value}
        for line in lines
        for each in line.differences
        for value in (each.before, each.after)
    ]
    return mentioned(told)
