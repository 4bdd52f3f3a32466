"""When a contact may be written to: consent is a fact of the log, names and addresses are not."""

from dataclasses import dataclass
from datetime import date

from changefeed.change import Facts
from ieum_notify.domain.facts import day, day_or_none


@dataclass(frozen=True, slots=True)
class Consent:
    """From the day of consent to the last day of retention, both included; None is open.

    Source: docs/rules/terms.md, T-16.
    """

    from_on: date
    until_on: date | None

    @classmethod
    def from_facts(cls, facts: Facts) -> "Consent":
        """Read a contact's consent; raises FactsUnreadable."""
        return cls(day(facts, "consented_on"), day_or_none(facts, "retain_until"))

    def covers(self, on: date) -> bool:
        """Say whether the contact may be written to on the day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)
