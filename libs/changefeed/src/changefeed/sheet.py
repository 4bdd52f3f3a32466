"""A subject as a line of a sheet: its columns, headings and typed cells, as its declaration says.

Pure: whoever makes a sheet looks up the names of what ids point at, and writes the cells in the
form wanted (comma-separated text, a workbook). Codes are written in words, ids by names, a day that
is known in part as it is written.
"""

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from changefeed.countries import COUNTRIES
from changefeed.declared import Fact, Field, Label, fields_of
from changefeed.subjects.parts import PartDay, Place, Provenance, Words

Cell = str | int | bool | date | datetime | tuple[str, ...] | None
"""A value with its type; None is an empty cell, several texts are of one list."""

Language = Literal["ko", "en"]

YES_NO = {True: Label("예", "yes"), False: Label("아니요", "no")}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        path: The keys that lead to its value in the facts.
        beside: The path to what is written of the day where the day itself is not known.
    """

    heading: Label
    path: tuple[str, ...]
    field: Field
    beside: tuple[str, ...] | None = None


def columns_of(kind_of: type[object], is_told: Callable[[Fact], bool]) -> tuple[Column, ...]:
    """Give the columns of a type, in the order of its fields; key and id come last.

    Args:
        is_told: Whether those who read the sheet may read a fact at all.
    """
    found = list(_columns(fields_of(kind_of), is_told, (), None))
    return (
        *(each for each in found if each.path not in (("id",), ("key",))),
        *(each for each in found if each.path == ("key",)),
        *(each for each in found if each.path == ("id",)),
    )


def _columns(
    fields: Iterable[Field],
    is_told: Callable[[Fact], bool],
    above: tuple[str, ...],
    within: Label | None,
) -> Iterator[Column]:
    for field in fields:
        if not is_told(field.fact) or field.holds is PartDay or _holds(field) is dict:
            continue
        path, heading = (*above, field.key), _heading(field, within)
        if field.holds is Words:
            yield Column(heading, (*path, "ko"), field)
            english = Label(f"{heading.ko}(영어)", f"{heading.en} (English)")
            yield Column(english, (*path, "en"), field)
        elif field.holds is Provenance:
            told = next(each for each in fields_of(Provenance) if each.key == "illustrative")
            yield Column(_heading(told, None), (*path, told.key), told)
        elif field.parts is None or field.holds is Place or _is_several(field):
            beside = None if field.fact.part is None else (*above, field.fact.part, "written")
            yield Column(heading, path, field, beside)
        else:
            yield from _columns(fields_of(field.parts), is_told, path, heading)


def _heading(field: Field, within: Label | None) -> Label:
    """Give a column's heading: keys and ids are called as programs call them."""
    if field.fact.form == "key" or field.key == "id":
        return Label(field.key, field.key)
    label = field.fact.label
    own = Label(label.ko, label.en[:1].upper() + label.en[1:])
    return own if within is None else Label(f"{within.ko}: {own.ko}", f"{within.en}: {label.en}")


def cell_of(
    column: Column, facts: Mapping[str, Any], names: Mapping[str, str], language: Language
) -> Cell:
    """Give the cell of a subject; what its reader was not told is empty.

    Args:
        names: What ids are called, in that language; one that is not there stands as it is.
    """
    value = _at(column.path, facts)
    if value is None and column.beside is not None:
        return typing.cast("Cell", _at(column.beside, facts))
    if column.field.holds is Words:
        return typing.cast("Cell", value)
    return _cell(column.field, value, names, language)


def _at(path: tuple[str, ...], facts: Mapping[str, Any]) -> Any:  # noqa: ANN401  Facts are JSON.
    value: Any = facts
    for key in path:
        if value is None:
            return None
        value = value.get(key)
    return value


def _cell(field: Field, value: Any, names: Mapping[str, str], language: Language) -> Cell:  # noqa: ANN401
    codes = COUNTRIES if field.fact.form == "country" else field.fact.codes
    found: Cell = value
    if value is None:
        found = None
    elif _is_several(field):
        found = tuple(_text(field, each, names, language) for each in value)
    elif codes is not None:
        found = _in(language, codes[value]) if value in codes else value
    elif field.holds is date:
        found = date.fromisoformat(value)
    elif field.holds is datetime:
        found = datetime.fromisoformat(value)
    elif field.holds is Place:
        found = names.get(value["id"], value["id"])
    elif field.fact.names is not None:
        found = names.get(value, value)
    return found


def _in(language: Language, label: Label) -> str:
    return label.ko if language == "ko" else label.en


def _text(field: Field, value: Any, names: Mapping[str, str], language: Language) -> str:  # noqa: ANN401
    """Give one of several as text: a part by what it holds, one after the other."""
    if field.parts is None:
        return names.get(value, value)
    found = []
    for each in fields_of(field.parts):
        within = value.get(each.key)
        if within is None or each.holds is PartDay:
            continue
        found.append(as_text(_cell(each, within, names, language), language))
    return " ".join(found)


def as_text(cell: Cell, language: Language) -> Any:  # noqa: ANN401  Text, number or list of texts.
    """Give a cell as a sheet of text has it: days as 2021-11-16, yes and no in words."""
    match cell:
        case bool():
            return _in(language, YES_NO[cell])
        case datetime():
            return cell.isoformat(timespec="minutes")
        case date() | time():
            return cell.isoformat()
        case _:
            return cell


def mentioned(kind_of: type[object], facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give (type, id) of all that a subject points at and a sheet calls by its name."""
    for field in fields_of(kind_of):
        value = facts.get(field.key)
        if value is None:
            continue
        for each in value if _is_several(field) else (value,):
            if field.holds is Place:
                yield each["type"], each["id"]
            elif field.fact.names is not None:
                yield field.fact.names, each
            elif field.parts is not None:
                yield from mentioned(field.parts, each)


def _holds(field: Field) -> Any:  # noqa: ANN401  A type.
    return typing.get_origin(field.holds) or field.holds


def _is_several(field: Field) -> bool:
    return typing.get_origin(field.holds) is tuple
