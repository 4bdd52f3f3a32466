"""What is offered where other subjects are named: all of a few, else what is sought."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from unicodedata import normalize
from uuid import UUID

from changefeed.countries import COUNTRIES
from changefeed.declared import Declaration, Label
from changefeed.subjects.catalogue import Task
from changefeed.subjects.department import Department
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import PLACE_TYPES, PlaceType, Words
from ieum_portal.operations.ports import Registry
from registryclient.answers import Asked

FEW = 50
"""So many are offered whole; of more a person says which they look for."""

FOUND = 20
"""So many of what is found are offered at once."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be chosen.

    Attributes:
        choices: Each with its name; where it is not all there are, what is chosen comes first.
        is_whole: Whether that is all there are.
        has_more: Whether more was found than is offered.
        types: What each is, where several types are offered.
    """

    choices: Sequence[tuple[UUID, Words]]
    is_whole: bool
    has_more: bool = False
    types: Mapping[UUID, PlaceType] = field(default_factory=dict)

    @property
    def ids(self) -> Sequence[UUID]:
        """What may be chosen, without names."""
        return [each for each, _ in self.choices]


def offer(
    kind_of: type[Declaration],
    *,
    chosen: Collection[UUID],
    sought: str | None,
    registry: Registry,
    asked: Mapping[str, Asked] = MappingProxyType({}),
) -> Offer:
    """Give what may be chosen of a type.

    Args:
        sought: Words to look for; None looks for nothing, and offers what is chosen alone.
        asked: What narrows the list, as the registry's lists take it.

    Raises:
        NeighbourDown: The registry could not say.
    """
    first = registry.page(kind_of, after=None, limit=FEW, **asked)
    if first.next is None:
        return Offer(sorted(told_apart(first.items), key=_by_name), is_whole=True)
    return _sought(kind_of, chosen=chosen, sought=sought, registry=registry, asked=asked)


def offer_places(
    *,
    chosen: Collection[UUID],
    sought: str | None,
    registry: Registry,
    partners: Sequence[tuple[UUID, Words]] | None,
) -> Offer:
    """Give where something may belong: departments first, then partners, each with what it is.

    Args:
        sought: As for `offer`; a few departments are offered whole only if the partners are.
        partners: Those among whom it is chosen; None is all there are.

    Raises:
        NeighbourDown: The registry could not say.
    """
    departments = offer(Department, chosen=chosen, sought=sought, registry=registry)
    if partners is None:
        others = offer(Partner, chosen=chosen, sought=sought, registry=registry)
    elif departments.is_whole or sought is None:
        others = Offer(partners, is_whole=True)
    else:
        words = _spelled(sought)
        alike = [each for each in partners if each[0] in chosen or words in _spelled(each[1].ko)]
        others = Offer(alike, is_whole=True)
    if partners is None and departments.is_whole and not others.is_whole:
        departments = _sought(Department, chosen=chosen, sought=sought, registry=registry)
    found: dict[PlaceType, Offer] = {"department": departments, "partner": others}
    is_whole = all(each.is_whole for each in found.values())
    return Offer(
        [
            (place_id, _called(name, PLACE_TYPES[kind]))
            for kind, each in found.items()
            for place_id, name in each.choices
        ],
        is_whole,
        any(each.has_more for each in found.values()),
        {place_id: kind for kind, each in found.items() for place_id in each.ids},
    )


def _called(name: Words, kind: Label) -> Words:
    return Words(f"{name.ko} ({kind.ko})", f"{name.en or name.ko} ({kind.en})")


def _sought(
    kind_of: type[Declaration],
    *,
    chosen: Collection[UUID],
    sought: str | None,
    registry: Registry,
    asked: Mapping[str, Asked] = MappingProxyType({}),
) -> Offer:
    known = registry.by_id(kind_of, chosen, **asked) if chosen else {}
    if sought is None:
        return Offer(told_apart(known.values()), is_whole=False)
    found = registry.page(kind_of, after=None, limit=FOUND, q=sought, **asked)
    others = (each for each in found.items if each.id not in known)
    choices = told_apart([*known.values(), *others])
    return Offer(choices, is_whole=False, has_more=found.next is not None)


def search(
    kind_of: type[Declaration],
    sought: str,
    *,
    registry: Registry,
    asked: Mapping[str, Asked] = MappingProxyType({}),
) -> Offer:
    """Give the first of what is called so.

    Raises:
        NeighbourDown: The registry could not say.
    """
    found = registry.page(kind_of, after=None, limit=FOUND, q=sought, **asked)
    return Offer(told_apart(found.items), is_whole=False, has_more=found.next is not None)


def told_apart(subjects: Iterable[Any]) -> list[tuple[UUID, Words]]:
    """Give each with its name; where several are spelled alike, with what tells them apart."""
    found = [(each, *named(each)) for each in subjects]
    often = Counter(_spelled(name.ko) for _, _, name in found)
    return [
        (subject_id, name if often[_spelled(name.ko)] == 1 else _noted(name, subject))
        for subject, subject_id, name in found
    ]


def _spelled(name: str) -> str:
    return "".join(normalize("NFKC", name).casefold().split())


def _noted(name: Words, subject: Any) -> Words:  # noqa: ANN401  Any declared type.
    """Add a business number, else a country, a city, a day, a web address or a key."""
    note = _note(subject)
    if note is None:
        return name
    return Words(f"{name.ko} ({note.ko})", f"{name.en or name.ko} ({note.en})")


def _note(subject: Any) -> Label | None:  # noqa: ANN401  Any declared type.
    def has(fact: str) -> Any:  # noqa: ANN401  Of any type.
        return getattr(subject, fact, None)

    if number := has("business_number"):
        written = f"{number[:3]}-{number[3:5]}-{number[5:]}"
        return Label(written, written)
    if (city := has("city")) and (starts_at := has("starts_at")):
        day = starts_at.date().isoformat()
        return Label(f"{city.ko}, {day}", f"{city.en or city.ko}, {day}")
    if country := COUNTRIES.get(has("country") or ""):
        return country
    told = (has(each) for each in ("signed_on", "starts_at", "due_on", "website", "key"))
    first = next((str(each) for each in told if each), None)
    return None if first is None else Label(first, first)


def named(subject: Any) -> tuple[UUID, Words]:  # noqa: ANN401  Any declared type.
    """Give a subject's id with what people call it."""
    name = getattr(subject, "title", None) or getattr(subject, "name", None)
    if not isinstance(name, Words):
        name = Words(name or subject.key or str(subject.id))
    if isinstance(subject, Task) and subject.key:  # People call tasks by their numbers.
        name = Words(f"{subject.key} {name.ko}", f"{subject.key} {name.en}" if name.en else None)
    return subject.id, name


def _by_name(pair: tuple[UUID, Words]) -> str:
    return pair[1].ko
