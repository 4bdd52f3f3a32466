"""An organisation that can sign: names, kind, whether it is the city's own side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, get_args
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.business_number import is_business_number
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.words import Words

PartnerKind = Literal[
    "company",
    "cooperative",
    "university",
    "institute",
    "agency",
    "government",
    "association",
    "foreign",
]
PARTNER_KINDS: tuple[PartnerKind, ...] = get_args(PartnerKind)


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation; `own` marks the city itself.

    Raises:
        RuleBroken: `partner.business_number`, if the check digit does not fit.
    """

    subject_type: ClassVar[str] = "partner"

    id: UUID
    kind: PartnerKind
    name: Words
    key: str | None = None
    aliases: tuple[str, ...] = ()
    own: bool = False
    business_number: str | None = None
    website: str | None = None
    provenance: Provenance = BY_HAND

    def __post_init__(self) -> None:
        if self.business_number is not None and not is_business_number(self.business_number):
            raise RuleBroken(
                "partner.business_number",
                pointer="/business_number",
                business_number=self.business_number,
            )

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        return {
            "id": str(self.id),
            "key": self.key,
            "kind": self.kind,
            "name": self.name.facts(),
            "aliases": list(self.aliases),
            "own": self.own,
            "business_number": self.business_number,
            "website": self.website,
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            kind=facts["kind"],
            name=Words.from_facts(facts["name"]),
            aliases=tuple(facts["aliases"]),
            own=facts["own"],
            business_number=facts["business_number"],
            website=facts["website"],
            provenance=Provenance.from_facts(facts["provenance"]),
        )
