"""Facts both ways: a declared value as plain JSON values, and plain JSON values as the value.

Readers are tolerant: a key that is not declared passes, one that is missing takes its default,
and a code that a newer release knows stays as it is. Source: docs/adr/0018.
"""

import dataclasses
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar, cast
from uuid import UUID

from cattrs import Converter
from cattrs.gen import (
    make_dict_structure_fn,
    make_dict_unstructure_fn,
    override,
)

from changefeed.change import Facts
from changefeed.declared import wire_names

Kind = TypeVar("Kind")


def to_facts(value: object) -> Facts:
    """Give the facts of a subject, or of a part of one, as the log keeps them."""
    return cast("Facts", _CONVERTER.unstructure(value))


def from_facts(kind_of: type[Kind], facts: Mapping[str, Any]) -> Kind:
    """Read what `to_facts` gave, or what an older or a newer release wrote.

    Raises:
        Exception: What the value's own class raises, and KeyError, TypeError or ValueError if a
            key without a default is missing or a text is none of its type.
    """
    return _CONVERTER.structure(facts, kind_of)


def _converter() -> Converter:
    # One fault is enough: facts are written by us, and a list of faults costs a third of the time.
    made = Converter(detailed_validation=False)
    made.register_structure_hook(UUID, lambda told, _: UUID(told))
    made.register_structure_hook(date, lambda told, _: date.fromisoformat(told))
    made.register_structure_hook(datetime, lambda told, _: datetime.fromisoformat(told))
    made.register_structure_hook(time, lambda told, _: time.fromisoformat(told))
    made.register_structure_hook_func(_is_code, lambda told, _: told)
    made.register_unstructure_hook(UUID, str)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(datetime, lambda each: each.isoformat(timespec="minutes"))
    made.register_unstructure_hook(time, lambda each: each.isoformat(timespec="minutes"))
    made.register_structure_hook_factory(
        dataclasses.is_dataclass,
        lambda kind_of: make_dict_structure_fn(kind_of, made, **_renamed(kind_of)),
    )
    made.register_unstructure_hook_factory(
        dataclasses.is_dataclass,
        lambda kind_of: make_dict_unstructure_fn(kind_of, made, **_renamed(kind_of)),
    )
    return made


def _is_code(type_: Any) -> bool:  # noqa: ANN401  Any type at all.
    return typing.get_origin(type_) is typing.Literal


def _renamed(kind_of: type[object]) -> dict[str, Any]:
    return {name: override(rename=key) for name, key in wire_names(kind_of).items()}


_CONVERTER = _converter()
