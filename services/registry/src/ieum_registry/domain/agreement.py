"""업무협약: one agreement, and what must hold of its parties and its end."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.subjects import agreement
from changefeed.subjects.agreement import End, Party
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.term import Term


@dataclass(frozen=True, slots=True)
class Agreement(agreement.Agreement):
    """An agreement on record.

    Raises:
        RuleBroken: `agreement.fixed_without_end`; `agreement.sides`, without one own party and at
            least one partner; `agreement.party_twice`; `term.reversed`, if it ends before it takes
            effect, or a party leaves before it joins.
    """

    def __post_init__(self) -> None:
        must_end(self.end)
        Term(self.effective_on, self.end.ends_on)
        for each in self.parties:
            if each.joined_on is not None:
                Term(each.joined_on, each.left_on)
        sides = [party.side for party in self.parties]
        if sides.count("own") != 1 or len(sides) < 2:
            raise RuleBroken(
                "agreement.sides",
                pointer="/parties",
                own=sides.count("own"),
                partners=sides.count("partner"),
            )
        seen: set[UUID] = set()
        for position, party in enumerate(self.parties):
            if party.partner_id in seen:
                raise RuleBroken(
                    "agreement.party_twice",
                    pointer=f"/parties/{position}/partner_id",
                    partner_id=str(party.partner_id),
                )
            seen.add(party.partner_id)

    def party(self, partner_id: UUID) -> Party | None:
        """Give the partner's side, or None if it is not party."""
        return next((each for each in self.parties if each.partner_id == partner_id), None)

    def may_be_owed_by(self, partner_id: UUID, due_on: date) -> bool:
        """Say whether a partner may owe something under it by a day: party, and not left by then.

        Source: docs/rules/lifecycle.md, L-26.
        """
        party = self.party(partner_id)
        return party is not None and (party.left_on is None or due_on <= party.left_on)

    def may_serve(self, programme_id: UUID) -> bool:
        """Say whether commitments under it may be on a programme's tasks: its own, or any.

        Source: docs/rules/lifecycle.md, L-13.
        """
        return self.programme_id is None or self.programme_id == programme_id


def must_end(end: End) -> None:
    """Make sure that what ends on a fixed day names it.

    Raises:
        RuleBroken: `agreement.fixed_without_end`.

    Source: docs/rules/terms.md, T-7.
    """
    if end.rule == "fixed" and end.ends_on is None:
        raise RuleBroken("agreement.fixed_without_end", pointer="/end/ends_on")


def last_on(end: End) -> date | None:
    """Give the last day on which the agreement can bind; None is open.

    A term that renews by itself does not end on its last day.

    Source: docs/rules/terms.md, T-7.
    """
    return None if end.rule == "auto_renews" else end.ends_on
