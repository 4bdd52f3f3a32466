"""How much of what was promised has come by a day: sums with the rows behind each.

Source: docs/rules/lifecycle.md, L-66 and L-67; docs/adr/0050.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from changefeed.promised import PromiseStanding, standing_on
from changefeed.subjects.parts import Words
from changefeed.subjects.promise import Indicator, Promise

Key = str | None
"""By what promises are counted together: an id, a code or a year; None is to have none."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What may be added up: nothing else is ever added to it."""

    indicator: Indicator
    unit: str
    name: Words | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Some promises of one measure.

    Attributes:
        ids: Of all of them, in their order.
        delivered_ids: Of those that are delivered.
        target: What was promised, as it stood on the day.
        reached: What confirmed reports say as of the day or before, also beyond a target.
    """

    ids: tuple[UUID, ...]
    delivered_ids: tuple[UUID, ...]
    target: int
    reached: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What was promised in one measure: due by the day or settled, and apart what is not yet."""

    measure: Measure
    due: Sum
    not_due: Sum


@dataclass(frozen=True, slots=True)
class Carried:
    """Agreements by what became of their promises.

    Attributes:
        due: Those of which one promise at least is due.
        delivered: Those of these of which each promise that is due is delivered.
        not_due: Those of which none is due yet.
    """

    due: tuple[UUID, ...]
    delivered: tuple[UUID, ...]
    not_due: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What is counted together."""

    key: Key
    figures: tuple[Figure, ...]
    agreements: Carried


KeyOf = Callable[[Promise, PromiseStanding], Key]


def rates(promises: Iterable[Promise], *, on: date, key_of: KeyOf) -> list[Group]:
    """Add up, group by group, what was promised and what came, as of a day.

    A promise that does not count yet on that day, as its base day lies ahead, is left out.

    Returns:
        A group for each key, in the order of the keys; what has none comes last.
    """
    by_key: dict[Key, list[_Counted]] = {}
    for promise in promises:
        if promise.base_on <= on:
            standing = standing_on(promise, on)
            by_key.setdefault(key_of(promise, standing), []).append((promise, standing))
    keys = sorted(by_key, key=lambda key: (key is None, key or ""))
    return [Group(key, tuple(_figures(by_key[key])), _carried(by_key[key])) for key in keys]


def total(promises: Iterable[Promise], *, on: date) -> Group:
    """Add up all of them as one group without a key."""
    found = rates(promises, on=on, key_of=lambda *_: None)
    return found[0] if found else Group(None, (), Carried((), (), ()))


_Counted = tuple[Promise, PromiseStanding]


def _figures(counted: Iterable[_Counted]) -> Iterator[Figure]:
    by_measure: dict[tuple[str, str, str], list[_Counted]] = {}
    for promise, standing in counted:
        name = "" if promise.name is None or promise.indicator != "own" else promise.name.ko
        key = (promise.indicator, name, promise.unit)
        by_measure.setdefault(key, []).append((promise, standing))
    for (_, name, unit), those in sorted(by_measure.items()):
        first = those[0][0]
        measure = Measure(first.indicator, unit, first.name if name else None)
        due = [each for each in those if each[1].is_due]
        ahead = [each for each in those if not each[1].is_due]
        yield Figure(measure, _sum(due), _sum(ahead))


def _sum(counted: Iterable[_Counted]) -> Sum:
    those = list(counted)
    return Sum(
        tuple(promise.id for promise, _ in those),
        tuple(promise.id for promise, standing in those if standing.state == "delivered"),
        sum(standing.target for _, standing in those),
        sum(standing.reached or 0 for _, standing in those),
    )


def _carried(counted: Iterable[_Counted]) -> Carried:
    under: dict[UUID, list[PromiseStanding]] = {}
    for promise, standing in counted:
        under.setdefault(promise.agreement_id, []).append(standing)
    due = {id_: [each for each in its if each.is_due] for id_, its in under.items()}
    return Carried(
        tuple(id_ for id_, its in due.items() if its),
        tuple(
            id_
            for id_, its in due.items()
            if its and all(each.state == "delivered" for each in its)
        ),
        tuple(id_ for id_, its in due.items() if not its),
    )


def quarter_ends(on: date, quarters: int) -> list[date]:
    """Give the last days of so many quarters, in order, the last one the day that is asked about.

    Of a quarter that is not over on that day nobody knows its end.
    """
    found, day = [on], on
    while len(found) < quarters:
        first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        day = first - timedelta(days=1)
        found.insert(0, day)
    return found
