"""marshmallow's shapes of what changefeed declares: the one place where they are made."""

import dataclasses
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

from marshmallow import fields, post_load, validate

from changefeed import limits
from changefeed.declared import Field, fields_of
from changefeed.subjects.agreement import (
    Amendment,
    Drafting,
    End,
    Ended,
    Party,
    Renewal,
    Terms,
)
from changefeed.subjects.event import Deadline
from changefeed.subjects.handover import Matter
from changefeed.subjects.load import LeftOut, LoadedDocument
from changefeed.subjects.parts import Evidence, PartDay, Place, Provenance, Words
from changefeed.subjects.promise import ReachedFigure, Revision
from changefeed.subjects.reply import AnsweredRecord, ProposedFact
from changefeed.subjects.seat import Holder
from httpedge.day import Day
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.parts import (
    AtMost,
    CivilTime,
    ClockTime,
    EvidenceShape,
    Line,
    LongWordsShape,
    PartDayShape,
    Passage,
    PlaceShape,
    ProvenanceShape,
    Shape,
    TitleShape,
    TupleOf,
    WordsShape,
    key_field,
    web_field,
)
from ieum_registry.api.shapes.subject import Body, SubjectShape

Made = fields.Field[Any]


def subject_shape(
    name: str,
    makes: type[Any],
    *also: type[Shape],
    but: Mapping[str, Made] = MappingProxyType({}),
) -> type[SubjectShape]:
    """Give the shape of a body that registers a subject, or changes it.

    Args:
        name: Of the shape in the documentation.
        makes: The subject's class; what its moves alone set is not in the shape.
        also: What the shape does beside, as reading a number with its hyphens.
        but: Fields that are taken in another way than declared.
    """
    written = [each for each in fields_of(makes) if each.fact.set_by is None]
    members = {each.name: field_of(each) for each in written if each.name not in _OF_THE_BODY}
    made = type(
        f"{name}Shape",
        (*also, SubjectShape),
        {"__doc__": makes.__doc__, "makes": makes, **members, **but},
    )
    return cast("type[SubjectShape]", made)


_OF_THE_BODY = frozenset({"id", "provenance"})
"""What is drawn or comes with a file; nobody writes it."""


def body_shape(shape: type[SubjectShape]) -> type[Body]:
    """Give the shape of a subject on record, with what its moves set."""
    name = shape.__name__.removesuffix("Shape")
    moved = [each for each in fields_of(shape.makes) if each.fact.set_by is not None]
    members: dict[str, Any] = {each.name: _on_record(each) for each in moved}
    members["__doc__"] = f"{name} on record."
    return cast("type[Body]", type(f"{name}Body", (Body, shape), members))


def _on_record(each: Field) -> Made:
    """Give the field of what a move set: always there, and not checked again."""
    if typing.get_origin(each.holds) is tuple or each.holds in _PARTS:
        return field_of(each)  # Those written before there was such a move lack it.
    more: dict[str, Any] = {"required": True}
    if each.is_optional:
        more["allow_none"] = True
    if each.fact.about is not None:
        more["metadata"] = {"description": each.fact.about}
    return _AS_IT_STANDS[typing.get_origin(each.holds) or each.holds](**more)


_AS_IT_STANDS: dict[Any, Callable[..., Made]] = {
    date: Day,
    int: fields.Integer,
    str: fields.String,
    dict: fields.Dict,
    UUID: fields.UUID,
    typing.Literal: fields.String,
}


def line_shape(body: type[Body], standing: type[Shape]) -> type[Body]:
    """Give the shape of a subject in a list, with where it stands if that is asked for."""
    about = {"description": "Only if asked for by standing=true"}
    name = body.__name__.removesuffix("Body")
    members = {
        "__doc__": f"{name} in a list.",
        "standing": fields.Nested(standing, metadata=about),
    }
    return cast("type[Body]", type(f"{name}LineBody", (body,), members))


def part_shape(kind_of: type[Any]) -> type[Shape]:
    """Give the shape of a part, as a deadline; the subject that it stands in checks it."""

    def make(_: Shape, data: dict[str, Any], **__: object) -> Any:  # noqa: ANN401  A part.
        return kind_of(**data)

    members: dict[str, Any] = {each.name: field_of(each) for each in fields_of(kind_of)}
    members |= {"__doc__": kind_of.__doc__, "make": post_load(make)}
    return type(f"{kind_of.__name__}Shape", (Shape,), members)


