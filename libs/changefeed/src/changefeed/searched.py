"""What words find a subject by: its own searched facts, and the names of what it points at."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from changefeed.countries import ALSO_CALLED, COUNTRIES
from changefeed.declared import Declaration, Field, fields_of, readers_of
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
    return (text for _, text in told_texts(kind_of, facts))


def told_texts(kind_of: type[object], facts: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    """Give the same texts, each with the field that people know it by.

    A name in two languages is known by what holds it; one of several parts by its own field there.
    """
    for field in fields_of(kind_of):
        value = facts.get(field.key)
        if not field.fact.searched or field.fact.names is not None or value is None:
            continue
        is_several = typing.get_origin(field.holds) is tuple
        for each in value if is_several else (value,):
            if field.parts is None:
                for text in _texts_in(field, each):
                    yield field, text
            else:
                for within, text in told_texts(field.parts, each):
                    yield (within if is_several else field), text


def pointed_at(kind_of: type[object], facts: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    """Give the ids of what finds a subject by its names, each with the field that points there."""
    for field in fields_of(kind_of):
        value = facts.get(field.key)
        if not field.fact.searched or value is None:
            continue
        several = value if typing.get_origin(field.holds) is tuple else (value,)
        for each in several:
            if field.fact.names is not None:
                yield field, str(each)
            elif field.parts is not None:
                yield from pointed_at(field.parts, each)


def _texts_in(field: Field, value: Any) -> Iterator[str]:  # noqa: ANN401  Whatever a fact holds.
    if field.holds is date:
        yield f"{value[:4]}년"
    elif field.fact.form == "country":
        if value in COUNTRIES:
            yield from (COUNTRIES[value].ko, COUNTRIES[value].en, *ALSO_CALLED.get(value, ()))
    else:
        yield value


class ClosedButSearched(TypeError):
    """Words would find a subject for who may not read the field that holds them."""


def require_open(kind_of: type[Declaration], declared: Mapping[str, type[Declaration]]) -> None:
    """See to it that words tell nobody what a declaration closes to him.

    What is searched must be readable by all who may learn that the subject is there, and what it
    is found through by everybody; of the office's own types anything may be searched.

    Raises:
        ClosedButSearched: Naming the field.
    """
    readers = readers_of(kind_of)
    if kind_of.declares.former and not kind_of.declares.public:
        raise ClosedButSearched(kind_of.__name__)
    if readers != "office":
        _require_open(fields_of(kind_of), kind_of.__name__, declared, parties=readers == "parties")


def _require_open(
    fields: tuple[Field, ...],
    where: str,
    declared: Mapping[str, type[Declaration]],
    *,
    parties: bool,
) -> None:
    for field in fields:
        fact, place = field.fact, f"{where}.{field.name}"
        if not fact.searched:
            continue
        if not (fact.public or (parties and fact.parties)) or fact.whole_only:
            raise ClosedButSearched(place)
        if fact.names is not None and not declared[fact.names].declares.public:
            raise ClosedButSearched(place)
        if field.parts is not None:
            _require_open(fields_of(field.parts), place, declared, parties=parties)


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
