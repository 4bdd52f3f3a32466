"""An organisation that can sign, and what must hold of it."""

from dataclasses import dataclass

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
