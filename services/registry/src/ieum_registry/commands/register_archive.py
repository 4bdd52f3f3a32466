"""`ieum-registry export` and `take-in`: the register as a folder of text files, and back.

`log.jsonl` holds the log, `people.jsonl` names and addresses if they are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from httpedge.access_record import Access, Counted
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.ports.register_source import RegisterSource
from ieum_registry.operations.register_archive import (
    AT_ONCE,
    LOG,
    PEOPLE,
    ArchiveUnfit,
    entry_of,
    person_of,
    verified,
    write_register,
)
from ieum_registry.operations.reindex import NewShelves, reindex
from ieum_registry.operations.verify import StoredChange, Verification

OPERATOR = "operator:ieum-registry"
"""In whose name it is kept that personal data was taken out at a terminal."""

UNFIT = {
    "register.damaged": (
        "{where} 항목이 앞의 것과 맞지 않습니다. 바뀐 것은 없습니다. ieum registry verify 를 하고 "
        "다른 사본으로 하십시오 · The entry {where} does not fit those before it. Nothing was "
        "changed. Run ieum registry verify where it comes from, or use another copy."
    ),
    "register.newer": (
        "{where} 항목은 이 판의 이음이 모르는 종류입니다. 이음을 갱신한 뒤 다시 하십시오 · The "
        "entry {where} is of a kind that this release does not know. Update Ieum, then try again."
    ),
    "register.not_empty": (
        "이 대장에는 이미 다른 기록이 있습니다. 바뀐 것은 없습니다. 새 IEUM_HOME에 하십시오 · This "
        "registry holds another log already. Nothing was changed. Use a new IEUM_HOME."
    ),
}


class Archivable(RegisterSource, Protocol):
    """A store as this command needs it."""

    def keep_access(self, records: list[Counted]) -> None:
        """Keep who took personal data out."""

    def take_in(
        self, entries: Iterable[StoredChange], people: Mapping[UUID, Person], found: Verification
    ) -> None:
        """Take a log into the store, if that is empty."""

    def new_shelves(self) -> AbstractContextManager[NewShelves]:
        """Open a second, empty set of shelves."""


def export(
    store: Archivable, folder: Path, *, with_people: bool, now: datetime
) -> Mapping[str, object]:
    """Write the register into a folder, verified; whose names are taken out is kept on record.

    Raises:
        ArchiveUnfit: The log is not whole: what nobody can take in is not given out.
    """
    written = write_register(store, folder, with_people=with_people)
    act, taken = "ieum-registry export --with-people", written.people
    accesses = [
        Access(OPERATOR, "operator", "-", act, "200", taken[start : start + AT_ONCE])
        for start in range(0, len(taken), AT_ONCE)
    ]
    store.keep_access([Counted(each, now, now, 1) for each in accesses])
    return written.said


def take_in(store: Archivable, folder: Path) -> Verification:
    """Take a folder that `export` wrote into an empty store, and fill its shelves.

    Raises:
        ArchiveUnfit: Nothing was changed.
    """
    found = verified(_entries(folder / LOG))
    people = dict(_people(folder / PEOPLE)) if (folder / PEOPLE).exists() else {}
    store.take_in(_entries(folder / LOG), people, found)
    with store.new_shelves() as shelves:
        reindex(shelves, compare_only=False)
    return found


def say_unfit(unfit: ArchiveUnfit) -> str:
    """Say what is wrong with a register, and what to do."""
    return UNFIT[unfit.code].format(where="-" if unfit.line is None else unfit.line)


def _entries(path: Path) -> Iterator[StoredChange]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            yield entry_of(line, number)


def _people(path: Path) -> Iterator[tuple[UUID, Person]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            yield person_of(line, number)
