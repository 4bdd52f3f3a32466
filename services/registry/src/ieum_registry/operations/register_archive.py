"""The whole register as text, and back: a line for each entry of the log, as the feed sends it.

Source: docs/changes.md; docs/rules/terms.md, T-65.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from changefeed.chain import canonical
from changefeed.change import Change
from changefeed.kinds import KINDS
from changefeed.page import from_wire, to_wire
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.ports.register_source import RegisterSource
from ieum_registry.operations.verify import StoredChange, Unreadable, Verification, verify

LOG, PEOPLE = "log.jsonl", "people.jsonl"

AT_ONCE = 200
"""How many people one record of access names."""


class ArchiveUnfit(Exception):
    """What was read is no register that can be given out, or taken in here.

    Attributes:
        code: `register.damaged`, `register.newer` or `register.not_empty`.
        line: Where, counted from one; None if nowhere in particular.
    """

    def __init__(self, code: str, line: int | None = None) -> None:
        super().__init__(code if line is None else f"{code}, line {line}")
        self.code = code
        self.line = line


def line_of(entry: StoredChange) -> str:
    """Write an entry; what was redacted is not there to be written."""
    told = {
        name: getattr(entry, name) for name in Change.__slots__ if name not in ("body", "disclosed")
    }
    texts = (entry.body, entry.disclosed)
    body, disclosed = (None if each is None else json.loads(each) for each in texts)
    return canonical(to_wire(Change(**told, body=body, disclosed=disclosed)))


def entry_of(line: str, number: int) -> StoredChange:
    """Read an entry; whether it fits what is before it is for `verified` to say.

    Args:
        number: Which line it is, counted from one.

    Raises:
        ArchiveUnfit: `register.damaged`; `register.newer` for a kind that this release lacks.
    """
    try:
        change = from_wire(json.loads(line))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ArchiveUnfit("register.damaged", number) from error
    if change.kind not in KINDS or change.schema > KINDS[change.kind].schema:
        raise ArchiveUnfit("register.newer", number)
    told = {
        name: getattr(change, name)
        for name in Change.__slots__
        if name not in ("body", "disclosed")
    }
    try:
        body, disclosed = (
            None if each is None else canonical(each) for each in (change.body, change.disclosed)
        )
    except (TypeError, ValueError) as error:
        raise ArchiveUnfit("register.damaged", number) from error
    return StoredChange(**told, body=body, disclosed=disclosed)


def verified(entries: Iterable[StoredChange | Unreadable]) -> Verification:
    """Hold every entry against those before it.

    Raises:
        ArchiveUnfit: `register.damaged`, with the first that does not fit.
    """
    found = verify(entries)
    if not found.is_whole:
        raise ArchiveUnfit("register.damaged", found.bad_seq)
    return found


def person_line(contact_id: UUID, person: Person) -> str:
    """Write how one of the people is called and reached."""
    return canonical({"contact_id": str(contact_id), **asdict(person)})


def person_of(line: str, number: int) -> tuple[UUID, Person]:
    """Read it back; raises ArchiveUnfit."""
    try:
        told = json.loads(line)
        person = Person(told["name"], told["email"], told["phone"])
        contact_id = UUID(told["contact_id"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ArchiveUnfit("register.damaged", number) from error
    if not all(
        isinstance(each, str) for each in (person.name, person.email or "", person.phone or "")
    ):
        raise ArchiveUnfit("register.damaged", number)
    return contact_id, person


@dataclass(frozen=True, slots=True)
class Written:
    """A register that was written out.

    Attributes:
        said: The log's end, its first hash by which it is known, and how many people went along.
        people: The ids of these.
    """

    said: Mapping[str, object]
    people: tuple[str, ...]


def write_register(source: RegisterSource, folder: Path, *, with_people: bool) -> Written:
    """Write the register into an empty folder, verified on its way.

    Raises:
        ArchiveUnfit: The log is not whole: what nobody can take in is not given out.
    """
    first: list[str] = []
    contacts: set[UUID] = set()

    def written(file: Callable[[str], object]) -> Iterator[StoredChange | Unreadable]:
        for entry in source.stored_changes():
            if isinstance(entry, StoredChange):
                file(line_of(entry) + "\n")
                if entry.seq == 1:
                    first.append(entry.hash.hex())
                if entry.subject_type == "contact":
                    contacts.add(entry.subject_id)
            yield entry

    with (folder / LOG).open("x", encoding="utf-8", newline="\n") as file:
        found = verified(written(file.write))
    people = _write_people(source, folder / PEOPLE, contacts) if with_people else None
    said = {
        "seq": found.entries,
        "hash": found.head_hash.hex() if found.entries else None,
        "log": first[0] if first else None,
        "people": None if people is None else len(people),
    }
    return Written(said, people or ())


def _write_people(source: RegisterSource, path: Path, contacts: set[UUID]) -> tuple[str, ...]:
    taken = []
    with path.open("x", encoding="utf-8", newline="\n") as file:
        for contact_id, person in source.stored_people():
            if contact_id in contacts:
                file.write(person_line(contact_id, person) + "\n")
                taken.append(str(contact_id))
    return tuple(taken)
