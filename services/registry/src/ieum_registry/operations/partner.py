"""Register and change partners."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.condition import either, linked
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist


def register_partner(partner: Partner, *, ledger: Ledger) -> Entry:
    """Record an organisation for the first time.

    Raises:
        Taken: Its key or business number stands at another partner.
    """
    with ledger.open() as transaction:
        return transaction.record("partner.registered", partner)


def change_partner(
    partner_id: UUID,
    change: Callable[[Partner], Partner],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now known of a partner.

    Args:
        change: Gives the partner as it is from now on; it may refuse.
        seen: The version that the caller last read.

    Raises:
        NotFound, Stale: No such partner; changed after version `seen`.
        RuleBroken: `partner.side_recorded`; `partner.is_merged`, with where it is now.
        Taken: Its key or business number stands at another partner.
    """
    with ledger.open() as transaction:
        before = transaction.take(Partner, partner_id, seen)
        must_stand_alone(before, transaction, pointer="/id")
        partner = change(before)
        must_keep_side(partner, transaction, before=before)
        return transaction.record_change("partner.changed", partner, reason)


def must_keep_side(
    partner: Partner, transaction: LedgerTransaction, *, before: Partner | None
) -> None:
    """Make sure that a partner stays on the side on which agreements name it.

    Args:
        before: As it is on record; None if it is new.

    Raises:
        RuleBroken: `partner.side_recorded`.

    Source: docs/rules/terms.md, T-22.
    """
    if before is None or before.own == partner.own:
        return
    for agreement in transaction.those(Agreement, linked("partner", partner.id)):
        raise RuleBroken("partner.side_recorded", pointer="/own", title=agreement.title.ko)


def merge_partner(
    partner_id: UUID,
    into_id: UUID,
    *,
    own_meant: bool,
    reason: str,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record that a partner is the same organisation as another one, which stands for both.

    One entry, of the other: the record that is merged stays as it is to the letter, and so does
    everything that names it.

    Args:
        own_meant: Whether two own sides are merged on purpose, as when two cities become one.
        seen: The version of the one that is merged.

    Raises:
        NotFound, Stale: No such partner; changed after version `seen`.
        RuleBroken: `reference.unknown`; `partner.is_merged`, of either; `partner.merge_itself`;
            `partner.merge_sides`; `partner.merge_own`; `partner.merge_twice`, if an agreement
            would name it twice on a day, or on two sides.

    Source: docs/rules/lifecycle.md, L-36.
    """
    with ledger.open() as transaction:
        merged = transaction.take(Partner, partner_id, seen)
        into = must_exist(transaction, Partner, into_id, pointer="/into_id")
        must_stand_alone(merged, transaction, pointer="/id")
        must_stand_alone(into, transaction, pointer="/into_id")
        one = into.merging(merged, own_meant=own_meant)
        _must_be_named_once(merged, into, transaction)
        return transaction.record("partner.merged", one, reason)


def separate_partner(
    survivor_id: UUID, partner_id: UUID, *, reason: str, seen: int, ledger: Ledger
) -> Entry:
    """Record that a partner was merged by mistake: both are again what they were.

    Raises:
        NotFound, Stale: No such partner; changed after version `seen`.
        RuleBroken: `partner.is_merged`, if the other is merged itself; `partner.not_merged`;
            `partner.merged_within`, if it came along with one that is to be separated first.
    """
    with ledger.open() as transaction:
        survivor = transaction.take(Partner, survivor_id, seen)
        must_stand_alone(survivor, transaction, pointer="/id")
        merged = must_exist(transaction, Partner, partner_id, pointer="/partner_id")
        for holder in transaction.those(Partner, linked("merged", partner_id)):
            if holder.id != survivor_id:
                names = {"name": merged.name.ko, "into": holder.name.ko}
                raise RuleBroken("partner.merged_within", pointer="/partner_id", **names)
        return transaction.record("partner.separated", survivor.separated(merged), reason)


def tell_partners_apart(
    partner_id: UUID, other_id: UUID, *, reason: str | None, seen: int, ledger: Ledger
) -> Entry:
    """Record that two partners that look alike are two organisations: nobody is asked again.

    Raises:
        NotFound, Stale: No such partner; changed after version `seen`.
        RuleBroken: `reference.unknown`; `partner.is_merged`; `partner.apart_from_itself`.

    Source: docs/rules/terms.md, T-62.
    """
    with ledger.open() as transaction:
        partner = transaction.take(Partner, partner_id, seen)
        must_stand_alone(partner, transaction, pointer="/id")
        other = must_exist(transaction, Partner, other_id, pointer="/other_id")
        apart = partner.told_apart(other)
        if apart == partner:
            return transaction.record_change("partner.told_apart", partner)
        return transaction.record("partner.told_apart", apart, reason)


def must_stand_alone(partner: Partner, transaction: LedgerTransaction, *, pointer: str) -> None:
    """Make sure that a partner has not been merged into another one.

    Raises:
        RuleBroken: `partner.is_merged`, with the one that stands for it.
    """
    holders = transaction.those(Partner, linked("merged", partner.id))
    for holder in sorted(holders, key=lambda each: -len(each.merged_ids))[:1]:
        raise RuleBroken(
            "partner.is_merged",
            pointer=pointer,
            name=partner.name.ko,
            into=holder.name.ko,
            into_id=str(holder.id),
        )


def _must_be_named_once(merged: Partner, into: Partner, transaction: LedgerTransaction) -> None:
    """Make sure that no agreement would have one organisation twice on a day, or on two sides.

    Raises:
        RuleBroken: `partner.merge_twice`.
    """
    ours, theirs = set(into.one_with), set(merged.one_with)

    def names_both(agreement: Agreement) -> bool:
        named = {each.partner_id for each in agreement.parties}
        return bool(named & ours) and bool(named & theirs)

    for partner_id in merged.one_with:
        for agreement in transaction.those(
            Agreement, linked("partner", partner_id), heeding=names_both
        ):
            if names_both(agreement):
                must_name_once(agreement, dict.fromkeys(ours | theirs, into.id))


def must_name_once(agreement: Agreement, one: Mapping[UUID, UUID]) -> None:
    """Make sure that an agreement names each organisation once on a day, and on one side.

    Args:
        one: The one that stands for each merged partner.

    Raises:
        RuleBroken: `partner.merge_twice`.
    """
    parties = tuple(
        replace(each, partner_id=one.get(each.partner_id, each.partner_id))
        for each in agreement.parties
    )
    try:
        replace(agreement, parties=parties)
    except RuleBroken as broken:
        raise RuleBroken(
            "partner.merge_twice", pointer="/parties", title=agreement.title.ko
        ) from broken


def standing_for(partners: Iterable[UUID], transaction: LedgerTransaction) -> Mapping[UUID, UUID]:
    """Give, for each of some partners that was merged, the one that stands for it now."""
    asked = sorted(set(partners))
    found: dict[UUID, UUID] = {}
    for start in range(0, len(asked), _AT_ONCE):
        some = [linked("merged", each) for each in asked[start : start + _AT_ONCE]]
        # Whoever holds most holds what was merged into the others, too.
        for holder in sorted(
            transaction.those(Partner, either(*some)), key=lambda each: len(each.merged_ids)
        ):
            found |= dict.fromkeys(holder.merged_ids, holder.id)
    return found


_AT_ONCE = 100
