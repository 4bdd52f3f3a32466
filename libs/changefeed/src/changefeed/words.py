"""What people call types, kinds of entries and facts: read out of what is declared of them."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from changefeed.declared import Field, Label, fields_of
from changefeed.kinds import KINDS, MOVES
from changefeed.subjects.all import DECLARED
from changefeed.subjects.contact import Person

SHOWN: Mapping[str, type[object]] = MappingProxyType({**DECLARED, "contact": Person})
"""What a reader may be shown of each type: of people also what is kept beside the log."""


@cache
def type_label(subject_type: str) -> Label | None:
    """Give what one subject of a type is called; None if the type is not declared."""
    declared = DECLARED.get(subject_type)
    return None if declared is None else declared.declares.label


@cache
def kind_label(name: str) -> Label | None:
    """Give what a kind of entry is called; None if it is none that is known."""
    kind = KINDS.get(name)
    if kind is None or kind.words is not None:
        return None if kind is None else kind.words
    subject, move = type_label(kind.subject_type), MOVES[kind.move]
    assert subject is not None  # noqa: S101  Each kind's subject is declared, by test.
    return Label(f"{subject.ko} {move.ko}", f"{subject.en} {move.en}")


@cache
def facts_of(subject_type: str) -> Mapping[str, Field]:
    """Give the fields of a type by their keys, in the order of their declaration."""
    shown = SHOWN.get(subject_type)
    return {} if shown is None else {each.key: each for each in fields_of(shown)}


@cache
def mentions() -> Mapping[str, str]:
    """Give the facts that hold ids of other subjects, with the type of those, whosever they are.

    A key means the same type wherever it occurs, by test.
    """
    return {key: named for shown in SHOWN.values() for key, named in _mentions(shown)}


def _mentions(kind_of: type[object]) -> Iterator[tuple[str, str]]:
    for field in fields_of(kind_of):
        if field.fact.names is not None:
            yield field.key, field.fact.names
        if field.parts is not None:
            yield from _mentions(field.parts)
