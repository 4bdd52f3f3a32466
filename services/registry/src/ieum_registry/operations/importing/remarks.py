"""What a sheet remarks on its agreements: kept in the journal, which is the office's alone.

Source: docs/rules/terms.md, T-81; ADR 0049.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from changefeed.mapping import to_facts
from changefeed.subjects.journal import REMARK, JournalEntry
from ieum_registry.domain.within_limits import must_be_within_limits
from ieum_registry.operations.importing.on_record import every
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.imports import Planned
from ieum_registry.operations.ports.records import Records
from sheetreader.cells import At
from sheetreader.headings import USES, Use, plain
from sheetreader.results import Read

NOTE: Use = "note"


def remarks_on_record(records: Records) -> set[tuple[UUID, str]]:
    """Give what ledgers remarked before, by its agreement."""
    found: set[tuple[UUID, str]] = set()
    for reading in every("journal", records, [equal("kind", REMARK)]):
        facts = json.loads(reading.text)
        if facts["agreement_id"] is not None:
            found.add((UUID(facts["agreement_id"]), facts["text"]))
    return found


def remark_of(
    notes: Sequence[Read[str]], holding: Callable[[At], tuple[str, tuple[Use, ...]]]
) -> str:
    """Put the remarks of a line together, each under its heading unless that is 비고.

    Args:
        holding: Gives the heading of a cell's column, and what it holds: what stands in a column
            about the state is none.
    """
    said: dict[str, None] = {}
    for each in notes:
        heading, uses = holding(each.at)
        if NOTE in uses:
            called = " ".join(heading.split())
            is_plain = plain(called) in {"", USES[NOTE].ko}
            said[each.value if is_plain else f"{called}: {each.value}"] = None
    return "\n".join(said)


@dataclass(slots=True)
class Remarks:
    """The remarks of one sheet that are not on record yet.

    Args:
        known: Read once there is a remark.
    """

    known: Callable[[], set[tuple[UUID, str]]]
    new_id: Callable[[], UUID]
    today: date
    planned: list[tuple[int, JournalEntry]] = field(default_factory=list)
    _known: set[tuple[UUID, str]] | None = None

    def is_known(self, agreement_id: UUID, text: str) -> bool:
        """Say whether it stands in the journal already."""
        if self._known is None:
            self._known = self.known()
        return (agreement_id, text) in self._known

    def entry(
        self, agreement_id: UUID, partner_id: UUID, department_id: UUID, text: str
    ) -> JournalEntry:
        """Make the entry; raises RuleBroken if it is longer than the journal takes."""
        made = JournalEntry(
            self.new_id(),
            partner_id,
            self.today,
            REMARK,
            department_id,
            text,
            agreement_id=agreement_id,
        )
        must_be_within_limits(made)
        return made

    def records(self, first: int) -> list[Planned]:
        """Give what is to be written.

        Args:
            first: The position of the first.
        """
        return [
            Planned(place, line, each.subject_type, each.id, 0, to_facts(each), None)
            for place, (line, each) in enumerate(self.planned, first)
        ]
