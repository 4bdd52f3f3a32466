# ruff: noqa: S608 - the statements are fixed; every value is bound.
"""How contacts are called and reached: the only place, so that a person can be erased.

The log and the shelves know people by contact id alone. As a liaison says that a contact should be
called and reached stands here too, under the reply's id, until that has ended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from changefeed.searched import texts_of
from changefeed.subjects.contact import Person as Declared
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Writing
from ieum_registry.storage.index.search import searched

_FORGET_WHAT_WAS_SENT = """
UPDATE idempotency SET fingerprint = ''
WHERE subject_type IN ('contact', 'reply') AND EXISTS (
  SELECT 1 FROM change_log a JOIN change_log e ON e.seq BETWEEN a.seq AND idempotency.seq
  WHERE a.subject_id = idempotency.subject_id AND a.version = idempotency.version
    AND e.subject_id = ?
)"""
"""A fingerprint is a hash of what was sent, names and all, also of those who were sent together;
the key stays used. Entries of one request have numbers that follow each other."""


def people_of(database: Database, contact_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
    """Give how contacts are called and reached; the erased and the unknown are absent."""
    dialect = database.dialect
    rows = database.rows(
        "SELECT contact_id, name, email, phone FROM person WHERE "
        + dialect.in_list("contact_id", "uuid"),
        [dialect.listed(str(each) for each in contact_ids)],
    )
    return {
        UUID(str(contact_id)): Person(name, email or None, phone)
        for contact_id, name, email, phone in rows
    }


def write(writing: Writing, people: Mapping[UUID, Person | None]) -> None:
    """Keep or, where None is given, erase how contacts are called and reached."""
    for contact_id in people:
        writing.run("DELETE FROM person WHERE contact_id = ?", [str(contact_id)])
    for contact_id in (each for each, person in people.items() if person is None):
        writing.run(_FORGET_WHAT_WAS_SENT, [str(contact_id)])
    kept = [
        # The column takes no null: the empty text is no address.
        (str(contact_id), person.name, person.email or "", person.phone, *_searched(person))
        for contact_id, person in people.items()
        if person is not None
    ]
    columns = ("contact_id", "name", "email", "phone", "norm", "initials")
    writing.insert("person", columns, kept)


def _searched(person: Person) -> tuple[str, str]:
    """Give what people are found by, as their declaration says it; it goes when they go."""
    text = searched(texts_of(Declared, asdict(person)))
    return text.norm, text.initials
