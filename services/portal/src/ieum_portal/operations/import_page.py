"""What the pages of imports show: one with its lines, and what writing it would bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.subjects.department import Department
from changefeed.subjects.partner import Partner
from ieum_portal.operations.foresee import Brought, begin_to_bring
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours
from registryclient.imported import Import, ImportOutcome, ImportRow, NameFound

ROWS = 50
NAMES = 200
"""So many names are asked about at once; deciding them brings the next."""

IN_ORDER = ("question", "fault", "changed", "new", "same", "passed")
"""Lines by state, those first that somebody must see to."""

_LEFT: Mapping[str, str] = {"done": "left", "undone": "kept", "undoing": "kept"}


@dataclass(frozen=True, slots=True)
class ImportPage(Gathered):
    """One import.

    Attributes:
        state: Of the lines that are shown.
        next: The place after which the next lines begin; None at the end.
        names: Those that nobody has decided about, the first of them.
        left: Records that were not written, or not taken back, the first of them.
    """

    one: Import
    state: str
    rows: Sequence[ImportRow]
    next: int | None
    names: Sequence[NameFound]
    undecided: int
    departments: Sequence[Department]
    own: Sequence[Partner]
    left: Sequence[ImportOutcome]


def import_page(
    import_id: UUID, state: str | None, after: int, *, neighbours: Neighbours
) -> ImportPage:
    """Give one import and a page of its lines.

    Args:
        state: Of the lines wanted; None are those first that somebody must see to.

    Raises:
        NotFound, NeighbourDown: No such import; the registry did not answer.
    """
    gathering, imports = Gathering(neighbours.left_s), neighbours.imports
    one = gathering.need("registry", lambda: imports.one(import_id))
    shown = state if state in IN_ORDER else first_of(one.counts)
    rows = gathering.need(
        "registry", lambda: imports.rows(import_id, state=shown, after=after, limit=ROWS)
    )
    decides = one.state == "open"
    registry = neighbours.registry
    departments = gathering.ask(
        "registry", "departments", lambda: registry.all(Department) if decides else [], otherwise=[]
    )
    own = gathering.ask(
        "registry",
        "partners",
        lambda: registry.all(Partner, own=True) if decides else [],
        otherwise=[],
    )
    left_state = _LEFT.get(one.state)
    left: Sequence[ImportOutcome] = ()
    if left_state is not None:
        left = gathering.need(
            "registry", lambda: imports.outcomes(import_id, state=left_state, limit=ROWS)
        ).items
    undecided = [each for each in one.names if each.decided is None]
    return ImportPage(
        one,
        shown,
        rows.items,
        rows.next,
        undecided[:NAMES],
        len(undecided),
        departments,
        own,
        left,
        missing=tuple(gathering.missing),
    )


def first_of(counts: Mapping[str, int]) -> str:
    """Give the state of lines that somebody must see to first."""
    return next((each for each in IN_ORDER if counts.get(each)), "new")


@dataclass(frozen=True, slots=True)
class ImportForeseen(Gathered):
    """What writing an import would bring, as far as its first agreements tell.

    Attributes:
        looked_at: How many entries were looked at.
    """

    one: Import
    looked_at: int
    brought: Brought


def foresee_import(import_id: UUID, *, today: date, neighbours: Neighbours) -> ImportForeseen:
    """Say what writing an import would bring.

    Raises:
        NotFound, NeighbourDown: As for `import_page`.
        ChangeRefused: There is nothing to write.
    """
    gathering, imports = Gathering(neighbours.left_s), neighbours.imports
    one = gathering.need("registry", lambda: imports.one(import_id))
    entries = gathering.need("registry", lambda: imports.try_out(import_id))
    brought = begin_to_bring(entries, on=today, gathering=gathering, neighbours=neighbours)()
    return ImportForeseen(one, len(entries), brought, missing=tuple(gathering.missing))
