"""협력(이행): how a commitment holds, and how it ends."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from changefeed.bounds import unknown_from
from changefeed.subjects import collaboration
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.lifecycle import holding, run_of_commitment
from ieum_registry.domain.term import must_run_forward


@dataclass(frozen=True, slots=True)
class Collaboration(collaboration.Collaboration):
    """A commitment on record; `bounded_by` works out the days on which it holds.

    Raises:
        RuleBroken: `term.reversed`.
    """

    def __post_init__(self) -> None:
        must_run_forward(self.starts_on, self.ends_on, pointer="/ends_on")

    @property
    def ever_holds(self) -> bool:
        """Whether there is a day on which it holds, or may."""
        is_known = self.holds_until is None or self.holds_until >= self.holds_from
        return is_known or self.unknown_from is not None

    def must_follow(self, before: Self) -> None:
        """Make sure that a commitment stays the same partner's, under the same agreement.

        Raises:
            RuleBroken: `collaboration.moved`.

        Source: docs/rules/lifecycle.md, L-14.
        """
        for field in ("partner_id", "agreement_id"):
            if getattr(self, field) != getattr(before, field):
                raise RuleBroken("collaboration.moved", pointer=f"/{field}")

    def under(self, agreement: Agreement) -> Self:
        """Give it as far as its agreement may be known: under a closed one it is closed too.

        Source: docs/rules/lifecycle.md, L-20.
        """
        return replace(self, disclosure="closed") if agreement.disclosure == "closed" else self

    def bounded_by(self, agreement: Agreement) -> Self:
        """Give it with the days on which it holds, as the agreement and the party's days allow.

        Source: docs/rules/lifecycle.md, L-8 and L-28.
        """
        run = run_of_commitment(agreement, self.partner_id, self.starts_on)
        found = holding(self.starts_on, self.ends_on, run, unknown_from(agreement))
        return replace(
            self,
            holds_from=found.first,
            holds_until=found.until,
            unknown_from=found.unknown.first_on if found.unknown else None,
            unknown_until=found.unknown.last_on if found.unknown else None,
        )

    def ended(self, ends_on: date, agreement: Agreement) -> Self:
        """End it on a day, earlier than promised or at last.

        Raises:
            RuleBroken: `collaboration.already_ended`, if it ends by then as it is;
                `term.reversed`.

        Source: docs/rules/lifecycle.md, L-10.
        """
        if self.ends_on is not None and self.ends_on <= ends_on:
            raise RuleBroken(
                "collaboration.already_ended", pointer="/ends_on", ends_on=str(self.ends_on)
            )
        return replace(self, ends_on=ends_on).bounded_by(agreement)
