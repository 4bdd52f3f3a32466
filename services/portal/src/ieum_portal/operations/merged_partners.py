"""Several records of one organisation count as one, as the record that stands for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.partner import Partner
from ieum_portal.operations.ports import Registry


def merged_into(registry: Registry) -> Mapping[UUID, UUID]:
    """Give for each partner that was merged the one that stands for it (T-63)."""
    standing = registry.all(Partner, stands_for_others=True, own="any")
    return {merged: each.id for each in standing for merged in each.merged_ids}


def as_one(
    commitments: Iterable[Collaboration], into: Mapping[UUID, UUID]
) -> Sequence[Collaboration]:
    """Give commitments as those of the organisations that stand for whoever made them."""
    return [
        replace(each, partner_id=into.get(each.partner_id, each.partner_id)) for each in commitments
    ]
