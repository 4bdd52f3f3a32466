"""A graph question's answer: rows for the table and a network for the picture of the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from changefeed.subjects.parts import Words


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
        kind: What sort of thing it names, as `partner`; None if it names none.
        id: Of the thing that it names.
    """

    text: str
    kind: str | None = None
    id: UUID | None = None

    @property
    def partner_id(self) -> UUID | None:
        """The partner that it names, if it names one."""
        return self.id if self.kind == "partner" else None


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
class Parameter:
    """What a question may be asked about.

    Attributes:
        of: The type of subject that it names, as `partner`.
        title: What to give, in the reader's language.
    """

    name: str
    of: str
    title: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question that the graph answers.

    Attributes:
        name: As in its address.
        example: Parameters with which it can be tried on the sample.
    """

    name: str
    title: Words
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]


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
