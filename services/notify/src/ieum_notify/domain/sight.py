"""Which letters a caller may see: all of them, or those of one department.

Source: docs/rules/access.md, A-4.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from changefeed.change import Facts
from ieum_notify.domain.facts import FactsUnreadable, Subject, identity_or_none
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Sight:
    """The letters of a department: those about its affairs, and those to its own seats.

    `NOTHING` shows no letter; None in place of a sight shows all.
    """

    subjects: frozenset[Subject] = frozenset()
    seats: frozenset[UUID] = frozenset()

    def shows(self, occurrence: Occurrence) -> bool:
        """Say whether a letter may be read about."""
        return occurrence.subject in self.subjects or occurrence.seat_id in self.seats


NOTHING = Sight()


def led_by(department: UUID, known: Known) -> set[UUID]:
    """Give the agreements that a department leads; all are known, as a rule tells of their end."""
    lead = str(department)
    return {
        about.id
        for about, record in known.of_type("agreement")
        if record.facts.get("lead_department_id") == lead
    }


def sight_of(
    department: UUID, known: Known, agreements: Collection[UUID], commitments: Collection[UUID]
) -> Sight:
    """Find a department's affairs among what is known.

    Args:
        agreements: Those that it leads; `commitments` lie under them.
    """
    here = Subject("department", department)
    affairs = {Subject("agreement", each) for each in agreements}
    affairs |= {Subject("collaboration", each) for each in commitments}
    affairs |= {
        about
        for about, record in known.records.items()
        if not affairs.isdisjoint(_hangs_on(about, record.facts)) or here in _answers(record.facts)
    }
    return Sight(frozenset(affairs), frozenset(seat.id for seat in known.seats.get(here, ())))


def commitments_named(known: Known) -> set[Subject]:
    """Give the commitments that milestones hang on; which agreement is theirs, others say."""
    return {
        each
        for about, record in known.of_type("milestone")
        for each in _hangs_on(about, record.facts)
        if each.type == "collaboration"
    }


def _hangs_on(about: Subject, facts: Facts) -> Iterator[Subject]:
    """Give what a milestone lies under."""
    if about.type != "milestone":
        return
    for type_, field in (("agreement", "agreement_id"), ("collaboration", "collaboration_id")):
        with suppress(FactsUnreadable):
            found = identity_or_none(facts, field)
            if found is not None:
                yield Subject(type_, found)


def _answers(facts: Facts) -> Iterator[Subject]:
    """Give the departments that own a milestone or answer for an event."""
    with suppress(FactsUnreadable):
        if facts.get("owner") is not None:
            yield Subject.from_facts(facts["owner"])
    with suppress(FactsUnreadable):
        found = identity_or_none(facts, "department_id")
        if found is not None:
            yield Subject("department", found)
