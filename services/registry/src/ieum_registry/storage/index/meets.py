"""Whether a subject that is not on its shelf yet meets what a list asks for."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ieum_registry.operations.ports.condition import Condition

from .shelf import Filled, Shelf, as_stored


def meets(shelf: Shelf, subject_id: UUID, content: Filled, conditions: Sequence[Condition]) -> bool:
    """Say whether a subject that is not on the shelf yet meets conditions."""
    row = dict(zip((column.name for column in shelf.columns), content.columns, strict=True))
    row["id"] = str(subject_id)
    return all(_meets_one(row, content, each) for each in conditions)


def _meets_one(row: Mapping[str, Any], content: Filled, asked: Condition) -> bool:
    if asked.test == "either":
        return any(_meets_one(row, content, each) for each in asked.others)
    if asked.test == "every":
        return all(_meets_one(row, content, each) for each in asked.others)
    if asked.test in ("linked", "unlinked"):
        day = None if asked.on is None else asked.on.isoformat()
        is_linked = any(
            (asked.value is None or other == str(asked.value))
            and (day is None or first <= day <= last)
            for other, first, last in content.links[asked.field]
        )
        return is_linked == (asked.test == "linked")
    if asked.field not in row or asked.test in ("silent", "led"):
        raise ValueError(f"no field {asked.field!r} to look for in an open transaction")
    value: Any = row[asked.field]
    if asked.test == "any_of":
        values = asked.value if isinstance(asked.value, tuple) else (asked.value,)
        return value in [as_stored(each) for each in values]
    wanted: Any = as_stored(asked.value)
    if asked.test == "equal":
        return bool(value == wanted)
    if value is None:
        return False
    return bool(value <= wanted if asked.test == "at_most" else value >= wanted)
