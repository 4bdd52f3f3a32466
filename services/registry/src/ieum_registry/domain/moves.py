"""What may become of an agreement on a day, and what hinders it: one table for verbs and pages.

Source: docs/rules/lifecycle.md, L-39 to L-47.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from changefeed import limits
from changefeed.bounds import (
    in_force,
    is_unsigned,
    last_on,
    left_on,
    next_term_ends_on,
    objection_closes_on,
    signed_from,
    signing_from,
)
from changefeed.subjects.agreement import (
    Drafting,
    Ended,
    HowEnded,
    Party,
    Renewal,
    RenewedBy,
    Side,
)
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.lifecycle import agreement_state

Move = Literal[
    "reviews",
    "approvals",
    "returns",
    "signatures",
    "joinings",
    "withdrawals",
    "renewals",
    "endings",
    "reopenings",
]

Hindrance = Callable[[Agreement, date, str], str | None]
"""Takes an agreement, today and the account that asks; gives the code of what hinders it."""


def _is_ended(agreement: Agreement, *_: object) -> str | None:
    return None if agreement.ended is None else "agreement.is_ended"


def _is_signed(agreement: Agreement, *_: object) -> str | None:
    return None if is_unsigned(agreement) else "agreement.is_signed"


def _is_unsigned(agreement: Agreement, *_: object) -> str | None:
    return "agreement.not_signed" if signed_from(agreement) is None else None


def _is_reviewed(agreement: Agreement, *_: object) -> str | None:
    drafting = agreement.drafting
    return "agreement.is_reviewed" if drafting and drafting.reviewed_on else None


def _is_unreviewed(agreement: Agreement, *_: object) -> str | None:
    drafting = agreement.drafting
    return "agreement.not_reviewed" if drafting and not drafting.reviewed_on else None


def _is_approved(agreement: Agreement, *_: object) -> str | None:
    drafting = agreement.drafting
    return "agreement.is_approved" if drafting and drafting.approved_on else None


def _is_unapproved(agreement: Agreement, *_: object) -> str | None:
    drafting = agreement.drafting
    return "agreement.not_approved" if drafting and not drafting.approved_on else None


def _is_their_own(agreement: Agreement, _: date, account: str) -> str | None:
    drafting = agreement.drafting
    return "agreement.own_proposal" if drafting and drafting.proposed_by == account else None


def _all_have_signed(agreement: Agreement, *_: object) -> str | None:
    return None if any(map(_is_awaited, agreement.parties)) else "agreement.all_signed"


def _all_have_left(agreement: Agreement, *_: object) -> str | None:
    stays = any(left_on(each) is None and not _is_awaited(each) for each in agreement.parties)
    return None if stays else "agreement.all_left"


def _has_no_term(agreement: Agreement, *_: object) -> str | None:
    is_termed = agreement.end.rule in ("fixed", "auto_renews")
    return None if is_termed and agreement.end.ends_on else "agreement.no_term"


def _is_over(agreement: Agreement, today: date, _: str) -> str | None:
    """Look at its own end, and at what the leaving of parties has ended."""
    return "agreement.is_over" if agreement_state(agreement, today) == "ended" else None


def _is_not_ended(agreement: Agreement, *_: object) -> str | None:
    return "agreement.not_ended" if agreement.ended is None else None


HINDERED_BY: Mapping[Move, tuple[Hindrance, ...]] = {
    "reviews": (_is_ended, _is_signed, _is_reviewed, _is_their_own),
    "approvals": (_is_ended, _is_signed, _is_unreviewed, _is_approved, _is_their_own),
    "returns": (_is_ended, _is_signed, _is_unreviewed),
    "signatures": (_is_ended, _is_unapproved, _all_have_signed),
    "joinings": (_is_ended, _is_unsigned),
    "withdrawals": (_is_ended, _all_have_left),
    "renewals": (_is_ended, _is_unsigned, _has_no_term, _is_over),
    "endings": (_is_ended,),
    "reopenings": (_is_not_ended,),
}
"""What hinders each move, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class MoveStanding:
    """Whether a move may be made; `hindered_by` is the code of what stands against it, or None."""

    move: Move
    hindered_by: str | None


def moves_on(agreement: Agreement, today: date, account: str) -> tuple[MoveStanding, ...]:
    """Say of every move whether it may be made today by an account.

    Source: docs/rules/lifecycle.md, L-45.
    """
    return tuple(
        MoveStanding(move, _hindered_by(move, agreement, today, account)) for move in HINDERED_BY
    )


