"""업무협약: one agreement, and what must hold of its parties and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.bounds import begins_on, order, spans_of
from changefeed.subjects import agreement
from changefeed.subjects.agreement import End, Party
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.term import Term


@dataclass(frozen=True, slots=True)
class Agreement(agreement.Agreement):
    """An agreement on record.

    Raises:
        RuleBroken: As `must_end`; `agreement.sides`, without an own party and a partner;
            `agreement.party_two_sides`; `agreement.party_twice`, if two spans of a partner share a
            day; `term.reversed`, if it ends before it takes effect, or a party leaves before it
            joins.
    """

    def __post_init__(self) -> None:
        must_end(self.end)
        Term(self.effective_on, self.end.ends_on)
        for each in self.parties:
            if each.joined_on is not None:
                Term(each.joined_on, each.left_on)
        sides = [party.side for party in self.parties]
        if len(set(sides)) < 2:
            raise RuleBroken(
                "agreement.sides",
                pointer="/parties",
                own=sides.count("own"),
                partners=sides.count("partner"),
            )
        _must_stand_apart(self.parties)

    def spans(self, partner_id: UUID) -> tuple[Party, ...]:
        """Give the partner's spans in the order of their days; none if it is not party.

        Source: docs/rules/lifecycle.md, L-27.
        """
        return spans_of(self.parties).get(partner_id, ())

    def may_be_owed_by(self, partner_id: UUID, due_on: date) -> bool:
        """Say whether a partner may owe something under it by a day: party, and not left by then.

        Who came back is asked about in the span that had begun by then, else in the first.

        Source: docs/rules/lifecycle.md, L-26.
        """
        spans = self.spans(partner_id)
        begun = [each for each in spans if (begins_on(each) or date.max) <= due_on]
        span = next(iter((*reversed(begun), *spans)), None)
        return span is not None and (span.left_on is None or due_on <= span.left_on)

    def may_serve(self, programme_id: UUID) -> bool:
        """Say whether commitments under it may be on a programme's tasks: its own, or any.

        Source: docs/rules/lifecycle.md, L-13.
        """
        return self.programme_id is None or self.programme_id == programme_id


def _must_stand_apart(parties: Sequence[Party]) -> None:
    """Make sure that a partner keeps its side, and that no two spans of it share a day.

    Raises:
        RuleBroken: `agreement.party_two_sides`; `agreement.party_twice`.

    Source: docs/rules/lifecycle.md, L-27.
    """
    before: dict[UUID, Party] = {}
    for position, party in sorted(enumerate(parties), key=lambda each: order(each[1])):
        earlier = before.get(party.partner_id)
        before[party.partner_id] = party
        if earlier is None:
            continue
        pointer, begins = f"/parties/{position}", begins_on(party)
        told = {"partner_id": str(party.partner_id), "on": str(begins or "–")}
        if earlier.side != party.side:
            raise RuleBroken("agreement.party_two_sides", pointer=f"{pointer}/side", **told)
        if earlier.left_on is None or (begins is not None and begins <= earlier.left_on):
            raise RuleBroken("agreement.party_twice", pointer=f"{pointer}/partner_id", **told)


def must_end(end: End) -> None:
    """Make sure that what ends on a fixed day names it, and what nobody knows names none.

    Raises:
        RuleBroken: `agreement.fixed_without_end`; `agreement.unknown_with_end`.

    Source: docs/rules/terms.md, T-7.
    """
    if end.rule == "fixed" and end.ends_on is None:
        raise RuleBroken("agreement.fixed_without_end", pointer="/end/ends_on")
    if end.rule == "unknown" and end.ends_on is not None:
        raise RuleBroken("agreement.unknown_with_end", pointer="/end/ends_on")
