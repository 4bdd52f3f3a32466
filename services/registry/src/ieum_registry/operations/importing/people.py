"""The city's people in a sheet: who of them is on record, and who would be entered with a seat.

Nobody is entered before a person has decided it for the whole sheet, with what the office holds
them for. Source: docs/rules/terms.md, T-80; ADR 0049.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from changefeed.declared import Label
from changefeed.mapping import from_facts, to_facts
from changefeed.subjects.contact import Person as NamedContact
from changefeed.subjects.parts import Language, Place
from changefeed.subjects.seat import Holder, SeatRole
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import Refused, RuleBroken
from ieum_registry.domain.naming import PHONE, comparison_name, is_email_address
from ieum_registry.domain.seat import Seat
from ieum_registry.domain.within_limits import must_be_within_limits
from ieum_registry.operations.importing.choices import LEAVE, NEW, PeopleDecision
from ieum_registry.operations.importing.on_record import every
from ieum_registry.operations.ports.imports import Choice, NameFound, Planned
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.ports.records import Records

AT_ONCE = 1000
LANGUAGE: Language = "ko"


@dataclass(frozen=True, slots=True)
class PersonRead:
    """One of the city's people as a line names them."""

    role: SeatRole
    name: str
    phone: str = ""
    email: str = ""

    @property
    def said(self) -> str:
        """The name, with how the person is reached."""
        reached = ", ".join(each for each in (self.phone, self.email) if each)
        return f"{self.name} ({reached})" if reached else self.name


@dataclass(slots=True)
class KnownPeople:
    """Contacts of departments on record, and who sits there today.

    Attributes:
        called: By department and compared name.
        seated: Who holds a seat of a role at a department.
    """

    called: dict[tuple[UUID, str], list[UUID]] = field(default_factory=dict)
    reached: dict[UUID, Person] = field(default_factory=dict)
    seated: set[tuple[UUID, SeatRole, UUID]] = field(default_factory=set)


def people_on_record(records: Records, today: date) -> KnownPeople:
    """Read who is on record at the departments."""
    found = KnownPeople()
    here: list[Contact] = []
    for reading in every("contact", records):
        contact = from_facts(Contact, json.loads(reading.text))
        if contact.at.type == "department" and contact.erased_on is None:
            here.append(contact)
    for start in range(0, len(here), AT_ONCE):
        found.reached.update(records.people([each.id for each in here[start : start + AT_ONCE]]))
    for contact in here:
        if contact.id in found.reached:
            name = comparison_name(found.reached[contact.id].name)
            found.called.setdefault((contact.at.id, name), []).append(contact.id)
    for reading in every("seat", records):
        seat = from_facts(Seat, json.loads(reading.text))
        if seat.at.type == "department":
            found.seated |= {(seat.at.id, seat.role, each) for each in seat.held_on(today)}
    return found


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a person of a line means.

    Attributes:
        contact_id: None if they are left out, or an open question.
        new: What is to be entered for them first.
        choices: Given while it is a question.
        refused: Why nobody may be entered so.
        differs: Whether they are reached otherwise on record, which stays.
    """

    contact_id: UUID | None = None
    new: NamedContact | None = None
    choices: tuple[Choice, ...] = ()
    refused: Refused | None = None
    differs: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a person has to say who is meant."""
        return bool(self.choices)