def must_allow(move: Move, agreement: Agreement, today: date, account: str) -> None:
    """Make sure that a move may be made.

    Raises:
        RuleBroken: With the code of what hinders it.
    """
    code = _hindered_by(move, agreement, today, account)
    if code is not None:
        raise RuleBroken(code, title=agreement.title.ko)


def _hindered_by(move: Move, agreement: Agreement, today: date, account: str) -> str | None:
    found = (each(agreement, today, account) for each in HINDERED_BY[move])
    return next((code for code in found if code is not None), None)


def must_be_unsigned(agreement: Agreement) -> None:
    """Make sure that a proposal is one: nobody has signed it.

    Raises:
        RuleBroken: `agreement.proposed_signed`.

    Source: docs/rules/lifecycle.md, L-39.
    """
    is_dated = (agreement.signed_on, agreement.signed_as) != (None, None)
    if is_dated or not is_unsigned(agreement):
        raise RuleBroken("agreement.proposed_signed", pointer="/signed_on")


def must_sign_what_is_approved(before: Agreement, agreement: Agreement) -> None:
    """Make sure that nobody signs a proposal past its approval, by hand or by file.

    Raises:
        RuleBroken: `agreement.not_approved`; `agreement.proposed_signed`, if a day of signing is
            said of what nobody has signed.

    Source: docs/rules/lifecycle.md, L-39.
    """
    if before.drafting is None:
        return
    if is_unsigned(agreement):
        must_be_unsigned(agreement)
    elif before.drafting.approved_on is None:
        raise RuleBroken("agreement.not_approved", pointer="/parties", title=before.title.ko)


def reviewed(agreement: Agreement, today: date, account: str) -> Agreement:
    """Record that a proposal was reviewed."""
    drafting = _drafting(agreement)
    return replace(agreement, drafting=replace(drafting, reviewed_on=today, reviewed_by=account))


def approved(agreement: Agreement, today: date, account: str) -> Agreement:
    """Record that a reviewed proposal was approved."""
    drafting = _drafting(agreement)
    return replace(agreement, drafting=replace(drafting, approved_on=today, approved_by=account))


def returned(agreement: Agreement) -> Agreement:
    """Make a reviewed or approved proposal a draft again."""
    drafting = replace(
        _drafting(agreement), reviewed_on=None, reviewed_by=None, approved_on=None, approved_by=None
    )
    return replace(agreement, drafting=drafting)


def _drafting(agreement: Agreement) -> Drafting:
    if agreement.drafting is None:
        raise RuleBroken("agreement.is_signed", title=agreement.title.ko)
    return agreement.drafting


def signed(
    agreement: Agreement, partner_ids: Sequence[UUID], signed_on: date, today: date
) -> Agreement:
    """Record that parties whose signature was awaited have signed.

    Once enough have, the agreement is signed as of that day, and takes effect on it unless another
    day was agreed.

    Raises:
        RuleBroken: `agreement.not_awaited`; `agreement.signed_in_future`;
            `agreement.joined_after_end`.

    Source: docs/rules/lifecycle.md, L-39 and L-40.
    """
    _must_have_come(signed_on, today, "/signed_on")
    _must_not_be_over(agreement, signed_on, "/signed_on")
    parties = list(agreement.parties)
    for place, partner_id in enumerate(partner_ids):
        found = (
            index
            for index, each in enumerate(parties)
            if each.partner_id == partner_id and _is_awaited(each)
        )
        index = next(found, None)
        if index is None:
            raise RuleBroken("agreement.not_awaited", pointer=f"/partner_ids/{place}")
        parties[index] = replace(parties[index], signed_on=signed_on)
    return _dated(replace(agreement, parties=tuple(parties)))


def _dated(agreement: Agreement) -> Agreement:
    """Give a proposal the days that follow from its signatures, once enough have signed."""
    enough = signed_from(agreement)
    is_dated = (agreement.signed_on, agreement.signed_as) != (None, None)
    if enough is None or is_dated:
        return agreement
    has_effect = (agreement.effective_on, agreement.effective_as) != (None, None)
    effective_on = agreement.effective_on if has_effect else enough
    return replace(agreement, signed_on=enough, effective_on=effective_on)


def joined(
    agreement: Agreement, partner_id: UUID, side: Side, joined_on: date, today: date
) -> Agreement:
    """Record that a partner signed and came in after the others.

    Raises:
        RuleBroken: `agreement.signed_in_future`; `agreement.joined_after_end`;
            `agreement.party_twice`, if it is one already.

    Source: docs/rules/lifecycle.md, L-27 and L-46.
    """
    _must_have_come(joined_on, today, "/joined_on")
    _must_not_be_over(agreement, joined_on, "/joined_on")
    party = Party(partner_id, side, signed_on=joined_on, joined_on=joined_on)
    return replace(agreement, parties=(*agreement.parties, party))


