"""By what lists of a subject are filtered and sorted, as its declaration says."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from changefeed.declared import Declaration, Field, fields_of, readers_of
from changefeed.subjects.parts import Place

_ENDINGS = ("_ids", "_id", "_on", "_at")


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that a list is filtered by.

    Attributes:
        name: What it is called in a query; of days `<name>_from` and `<name>_to`.
        column: What the list's index calls it: a column, or a kind of link.
        by: Whether subjects have its value, lie within its days, or are linked with it.
    """

    name: str
    column: str
    by: Literal["value", "day", "link"]
    field: Field


def filters_of(kind_of: type[Declaration]) -> tuple[Filter, ...]:
    """Give what lists of a type are filtered by, in the order of its fields."""
    return _filters_of(kind_of)


@cache
def _filters_of(kind_of: type[Declaration]) -> tuple[Filter, ...]:
    return tuple(_filters(fields_of(kind_of)))


def _filters(fields: tuple[Field, ...]) -> Iterator[Filter]:
    for field in fields:
        if field.fact.filtered:
            yield _filter(field)
        elif field.parts is not None and _is_several(field):
            for each in fields_of(field.parts):
                if each.fact.filtered:
                    name = _name(each)
                    yield Filter(name, name, "link", each)


def groupings_of(kind_of: type[Declaration]) -> Mapping[str, Filter]:
    """Give what lists of a type are counted by: filters of what it names, its codes, yes or no.

    A closed fact is none, unless the whole type is the office's own or its parties may read it.
    """
    return _groupings_of(kind_of)


@cache
def _groupings_of(kind_of: type[Declaration]) -> Mapping[str, Filter]:
    found = {each.name: each for each in filters_of(kind_of) if each.by != "day"}
    return MappingProxyType(
        {name: each for name, each in found.items() if _is_grouped(each, readers_of(kind_of))}
    )


def _is_grouped(asked: Filter, readers: str) -> bool:
    fact = asked.field.fact
    if readers != "office" and not (fact.public or fact.parties):
        return False
    return names_subjects(asked) or fact.codes is not None or asked.field.holds is bool


def names_subjects(asked: Filter) -> bool:
    """Whether a list is filtered by the id of what it names."""
    return asked.field.fact.names is not None or asked.field.holds is Place


def _filter(field: Field) -> Filter:
    name = _name(field)
    if _is_several(field):
        return Filter(name, name, "link", field)
    return Filter(name, column_of(field), "day" if _is_day(field) else "value", field)


def _name(field: Field) -> str:
    if isinstance(field.fact.filtered, str):
        return field.fact.filtered
    return next((field.key[: -len(end)] for end in _ENDINGS if field.key.endswith(end)), field.key)


def column_of(field: Field) -> str:
    """Give what the index of a list calls a field: a place by its id, a time by its day."""
    if field.holds is Place:
        return f"{field.key}_id"
    return f"{field.key.removesuffix('_at')}_on" if field.holds is datetime else field.key


def sorts_of(kind_of: type[Declaration]) -> Mapping[str, str]:
    """Give what lists of a type may be sorted by, each with the column that says it.

    `id` is the order in which subjects were first recorded. Texts sort by code point, so Hangul as
    in a dictionary; of names and titles it is the Korean one.
    """
    return _sorts_of(kind_of)


@cache
def _sorts_of(kind_of: type[Declaration]) -> Mapping[str, str]:
    fields = {each.key: each for each in fields_of(kind_of)}
    first = kind_of.declares.order.removeprefix("-")
    found = {first: column_of(fields[first])}
    found |= {key: column_of(each) for key, each in fields.items() if _is_sorted(each)}
    return MappingProxyType(found | {each: each for each in (*kind_of.declares.also_sorted, "id")})


def _is_sorted(field: Field) -> bool:
    is_id = field.holds in (UUID, Place) or _is_several(field)
    return field.fact.sorted or (bool(field.fact.filtered) and not is_id)


def _is_day(field: Field) -> bool:
    return field.holds in (date, datetime)


def _is_several(field: Field) -> bool:
    return typing.get_origin(field.holds) is tuple
