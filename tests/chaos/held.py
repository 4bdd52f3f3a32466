"""What a client knows of what it made, and of what it means to write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.record import Facts


@dataclass(frozen=True, slots=True)
class Network:
    """What the sample files brought: ids that new records may name."""

    agreement: str
    partners: tuple[str, ...]
    tasks: tuple[str, ...]
    departments: tuple[str, ...]


@dataclass(slots=True)
class Held:
    """A subject that a client has, with the version it knows.

    Attributes:
        is_busy: A write of it is unanswered; nobody else may change it meanwhile.
        days: Of a milestone or an event the days it was ever on; a milestone's day used again owes
            no new letter.
        people: Of a partner its contacts; of a seat who was ever put into it; of an event the
            partners that take part.
        left: Of an event the partners that were ever taken off.
    """

    id: str
    path: str
    version: int
    is_busy: bool = False
    is_open: bool = True
    days: set[int] = field(default_factory=set)
    people: list[str] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    seat: "Held | None" = None


@dataclass(slots=True)
class Meant:
    """One write that a client means, until it is known how it ended."""

    mark: str
    what: str
    method: str
    path: str
    body: Mapping[str, Any]
    held: Held | None = None
    then: Callable[[Facts], None] | None = None
    has_key: bool = True
    entries: int = 1
    is_shared: bool = False
    tries: int = 0
    next_at: float = 0.0
    answers: list[tuple[str, int, int]] = field(default_factory=list)
    facts: Facts | None = None
