"""By what a list is narrowed: codes, subjects and years, as its address says them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from changefeed.declared import Declaration, Label
from changefeed.lists import filters_of
from changefeed.subjects.all import DECLARED
from changefeed.subjects.seat import SEAT_ROLES, SeatRole
from httpedge.caller import Role
from ieum_portal.operations.listing import Offers, all_of
from ieum_portal.operations.sitting import sitting
from ieum_portal.pages.labels import Labels
from ieum_portal.pages.screen import EVERYBODY
from registryclient.answers import Asked

Narrow = Callable[[str, date], Mapping[str, Asked]]
"""Gives what the registry is asked for by a value, on a day."""

FEW = frozenset({"department", "programme", "strategy", "task", "service_field"})
"""Types of which there are so few that a form offers them all; of others a link brings the id."""

EARLIEST_YEAR, LATEST_YEAR = 1945, 2200


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that a list is narrowed by.

    Attributes:
        name: In the address.
        options: The codes that it takes, with their words.
        of: The type of subject whose id it takes instead; None if it takes none.
        control: How a form offers it; `link` is not at all.
        order: By what those are sorted that it leaves, unless the reader sorts them.
        first: What holds where the address says nothing; empty for everything.
        offers: Gives, on a day, what a form offers of subjects, to this filter and others.
        roles: Who may ask by it; to anybody else it means nothing.
        is_of_people: Whether what it offers are people: who is shown them is recorded, so they are
            offered to those alone who want to ask by them.
    """

    name: str
    label: Label
    control: Literal["codes", "subjects", "year", "link"]
    narrow: Narrow
    options: Labels | None = None
    of: str | None = None
    order: str = ""
    first: str = ""
    offers: Callable[[date], Offers] | None = None
    roles: tuple[Role, ...] = EVERYBODY
    is_of_people: bool = False

    def takes(self, value: str) -> bool:
        """Whether a value means anything."""
        if self.options is not None:
            return value in self.options
        return _is_id(value) if self.of is not None else _is_year(value)


def coded(
    name: str,
    label: Label,
    options: Labels,
    *,
    first: str = "",
    everything: str = "",
    asked: str = "",
) -> Filter:
    """Make a filter by codes that the registry takes.

    Args:
        asked: Under which name, if not the same.
        everything: A code for all of them, where a list shows less at first.
    """

    def narrow(value: str, _: date) -> Mapping[str, Asked]:
        return {} if value == everything else {asked or name: value}

    return Filter(name, label, "codes", narrow, options, first=first)


def declared_filter(kind_of: type[Declaration], name: str, label: Label | None = None) -> Filter:
    """Make the filter that a declaration offers under a name: codes, days of a year, a subject."""
    found = next(each for each in filters_of(kind_of) if each.name == name)
    fact = found.field.fact
    label = label or fact.label
    if found.by == "day":
        return Filter(name, label, "year", lambda value, _: _year(name, value))
    if fact.codes is not None:
        return coded(name, label, fact.codes)
    of = fact.names or "partner"
    is_offered = of in FEW
    offers = all_of(name, DECLARED[of])
    return Filter(
        name,
        label,
        "subjects" if is_offered else "link",
        lambda value, _: {name: UUID(value)},
        of=of,
        offers=(lambda _: offers) if is_offered else None,
    )


def by_seat(roles: Sequence[SeatRole]) -> tuple[Filter, ...]:
    """Make the filters by who sits in the department that looks after a row.

    Only to those who may see the people there: by asking for one after the other, others would
    learn who sits where.
    """

    def on_day(on: date) -> Offers:
        return lambda registry: sitting(roles, on=on, registry=registry)

    return tuple(_seated(role, on_day) for role in roles)


def _seated(role: SeatRole, offers: Callable[[date], Offers]) -> Filter:
    return Filter(
        role,
        SEAT_ROLES[role],
        "subjects",
        lambda value, _: {role: UUID(value)},
        of="contact",
        offers=offers,
        roles=("office", "department"),
        is_of_people=True,
    )


def within(name: str, label: Label, field: str, days: Mapping[str, Label], *, order: str) -> Filter:
    """Make a filter by how soon a day comes.

    Args:
        field: What the registry calls the range of days, without `_from` and `_to`.
        days: So many days from the one looked at, with their words.
        order: What sorts by that day: the first to come stands first.
    """

    def narrow(value: str, on: date) -> Mapping[str, Asked]:
        return {f"{field}_from": on, f"{field}_to": on + timedelta(days=int(value))}

    return Filter(name, label, "codes", narrow, days, order=order)


def _year(name: str, value: str) -> Mapping[str, Asked]:
    return {f"{name}_from": date(int(value), 1, 1), f"{name}_to": date(int(value), 12, 31)}


def _is_year(value: str) -> bool:
    return (
        len(value) == 4
        and value.isascii()
        and value.isdigit()
        and (EARLIEST_YEAR <= int(value) <= LATEST_YEAR)
    )


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
