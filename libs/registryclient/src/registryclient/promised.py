"""How much of what was promised has come by a day, with the rows behind each figure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.subjects.parts import Words


@dataclass(frozen=True, slots=True)
class PromiseSum:
    """Some promises of one measure added up: `reached` of `target`."""

    promises: int
    delivered: int
    target: int
    reached: int
    ids: tuple[UUID, ...]
    delivered_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PromiseFigure:
    """One measure: what is due by the day, and apart from it what is not yet."""

    indicator: str
    unit: str
    name: Words | None
    due: PromiseSum
    not_due: PromiseSum


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """Agreements: with something due, of these with all that is due delivered, with nothing due."""

    due: tuple[UUID, ...]
    delivered: tuple[UUID, ...]
    not_due: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PromiseGroup:
    """What is counted together; `key` is an id, a code or a year, None for what has none."""

    key: str | None
    figures: tuple[PromiseFigure, ...]
    agreements: CarriedOut


@dataclass(frozen=True, slots=True)
class PromiseRates:
    """All of it, and in groups, as known at an entry of the log."""

    on: date
    known_at: int
    groups: tuple[PromiseGroup, ...]
    total: PromiseGroup


@dataclass(frozen=True, slots=True)
class PromiseQuarter:
    """All of it at the end of a quarter, or on the day that is asked about."""

    on: date
    total: PromiseGroup
