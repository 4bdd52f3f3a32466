"""On which days does an agreement bind its parties, and when is it in force?

From the facts of one entry alone, so that whoever reads the log says the same of it as the
registry, of entries of any age.
Source: docs/rules/lifecycle.md, L-1, L-2, L-25, L-27, L-28 and L-39 to L-43.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from changefeed import limits
from changefeed.months import months_after
from changefeed.subjects.agreement import Agreement, End, Party, Side
from changefeed.subjects.parts import PartDay

_ONE = timedelta(days=1)
_LONGEST_NOTICE = timedelta(days=limits.NOTICE_DAYS)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of days, first and last included; no last day is open."""

    first_on: date
    last_on: date | None = None

    def includes(self, day: date) -> bool:
        """Say whether the day lies in the run."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


def last_on(agreement: Agreement) -> date | None:
    """Give the last day on which the agreement can bind; None is open.

    A term that renews by itself does not end on its last day, until the agreement is ended.

    Source: docs/rules/terms.md, T-7; docs/rules/lifecycle.md, L-41.
    """
    ended = None if agreement.ended is None else agreement.ended.on
    return _earliest(ended, _agreed_last_on(agreement.end))


def _agreed_last_on(end: End) -> date | None:
    if end.rule == "auto_renews":
        return None
    return end.ends_on or (None if end.ends_as is None else end.ends_as.to_on)


def begun_by(on: date | None, part: PartDay | None) -> date | None:
    """Give the day by which something has begun for certain, where its day is known in part.

    Returns:
        The last day that it may have been; before every day if the text says nothing of that; None
        if it has not happened yet.

    Source: docs/rules/terms.md, T-31.
    """
    return on or (None if part is None else part.to_on or date.min)


def held_until(on: date | None, part: PartDay | None) -> date | None:
    """Give the last day on which something held for certain, where its end is known in part.

    Returns:
        The first day that it may have been; before every day if the text says nothing of that; None
        if it has not ended yet.

    Source: docs/rules/terms.md, T-31.
    """
    return on or (None if part is None else part.from_on or date.min)


def begins_on(party: Party) -> date | None:
    """Give the first day of a party's span: signed, and joined if it came in later.

    None where it has not signed yet.
    """
    signed = begun_by(party.signed_on, party.signed_as)
    if signed is None:
        return None
    return max(signed, begun_by(party.joined_on, party.joined_as) or date.min)


def left_on(party: Party) -> date | None:
    """Give the last day of a party's span; None where it has not left."""
    return held_until(party.left_on, party.left_as)


def effective_on(agreement: Agreement) -> date:
    """Give the day by which the agreement is effective."""
    return begun_by(agreement.effective_on, agreement.effective_as) or date.min


def spans_of(parties: Iterable[Party]) -> Mapping[UUID, tuple[Party, ...]]:
    """Give each partner's spans, in the order of their days; one that is awaited comes last.

    The place in that order tells one span of a partner from another, whatever order they were
    written in.

    Source: docs/rules/lifecycle.md, L-27.
    """
    found: dict[UUID, list[Party]] = {}
    for party in parties:
        found.setdefault(party.partner_id, []).append(party)
    return {partner_id: tuple(sorted(each, key=order)) for partner_id, each in found.items()}


def order(party: Party) -> date:
    """Give the day by which a span stands among its partner's others."""
    return begins_on(party) or left_on(party) or date.max


def unknown_from(agreement: Agreement) -> date | None:
    """Give the first day from which nobody knows whether the agreement still holds.

    Returns:
        None if its end is known, or known to be open.

    Source: docs/rules/lifecycle.md, L-28 and L-41.
    """
    if agreement.ended is not None:
        return None
    end = agreement.end
    if end.rule == "unknown":
        return date.min
    if end.rule == "auto_renews" or end.ends_on is not None or end.ends_as is None:
        return None
    return date.min if end.ends_as.from_on is None else end.ends_as.from_on + _ONE


def bound_run(agreement: Agreement, party: Party) -> Run | None:
    """Give the days on which the agreement binds a party in one of its spans, known or not.

    Returns:
        From the latest of effective, signed and joined, and of a quorum's day, to the first of left
        and the agreement's own end; None if it never signed, or left before it began.

    Source: docs/rules/lifecycle.md, L-1 and L-40.
    """
    begins, enough = begins_on(party), _quorum_from(agreement)
    if begins is None or enough is None:
        return None
    first = max(effective_on(agreement), begins, enough)
    last = _earliest(left_on(party), last_on(agreement))
    return None if last is not None and last < first else Run(first, last)


