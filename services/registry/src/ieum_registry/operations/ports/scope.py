"""What a caller may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller may see; lists, counts and single reads obey the same one.

    Make one by `EVERYTHING`, `DISCLOSED` or `Scope.of_partners`.

    Attributes:
        partners: None sees everything. Otherwise the caller sees what is disclosed, and in full
            what lies under agreements that one of these is party to, those partners' own seats
            and contacts, and milestones that they own.
        on: The day on which a party must not have left yet. Access is judged as known today even
            when an older state is read.
    """

    partners: frozenset[UUID] | None = None
    on: date = date.min

    @classmethod
    def of_partners(cls, partners: Iterable[UUID], on: date) -> Self:
        """See what partners see on a day; none of them sees what the public sees."""
        return cls(frozenset(partners), on)


EVERYTHING = Scope()
"""The scope of office, department, auditor and service."""


DISCLOSED = Scope(frozenset())
"""The scope of the public."""
