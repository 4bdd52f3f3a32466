"""문서: one file of an agreement, its versions, and how it goes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from changefeed.subjects import document
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Document(document.Document):
    """A document on record."""

    @property
    def is_kept(self) -> bool:
        """Whether its bytes are to be there."""
        return self.erased_on is None

    def must_be_kept(self) -> None:
        """Make sure that its file was not erased.

        Raises:
            RuleBroken: `document.is_erased`.

        Source: docs/rules/terms.md, T-51.
        """
        if self.erased_on is not None:
            raise RuleBroken("document.is_erased", erased_on=self.erased_on.isoformat())

    def must_be_no_wider_than(self, agreement: Agreement) -> None:
        """Make sure that nobody learns of an agreement by one of its documents.

        Raises:
            RuleBroken: `document.wider_than_agreement`.

        Source: docs/rules/access.md, A-15.
        """
        if self.is_kept and self.disclosure == "public" and agreement.disclosure != "public":
            raise RuleBroken("document.wider_than_agreement", pointer="/disclosure")

    def must_follow(self, former: "Document") -> None:
        """Make sure that it can be the next version of another one.

        Raises:
            RuleBroken: `document.other_agreement`; `document.is_erased`.

        Source: docs/rules/terms.md, T-50.
        """
        if former.agreement_id != self.agreement_id:
            raise RuleBroken("document.other_agreement", pointer="/replaces_id")
        former.must_be_kept()

    def erased(self, on: date) -> Self:
        """Give it as it stands once its file is gone.

        Raises:
            RuleBroken: `document.is_erased`.
        """
        self.must_be_kept()
        return replace(self, erased_on=on)
