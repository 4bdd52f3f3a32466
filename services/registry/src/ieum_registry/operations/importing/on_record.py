"""What is on record, taken into memory once for a whole sheet: names, numbers, agreements."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from changefeed.declared import Label
from ieum_registry.domain import likeness
from ieum_registry.domain.likeness import LikenessIndex
from ieum_registry.domain.naming import comparison_name
from ieum_registry.operations.likeness import index_of_all
from ieum_registry.operations.ports.condition import Condition
from ieum_registry.operations.ports.imports import Choice
from ieum_registry.operations.ports.records import Reading, Records
from sheetreader.fields import FIELDS

AT_ONCE = 1000
_POINTED_AT = {
    each.field.fact.names for each in FIELDS.values() if each.field.fact.names is not None
} - {"agreement"}
"""Types that columns may name, beside partners, departments and agreements."""
MOST_ALIKE = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A partner or department on record, by what it is called.

    Attributes:
        own: Whether it is the city's own side; of departments, the coordinating one.
    """

    id: UUID
    name: str
    label: Label
    own: bool = False


@dataclass(frozen=True, slots=True)
class KnownAgreement:
    """An agreement on record, as far as lines are matched by it."""

    id: UUID
    version: int
    text: str
    title: str
    signed: str


@dataclass(slots=True)
class OnRecord:
    """The record as it stood when a sheet was checked.

    Attributes:
        named: By type, then by the normalised name or alias, who is called so.
    """

    partners: dict[UUID, Named] = field(default_factory=dict)
    departments: dict[UUID, Named] = field(default_factory=dict)
    named: Mapping[str, dict[str, list[UUID]]] = field(
        default_factory=lambda: {"partner": defaultdict(list), "department": defaultdict(list)}
    )
    agreements: dict[UUID, KnownAgreement] = field(default_factory=dict)
    by_number: dict[str, UUID] = field(default_factory=dict)
    by_approval: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, UUID] = field(default_factory=dict)
    others: dict[str, dict[str, list[UUID]]] = field(default_factory=dict)

    def who(self, subject_type: str) -> Mapping[UUID, Named]:
        """Give all of a type."""
        return self.partners if subject_type == "partner" else self.departments

    def called(self, subject_type: str, *names: str) -> list[UUID]:
        """Give who is called by one of some names, each once."""
        found = self.named[subject_type]
        keys = dict.fromkeys(comparison_name(each) for each in names if each)
        return list(dict.fromkeys(one for key in keys for one in found.get(key, ())))

    def found_by(self, name: str, value: str) -> list[UUID]:
        """Give the agreements that have an id, key, number or approval number."""
        if name == "approval_number":
            return self.by_approval.get(value, [])
        if name == "id":
            found = next((each for each in self.agreements if str(each) == value.casefold()), None)
        else:
            found = (self.by_key if name == "key" else self.by_number).get(value)
        return [] if found is None else [found]

    def subjects_called(self, subject_type: str, name: str) -> list[UUID]:
        """Give what may be meant by a name or key; an agreement by its number or title."""
        if subject_type == "agreement":
            return self.found_by("number", name) or self.by_title.get(title_key(name), [])
        return self.others.get(subject_type, {}).get(comparison_name(name), [])

    def own(self) -> list[UUID]:
        """Give the city's own sides."""
        return [each.id for each in self.partners.values() if each.own]

    def coordinating(self) -> UUID | None:
        """Give the department that coordinates, if there is one."""
        return next((each.id for each in self.departments.values() if each.own), None)

    def choice(self, subject_type: str, subject_id: UUID) -> Choice:
        """Give one to choose."""
        return Choice(str(subject_id), self.who(subject_type)[subject_id].label)

    def names(self) -> Mapping[str, str]:
        """Give what ids are called in Korean."""
        both = (*self.partners.values(), *self.departments.values())
        return {str(each.id): each.name for each in both}


def read_record(records: Records) -> OnRecord:
    """Read all names and all agreements that there are."""
    found = OnRecord()
    for subject_type in ("partner", "department"):
        for reading in every(subject_type, records):
            facts = json.loads(reading.text)
            _learn(found, subject_type, facts)
    for reading in every("agreement", records):
        _learn_agreement(found, reading)
    for subject_type in sorted(_POINTED_AT):
        called = found.others.setdefault(subject_type, {})
        for reading in every(subject_type, records):
            facts = json.loads(reading.text)
            texts = (facts["name"]["ko"], facts["name"].get("en"), facts.get("key"))
            for key in dict.fromkeys(comparison_name(each) for each in texts if each):
                called.setdefault(key, []).append(UUID(facts["id"]))
    return found


def every(
    subject_type: str, records: Records, conditions: Sequence[Condition] = ()
) -> Iterator[Reading]:
    """Read all of a type that meet the conditions."""
    after: str | None = None
    while True:
        page = records.list(subject_type, conditions, limit=AT_ONCE, after=after, sort="id")
        yield from page.items
        after = page.next
        if after is None:
            return


def _learn(found: OnRecord, subject_type: str, facts: Mapping[str, Any]) -> None:
    name = facts["name"]
    who = Named(
        UUID(facts["id"]),
        name["ko"],
        Label(name["ko"], name.get("en") or name["ko"]),
        bool(facts.get("own") or facts.get("office")),
    )
    all_of_them = found.partners if subject_type == "partner" else found.departments
    all_of_them[who.id] = who
    texts: Sequence[str | None] = (name["ko"], name.get("en"), *facts.get("aliases", ()))
    for key in dict.fromkeys(comparison_name(each) for each in texts if each):
        found.named[subject_type][key].append(who.id)


def _learn_agreement(found: OnRecord, reading: Reading) -> None:
    facts = json.loads(reading.text)
    known = KnownAgreement(
        UUID(facts["id"]),
        reading.version,
        reading.text,
        facts["title"]["ko"],
        signed_text(facts),
    )
    found.agreements[known.id] = known
    if facts.get("key"):
        found.by_key[facts["key"]] = known.id
    if facts.get("number"):
        found.by_number[facts["number"]] = known.id
    if facts.get("approval_number"):
        found.by_approval[facts["approval_number"]].append(known.id)
    found.by_title[title_key(known.title)].append(known.id)


def partners_alike(records: Records) -> Callable[[str], Sequence[UUID]]:
    """Give what finds partners on record that look like a name, the likeliest first.

    All of them are taken into memory once a name asks for it.
    """
    taken: list[LikenessIndex] = []

    def alike(name: str) -> Sequence[UUID]:
        if not taken:
            taken.append(index_of_all(records))
        return [each for each, _ in taken[0].like(likeness.Named(name), limit=MOST_ALIKE)]

    return alike


def signed_text(facts: Mapping[str, Any]) -> str:
    """Give the day of signing as facts have it, or what is written of it."""
    return str(facts.get("signed_on") or (facts.get("signed_as") or {}).get("written") or "")


def title_key(title: str) -> str:
    """Give the form in which titles are compared: blanks, case and signs do not count."""
    return "".join(each for each in comparison_name(title) if each.isalnum())
