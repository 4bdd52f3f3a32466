"""What a person or a department answers for, as a handover may name it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from changefeed.declared import Declaration
from changefeed.mapping import from_facts
from changefeed.subjects.all import DECLARED


@dataclass(frozen=True, slots=True)
class Held:
    """One record that somebody answers for.

    Attributes:
        is_over: Whether nothing is to be done about it any more.
        starts_on: The later day from which alone they answer for it; None if they do by then.
    """

    subject: Declaration
    version: int
    is_over: bool
    starts_on: date | None


def held_from_wire(told: Mapping[str, Any]) -> list[Held]:
    """Read all of it."""
    return [
        Held(
            from_facts(DECLARED[each["type"]], each["resource"]),
            int(each["resource"]["version"]),
            bool(each["is_over"]),
            None if each["starts_on"] is None else date.fromisoformat(each["starts_on"]),
        )
        for each in told["items"]
    ]