def field_of(each: Field) -> Made:
    """Give the field of one fact: required unless it has a default, null where it may be none."""
    if each.fact.form == "key":
        return key_field()
    make = _maker(each)
    more: dict[str, Any] = {}
    if each.is_required:
        more["required"] = True
    else:
        more["load_default"] = each.default
    if each.is_optional:
        more["allow_none"] = True
    if each.key != each.name:
        more["data_key"] = each.key
    metadata = dict(_PATTERNS.get(each.holds, {}))
    if each.fact.about is not None:
        metadata["description"] = each.fact.about
    return make(**more, **({"metadata": metadata} if metadata else {}))


def _maker(each: Field) -> Callable[..., Made]:
    if typing.get_origin(each.holds) is tuple:
        most = AtMost(each.fact.most or limits.ENTRIES)
        inner = _one(dataclasses.replace(each, holds=typing.get_args(each.holds)[0]))
        return lambda **more: TupleOf(inner(), validate=most, **more)
    return _one(each)


def _one(each: Field) -> Callable[..., Made]:
    fact, holds = each.fact, each.holds
    if typing.get_origin(holds) is typing.Literal:
        codes = validate.OneOf(fact.codes or typing.get_args(holds))
        return lambda **more: fields.String(validate=codes, **more)
    if holds is Words:
        shape = _WORDS[fact.form, fact.most]
        return lambda **more: fields.Nested(shape, **more)
    if holds is str:
        return _text(each)
    if holds is int:
        bounds = validate.Range(fact.least, fact.most or limits.NUMBER)
        return lambda **more: fields.Integer(strict=True, validate=bounds, **more)
    if holds is date and fact.part is not None:
        return partial(Day, error_messages=_IN_PART)
    if holds in _PLAIN:
        return _PLAIN[holds]
    part = _PARTS[holds]
    return lambda **more: fields.Nested(part, **more)


_IN_PART: dict[str, Any] = {
    "day_missing": Message(
        "며칠인지 없습니다. 2021-11-16처럼 적거나, 적힌 그대로 옆의 _as.written에 적으십시오.",
        "The day of the month is missing. Write it like 2021-11-16, or as it stands in written of "
        "the _as field beside it.",
    )
}
"""Where a day may be known in part, what to do with one that is."""

_PLAIN: dict[Any, Callable[..., Made]] = {
    UUID: fields.UUID,
    date: Day,
    datetime: CivilTime,
    time: ClockTime,
    bool: fields.Boolean,
    dict[str, int]: partial(fields.Dict, keys=fields.String(), values=fields.Integer()),
    dict[str, Any]: fields.Dict,
}
_PATTERNS: Mapping[Any, Mapping[str, str]] = {
    datetime: {"pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"},
    time: {"pattern": r"^\d{2}:\d{2}$"},
}


_WORDS: Mapping[tuple[str, int | None], type[Shape]] = {
    ("line", None): WordsShape,
    ("line", limits.AGREEMENT_TITLE): TitleShape,
    ("passage", None): LongWordsShape,
}
"""By form and limit; one that is not here fails at the start, where nobody can miss it."""


def _text(each: Field) -> Callable[..., Made]:
    match each.fact.form:
        case "web" | "https" as form:
            return lambda **_: web_field(https=form == "https")
        case "passage":
            return lambda **more: Passage(longest=each.fact.most or limits.PASSAGE, **more)
        case _:
            return lambda **more: Line(longest=each.fact.most or limits.LINE, **more)


_PARTS: dict[Any, type[Shape]] = {
    PartDay: PartDayShape,
    Place: PlaceShape,
    Evidence: EvidenceShape,
    Provenance: ProvenanceShape,
}
"""Of the parts."""

# In this order: what a part holds of another one must stand before it.
for _part in (
    End,
    Party,
    Drafting,
    Renewal,
    Terms,
    Amendment,
    Ended,
    Holder,
    Deadline,
    LoadedDocument,
    LeftOut,
    Matter,
    AnsweredRecord,
    ProposedFact,
    ReachedFigure,
    Revision,
):
    _PARTS[_part] = part_shape(_part)


def shape_of_part(kind_of: type[Any]) -> type[Shape]:
    """Give the one shape of a part, for bodies that take it by itself."""
    return _PARTS[kind_of]