def left(agreement: Agreement, partner_id: UUID, until: date, why: str | None) -> Agreement:
    """Record the last day on which a partner is bound, and why it leaves.

    Args:
        until: That day.

    Raises:
        RuleBroken: `agreement.not_a_party`, if it has not signed, or no span of it stands.

    Source: docs/rules/lifecycle.md, L-46.
    """
    parties = list(agreement.parties)
    standing = [
        index
        for index, each in enumerate(parties)
        if each.partner_id == partner_id and left_on(each) is None and not _is_awaited(each)
    ]
    if not standing:
        raise RuleBroken("agreement.not_a_party", pointer="/partner_id")
    party = parties[standing[0]]
    begun = party.joined_on or party.signed_on
    if begun is not None and until < begun:
        raise RuleBroken(
            "term.reversed", pointer="/left_on", starts_on=str(begun), ends_on=str(until)
        )
    parties[standing[0]] = replace(party, left_on=until, left_why=why)
    return replace(agreement, parties=tuple(parties))


def renewed(agreement: Agreement, ends_on: date | None, by: RenewedBy) -> Agreement:
    """Give an agreement a further term that follows on the one that runs.

    Args:
        ends_on: Its last day; None is as long as was agreed.

    Raises:
        RuleBroken: `agreement.term_unknown`, if nobody says how long; `agreement.renewal_shorter`.

    Source: docs/rules/lifecycle.md, L-47.
    """
    running = agreement.end.ends_on
    until = ends_on or next_term_ends_on(agreement)
    if running is None or until is None:
        raise RuleBroken("agreement.term_unknown", pointer="/ends_on")
    if until <= running:
        raise RuleBroken(
            "agreement.renewal_shorter",
            pointer="/ends_on",
            ends_on=str(until),
            running=str(running),
        )
    renewal = Renewal(running + timedelta(days=1), until, by)
    return replace(
        agreement,
        end=replace(agreement.end, ends_on=until),
        renewals=(*agreement.renewals, renewal),
    )


def renews_by_rule(agreement: Agreement, today: date) -> bool:
    """Say whether its clause of automatic renewal has renewed it, and nobody has recorded that.

    An objection is an ending on record, and a term of unknown length is left to a person.

    Source: docs/rules/lifecycle.md, L-48.
    """
    closes = objection_closes_on(agreement)
    if agreement.ended is not None or closes is None or today <= closes:
        return False
    if len(agreement.renewals) >= limits.RENEWALS:
        return False  # Its days are surely wrong: a person looks at it.
    is_bound = any(each.last_on is None for each in in_force(agreement))
    return is_bound and next_term_ends_on(agreement) is not None


def ended(
    agreement: Agreement, on: date, how: HowEnded, note: str | None, today: date
) -> Agreement:
    """Record its last day in force, and how it ended.

    Raises:
        RuleBroken: `agreement.never_concluded`, if that is said of what was signed, or anything
            else of what never was; `agreement.ended_before_signing`; `agreement.ended_later`, if
            its own last day is earlier; `agreement.dropped_in_future`.

    Source: docs/rules/lifecycle.md, L-41.
    """
    first = signing_from(agreement)
    if (first is None) != (how == "not_concluded"):
        raise RuleBroken("agreement.never_concluded", pointer="/how")
    if first is None:
        _must_have_come(on, today, "/on")
    elif on < first:
        raise RuleBroken(
            "agreement.ended_before_signing", pointer="/on", on=str(on), signed=str(first)
        )
    agreed = agreement.end.ends_on if agreement.end.rule == "fixed" else None
    if agreed is not None and on > agreed:
        raise RuleBroken("agreement.ended_later", pointer="/on", on=str(on), agreed=str(agreed))
    return replace(agreement, ended=Ended(on, how, note))


def reopened(agreement: Agreement) -> Agreement:
    """Take back that it was ended."""
    return replace(agreement, ended=None)


def _is_awaited(party: Party) -> bool:
    return (party.signed_on, party.signed_as, party.left_on, party.left_as) == (None,) * 4


def _must_not_be_over(agreement: Agreement, on: date, pointer: str) -> None:
    last = last_on(agreement)
    if last is not None and on > last:
        raise RuleBroken("agreement.joined_after_end", pointer=pointer, on=str(on), last=str(last))


def _must_have_come(on: date, today: date, pointer: str) -> None:
    if on > today:
        raise RuleBroken("agreement.signed_in_future", pointer=pointer, on=str(on))
