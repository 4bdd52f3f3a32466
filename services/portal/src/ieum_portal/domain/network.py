"""A graph question's answer: rows for the table and a network for the picture of the same."""

from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title comes in the reader's language, its kind says how cells look."""

    name: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands at one place of the table.

    Attributes:
        partner_id: The partner to link to, if the cell names one.
    """

    text: str
    partner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table, one set of cells for each column."""

    cells: tuple[tuple[Cell, ...], ...]
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture, placed by the graph service in its own units."""

    id: str
    kind: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two things of the picture."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class NetworkAnswer:
    """What the graph says, and up to which entry of the log it knows.

    Attributes:
        total: Rows there are; more than are given if it was cut short.
        lag_s: Seconds by which the projection trails the record, None if it did not say.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    is_truncated: bool
    seq: int
    lag_s: float | None

    @property
    def illustrative(self) -> bool:
        """Whether anything that it says was made up to show the system at work."""
        return any(row.illustrative for row in self.rows)

    def seen_from(self, partner_id: UUID) -> "NetworkAnswer":
        """Leave out the columns that say of each row only that it is about this partner."""
        kept = [
            place
            for place, column in enumerate(self.columns)
            if column.kind != "partner"
            or any(cell.partner_id != partner_id for row in self.rows for cell in row.cells[place])
        ]
        rows = tuple(
            Row(tuple(row.cells[place] for place in kept), row.illustrative) for row in self.rows
        )
        return replace(self, columns=tuple(self.columns[place] for place in kept), rows=rows)
