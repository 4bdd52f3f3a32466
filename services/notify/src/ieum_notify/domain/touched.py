"""Whose letters a change may touch: they alone need planning to see what it does.

Source: docs/rules/reminders.md, R-6 and R-25.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from changefeed.change import Facts
from ieum_notify.domain.facts import FactsUnreadable, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.planner import in_charge
from ieum_notify.domain.rule import Rule


def touched(
    rules: Sequence[Rule], before: Known, after: Known, changed: Collection[Subject]
) -> frozenset[Subject] | None:
    """Give the subjects whose letters differ, or may, between two states; None may be all.

    A subject's letters follow from its own facts, the calendar, and who sits at the places that it
    names; where nobody sits the office is told, so whoever sits there concerns everybody. Those of
    some follow from the agreement that they lie under, too.

    Args:
        changed: The subjects whose facts differ.
    """
    if before.days != after.days or before.office != after.office:
        return None
    places = _places(before, after, changed)
    if before.office in places:
        return None
    types = {rule.subject_type for rule in rules}
    found = {each for each in changed if each.type in types}
    found |= lying_under(rules, after, changed)
    if places:
        seats = {
            seat.id
            for known in (before, after)
            for at in places
            for seat in known.seats.get(at, ())
        }
        found |= _telling(rules, after, places, seats)
    return frozenset(found)


def lying_under(
    rules: Sequence[Rule], known: Known, changed: Collection[Subject]
) -> frozenset[Subject]:
    """Give the subjects that are told to whoever leads an agreement which is among those changed.

    Their facts are not read: an agreement changes often, and there are many that lie under others.
    """
    agreements = {str(each.id) for each in changed if each.type == "agreement"}
    types = {rule.subject_type for rule in rules if rule.tells_lead} if agreements else set()
    return frozenset(
        about
        for each in types
        for about, record in known.of_type(each)
        if record.facts.get("agreement_id") in agreements
    )


def _places(before: Known, after: Known, changed: Collection[Subject]) -> set[Subject]:
    """Give the partners and departments where it differs who is told."""
    seats = {each.id for each in changed if each.type == "seat"}
    people = {each.id for each in changed if each.type == "contact"}
    places = {each for each in changed if each.type == "partner"}
    for known in (before, after) if seats or people else ():
        for place, there in known.seats.items():
            if any(
                seat.id in seats or any(held.contact_id in people for held in seat.holders)
                for seat in there
            ):
                places.add(place)
    return {one for known in (before, after) for place in places for one in known.one_with(place)}


def _telling(
    rules: Sequence[Rule], known: Known, places: Collection[Subject], seats: Collection[UUID]
) -> set[Subject]:
    """Give the subjects that name one of the places, or of which one of its seats was told."""
    found = {about for about, told in known.told.items() if not told.keys().isdisjoint(seats)}
    for rule in rules:
        found |= {
            about
            for about, record in known.of_type(rule.subject_type)
            if about not in found and _names(rule, record.facts, known, places)
        }
    return found


def _names(rule: Rule, facts: Facts, known: Known, places: Collection[Subject]) -> bool:
    try:
        anchor = rule.read(facts)
        return not {*anchor.places(), in_charge(rule, anchor, known)}.isdisjoint(places)
    except FactsUnreadable:
        return False  # Nothing is planned from it, before or after.
