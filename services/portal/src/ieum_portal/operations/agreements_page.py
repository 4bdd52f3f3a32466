"""The list of agreements, by what they are on the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from ieum_portal.domain.record import Agreement
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours

STATES = ("in_force", "signing", "ended")
"""In the order in which they need anybody's eye."""


@dataclass(frozen=True, slots=True)
class AgreementsPage(Gathered):
    """The agreements that fit, by state; a state that was not asked for is absent."""

    q: str
    state: str
    agreements: Mapping[str, Sequence[Agreement]]

    @property
    def count(self) -> int:
        """How many fit."""
        return sum(map(len, self.agreements.values()))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was left out."""
        return bool(self.q or self.state)


def agreements_page(q: str, state: str, *, on: date, neighbours: Neighbours) -> AgreementsPage:
    """Gather the list.

    Args:
        q: Text to look for; empty for all.
        state: One of `STATES`; empty for all.
    """
    gathering = Gathering()
    found: dict[str, Sequence[Agreement]] = {}
    for each in [state] if state else STATES:
        found[each] = gathering.ask(
            "registry",
            "agreements",
            partial(neighbours.registry.agreements, state=each, q=q or None, on=on),
            otherwise=(),
        )
    return AgreementsPage(q, state, found, missing=tuple(gathering.missing))
