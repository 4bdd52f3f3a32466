"""The whole register as text, and back: a line for each entry of the log, as the feed sends it.

Source: docs/changes.md; docs/rules/terms.md, T-65.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from changefeed.chain import canonical
from changefeed.change import Change
from changefeed.kinds import KINDS
from changefeed.page import from_wire, to_wire
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.verify import StoredChange, Unreadable, Verification, verify


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
    if not all(isinstance(each, str) for each in (person.name, person.email, person.phone or "")):
        raise ArchiveUnfit("register.damaged", number)
    return contact_id, person
