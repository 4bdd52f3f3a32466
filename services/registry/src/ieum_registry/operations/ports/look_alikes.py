"""Which partners look like one organisation, as it is kept beside the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ieum_registry.domain.likeness import Reason


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two partners on record that may be one organisation, the earlier recorded first."""

    one: UUID
    other: UUID
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LookAlikePage:
    """Some pairs, the most alike first.

    Attributes:
        pending: How many entries about partners have not been looked at yet.
    """

    items: tuple[LookAlike, ...]
    has_more: bool
    pending: int


class LookAlikes(Protocol):
    """The pairs that are kept."""

    def reached(self) -> int:
        """Give the last entry whose partner was held against the others."""
        ...

    def to_compare(self, after: int, *, limit: int) -> Sequence[tuple[int, UUID]]:
        """Give the next entries about partners, each with its number."""
        ...

    def keep(self, found: Mapping[UUID, Mapping[UUID, Sequence[Reason]]], *, reached: int) -> None:
        """Keep who some partners look like, in place of what was kept of them before."""
        ...

    def page(self, *, after: tuple[int, UUID, UUID] | None, limit: int) -> LookAlikePage:
        """Give the pairs that nobody has decided on, the most alike first."""
        ...
