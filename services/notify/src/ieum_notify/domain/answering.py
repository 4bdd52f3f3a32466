"""Who in the city answers questions about a letter.

Source: docs/rules/reminders.md, R-38.
"""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import Contact, Person
from ieum_notify.domain.reading import Reader, led_by

ANSWERING = ("officer", "deputy")
"""The roles whose telephone a letter gives, in this order."""


def may_answer(
    anchor: Anchor, known: Known, records: Mapping[Subject, Record], reader: Reader | None = None
) -> tuple[Subject, ...]:
    """Give the departments that may answer for a letter, the nearest first.

    The one in charge of the subject, or of an agreement that it lies under; then the coordinating
    office.

    Args:
        reader: Where the letter goes: of an agreement that is closed there not even the department
            is named. None looks at all of them.
    """
    leading = (
        _lead(records.get(each))
        for each in anchor.mentioned("agreement")
        if reader is None or reader.may_read(each, records)
    )
    found = (anchor.owner, *leading, known.office)
    return tuple(dict.fromkeys(each for each in found if each and each.type == "department"))


def who_answers(
    departments: Iterable[Subject],
    known: Known,
    people: Mapping[UUID, tuple[Person, ...]],
    besides: UUID,
) -> Contact | None:
    """Choose whom a letter names, in the first department where anybody but its reader answers.

    Args:
        departments: Those that may answer, the nearest first.
        people: Who sits behind which seat today.
        besides: The contact that the letter goes to.

    Returns:
        Whoever has a telephone, the officer before the deputy; nobody, but the last of the
        departments, where only the reader would answer. None if there is no department.
    """
    last = None
    for place in departments:
        found = [each for each in _people(place, known, people) if each.contact_id != besides]
        if found:
            return Contact(place, next((each for each in found if each.phone), found[0]))
        last = Contact(place, None)
    return last


def _people(
    place: Subject, known: Known, people: Mapping[UUID, tuple[Person, ...]]
) -> Iterator[Person]:
    """Give who answers at a place, in the order of their roles."""
    for role in ANSWERING:
        for seat in known.seats.get(place, ()):
            if seat.role == role:
                yield from people.get(seat.id, ())


def _lead(agreement: Record | None) -> Subject | None:
    try:
        return None if agreement is None else led_by(agreement.facts)
    except FactsUnreadable:
        return None
