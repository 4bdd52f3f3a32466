"""Whether the texts and lists of a subject are as its declaration wants them."""

import typing
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from changefeed import limits
from changefeed.declared import Field, fields_of
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.naming import shows_nothing, unwritable


def must_be_within_limits(subject: object) -> None:
    """Make sure of it, in every part.

    Raises:
        RuleBroken: `field.blank`, `field.too_long`, `field.too_many`, `field.line_break`,
            `text.unwritable`; with the pointer.

    Source: docs/rules/terms.md, T-12, T-13 and T-28.
    """
    for pointer, field, value in _values(subject, "", None):
        if isinstance(value, tuple):
            most = field.fact.most or limits.ENTRIES
            if len(value) > most:
                raise RuleBroken(
                    "field.too_many", pointer=pointer, name=field.key, count=len(value), most=most
                )
        elif isinstance(value, str):
            _must_be_text(value, field, pointer)


def _must_be_text(text: str, field: Field, pointer: str) -> None:
    position = unwritable(text)
    is_passage = field.fact.form == "passage"
    usual = limits.PASSAGE if is_passage else limits.LINE
    longest = field.fact.most or usual
    if position is not None:
        raise RuleBroken("text.unwritable", pointer=pointer, position=position + 1)
    if shows_nothing(text):
        raise RuleBroken("field.blank", pointer=pointer, name=field.key)
    if len(text) > longest:
        raise RuleBroken(
            "field.too_long", pointer=pointer, name=field.key, length=len(text), longest=longest
        )
    if "\n" in text and not is_passage:
        raise RuleBroken("field.line_break", pointer=pointer, name=field.key)


@cache
def _bounded(kind_of: type[Any]) -> tuple[Field, ...]:
    """Give the fields that hold texts, lists or parts: codes, days, ids and numbers need none."""
    free: set[object] = {UUID, date, datetime, bool, int}
    return tuple(
        each for each in fields_of(kind_of) if each.fact.codes is None and each.holds not in free
    )


def _values(part: object, pointer: str, over: Field | None) -> Iterator[tuple[str, Field, Any]]:
    """Give each value with its place; words have the limits of the field that holds them."""
    for field in _bounded(typing.cast("Any", type(part))):
        value = getattr(part, field.name)
        if value is None or value == ():
            continue
        place = f"{pointer}/{field.key}"
        if field.parts is None:
            is_of_words = over is not None and field.key in ("ko", "en")
            yield place, over if is_of_words and over is not None else field, value
        elif isinstance(value, tuple):
            yield place, field, value
            for position, each in enumerate(value):
                yield from _values(each, f"{place}/{position}", field)
        else:
            yield from _values(value, place, field)
