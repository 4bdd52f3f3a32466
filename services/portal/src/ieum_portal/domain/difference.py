"""What an entry of the change log changes, fact by fact, and whom the facts mention."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from changefeed.words import mentions

Facts = Mapping[str, Any]

UNTOLD = frozenset({"id", "key", "provenance", "version", "revised_from"})
"""Facts that say which record it is, where it was learned from, or what the entry before says."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact, before and after; None before a first entry, or where nothing was known.

    Attributes:
        is_part: Whether of two lists only what came and went is told, and more stands in both.
    """

    field: str
    before: Any
    after: Any
    is_part: bool = False


def differences(before: Facts | None, after: Facts) -> tuple[Difference, ...]:
    """Give the facts that an entry changes, in the order in which it names them.

    Args:
        before: The facts of the version before; None for a first entry. A fact that only later
            entries name counts as None.
    """
    known = before or {}
    return tuple(
        Difference(field, known.get(field), value)
        for field, value in after.items()
        if field not in UNTOLD and known.get(field) != value and not _is_empty(known, field, value)
    )


def _is_empty(known: Facts, field: str, value: object) -> bool:
    """Say whether nothing became an empty list, or a count that begins: that is no news."""
    begins = isinstance(value, int) and not isinstance(value, bool) and value == 0
    return known.get(field) is None and (begins or value in ([], "", None))


def mentioned(value: object) -> dict[str, frozenset[UUID]]:
    """Give the subjects that facts point at, by type."""
    found: dict[str, set[UUID]] = {}
    for kind, subject_id in _mentions(value):
        found.setdefault(kind, set()).add(subject_id)
    return {kind: frozenset(ids) for kind, ids in found.items()}


def _mentions(value: object) -> Iterator[tuple[str, UUID]]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _mentions(each)
    if not isinstance(value, Mapping):
        return
    if value.keys() == {"type", "id"}:
        yield str(value["type"]), UUID(value["id"])
        return
    for name, inner in value.items():
        kind = mentions().get(name)
        if kind is None:
            yield from _mentions(inner)
        elif inner is not None:
            for each in inner if isinstance(inner, list) else [inner]:
                yield kind, UUID(each)
