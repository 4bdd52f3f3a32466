"""A graph question's answer: rows for the table and a network for the picture of the same."""

from dataclasses import dataclass
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

    id: str
    kind: str
    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class NetworkAnswer:
    """What the graph says, and up to which entry of the log it knows.

    Attributes:
        total: Rows there are; more than are given if it was cut short.
        lag_s: Seconds by which the projection trails the record, None if it did not say.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Cell, ...], ...], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    is_truncated: bool
    seq: int
    lag_s: float | None
