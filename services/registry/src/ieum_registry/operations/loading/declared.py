"""Reading the fields of a record as changefeed declares them: one way for each type of field."""

import builtins
import datetime as dt
import typing
import uuid
from collections.abc import Collection
from typing import Any

from changefeed import limits
from changefeed.declared import Field, fields_of
from changefeed.subjects import parts
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
    found: Stated = []
    for each in fields_of(kind_of):
        if each.fact.set_by is not None or each.name in _NOT_A_FIELD or each.name in but:
            continue
        if each.fact.part is not None:
            found += day_stated(name_in_file(each), row.day_or_part(name_in_file(each)))
        elif each.holds is not parts.PartDay:  # Which is read in the place of its day.
            found.append((name_in_file(each), each.name, read(row, each)))
    return found


def day_stated(name: str, day: tuple[dt.date | None, parts.PartDay | None]) -> Stated:
    """Give a day, and what is written of one that is known in part, as the two fields of it."""
    return [(name, name, day[0]), (name, f"{name.removesuffix('_on')}_as", day[1])]


def name_in_file(field: Field) -> str:
    """Give what a field is called in a file: of what an id points at the file gives the key."""
    return field.fact.in_file or field.key.removesuffix("_id")


def read(row: Row, field: Field) -> Any:  # noqa: ANN401  What the field holds.
    """Take one field; what is wrong with it is noted as a fault of the record.

    Raises:
        TypeError: No file holds such a field yet: a way to read it is missing here.
    """
    name, fact, required = name_in_file(field), field.fact, field.is_required
    if fact.codes is not None:
        return row.choice(name, fact.codes, required=required)
    match typing.get_origin(field.holds) or field.holds:
        case builtins.tuple:
            return _several(row, name, field)
        case builtins.str:
            return _text(row, name, field)
        case builtins.int:
            return row.number(
                name, least=fact.least, most=fact.most or limits.NUMBER, required=required
            )
        case builtins.bool:
            return row.flag(name, required=required)
        case dt.date:
            return row.day(name, required=required)
        case dt.datetime:
            return row.civil(name)
        case uuid.UUID:
            return row.reference(name, fact.names or "", required=required)
        case parts.Words:
            usual = limits.PASSAGE if fact.form == "passage" else limits.LINE
            return row.words(name, required=required, longest=fact.most or usual)
        case parts.Place:
            return row.place(name)
        case other:
            raise TypeError(f"{name} holds {other}, which no file says yet")


def _text(row: Row, name: str, field: Field) -> str | None:
    fact, required = field.fact, field.is_required
    match fact.form:
        case "web" | "https" as form:
            return row.link(name, https=form == "https")
        case "passage":
            return row.passage(name, required=required, longest=fact.most or limits.PASSAGE)
        case _:
            return row.text(name, required=required, longest=fact.most or limits.LINE)


def _several(row: Row, name: str, field: Field) -> tuple[Any, ...]:
    inner = typing.get_args(field.holds)[0]
    most = field.fact.most or limits.ENTRIES
    if inner is parts.Evidence:
        return row.evidence(name)
    if inner is uuid.UUID:
        return row.references(name, field.fact.names or "", most=most)
    if inner is str:
        return row.texts(name, most=most)
    raise TypeError(f"{name} holds several {inner}, which no file says yet")
