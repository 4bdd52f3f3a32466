"""업무협약: one agreement, and what must hold of its parties and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from changefeed.bounds import begins_on, is_unsigned, left_on, order, spans_of
from changefeed.months import months_after
from changefeed.subjects import agreement
from changefeed.subjects.agreement import Drafting, End, Party
from changefeed.subjects.parts import PartDay
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.term import Term


@dataclass(frozen=True, slots=True)
class Agreement(agreement.Agreement):
    """An agreement on record.

    Raises:
        RuleBroken: As `must_end`; `agreement.unsigned`; `day.twice`; `agreement.sides`, without an
            own party and a partner; `agreement.quorum_too_great`; `agreement.party_two_sides`;
            `agreement.party_twice`, if two spans of a partner share a day; `term.reversed`, if it
            ends before it takes effect, or a party leaves before it joins;
            `agreement.amount_without_money`.
    """

    def __post_init__(self) -> None:
        # Where the paper says how long and not until when, every door gets the day.
        object.__setattr__(self, "end", ended_by_term(self.end, self.effective_on))
        _must_be_said_once(self.signed_on, self.signed_as, pointer="/signed_")
        _must_be_said_once(self.effective_on, self.effective_as, pointer="/effective_")
        if (self.signed_on, self.signed_as, self.drafting) == (None, None, None):
            raise RuleBroken("agreement.unsigned", pointer="/signed_on")
        must_end(self.end)
        is_signed = (self.signed_on, self.signed_as) != (None, None)
        has_day = (self.end.ends_on, self.end.ends_as) != (None, None)
        # Of a proposal that says how long, the last day follows once it is signed.
        if self.end.rule == "fixed" and not has_day and is_signed:
            raise RuleBroken("agreement.fixed_without_end", pointer="/end/ends_on")
        if self.amount_won is not None and not self.money:
            raise RuleBroken("agreement.amount_without_money", pointer="/amount_won")
        _must_not_be_reversed(
            (self.effective_on, self.effective_as), (self.end.ends_on, self.end.ends_as)
        )
        for position, each in enumerate(self.parties):
            for name in ("signed", "joined", "left"):
                on, part = getattr(each, f"{name}_on"), getattr(each, f"{name}_as")
                _must_be_said_once(on, part, pointer=f"/parties/{position}/{name}_")
            _must_not_be_reversed((each.joined_on, each.joined_as), (each.left_on, each.left_as))
        sides = [party.side for party in self.parties]
        if len(set(sides)) < 2:
            raise RuleBroken(
                "agreement.sides",
                pointer="/parties",
                own=sides.count("own"),
                partners=sides.count("partner"),
            )
        if self.quorum is not None and self.quorum > _counterparts(self.parties):
            raise RuleBroken(
                "agreement.quorum_too_great",
                pointer="/quorum",
                quorum=self.quorum,
                partners=_counterparts(self.parties),
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
        left = None if span is None else left_on(span)
        return span is not None and (left is None or due_on <= left)

    def redrafted(self, before: "Agreement") -> Self:
        """Make a proposal that was changed after its review a draft again.

        Source: docs/rules/lifecycle.md, L-39.
        """
        drafting = self.drafting
        if drafting is None or drafting.reviewed_on is None or not is_unsigned(self):
            return self
        if self == before:
            return self
        return replace(self, drafting=Drafting(drafting.proposed_on, drafting.proposed_by))

    def may_serve(self, programme_id: UUID) -> bool:
        """Say whether commitments under it may be on a programme's tasks: its own, or any.

        Source: docs/rules/lifecycle.md, L-13.
        """
        return self.programme_id is None or self.programme_id == programme_id


def _counterparts(parties: Sequence[Party]) -> int:
    return len({each.partner_id for each in parties if each.side == "partner"})


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
        left = left_on(earlier)
        if left is None or (begins is not None and begins <= left):
            raise RuleBroken("agreement.party_twice", pointer=f"{pointer}/partner_id", **told)


def taking_effect(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a new agreement, effective as it was signed where nothing else is said."""
    said = (values.get("effective_on"), values.get("effective_as"))
    if said != (None, None):
        return dict(values)
    as_signed = {"effective_on": "signed_on", "effective_as": "signed_as"}
    return {**values, **{name: values.get(signed) for name, signed in as_signed.items()}}


_Day = tuple[date | None, PartDay | None]
"""A day, or what is written of it."""


def _must_be_said_once(on: date | None, part: PartDay | None, *, pointer: str) -> None:
    if on is not None and part is not None:
        raise RuleBroken("day.twice", pointer=f"{pointer}as", on=str(on), written=part.written)


def _must_not_be_reversed(first: _Day, last: _Day) -> None:
    """Make sure that a last day may lie on the first or after it; what is not known is not held."""
    starts_on = first[0] or (first[1].from_on if first[1] else None)
    ends_on = last[0] or (last[1].to_on if last[1] else None)
    if starts_on is not None:
        Term(starts_on, ends_on)


_TERMED = ("fixed", "auto_renews")
"""Rules of ending of which a length may be said."""


def ended_by_term(end: End, effective_on: date | None) -> End:
    """Give the end with the last day that follows from its term, where no day is said.

    Three years from 3 March end on 3 March: the first day does not count. What the paper says wins,
    and of a beginning that is known in part nothing is reckoned.

    Source: docs/rules/terms.md, T-45.
    """
    has_day = end.ends_on is not None or end.ends_as is not None
    if has_day or end.term_months is None or effective_on is None or end.rule not in _TERMED:
        return end
    if effective_on.year + end.term_months // 12 >= date.max.year:
        return end  # Beyond the calendar, so that no day is said.
    return replace(end, ends_on=months_after(effective_on, end.term_months))


def must_end(end: End) -> None:
    """Make sure that what ends on a fixed day says which, and what nobody knows says none.

    Raises:
        RuleBroken: `agreement.fixed_without_end`; `agreement.unknown_with_end`;
            `agreement.term_without_end`; `agreement.notice_twice`; `day.twice`.

    Source: docs/rules/terms.md, T-7 and T-45.
    """
    _must_be_said_once(end.ends_on, end.ends_as, pointer="/end/ends_")
    has_day = end.ends_on is not None or end.ends_as is not None
    if end.rule == "fixed" and not has_day and end.term_months is None:
        raise RuleBroken("agreement.fixed_without_end", pointer="/end/ends_on")
    if end.rule == "unknown" and has_day:
        raise RuleBroken("agreement.unknown_with_end", pointer="/end/ends_on")
    if end.notice_days is not None and end.notice_months is not None:
        raise RuleBroken("agreement.notice_twice", pointer="/end/notice_months")
    for name in ("term_months", "notice_days", "notice_months"):
        if getattr(end, name) is not None and end.rule not in _TERMED:
            raise RuleBroken("agreement.term_without_end", pointer=f"/end/{name}")
