"""How many reminders stand how, and what became of letters."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts as they stand now.

    Attributes:
        occurrences: Reminders by state; a state that none is in is absent.
        sends: Letters by outcome: `sent` counts each person's, `dead` and `in_doubt` reminders
            that nobody sends any more unless a person decides so.
    """

    occurrences: Mapping[str, int]
    sends: Mapping[str, int]
