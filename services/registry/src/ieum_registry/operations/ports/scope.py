"""What a caller may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller may see; lists, counts and single reads obey the same one.

    Make one by `EVERYTHING`, `DISCLOSED`, `Scope.of_partners` or `Scope.of_department`.

    Attributes:
        partners: None sees everything. Otherwise the caller sees what is disclosed, and in full
            what lies under agreements that one of these is party to, those partners' own seats
            and contacts, and milestones that they own.
        department: Sees the same of agreements that it leads, and the liaisons of the partners
            in them besides; only where `partners` is not None.
        on: The day on which a party must not have left yet. Access is judged as known today even
            when an older state is read.

    Source: docs/rules/access.md, A-1 to A-3.
    """

    partners: frozenset[UUID] | None = None
    on: date = date.min
    department: UUID | None = None

    @classmethod
    def of_partners(cls, partners: Iterable[UUID], on: date) -> Self:
        """See what partners see on a day; none of them sees what the public sees."""
        return cls(frozenset(partners), on)

    @classmethod
    def of_department(cls, department: UUID | None, on: date) -> Self:
        """See what a department of the city sees on a day; None sees what the public sees."""
        return cls(frozenset(), on, department)


EVERYTHING = Scope()
"""The scope of office, auditor and service."""


DISCLOSED = Scope(frozenset())
"""The scope of the public."""