def parted(run: Run | None, unknown: date | None) -> tuple[Run | None, Run | None]:
    """Part a run into the days that are known and those from which on nobody knows."""
    if run is None or unknown is None or (run.last_on is not None and run.last_on < unknown):
        return run, None
    if unknown <= run.first_on:
        return None, run
    return Run(run.first_on, unknown - _ONE), Run(unknown, run.last_on)


def party_run(agreement: Agreement, party: Party) -> Run | None:
    """Give the days on which the agreement is known to bind a party in one of its spans."""
    return parted(bound_run(agreement, party), unknown_from(agreement))[0]


def party_doubt(agreement: Agreement, party: Party) -> Run | None:
    """Give the days on which nobody knows whether the agreement binds a party."""
    return parted(bound_run(agreement, party), unknown_from(agreement))[1]


def in_force(agreement: Agreement) -> tuple[Run, ...]:
    """Give the runs of days on which the agreement is in force: of both sides somebody is bound.

    Returns:
        In order, never touching each other: several where all others left and somebody came back.

    Source: docs/rules/lifecycle.md, L-2.
    """
    return _bound_both(agreement, party_run)


def in_doubt(agreement: Agreement) -> tuple[Run, ...]:
    """Give the runs of days on which it may be in force and nobody knows; after all that are known.

    Source: docs/rules/lifecycle.md, L-28.
    """
    return () if unknown_from(agreement) is None else _bound_both(agreement, party_doubt)


def objection_closes_on(agreement: Agreement) -> date | None:
    """Give the last day on which a party may say that it wants no further term.

    Returns:
        The term's last day less the notice agreed on, that day itself without one; None of what
        does not renew by itself, has no last day, or wants notice before the calendar begins.

    Source: docs/rules/lifecycle.md, L-48.
    """
    end = agreement.end
    if end.rule != "auto_renews" or end.ends_on is None:
        return None
    if end.ends_on - date.min <= _LONGEST_NOTICE:
        return None
    if end.notice_months is not None:
        return months_after(end.ends_on, -end.notice_months)
    return end.ends_on - timedelta(days=end.notice_days or 0)


def next_term_ends_on(agreement: Agreement) -> date | None:
    """Give the last day of the term that follows on the running one, if it is as long as agreed.

    Months are counted from the last day of the first term, never from one that was clamped.

    Returns:
        None where no last day or no length was agreed, or the term would pass the calendar.

    Source: docs/rules/lifecycle.md, L-47; docs/rules/terms.md, T-5.
    """
    end, renewals = agreement.end, agreement.renewals
    if end.ends_on is None or not end.term_months:
        return None
    if end.ends_on.year + end.term_months // 12 >= date.max.year:
        return None
    first, terms = (renewals[0].from_on - _ONE if renewals else end.ends_on), 1
    for each in renewals:
        # From a day that was agreed otherwise by hand months are counted anew.
        is_counted = each.ends_on == months_after(first, terms * end.term_months)
        first, terms = (first, terms + 1) if is_counted else (each.ends_on, 1)
    return months_after(first, terms * end.term_months)


def last_day(agreement: Agreement) -> date | None:
    """Give the last day in force, or of the running term of an agreement that renews by itself.

    Returns:
        None where no last day was agreed, or where it never comes into force as recorded so far.

    Source: docs/rules/lifecycle.md, L-25 and L-41.
    """
    if agreement.ended is not None:
        runs = in_force(agreement)
        return runs[-1].last_on if runs else None
    if agreement.end.rule not in ("fixed", "auto_renews") or agreement.end.ends_on is None:
        return None
    runs = in_force(agreement)
    return _earliest(runs[-1].last_on, agreement.end.ends_on) if runs else None


def signed_from(agreement: Agreement) -> date | None:
    """Give the day from which enough have signed: one of each side, or the quorum of the others.

    Returns:
        None until then.

    Source: docs/rules/lifecycle.md, L-2 and L-40.
    """
    own, others = _signed(agreement, "own"), _signed(agreement, "partner")
    quorum = agreement.quorum or 1
    return max(own[0], others[quorum - 1]) if own and len(others) >= quorum else None


def _quorum_from(agreement: Agreement) -> date | None:
    """Give the day before which a quorum lets nobody be bound; before every day without one."""
    return date.min if agreement.quorum is None else signed_from(agreement)


def signing_from(agreement: Agreement) -> date | None:
    """Give the day of the first signature of all; None until then.

    Source: docs/rules/lifecycle.md, L-39.
    """
    signed = (*_signed(agreement, "own"), *_signed(agreement, "partner"))
    return min(signed, default=None)


