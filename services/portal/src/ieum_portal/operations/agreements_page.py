"""The list of agreements, by what they are on the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from ieum_portal.operations.endings import MOST_PAGES, Ending, endings
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours

STATES = ("in_force", "signing", "unknown_end", "ended")
"""In the order in which they need anybody's eye."""


@dataclass(frozen=True, slots=True)
class AgreementsPage(Gathered):
    """The agreements that fit, by state; a state that was not asked for is absent.

    Attributes:
        is_ending: Whether only those are shown that end within 90 days.
        ending: Those that end within 90 days or ended lately, by id.
    """

    q: str
    state: str
    is_ending: bool
    agreements: Mapping[str, Sequence[Agreement]]
    ending: Mapping[UUID, Ending]

    @property
    def count(self) -> int:
        """How many fit."""
        return sum(map(len, self.agreements.values()))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was left out."""
        return bool(self.q or self.state or self.is_ending)


def agreements_page(
    q: str, state: str, *, is_ending: bool, on: date, neighbours: Neighbours
) -> AgreementsPage:
    """Gather the list.

    Args:
        q: Text to look for; empty for all.
        state: One of `STATES`; empty for all.
        is_ending: Show those that end within 90 days alone, the first to end first.
    """
    gathering, registry = Gathering(), neighbours.registry
    near: Sequence[Ending] = gathering.ask(
        "registry",
        "agreements" if is_ending else "endings",
        lambda: endings(registry, on=on, q=q or None),
        otherwise=(),
    )
    found: dict[str, Sequence[Agreement]] = {}
    for each in [state] if state else STATES:
        if is_ending:
            found[each] = [
                ending.agreement
                for ending in near
                if ending.state == each and ending.days_left >= 0
            ]
        else:
            found[each] = gathering.ask(
                "registry",
                "agreements",
                partial(
                    registry.all,
                    Agreement,
                    at_most=MOST_PAGES,
                    state=each,
                    q=q or None,
                    on=on,
                ),
                otherwise=(),
            )
    return AgreementsPage(
        q,
        state,
        is_ending,
        found,
        {each.agreement.id: each for each in near},
        missing=tuple(gathering.missing),
    )
