"""What is offered where other subjects are named: all of a few, else what is sought."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from changefeed.declared import Declaration
from changefeed.subjects.catalogue import Task
from changefeed.subjects.parts import Words
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
    """

    choices: Sequence[tuple[UUID, Words]]
    is_whole: bool
    has_more: bool = False

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
    asked: Mapping[str, Asked],
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
        return Offer(sorted(map(named, first.items), key=_by_name), is_whole=True)
    known = registry.by_id(kind_of, chosen, **asked) if chosen else {}
    if sought is None:
        return Offer([named(each) for each in known.values()], is_whole=False)
    found = search(kind_of, sought, registry=registry, asked=asked)
    others = [each for each in found.choices if each[0] not in known]
    return replace(found, choices=[*(named(each) for each in known.values()), *others])


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
    choices = [named(each) for each in found.items]
    return Offer(choices, is_whole=False, has_more=found.next is not None)


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
