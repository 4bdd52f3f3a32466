"""How many reminders stand how, how attempts ended, and how many letters went out."""

from collections.abc import Mapping
from dataclasses import dataclass

from ieum_notify.operations.ports import Outcome


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts as they stand now.

    Attributes:
        occurrences: Reminders by state; a state that none is in is absent.
        attempts: Attempts by their outcome; those under way, or cut and not looked at since, have
            none yet and are left out.
        sent: Letters that went out, each person's counted; never fewer than before.
    """

    occurrences: Mapping[str, int]
    attempts: Mapping[Outcome, int]
    sent: int
