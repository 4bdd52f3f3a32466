"""What is wrong with a file, and where; all of it, not only the first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend.

    Attributes:
        code: Stable; `api/load_faults.py` has the sentences.
        file: As the caller named it.
        line: From 1.
        pointer: JSON pointer into the document.
        facts: What the sentence names.
    """

    code: str
    file: str
    line: int
    pointer: str
    facts: dict[str, object]


class LoadRefused(Exception):
    """The files hold faults; nothing of any of them was recorded.

    Attributes:
        faults: In the order of files and lines, at most 500.
        count: How many there are in all.
    """

    def __init__(self, faults: Sequence[Fault], count: int) -> None:
        """List what is to be mended."""
        super().__init__(f"{count} faults")
        self.faults = faults
        self.count = count


@dataclass(slots=True)
class Faults:
    """Collects faults while a file is read to its end."""

    found: list[Fault] = field(default_factory=list)
    _noted: set[tuple[str, str, int, str]] = field(default_factory=set)

    def add(self, code: str, file: str, line: int, pointer: str, **facts: object) -> None:
        """Note one; the same thing at the same place counts once."""
        mark = (code, file, line, pointer)
        if mark not in self._noted:
            self._noted.add(mark)
            self.found.append(Fault(code, file, line, pointer, facts))

    def check(self, files: Sequence[str]) -> None:
        """Raise LoadRefused if there is any.

        Args:
            files: Names in the order in which they were given.
        """
        if self.found:
            place = {name: position for position, name in enumerate(files)}
            self.found.sort(key=lambda each: (place.get(each.file, 0), each.line, each.pointer))
            raise LoadRefused(self.found[:MOST_LISTED], len(self.found))
