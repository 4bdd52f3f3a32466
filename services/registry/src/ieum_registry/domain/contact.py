"""A person whom the office may write to, and how long that is so."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from changefeed.subjects import contact
from changefeed.subjects.parts import BY_HAND
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.term import Term, must_run_forward


@dataclass(frozen=True, slots=True)
class Contact(contact.Contact):
    """A contact on record.

    Raises:
        RuleBroken: `term.reversed`, if the data may be kept only until before the consent.
    """

    def __post_init__(self) -> None:
        must_run_forward(self.consented_on, self.retain_until, pointer="/retain_until")

    def may_be_written_to(self, day: date) -> bool:
        """Say whether consent and retention cover the day.

        Source: docs/rules/terms.md, T-16.
        """
        is_kept = self.erased_on is None or day < self.erased_on
        return is_kept and Term(self.consented_on, self.retain_until).includes(day)

    def must_be_kept(self) -> None:
        """Make sure that the person was not erased.

        Raises:
            RuleBroken: `contact.is_erased`.
        """
        if self.erased_on is not None:
            raise RuleBroken("contact.is_erased", on=str(self.erased_on))

    def erased(self, on: date) -> Self:
        """Give what is left of it: that there was somebody, where, and until when.

        Raises:
            RuleBroken: `contact.is_erased`.

        Source: docs/rules/access.md, A-9.
        """
        self.must_be_kept()
        return replace(self, purpose=None, erased_on=on, provenance=BY_HAND)
