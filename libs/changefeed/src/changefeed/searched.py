"""What words find a subject by: its own searched facts, and the names of what it points at."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from changefeed.countries import ALSO_CALLED, COUNTRIES
from changefeed.declared import Declaration, Field, fields_of
from changefeed.lists import Filter, filters_of


@dataclass(frozen=True, slots=True)
class Reach:
    """Subjects whose names find the ones that point at them.

    Attributes:
        names: Their type.
        column: Where the ids stand that point there: a column, or a kind of link.
    """

    names: str
    column: str
    is_link: bool


def texts_of(kind_of: type[Declaration], facts: Mapping[str, Any]) -> Iterator[str]:
    """Give the texts of a subject's searched facts; facts that an older entry lacks have none.

    Of a day it is the year, of a country each of its names.
    """
    return _texts(fields_of(kind_of), facts)


def _texts(fields: tuple[Field, ...], facts: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = facts.get(field.key)
        if not field.fact.searched or field.fact.names is not None or value is None:
            continue
        several = value if typing.get_origin(field.holds) is tuple else (value,)
        for each in several:
            yield from _texts_in(field, each)


def _texts_in(field: Field, value: Any) -> Iterator[str]:  # noqa: ANN401  Whatever a fact holds.
    if field.parts is not None:
        yield from _texts(fields_of(field.parts), value)
    elif field.holds is date:
        yield f"{value[:4]}년"
    elif field.fact.form == "country":
        if value in COUNTRIES:
            yield from (COUNTRIES[value].ko, COUNTRIES[value].en, *ALSO_CALLED.get(value, ()))
    else:
        yield value


def reaches_of(kind_of: type[Declaration]) -> tuple[Reach, ...]:
    """Give the types by whose names a subject is found, as it points at some of theirs."""
    return _reaches_of(cast("Any", kind_of))


@cache
def _reaches_of(kind_of: type[Any]) -> tuple[Reach, ...]:
    return tuple(map(_reach, filter(_is_reached, filters_of(kind_of))))


def _is_reached(asked: Filter) -> bool:
    return asked.field.fact.searched and asked.field.fact.names is not None


def _reach(asked: Filter) -> Reach:
    names = asked.field.fact.names
    assert names is not None  # noqa: S101  By `_is_reached`.
    return Reach(names, asked.column, asked.by == "link")
