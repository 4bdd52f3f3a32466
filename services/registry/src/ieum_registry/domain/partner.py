"""An organisation that can sign, and what must hold of it."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from changefeed.countries import COUNTRIES
from changefeed.subjects import partner
from ieum_registry.domain.business_number import is_business_number
from ieum_registry.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Partner(partner.Partner):
    """A partner on record.

    Raises:
        RuleBroken: `partner.business_number`, if the check digit does not fit;
            `partner.country_unknown`.
    """

    def __post_init__(self) -> None:
        if self.business_number is not None and not is_business_number(self.business_number):
            raise RuleBroken(
                "partner.business_number",
                pointer="/business_number",
                business_number=self.business_number,
            )
        if self.country is not None and self.country not in COUNTRIES:
            raise RuleBroken("partner.country_unknown", pointer="/country", country=self.country)

    @property
    def one_with(self) -> tuple[UUID, ...]:
        """The ids of all records that are this organisation, its own first."""
        return (self.id, *self.merged_ids)

    def merging(self, other: "Partner", *, own_meant: bool) -> Self:
        """Give it as it is once another record is known to be the same organisation.

        Args:
            own_meant: Whether two own sides are merged on purpose.

        Raises:
            RuleBroken: `partner.merge_itself`; `partner.merge_sides`; `partner.merge_own`.

        Source: docs/rules/lifecycle.md, L-36.
        """
        if other.id == self.id:
            raise RuleBroken("partner.merge_itself", pointer="/into_id", name=self.name.ko)
        if other.own != self.own:
            names = {"name": other.name.ko, "into": self.name.ko}
            raise RuleBroken("partner.merge_sides", pointer="/into_id", **names)
        if self.own and not own_meant:
            raise RuleBroken("partner.merge_own", pointer="/own_meant", name=other.name.ko)
        return replace(self, merged_ids=(*self.merged_ids, *other.one_with))

    def separated(self, other: "Partner") -> Self:
        """Give it as it was before another record was merged into it; what that held goes along.

        Raises:
            RuleBroken: `partner.not_merged`, if that is no part of it.
        """
        if other.id not in self.merged_ids:
            raise RuleBroken("partner.not_merged", pointer="/partner_id", name=other.name.ko)
        left = tuple(each for each in self.merged_ids if each not in other.one_with)
        return replace(self, merged_ids=left)

    def told_apart(self, other: "Partner") -> Self:
        """Give it as one that is known to be another organisation; twice says it once.

        Raises:
            RuleBroken: `partner.apart_from_itself`.
        """
        if other.id in self.one_with or self.id in other.merged_ids:
            raise RuleBroken("partner.apart_from_itself", pointer="/other_id", name=other.name.ko)
        if other.id in self.distinct_ids or self.id in other.distinct_ids:
            return self
        return replace(self, distinct_ids=(*self.distinct_ids, other.id))
