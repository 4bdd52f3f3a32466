"""How well is a task covered on a day: by nobody, one partner alone or several, or is it unknown?

Who counts what a reader may see alone counts fewer; the rule is the same for everybody.
Source: docs/rules/lifecycle.md, L-8, L-28 and L-30.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from changefeed.bounds import Run
from changefeed.declared import Label
from changefeed.subjects.collaboration import Collaboration

Partner = TypeVar("Partner", bound=Hashable)

Cover = Literal["nobody", "unknown", "one", "several"]
COVERS: Mapping[Cover, Label] = {
    "nobody": Label("맡은 기관 없음", "nobody"),
    "unknown": Label("종료 미상뿐", "not known"),
    "one": Label("한 기관뿐", "one partner alone"),
    "several": Label("여러 기관", "several partners"),
}
"""What each says to a reader."""


@dataclass(frozen=True, slots=True)
class Covered(Generic[Partner]):
    """Who works on a task on a day.

    Attributes:
        partners: Those whose commitment holds, each once.
        unknown: Others, of whom nobody knows whether theirs still does; they cover nothing.
    """

    partners: frozenset[Partner]
    unknown: frozenset[Partner]

    @property
    def cover(self) -> Cover:
        """Name how well it is covered."""
        return cover_of(len(self.partners), len(self.unknown))


def cover_of(partners: int, unknown: int) -> Cover:
    """Name how well something is covered by so many partners, and so many others perhaps."""
    if not partners:
        return "unknown" if unknown else "nobody"
    return "one" if partners == 1 else "several"


def covered(holding: Iterable[Partner], perhaps: Iterable[Partner]) -> Covered[Partner]:
    """Count the partners of commitments on a task.

    Args:
        holding: Whose commitments hold on the day; one who has several counts once.
        perhaps: Whose commitments nobody knows of; one that holds for certain besides is not one.

    Source: docs/rules/lifecycle.md, L-30.
    """
    partners = frozenset(holding)
    return Covered(partners, frozenset(perhaps) - partners)


def holds_on(commitment: Collaboration, day: date) -> bool:
    """Whether a commitment holds on the day, bounded by its agreement and party (L-8)."""
    return Run(commitment.holds_from, commitment.holds_until).includes(day)


def is_unknown_on(commitment: Collaboration, day: date) -> bool:
    """Whether nobody knows if a commitment holds on the day (L-28)."""
    first_on = commitment.unknown_from
    return first_on is not None and Run(first_on, commitment.unknown_until).includes(day)
