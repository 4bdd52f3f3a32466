"""What listed subjects have in common, whether read by a route or within a transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

Value = str | int | bool | date | UUID | None

_FIRST, _LAST = date.min + timedelta(days=1), date.max - timedelta(days=1)
"""The days of the calendar but its first and last, which stand for none on a shelf."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that listed subjects have in common; use the functions below to make one.

    Attributes:
        field: A field of the subject's shelf (storage/index/shelves.py names all): mostly a fact's
            name; places are `at_id`, `owner_id`; links are `partner`, `technology`, `holder`.
        on: For a link: it holds on that day. None is any time.
        others: Of which one at least is met, for `either`; each, for `every`.
    """

    field: str
    test: Literal[
        "equal",
        "at_most",
        "at_least",
        "any_of",
        "linked",
        "unlinked",
        "either",
        "every",
        "silent",
        "led",
    ]
    value: Value | tuple[Value, ...]
    on: date | None = None
    others: tuple["Condition", ...] = ()


def equal(field: str, value: Value) -> Condition:
    """Have this value; None asks for subjects without one."""
    return Condition(field, "equal", value)


def at_most(field: str, value: date | int | str) -> Condition:
    """Have this value or a smaller one. A day that is null counts as after every day."""
    return Condition(field, "at_most", value)


def at_least(field: str, value: date | int | str) -> Condition:
    """Have this value or a larger one. A day that is null counts as after every day."""
    return Condition(field, "at_least", value)


def within(field: str, first: date | None, last: date | None) -> tuple[Condition, Condition]:
    """Have a day from one to another, both included; None leaves that side open.

    What has no day, or none that is known, is never meant.
    """
    return (
        at_least(field, max(first or _FIRST, _FIRST)),
        at_most(field, min(last or _LAST, _LAST)),
    )


def before(field: str, day: date) -> Condition:
    """Have a day before this one."""
    return at_most(field, day - timedelta(days=1))


def beyond(field: str, day: date) -> Condition:
    """Have a day after this one, or none."""
    return at_least(field, day + timedelta(days=1))


def any_of(field: str, values: Iterable[Value]) -> Condition:
    """Have one of these values; none of them finds nothing."""
    return Condition(field, "any_of", tuple(values))


def linked(field: str, value: UUID | None, *, on: date | None = None) -> Condition:
    """Be linked with that subject, or with any, on that day or, without one, at any time."""
    return Condition(field, "linked", value, on)


def unlinked(field: str, *, on: date) -> Condition:
    """Be linked with none on that day."""
    return Condition(field, "unlinked", None, on)


def silent(on: date) -> Condition:
    """Have had no sign of life for so long that one asks, as far as the asker sees any.

    Source: docs/rules/lifecycle.md, L-7.
    """
    return Condition("id", "silent", None, on)


def led(role: str, contact_id: UUID, *, on: date) -> Condition:
    """Be led by a department where that contact holds such a seat on that day.

    Source: docs/rules/terms.md, T-42.
    """
    return Condition("lead_department_id", "led", (role, contact_id), on)


def either(*others: Condition) -> Condition:
    """Meet one of these conditions."""
    if len(others) == 1:
        return others[0]
    return Condition("", "either", None, others=others)


def every(*others: Condition) -> Condition:
    """Meet each of these conditions."""
    return Condition("", "every", None, others=others)
