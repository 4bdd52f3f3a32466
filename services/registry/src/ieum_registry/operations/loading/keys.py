"""Which keys the files of a call may name: those on record and their own, each with its id.

Only what a file names is looked up, so a load rests on nothing else and is overtaken by nothing
else, and one record costs the same however many there are.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from ieum_registry.domain.partner import Partner
from ieum_registry.domain.subjects import SUBJECTS, Subject
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.ledger import LedgerTransaction

BESIDE = 200
"""How many keys on each side of one that nobody has are looked at; a small register whole."""

MOST_SUGGESTED = 50
"""For how many keys that nobody has others are suggested."""


class Keys:
    """The keys on record, as far as they are asked for, and those that the files give."""

    def __init__(self, transaction: LedgerTransaction) -> None:
        self._transaction = transaction
        self._given: dict[str, dict[str, UUID]] = {}
        self._own: list[UUID] = []
        self._near: dict[tuple[str, str], list[str]] = {}

    def on_record(self, subject_type: str, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Give by key the subjects on record that have these keys."""
        kind_of: type[Any] = SUBJECTS[subject_type]
        return self._transaction.holding(kind_of, "key", keys)

    def give(self, subject_type: str, key: str, subject_id: UUID, *, own: bool = False) -> None:
        """Take a key of the files, with the id that its record has or will have.

        Args:
            own: Whether it is the city's own side.
        """
        self._given.setdefault(subject_type, {})[key] = subject_id
        if own and subject_id not in self._own:
            self._own.append(subject_id)

    def id_of(self, subject_type: str, key: str) -> UUID | None:
        """Give the id of whom a key names; None if nobody has it."""
        given = self._given.get(subject_type, {}).get(key)
        if given is not None:
            return given
        known = self.on_record(subject_type, [key]).get(key)
        return None if known is None else known.id

    def own_sides(self) -> tuple[UUID, ...]:
        """Give the city's own side, on record and in the files."""
        known = [each.id for each in self._transaction.those(Partner, equal("own", True))]
        return tuple(dict.fromkeys((*known, *self._own)))

    def near(self, subject_type: str, key: str) -> list[str]:
        """Give keys that may have been meant, else some that there are.

        Looks at those beside it in their order, on record and in the files, and does so for the
        first faults alone: whoever sends a file of another register is not to hold up this one.
        """
        if len(self._near) == MOST_SUGGESTED:
            return self._near.get((subject_type, key), [])
        if (subject_type, key) not in self._near:
            self._near[subject_type, key] = self._beside(subject_type, key)
        return self._near[subject_type, key]

    def _beside(self, subject_type: str, key: str) -> list[str]:
        kind_of: type[Any] = SUBJECTS[subject_type]
        given = sorted(self._given.get(subject_type, {}))
        place = bisect_left(given, key)
        there = {*given[max(0, place - BESIDE) : place + BESIDE]}
        there |= set(self._transaction.keys_beside(kind_of, key, most=BESIDE))
        return get_close_matches(key, sorted(there), n=3, cutoff=0.5) or sorted(there)[:5]
