"""What the people at a place may read of the record: a letter names nothing else.

The same rule as the registry's (docs/rules/lifecycle.md, L-12; docs/rules/access.md, A-2), as a
pure function of facts; `tests/contract/test_letters_name_what_is_read.py` holds both together.

Source: docs/rules/reminders.md, R-36.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from changefeed.bounds import held_until, is_unapproved, is_unsigned
from changefeed.change import Facts
from changefeed.mapping import from_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import PartDay
from ieum_notify.domain.facts import (
    Record,
    Subject,
    day_or_none,
    identity,
    identity_or_none,
    mapping,
)

OPENING = frozenset({"public", "partly"})
"""The disclosures that open a subject to everybody, where it is not open as its type is."""


def led_by(agreement: Facts) -> Subject | None:
    """Give the department that leads an agreement; None where none is named."""
    lead = identity_or_none(agreement, "lead_department_id")
    return None if lead is None else Subject("department", lead)


@dataclass(frozen=True, slots=True)
class Reader:
    """The people behind the seats of a place, on a day.

    Attributes:
        is_office: Whether it is the coordinating office, which reads everything.
        one_with: Every record that is the same organisation as the place; none is the place alone.
    """

    place: Subject
    is_office: bool
    on: date
    one_with: frozenset[Subject] = frozenset()

    def _is_us(self, place: Subject) -> bool:
        return place == self.place or place in self.one_with

    def may_read(self, about: Subject, records: Mapping[Subject, Record]) -> bool:
        """Say whether they may read a subject; what cannot be told they may not.

        Args:
            records: The subject's facts, and those of the agreement and commitment that it lies
                under.
        """
        declared = DECLARED.get(about.type)
        if self.is_office or (declared is not None and declared.declares.public):
            return True
        record = records.get(about)
        if record is None or declared is None:
            return False
        by = declared.declares.opened_by
        is_open = by is not None and record.facts.get(by) in OPENING
        if is_open and record.facts.get("drafting") is not None:
            is_open = not is_unsigned(from_facts(Agreement, record.facts))
        return is_open or self.has_part_in(about, records)

    def has_part_in(self, about: Subject, records: Mapping[Subject, Record]) -> bool:
        """Say whether a subject is theirs, disclosed or not: led, owned, or under what is theirs.

        Args:
            records: As of `may_read`.
        """
        record = records.get(about)
        if record is None:
            return False
        try:
            return self._has_part_in(about, record.facts, records)
        except (AttributeError, KeyError, TypeError, ValueError):
            return False  # What cannot be read is nobody's.

    def _has_part_in(self, about: Subject, facts: Facts, records: Mapping[Subject, Record]) -> bool:
        match about.type:
            case "agreement":
                return self._is_ours(facts)
            case "collaboration" | "promise":
                return self._lies_under_ours(facts, records)
            case "milestone":
                owns = self._is_us(Subject.from_facts(facts.get("owner")))
                return owns or self._lies_under_ours(facts, records)
            case "event":
                answers = identity_or_none(facts, "department_id")
                return self.place == Subject("department", answers) if answers else False
            case _:
                return False

    def _is_ours(self, agreement: Facts) -> bool:
        """Say whether an agreement is led by the department, or the partner is party and stays."""
        if self.place.type == "department":
            return led_by(agreement) == self.place
        if agreement.get("drafting") is not None and is_unapproved(
            from_facts(Agreement, agreement)
        ):
            return False
        parties = agreement.get("parties")
        return any(map(self._stays, map(mapping, parties if isinstance(parties, list) else [])))

    def _stays(self, party: Facts) -> bool:
        part = party.get("left_as")
        left = held_until(
            day_or_none(party, "left_on"),
            None if part is None else from_facts(PartDay, mapping(part)),
        )
        is_ours = self._is_us(Subject("partner", identity(party, "partner_id")))
        return is_ours and (left is None or left >= self.on)

    def _lies_under_ours(self, facts: Facts, records: Mapping[Subject, Record]) -> bool:
        for type_, name in (("agreement", "agreement_id"), ("collaboration", "collaboration_id")):
            above_id = identity_or_none(facts, name)
            above = None if above_id is None else records.get(Subject(type_, above_id))
            if above is None:
                continue
            if type_ == "agreement" and self._is_ours(above.facts):
                return True
            if type_ == "collaboration" and self._lies_under_ours(above.facts, records):
                return True
        return False
