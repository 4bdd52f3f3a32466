"""A person whom the office may write to: consent in the log, name and addresses beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal, Self, get_args
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.place import Place
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.term import Term, day_text, maybe_day

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Contact:
    """One person at one place, known to the log by id alone.

    Attributes:
        purpose: What the data are kept for; None once they are erased.
        retain_until: The last day on which they may be kept; None is open.
        erased_on: The day on which everything personal went, for good.

    Raises:
        RuleBroken: `term.reversed`, if the data may be kept only until before the consent.
    """

    subject_type: ClassVar[str] = "contact"

    id: UUID
    at: Place
    language: Language
    purpose: str | None
    consented_on: date
    key: str | None = None
    retain_until: date | None = None
    erased_on: date | None = None
    provenance: Provenance = BY_HAND

    def __post_init__(self) -> None:
        Term(self.consented_on, self.retain_until)

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

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "at": self.at.facts(),
            "language": self.language,
            "purpose": self.purpose,
            "consented_on": self.consented_on.isoformat(),
            "retain_until": day_text(self.retain_until),
            "erased_on": day_text(self.erased_on),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            at=Place.from_facts(facts["at"]),
            language=facts["language"],
            purpose=facts["purpose"],
            consented_on=date.fromisoformat(facts["consented_on"]),
            retain_until=maybe_day(facts["retain_until"]),
            erased_on=maybe_day(facts.get("erased_on")),
            provenance=Provenance.from_facts(facts["provenance"]),
        )
