"""Whose something is: the places that a reader answers for, and what belongs to them."""

from dataclasses import dataclass
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.event import Event
from changefeed.subjects.milestone import Milestone


@dataclass(frozen=True, slots=True)
class Places:
    """What a reader answers for.

    Attributes:
        takes_rest: Whether what no department leads is theirs: it is the coordinating office's.
    """

    departments: frozenset[UUID] = frozenset()
    partners: frozenset[UUID] = frozenset()
    takes_rest: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is any; an auditor has none, nor has who is of no department."""
        return bool(self.departments or self.partners or self.takes_rest)

    def lead(self, agreement: Agreement) -> bool:
        """Whether an agreement is theirs to look after: for the city, or as a party of it."""
        if self.partners:
            return any(each.partner_id in self.partners for each in agreement.parties)
        return self._answer_for(agreement.lead_department_id)

    def owe(self, milestone: Milestone, agreement: Agreement | None) -> bool:
        """Whether a milestone is theirs: to keep, or, for the city, to see that it is kept.

        Args:
            agreement: Under which it was promised; None if under none, or if it is not known.
        """
        if milestone.owner.id in self.departments | self.partners:
            return True
        if self.partners or milestone.owner.type == "department":
            return False
        return self.takes_rest if agreement is None else self.lead(agreement)

    def hold(self, event: Event) -> bool:
        """Whether an event is theirs: to organise, or to take part in."""
        if self.partners:
            return not self.partners.isdisjoint(event.partner_ids)
        return self._answer_for(event.department_id)

    def _answer_for(self, department_id: UUID | None) -> bool:
        return self.takes_rest if department_id is None else department_id in self.departments
