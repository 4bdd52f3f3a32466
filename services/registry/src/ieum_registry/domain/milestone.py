"""마일스톤: a dated promise with an owner, and the proof that it was kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.evidence import Evidence, evidence_facts, evidence_from
from ieum_registry.domain.place import Place
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.term import day_text, maybe_day
from ieum_registry.domain.words import Words


@dataclass(frozen=True, slots=True)
class Milestone:
    """One promise, due on a day, owed by a partner or a department.

    Raises:
        RuleBroken: `milestone.done_and_cancelled`.
    """

    subject_type: ClassVar[str] = "milestone"

    id: UUID
    title: Words
    due_on: date
    owner: Place
    key: str | None = None
    agreement_id: UUID | None = None
    collaboration_id: UUID | None = None
    done_on: date | None = None
    cancelled_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    provenance: Provenance = BY_HAND

    def __post_init__(self) -> None:
        if self.done_on is not None and self.cancelled_on is not None:
            raise RuleBroken("milestone.done_and_cancelled", pointer="/done_on")

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor cancelled."""
        return self.done_on is None and self.cancelled_on is None

    def done(self, done_on: date, evidence: tuple[Evidence, ...], today: date) -> Self:
        """Record that the promise was kept, with what proves it.

        Raises:
            RuleBroken: `milestone.closed`, if it is done or cancelled already;
                `milestone.done_in_future`.

        Source: docs/rules/lifecycle.md, L-11.
        """
        self._must_be_open()
        done = replace(self, done_on=done_on, evidence=(*self.evidence, *evidence))
        done.must_have_come(today)
        return done

    def cancelled(self, cancelled_on: date, today: date) -> Self:
        """Record that nobody owes it any more.

        Raises:
            RuleBroken: `milestone.closed`, if it is done or cancelled already;
                `milestone.cancelled_in_future`.

        Source: docs/rules/lifecycle.md, L-11.
        """
        self._must_be_open()
        cancelled = replace(self, cancelled_on=cancelled_on)
        cancelled.must_have_come(today)
        return cancelled

    def must_have_come(self, today: date) -> None:
        """Make sure that it was not done or cancelled on a day that has not come.

        Raises:
            RuleBroken: `milestone.done_in_future`; `milestone.cancelled_in_future`.

        Source: docs/rules/lifecycle.md, L-11.
        """
        if self.done_on is not None and self.done_on > today:
            raise RuleBroken("milestone.done_in_future", pointer="/done_on", today=str(today))
        if self.cancelled_on is not None and self.cancelled_on > today:
            raise RuleBroken(
                "milestone.cancelled_in_future", pointer="/cancelled_on", today=str(today)
            )

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise RuleBroken(
                "milestone.closed",
                done_on=day_text(self.done_on),
                cancelled_on=day_text(self.cancelled_on),
            )

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        under, commitment = self.agreement_id, self.collaboration_id
        return {
            "id": str(self.id),
            "key": self.key,
            "title": self.title.facts(),
            "due_on": self.due_on.isoformat(),
            "owner": self.owner.facts(),
            "agreement_id": None if under is None else str(under),
            "collaboration_id": None if commitment is None else str(commitment),
            "done_on": day_text(self.done_on),
            "cancelled_on": day_text(self.cancelled_on),
            "evidence": evidence_facts(self.evidence),
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        under, commitment = facts["agreement_id"], facts["collaboration_id"]
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            title=Words.from_facts(facts["title"]),
            due_on=date.fromisoformat(facts["due_on"]),
            owner=Place.from_facts(facts["owner"]),
            agreement_id=None if under is None else UUID(under),
            collaboration_id=None if commitment is None else UUID(commitment),
            done_on=maybe_day(facts["done_on"]),
            cancelled_on=maybe_day(facts["cancelled_on"]),
            evidence=evidence_from(facts["evidence"]),
            provenance=Provenance.from_facts(facts["provenance"]),
        )
