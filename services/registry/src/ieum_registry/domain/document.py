"""문서: one file of an agreement, its versions, and how it goes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from changefeed.subjects import document
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken

NOWHERE = UUID(int=0)
"""Stands for the agreement of a document until that of what it proves is known."""


@dataclass(frozen=True, slots=True)
class Document(document.Document):
    """A document on record."""

    @property
    def is_kept(self) -> bool:
        """Whether its bytes are to be there."""
        return self.erased_on is None

    @property
    def belongs_to(self) -> tuple[UUID, UUID | None, UUID | None]:
        """What it is of: an agreement, and perhaps a commitment or a milestone under it."""
        return self.agreement_id, self.collaboration_id, self.milestone_id

    def proving(self, agreement_id: UUID | None, *, pointer: str) -> Self:
        """Give it under the agreement of the commitment or milestone that it proves.

        Raises:
            RuleBroken: `document.no_agreement`; `document.other_record`.

        Source: docs/rules/terms.md, T-73.
        """
        if agreement_id is None:
            raise RuleBroken("document.no_agreement", pointer=pointer)
        if self.agreement_id not in (NOWHERE, agreement_id):
            raise RuleBroken("document.other_record", pointer="/agreement_id")
        return replace(self, agreement_id=agreement_id)

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
        if former.belongs_to != self.belongs_to:
            raise RuleBroken("document.other_agreement", pointer="/replaces_id")
        former.must_be_kept()

    def erased(self, on: date) -> Self:
        """Give it as it stands once its file is gone.

        Raises:
            RuleBroken: `document.is_erased`.
        """
        self.must_be_kept()
        return replace(self, erased_on=on)
