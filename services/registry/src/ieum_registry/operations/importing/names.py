"""Whom the names in a sheet mean: who is called so on record, who was decided, or a question.

Nothing is guessed: near names are choices for a person, and a name becomes a new record by a
person's decision alone. Source: docs/rules/terms.md, T-58.
"""

import typing
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from changefeed.declared import Label
from changefeed.subjects.department import Department
from changefeed.subjects.partner import PARTNER_KINDS, PartnerKind
from changefeed.subjects.parts import Words
from ieum_registry.domain import likeness
from ieum_registry.domain.errors import Refused
from ieum_registry.domain.likeness import LikenessIndex
from ieum_registry.domain.naming import comparison_name
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.partner_kind import kind_of_name
from ieum_registry.domain.within_limits import must_be_within_limits
from ieum_registry.operations.importing.choices import LEAVE, NEW, SAME
from ieum_registry.operations.importing.on_record import OnRecord
from ieum_registry.operations.ports.imports import Choice, NameFound

MOST_CHOICES = 6

Alike = Callable[[str], Sequence[UUID]]
"""Gives partners on record that look like a name, the likeliest first."""


@dataclass(frozen=True, slots=True)
class NameRead:
    """A name as a line has it, with what stands beside it."""

    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a name means.

    Attributes:
        subject_id: None if it is left out, or an open question.
        refused: Why the new record may not be.
    """

    subject_id: UUID | None
    is_open: bool = False
    refused: Refused | None = None
    choices: tuple[Choice, ...] = ()


class NewNames:
    """The names of one sheet that nobody on record is called, to be asked which look alike."""

    def __init__(self) -> None:
        self._index = LikenessIndex()
        self._names: dict[UUID, str] = {}
        self._known: set[str] = set()

    def like(self, name: str) -> Sequence[str]:
        """Give those before it that may be the same organisation, the likeliest first."""
        found = self._index.like(likeness.Named(name), limit=MOST_CHOICES)
        return [self._names[each] for each, _ in found]

    def add(self, name: str) -> None:
        """Take one in, once."""
        if name in self._known:
            return
        self._known.add(name)
        place = UUID(int=len(self._names))
        self._names[place] = name
        self._index.add(place, likeness.Named(name))


@dataclass(slots=True)
class Names:
    """The names of one type in one sheet.

    Args:
        decided: By the name as written, what a person said: `new`, `new:<kind>`, an id, `leave`,
            `same:<name>` of another name of the sheet.
        all_new: Whether every name becomes a new record that nothing on record is like.
    """

    subject_type: str
    record: OnRecord
    decided: Mapping[str, str]
    all_new: bool
    alike: Alike
    new_id: Callable[[], UUID]
    new: dict[str, Partner | Department] = field(default_factory=dict)
    """By the normalised name: spellings that are compared as one are one new record."""
    _meant: dict[str, Meant] = field(default_factory=dict)
    _lines: Counter[str] = field(default_factory=Counter)
    _reads: dict[str, NameRead] = field(default_factory=dict)
    _beside: NewNames = field(default_factory=NewNames)

    def meant(self, read: NameRead) -> Meant:
        """Say whom a name means, the same each time it comes."""
        self._lines[read.name] += 1
        if read.name not in self._meant:
            self._reads[read.name] = read
            self._meant[read.name] = self._find(read)
        return self._meant[read.name]

    def found(self) -> tuple[NameFound, ...]:
        """Give the names that are, or were, a question; the open ones first, then the frequent."""
        asked = [
            (name, meant)
            for name, meant in self._meant.items()
            if meant.is_open or self._is_new(meant) or name in self.decided
        ]
        asked.sort(key=lambda each: (not each[1].is_open, -self._lines[each[0]], each[0]))
        return tuple(self._told(name, meant) for name, meant in asked)

    def subject(self, subject_id: UUID) -> Partner | Department | None:
        """Give a new record by its id."""
        return next((each for each in self.new.values() if each.id == subject_id), None)

    def _told(self, name: str, meant: Meant) -> NameFound:
        decided = self.decided.get(name)
        if decided is None and not meant.is_open:
            decided = NEW
        if meant.subject_id is not None and decided is not None and _makes_new(decided):
            decided = decided if self._is_new(meant) else str(meant.subject_id)
        proposed = None
        if self.subject_type == "partner":
            proposed = kind_of_name(name, country=self._reads[name].country)
        return NameFound(
            self.subject_type, name, self._lines[name], decided, proposed, meant.choices
        )

    def _is_new(self, meant: Meant) -> bool:
        return meant.subject_id is not None and meant.subject_id not in self.record.who(
            self.subject_type
        )

    def _find(self, read: NameRead) -> Meant:
        said = self.decided.get(read.name)
        called = self.record.called(self.subject_type, read.name)
        if said == LEAVE:
            return Meant(None)
        if said is not None and len(called) == 1 and _makes_new(said):
            return Meant(called[0])  # It came on record after this was said.
        if said is not None and said.startswith(SAME):
            return self._same_as(said.removeprefix(SAME), read)
        if said is not None and said.partition(":")[0] == NEW:
            return self._registered(read, said.partition(":")[2])
        if said is not None and (decided := _id(said)) in self.record.who(self.subject_type):
            return Meant(decided)
        if len(called) == 1:
            return Meant(called[0])
        likely = called or [
            *self.record.called(self.subject_type, *read.other_names),
            *self.alike(read.name),
        ]
        choices = tuple(
            self.record.choice(self.subject_type, each)
            for each in list(dict.fromkeys(likely))[:MOST_CHOICES]
        ) + self._alike_in_sheet(read.name)
        if not choices and self.all_new:
            return self._registered(read, "")
        return Meant(None, is_open=True, choices=choices)

    def _alike_in_sheet(self, name: str) -> tuple[Choice, ...]:
        """Give other new names of the sheet that may mean the same organisation.

        The first of them is asked about as any new name; the others are this one question.
        """
        if self.subject_type != "partner" or comparison_name(name) in self.new:
            return ()
        alike = self._beside.like(name)
        self._beside.add(name)
        return tuple(
            Choice(f"{SAME}{each}", Label(f"{each} (이 대장의 이름)", f"{each} (in this sheet)"))
            for each in alike
        )

    def _same_as(self, other: str, read: NameRead) -> Meant:
        """Give whom another name means; a new record is found under this name, too, from then on.

        Names that mean each other are a question, as if nothing had been said.
        """
        if other not in self._meant:
            self._reads.setdefault(other, NameRead(other))
            self._meant[other] = Meant(None, is_open=True)
            self._meant[other] = self._find(self._reads[other])
        meant = self._meant[other]
        for key, new in self.new.items():
            if isinstance(new, Partner) and new.id == meant.subject_id:
                aliases = tuple(dict.fromkeys((*new.aliases, read.name)))
                self.new[key] = replace(new, aliases=aliases)
        return meant

    def _registered(self, read: NameRead, kind: str) -> Meant:
        key = comparison_name(read.name)
        if self.subject_type == "partner" and key not in self.new:
            self._beside.add(read.name)
        known = self.new.get(key)
        if known is not None:
            return Meant(known.id)
        try:
            made = self._made(read, kind)
            must_be_within_limits(made)
        except Refused as refused:
            return Meant(None, refused=refused)
        self.new[key] = made
        return Meant(made.id)

    def _made(self, read: NameRead, kind: str) -> Partner | Department:
        if self.subject_type == "department":
            return Department(self.new_id(), Words(read.name))
        proposed = kind_of_name(read.name, country=read.country)
        chosen = typing.cast("PartnerKind", kind) if kind in PARTNER_KINDS else proposed
        return Partner(
            self.new_id(),
            chosen,
            Words(read.name),
            aliases=tuple(dict.fromkeys(read.other_names)),
            country=read.country or None,
        )


def _makes_new(said: str) -> bool:
    """Say whether a decision is about a name that nobody on record is called."""
    return said.partition(":")[0] == NEW or said.startswith(SAME)


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
