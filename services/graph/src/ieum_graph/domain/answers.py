"""What a question is and what its answer holds, before anybody chose a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from changefeed.subjects.collaboration import COLLABORATION_ROLES
from ieum_graph.domain.words import Words

ColumnKind = Literal[
    "partner",
    "task",
    "technology",
    "strategy",
    "service_field",
    "agreement",
    "event",
    "text",
    "number",
    "day",
    "sources",
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked for by UUID or key.

    Attributes:
        of: The label of the node that it names.
    """

    name: str
    of: str
    means: Words
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer.

    Attributes:
        words: For columns of stable codes: what each says to a reader.
    """

    name: str
    title: Words
    kind: ColumnKind
    words: Mapping[str, Words] = field(default_factory=dict)


SOURCES = Column("sources", Words("근거", "Sources"), "sources")
"""The last column of every question: ids of the records behind the row.

Collaborations, and where somebody attends an event, the event.
"""

ROLES: Mapping[str, Words] = {
    code: Words(label.ko, label.en) for code, label in COLLABORATION_ROLES.items()
}
"""What a collaboration's role says to a reader."""


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked.

    Attributes:
        name: As in its address.
        example: Parameters with which it can be tried on the sample data.
        on: What the day asked about means here, where that is not plain.
    """

    name: str
    title: Words
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: Mapping[str, str]
    on: Words | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A node as a cell or a picture shows it: as it was called then, for whom that was disclosed.

    Attributes:
        illustrative: Whether it was recorded as an example, not as a fact.
    """

    kind: str
    id: str
    key: str | None
    label: Words
    illustrative: bool = False


Cell = Thing | tuple[Thing, ...] | tuple[str, ...] | str | int | date | None
"""Codes of a column with `words` are a text or a tuple of texts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a cell for each column but the last, and the ids behind it.

    Attributes:
        illustrative: Whether a record behind it is an example, not a fact.
    """

    cells: Mapping[str, Cell]
    sources: tuple[str, ...]
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the picture, with what is written on it."""

    id: str
    kind: str
    source: str
    target: str
    source_id: str
    says: Words | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the graph says.

    Attributes:
        rows: At most as many as were asked for.
        total: Rows there are.
        rings: The picture's nodes, from the centre outwards; empty inner rings are allowed.
    """

    rows: tuple[Row, ...]
    total: int
    rings: tuple[tuple[Thing, ...], ...] = ()
    links: tuple[Link, ...] = ()
