"""협력(이행): one partner's commitment under one agreement, on one task."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal, Self, get_args
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.evidence import Evidence, evidence_facts, evidence_from
from ieum_registry.domain.lifecycle import holding
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.term import Term, day_text, maybe_day

CollaborationRole = Literal["lead", "develop", "supply", "demonstrate", "research", "train"]
COLLABORATION_ROLES: tuple[CollaborationRole, ...] = get_args(CollaborationRole)
CollaborationDisclosure = Literal["public", "closed"]
COLLABORATION_DISCLOSURES: tuple[CollaborationDisclosure, ...] = get_args(CollaborationDisclosure)


@dataclass(frozen=True, slots=True)
class Collaboration:
    """One commitment: who, under what, on which task, with which technologies, from – to.

    Attributes:
        starts_on: First day promised.
        ends_on: Last day promised, or the day on which it was ended early; None is open.
        holds_from: First day on which it is bound by the agreement; made by `bounded_by`.
        holds_until: Last such day; one before `holds_from` if there is none.

    Raises:
        RuleBroken: `term.reversed`.
    """

    subject_type: ClassVar[str] = "collaboration"

    id: UUID
    partner_id: UUID
    agreement_id: UUID
    task_id: UUID
    role: CollaborationRole
    starts_on: date
    holds_from: date
    key: str | None = None
    technology_ids: tuple[UUID, ...] = ()
    service_field_id: UUID | None = None
    ends_on: date | None = None
    holds_until: date | None = None
    evidence: tuple[Evidence, ...] = ()
    disclosure: CollaborationDisclosure = "closed"
    provenance: Provenance = BY_HAND

    def __post_init__(self) -> None:
        Term(self.starts_on, self.ends_on)

    @property
    def ever_holds(self) -> bool:
        """Whether there is a day on which it holds."""
        return self.holds_until is None or self.holds_until >= self.holds_from

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

    def bounded_by(self, run: Term | None) -> Self:
        """Give it with the days on which it holds, as the party's own days allow.

        Source: docs/rules/lifecycle.md, L-8.
        """
        first, last = holding(self.starts_on, self.ends_on, run)
        return replace(self, holds_from=first, holds_until=last)

    def ended(self, ends_on: date, run: Term | None) -> Self:
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
        return replace(self, ends_on=ends_on).bounded_by(run)

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        field = self.service_field_id
        return {
            "id": str(self.id),
            "key": self.key,
            "partner_id": str(self.partner_id),
            "agreement_id": str(self.agreement_id),
            "task_id": str(self.task_id),
            "technology_ids": [str(each) for each in self.technology_ids],
            "service_field_id": None if field is None else str(field),
            "role": self.role,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": day_text(self.ends_on),
            "holds_from": self.holds_from.isoformat(),
            "holds_until": day_text(self.holds_until),
            "evidence": evidence_facts(self.evidence),
            "disclosure": self.disclosure,
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        field = facts["service_field_id"]
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            partner_id=UUID(facts["partner_id"]),
            agreement_id=UUID(facts["agreement_id"]),
            task_id=UUID(facts["task_id"]),
            technology_ids=tuple(UUID(each) for each in facts["technology_ids"]),
            service_field_id=None if field is None else UUID(field),
            role=facts["role"],
            starts_on=date.fromisoformat(facts["starts_on"]),
            ends_on=maybe_day(facts["ends_on"]),
            holds_from=date.fromisoformat(facts["holds_from"]),
            holds_until=maybe_day(facts["holds_until"]),
            evidence=evidence_from(facts["evidence"]),
            disclosure=facts["disclosure"],
            provenance=Provenance.from_facts(facts["provenance"]),
        )
