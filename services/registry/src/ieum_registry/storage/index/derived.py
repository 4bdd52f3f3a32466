# ruff: noqa: S608 - names come from the declarations in shelves.py; every value is bound.
"""Conditions on agreements that follow from what hangs on them or on their department."""

from collections.abc import Callable
from datetime import date

from ieum_registry.operations.ports.condition import Condition

from .part import Part, alive, both
from .shelf import Shelf, as_stored
from .shelves import SIGNED_BY, shelf_of

Seen = Callable[[Shelf], Part | None]
"""Says of a span `s` of a shelf that the asker sees it; None if everything is seen."""


def silent(on: date, known_at: int | None, seen: Seen) -> Part:
    """Say that nothing which the asker sees is a sign of life of the agreement `s` on a day."""
    return both([_no_sign(shelf_of(each), on.isoformat(), known_at, seen) for each in SIGNED_BY])


def _no_sign(shelf: Shelf, day: str, known_at: int | None, seen: Seen) -> Part:
    where = [
        Part("k.other_id = s.id"),
        alive("k", known_at),
        Part("k.from_on <= ? AND k.to_on >= ?", [day, day]),
    ]
    sight = None if shelf.subject_type == "agreement" else seen(shelf)
    if sight is not None:
        theirs = Part(f"k.id IN (SELECT s.id FROM {shelf.span_table} s WHERE ")
        where.append(theirs + both([alive("s", known_at), sight]) + Part(")"))
    table = shelf.link_table(shelf.link("sign"))
    return Part(f"NOT EXISTS (SELECT 1 FROM {table} k WHERE ") + both(where) + Part(")")


def led(asked: Condition, known_at: int | None, seen: Seen) -> Part:
    """Say that `s` is led by a department where a contact sits in a seat that the asker sees."""
    role, contact_id = asked.value if isinstance(asked.value, tuple) else (asked.value, None)
    day = as_stored(asked.on)
    seats = shelf_of("seat")
    where = [
        Part("s.role = ? AND s.at_type = 'department'", [role]),
        alive("s", known_at),
        Part("k.other_id = ?", [as_stored(contact_id)]),
        alive("k", known_at),
        Part("k.from_on <= ? AND k.to_on >= ?", [day, day]),
    ]
    sight = seen(seats)
    if sight is not None:
        where.append(sight)
    holders = seats.link_table(seats.link("holder"))
    source = f"SELECT s.at_id FROM {holders} k JOIN {seats.span_table} s ON s.id = k.id WHERE "
    return Part(f's."{asked.field}" IN ({source}') + both(where) + Part(")")