@dataclass(slots=True)
class People:
    """The city's people of one sheet.

    Args:
        decided: Whether they are entered, and what for; None while nobody has said it.
        named: By the name with its department, whom a name means that several are called.
        known: Read once it is needed.
    """

    decided: PeopleDecision | None
    named: Mapping[str, str]
    known: Callable[[], KnownPeople]
    new_id: Callable[[], UUID]
    today: date
    seats: list[Seat] = field(default_factory=list)
    _new: dict[tuple[UUID, str], NamedContact] = field(default_factory=dict)
    _seated: set[tuple[UUID, SeatRole, UUID]] = field(default_factory=set)
    _read: set[tuple[UUID, str]] = field(default_factory=set)
    _asked: dict[str, Whom] = field(default_factory=dict)
    _lines: dict[str, int] = field(default_factory=dict)
    _known: KnownPeople | None = None

    @property
    def are_taken(self) -> bool:
        """Whether they are entered."""
        return self.decided is not None and self.decided.taken

    def count(self) -> int:
        """Count the people that the sheet names, whatever becomes of them."""
        return len(self._read)

    def notice(self, department_id: UUID, read: PersonRead) -> None:
        """Count somebody in; the same name at the same department is one person."""
        self._read.add((department_id, comparison_name(read.name)))

    def meant(self, department_id: UUID, department: str, read: PersonRead) -> Whom:
        """Say whom a line means; nothing is planned by it."""
        key = (department_id, comparison_name(read.name))
        if key in self._new:
            new = self._new[key]
            return Whom(
                new.id, new, differs=_differs(Person(read.name, new.email, new.phone), read)
            )
        known = self._on_record()
        called = known.called.get(key, [])
        name = f"{read.name} ({department})"
        said = self.named.get(name)
        if said == LEAVE:
            return Whom()
        chosen = [each for each in called if str(each) == said] or called
        if len(chosen) == 1 and said != NEW:
            return Whom(chosen[0], differs=_differs(known.reached[chosen[0]], read))
        if called and said != NEW:
            choices = tuple(
                Choice(str(each), _label(known.reached[each], at))
                for at, each in enumerate(called, 1)
            )
            found = Whom(choices=choices)
            self._asked[name] = found
            self._lines[name] = self._lines.get(name, 0) + 1
            return found
        return self._newcomer(department_id, read)

    def take(self, department_id: UUID, role: SeatRole, whom: Whom) -> bool:
        """Plan what a line needs of somebody; says whether there was anything to plan."""
        if whom.contact_id is None:
            return False
        if whom.new is not None and whom.new.name is not None:
            self._new.setdefault((department_id, comparison_name(whom.new.name)), whom.new)
        seat = (department_id, role, whom.contact_id)
        if seat in self._seated or seat in self._on_record().seated:
            return False
        self._seated.add(seat)
        holder = Holder(whom.contact_id, self.today)
        at = Place("department", department_id)
        self.seats.append(Seat(self.new_id(), at, role, LANGUAGE, holders=(holder,)))
        return True

    def found(self) -> tuple[NameFound, ...]:
        """Give the names that several on record are called, to be decided."""
        return tuple(
            NameFound("contact", name, self._lines[name], None, None, whom.choices)
            for name, whom in sorted(self._asked.items())
        )

    def records(self, first: int) -> list[Planned]:
        """Give what is to be written, each person before their seat.

        Args:
            first: The position of the first.
        """
        both: Sequence[NamedContact | Seat] = (*self._new.values(), *self.seats)
        return [
            Planned(place, None, each.subject_type, each.id, 0, to_facts(each), None)
            for place, each in enumerate(both, first)
        ]

    def _on_record(self) -> KnownPeople:
        if self._known is None:
            self._known = self.known()
        return self._known

    def _newcomer(self, department_id: UUID, read: PersonRead) -> Whom:
        decided = self.decided or PeopleDecision(taken=False)
        new = NamedContact(
            self.new_id(),
            Place("department", department_id),
            LANGUAGE,
            decided.purpose,
            decided.consented_on or self.today,
            retain_until=decided.retain_until,
            name=read.name,
            email=read.email or None,
            phone=read.phone or None,
        )
        try:
            must_be_within_limits(new)
        except Refused as refused:
            return Whom(refused=refused)
        return Whom(new.id, new)


def must_be_whole(decided: PeopleDecision | None) -> None:
    """Make sure that who lets people be entered says what for, and since when they know of it.

    Raises:
        RuleBroken: `import.people_purpose`; `import.people_consent`; `term.reversed`.
    """
    if decided is None or not decided.taken:
        return
    if not decided.purpose.strip():
        raise RuleBroken("import.people_purpose", pointer="/people/purpose")
    if decided.consented_on is None:
        raise RuleBroken("import.people_consent", pointer="/people/consented_on")
    if decided.retain_until is not None and decided.retain_until < decided.consented_on:
        raise RuleBroken(
            "term.reversed",
            pointer="/people/retain_until",
            starts_on=decided.consented_on,
            ends_on=decided.retain_until,
        )


def reached_by(phone: str, email: str) -> tuple[str, str, tuple[str, ...]]:
    """Give a telephone number and an address as they are kept, and what is neither."""
    number = phone.replace(".", "-").strip()
    wrong: list[str] = []
    if number and PHONE.fullmatch(number) is None:
        wrong.append(phone)
        number = ""
    if email and not is_email_address(email):
        wrong.append(email)
        email = ""
    return number, email, tuple(wrong)


def _differs(kept: Person, read: PersonRead) -> bool:
    """Say whether a line tells another way to reach somebody than is kept."""
    digits = [
        "".join(one for one in each or "" if one.isdigit()) for each in (kept.phone, read.phone)
    ]
    is_other_phone = bool(read.phone) and digits[0] != digits[1]
    return is_other_phone or bool(
        read.email and read.email.casefold() != (kept.email or "").casefold()
    )


def _label(person: Person, at: int) -> Label:
    """Tell one of several with the same name from the others."""
    reached = ", ".join(each for each in (person.phone, person.email) if each) or str(at)
    text = f"{person.name} ({reached})"
    return Label(text, text)
