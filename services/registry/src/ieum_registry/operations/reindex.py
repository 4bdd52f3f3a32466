"""Build all shelves anew from the log, and compare them with the live ones or take their place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Difference:
    """One table that is not what the log says.

    Attributes:
        missing: Rows that the log gives and the live table has not.
        surplus: Rows that the live table has and the log does not give.
    """

    table: str
    missing: int
    surplus: int


class EntryUnreadable(Exception):
    """An entry of the log is not in the form in which the registry writes it; `seq` names it."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"entry {seq} cannot be read")
        self.seq = seq


class NewShelves(Protocol):
    """A second set of shelves beside the live ones."""

    def fill(self, progress: Callable[[int, int], None]) -> int:
        """Shelve every entry that there is by now; writers go on meanwhile.

        Args:
            progress: Told the last entry shelved and the newest one, after each batch.

        Returns:
            The last entry shelved.

        Raises:
            EntryUnreadable: So of the other verbs, which then leave everything as it was.
        """
        ...

    def destroyed(self) -> int | None:
        """Give the first entry filled that says nothing any more, with no redaction to say why."""
        ...

    def differences(self) -> tuple[Difference, ...]:
        """Catch up and compare with the live shelves; writers wait meanwhile."""
        ...

    def exchange(self) -> tuple[Difference, ...]:
        """Catch up and put right whatever differs, in one transaction; gives what did."""
        ...


@dataclass(frozen=True, slots=True)
class Reindexing:
    """What was found, and whether it was put right.

    Attributes:
        entries: How many entries of the log the new shelves hold.
        differences: The tables that differed; empty when all is well.
        destroyed: The first entry whose texts are gone though no redaction says so, or None.
    """

    entries: int
    differences: tuple[Difference, ...]
    is_mended: bool
    destroyed: int | None = None


def reindex(
    shelves: NewShelves,
    *,
    compare_only: bool,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Reindexing:
    """Build the shelves anew and mend the live ones, or only say how they differ.

    Readers are answered all the time; writers wait while the two are compared and mended. From a
    log that was destroyed in part nothing is mended: the shelves still tell of what was there.

    Args:
        compare_only: Leave the live shelves as they are.
        progress: Told the last entry shelved and the newest one, after each batch.

    Raises:
        EntryUnreadable: Nothing was changed.
    """
    entries = shelves.fill(progress)
    destroyed = shelves.destroyed()
    mends = not compare_only and destroyed is None
    found = shelves.exchange() if mends else shelves.differences()
    return Reindexing(entries, found, is_mended=mends, destroyed=destroyed)
