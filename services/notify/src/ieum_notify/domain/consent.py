"""When a contact may be written to: consent is a fact of the log, names and addresses are not."""

from dataclasses import dataclass
from datetime import date

from changefeed.change import Facts
from ieum_notify.domain.facts import day, day_or_none


@dataclass(frozen=True, slots=True)
class Consent:
    """From the day of consent to the last day of retention, both included; None is open.

    Attributes:
        erased_on: From this day on there is nobody to write to any more.

    Source: docs/rules/terms.md, T-16.
    """

    from_on: date
    until_on: date | None
    erased_on: date | None = None

    @classmethod
    def from_facts(cls, facts: Facts) -> "Consent":
        """Read a contact's consent; raises FactsUnreadable."""
        return cls(
            day(facts, "consented_on"),
            day_or_none(facts, "retain_until"),
            day_or_none(facts, "erased_on"),
        )

    def covers(self, on: date) -> bool:
        """Say whether the contact may be written to on the day."""
        if self.erased_on is not None and on >= self.erased_on:
            return False
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)
