"""How many reminders stand how, and how many letters went out."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts as they stand now.

    Attributes:
        occurrences: Reminders by state; a state that none is in is absent.
        sent: Letters that went out, each person's counted; never fewer than before.
    """

    occurrences: Mapping[str, int]
    sent: int