def is_unsigned(agreement: Agreement) -> bool:
    """Say whether it is a proposal that nobody has signed: nobody else hears of it as yet.

    Source: docs/rules/lifecycle.md, L-42.
    """
    return agreement.drafting is not None and signing_from(agreement) is None


def is_unapproved(agreement: Agreement) -> bool:
    """Say whether it is a proposal that nobody has approved or signed: the office's own as yet.

    Source: docs/rules/lifecycle.md, L-42.
    """
    drafting = agreement.drafting
    return drafting is not None and drafting.approved_on is None and is_unsigned(agreement)


def terms_on(agreement: Agreement, day: date) -> Agreement:
    """Give the agreement with what its amendments had made of it by a day; its end as it is now.

    Source: docs/rules/lifecycle.md, L-43.
    """
    found = agreement
    for each in reversed(agreement.amendments):
        if day < each.from_on:
            stood = {name: getattr(each.was, name) for name in each.sets if name != "end"}
            found = replace(found, **stood)
    return found


def signed_as(agreement: Agreement, on: date | None) -> PartDay | None:
    """Give what is written of the day from which enough have signed, if only part of it is known.

    Source: docs/rules/terms.md, T-79.
    """
    its = [(each.signed_on, each.signed_as) for each in agreement.parties]
    return _known_in_part(on, its, lambda part: (part.to_on,))


def begun_as(agreement: Agreement, on: date | None) -> PartDay | None:
    """Give the same of the day from which it is in force."""
    its = [(each.signed_on, each.signed_as) for each in agreement.parties]
    its += [(each.joined_on, each.joined_as) for each in agreement.parties]
    its.append((agreement.effective_on, agreement.effective_as))
    return _known_in_part(on, its, lambda part: (part.to_on,))


def ended_as(agreement: Agreement, on: date | None) -> PartDay | None:
    """Give the same of a last day."""
    its = [(each.left_on, each.left_as) for each in agreement.parties]
    its.append((agreement.end.ends_on, agreement.end.ends_as))
    return _known_in_part(on, its, lambda part: (part.from_on, part.to_on))


def unknown_as(agreement: Agreement) -> PartDay | None:
    """Give what is written of the end from which on nobody knows whether it still holds."""
    return None if unknown_from(agreement) is None else agreement.end.ends_as


def _known_in_part(
    on: date | None,
    recorded: Iterable[tuple[date | None, PartDay | None]],
    bounds_of: Callable[[PartDay], tuple[date | None, ...]],
) -> PartDay | None:
    """Give the part of a day that a derived day is a bound of; None if an exact day falls on it.

    Of several the one that says most.
    """
    if on is None:
        return None
    parts = []
    for exact, part in recorded:
        if exact == on:
            return None
        if part is not None and on in bounds_of(part):
            parts.append(part)
    return min(parts, key=_width, default=None)


def _width(part: PartDay) -> timedelta:
    return (part.to_on or date.max) - (part.from_on or date.min)


def _signed(agreement: Agreement, side: Side) -> list[date]:
    """Give the days by which those of a side had signed first, each partner's once, in order."""
    found: dict[UUID, date] = {}
    for each in agreement.parties:
        signed = begun_by(each.signed_on, each.signed_as)
        if each.side == side and signed is not None:
            found[each.partner_id] = min(signed, found.get(each.partner_id, signed))
    return sorted(found.values())


_RunOf = Callable[[Agreement, Party], Run | None]


def _bound_both(agreement: Agreement, run_of: _RunOf) -> tuple[Run, ...]:
    own, others = _bound(agreement, "own", run_of), _bound(agreement, "partner", run_of)
    return tuple(run for ours in own for theirs in others if (run := _both(ours, theirs)))


def _bound(agreement: Agreement, side: Side, run_of: _RunOf) -> list[Run]:
    """Give the days on which anybody of a side is bound, as few runs in order."""
    runs = (run_of(agreement, each) for each in agreement.parties if each.side == side)
    found: list[Run] = []
    for run in sorted((each for each in runs if each), key=lambda each: each.first_on):
        before = found[-1] if found else None
        if before is None or (before.last_on is not None and run.first_on - before.last_on > _ONE):
            found.append(run)
        elif before.last_on is not None and (run.last_on is None or run.last_on > before.last_on):
            found[-1] = Run(before.first_on, run.last_on)
    return found


def _both(one: Run, other: Run) -> Run | None:
    first, last = max(one.first_on, other.first_on), _earliest(one.last_on, other.last_on)
    return None if last is not None and last < first else Run(first, last)


def _earliest(*days: date | None) -> date | None:
    return min((each for each in days if each is not None), default=None)
