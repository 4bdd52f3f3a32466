"""Reading the fields of a record as changefeed declares them: one way for each type of field."""

import typing
from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from changefeed import limits
from changefeed.declared import Field, fields_of
from changefeed.subjects.parts import Evidence, Place, Words
from ieum_registry.operations.loading.row import Row

Stated = list[tuple[str, str, Any]]
"""Name in the file, attribute of the subject, value."""

_NOT_A_FIELD = frozenset({"id", "key", "provenance"})
"""What every record has, read with its draft."""


def stated(row: Row, kind_of: type[Any], *, but: Collection[str] = ()) -> Stated:
    """Read every field that registering and changing may write.

    Args:
        but: Fields that are read in another way, or that follow from where the record stands.
    """
    return [
        (name_in_file(each), each.name, read(row, each))
        for each in fields_of(kind_of)
        if each.fact.set_by is None and each.name not in _NOT_A_FIELD and each.name not in but
    ]


def name_in_file(field: Field) -> str:
    """Give what a field is called in a file: of what an id points at the file gives the key."""
    return field.fact.in_file or field.key.removesuffix("_id")


def read(row: Row, field: Field) -> Any:  # noqa: ANN401  What the field holds.
    """Take one field; what is wrong with it is noted as a fault of the record."""
    name, fact, holds = name_in_file(field), field.fact, field.holds
    required = field.is_required
    if typing.get_origin(holds) is tuple:
        return _several(row, name, field)
    if fact.codes is not None:
        return row.choice(name, fact.codes, required=required)
    match fact.form:
        case "web" | "https" as form:
            return row.link(name, https=form == "https")
        case "passage" if holds is str:
            return row.passage(name, required=required)
        case _:
            pass
    if holds is Words:
        usual = limits.PASSAGE if fact.form == "passage" else limits.LINE
        return row.words(name, required=required, longest=fact.most or usual)
    if holds is UUID:
        return row.reference(name, fact.names or "", required=required)
    if holds is date:
        return row.day(name, required=required)
    if holds is datetime:
        return row.civil(name)
    if holds is bool:
        return row.flag(name, required=required)
    if holds is Place:
        return row.place(name)
    return row.text(name, required=required, longest=fact.most or limits.LINE)


def _several(row: Row, name: str, field: Field) -> tuple[Any, ...]:
    inner = typing.get_args(field.holds)[0]
    most = field.fact.most or limits.ENTRIES
    if inner is Evidence:
        return row.evidence(name)
    if inner is UUID:
        return row.references(name, field.fact.names or "", most=most)
    return row.texts(name, most=most)
