"""Whether the texts and lists of a subject are as its declaration wants them."""

from collections.abc import Iterator
from typing import Any

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


def _values(part: object, pointer: str, over: Field | None) -> Iterator[tuple[str, Field, Any]]:
    """Give each value with its place; words have the limits of the field that holds them."""
    for field in fields_of(type(part)):
        value, place = getattr(part, field.name), f"{pointer}/{field.key}"
        if value is None or field.fact.codes is not None:
            continue
        if field.parts is None:
            is_of_words = over is not None and field.key in ("ko", "en")
            yield place, over if is_of_words and over is not None else field, value
        elif isinstance(value, tuple):
            yield place, field, value
            for position, each in enumerate(value):
                yield from _values(each, f"{place}/{position}", field)
        else:
            yield from _values(value, place, field)
