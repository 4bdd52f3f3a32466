"""What of a shelf follows from the declaration of its type: columns, links, order and texts.

Each fact that lists are filtered or sorted by is a column, filled as it stands; what follows from
several facts is written by hand in shelves.py.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from changefeed.declared import Declaration, Field, fields_of
from changefeed.lists import column_of, filters_of, sorts_of
from changefeed.searched import reaches_of, require_open, texts_of
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import Place, Words

from .shelf import ALWAYS, NEVER, Column, Derived, Link, Shelf


def declared_shelf(subject_type: str, *also: str, derived: Derived | None = None) -> Shelf:
    """Give the shelf of a type as far as its declaration says it.

    Args:
        also: Facts that are columns though lists are neither filtered nor sorted by them.
        derived: Columns that follow from several facts; they win over those of one.
    """
    kind_of = DECLARED[subject_type]
    require_open(kind_of, DECLARED)
    by_hand = () if derived is None else derived.columns
    taken = {each.name for each in by_hand}
    fields = [each for each in fields_of(kind_of) if each.key in {*_listed(kind_of), *also}]
    plain = [each for field in fields for each in _columns(field) if each.name not in taken]
    sorts, order = sorts_of(kind_of), kind_of.declares.order
    sign = "-" if order.startswith("-") else ""
    texts = partial(texts_of, kind_of)
    return Shelf(
        subject_type,
        (*plain, *by_hand),
        partial(_fill, tuple(fields), derived),
        f"{sign}{sorts[order.removeprefix('-')]}",
        links=tuple(_links(kind_of)),
        texts=texts if any(each.fact.searched for each in fields_of(kind_of)) else None,
        reaches=reaches_of(kind_of),
        is_found_by_former=kind_of.declares.former,
    )


def _listed(kind_of: type[Declaration]) -> set[str]:
    """Give the keys of the facts that lists are filtered or sorted by, links apart."""
    filtered = {each.field.key for each in filters_of(kind_of) if each.by != "link"}
    columns = set(sorts_of(kind_of).values())
    by_column = {each.key for each in fields_of(kind_of) if column_of(each) in columns}
    return (filtered | by_column) - {"id"}


def _columns(field: Field) -> Iterator[Column]:
    if field.holds is Place:
        yield Column(f"{field.key}_type")
        yield Column(f"{field.key}_id", "uuid", is_nullable=field.is_optional)
    elif field.holds in (date, datetime):
        yield Column(column_of(field), "day", lacks=(NEVER,) if field.is_optional else ())
    elif field.holds is UUID:
        yield Column(field.key, "uuid", is_nullable=field.is_optional)
    else:
        is_number = field.holds in (int, bool)
        yield Column(field.key, "integer" if is_number else "text", is_nullable=field.is_optional)


def _fill(
    fields: tuple[Field, ...], derived: Derived | None, facts: Mapping[str, Any]
) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        found |= _filled(field, facts.get(field.key))
    return found if derived is None else {**found, **derived.fill(facts)}


def _filled(field: Field, value: Any) -> Mapping[str, Any]:  # noqa: ANN401  Facts are JSON.
    """Give what a fact fills; one that an older entry lacks is its default."""
    if field.holds is Place:
        return {f"{field.key}_type": value["type"], f"{field.key}_id": value["id"]}
    if field.holds in (date, datetime):
        return {column_of(field): NEVER if value is None else value[:10]}
    if field.holds is Words:
        return {field.key: value["ko"]}
    if field.holds is bool:
        return {field.key: int(field.default if value is None else value)}
    return {field.key: field.default if value is None else value}


def _links(kind_of: type[Declaration]) -> Iterator[Link]:
    """Link a subject with each id of a list of them, for ever."""
    for each in filters_of(kind_of):
        if each.by == "link" and each.field in fields_of(kind_of):
            yield Link(each.name, partial(_linked, each.field.key))


def _linked(key: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for each in facts.get(key, ()):  # An entry of before lacks it.
        yield each, ALWAYS, NEVER
