"""당사자: one partner's side of one agreement, from signing to leaving."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.term import Term, day_text, maybe_day

Side = Literal["own", "partner"]


@dataclass(frozen=True, slots=True)
class Party:
    """One party; each day is None while it has not happened.

    Attributes:
        joined_on: Set only where the party came in after the others; its side runs from then.
        left_on: The last day on which it is bound, inclusive.

    Raises:
        RuleBroken: `term.reversed`, if it leaves before it joins.
    """

    partner_id: UUID
    side: Side
    signed_on: date | None = None
    joined_on: date | None = None
    left_on: date | None = None

    def __post_init__(self) -> None:
        if self.joined_on is not None:
            Term(self.joined_on, self.left_on)

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "partner_id": str(self.partner_id),
            "side": self.side,
            "signed_on": day_text(self.signed_on),
            "joined_on": day_text(self.joined_on),
            "left_on": day_text(self.left_on),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            partner_id=UUID(facts["partner_id"]),
            side=facts["side"],
            signed_on=maybe_day(facts["signed_on"]),
            joined_on=maybe_day(facts["joined_on"]),
            left_on=maybe_day(facts["left_on"]),
        )
