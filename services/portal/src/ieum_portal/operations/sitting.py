"""Who looks after agreements in the city: whoever sits in its departments on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from changefeed.subjects.contact import Person
from changefeed.subjects.parts import Words
from changefeed.subjects.seat import Seat, SeatRole
from ieum_portal.domain.holding import held_on
from ieum_portal.operations.listing import Choices, by_name
from ieum_portal.operations.ports import Registry

MOST_PAGES = 5
"""A thousand seats; a city with more looks for its officers by their departments."""


def sitting(roles: Sequence[SeatRole], *, on: date, registry: Registry) -> Mapping[str, Choices]:
    """Give by role who holds a seat of a department on a day, as far as the viewer may see it."""
    held: dict[str, set[UUID]] = {}
    for role in roles:
        seats = registry.whole(Seat, at_most=MOST_PAGES, role=role) or ()
        ours = (each for each in seats if each.at.type == "department")
        held[role] = {contact_id for seat in ours for contact_id in held_on(seat, on)}
    people = registry.by_id(Person, set().union(*held.values()))
    names = {each.id: Words(each.name) for each in people.values() if each.name}
    return {
        role: by_name((each, names[each]) for each in ids if each in names)
        for role, ids in held.items()
    }
