"""What a shelf is: an index over the log's subjects of one type, and how facts fill it.

It can be thrown away and built again (`ieum-registry reindex`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from changefeed.searched import Reach
from ieum_registry.storage.database.dialect import ColumnType

NEVER = "9999-12-31"
"""A day that is null, so that ranges need no special case."""

ALWAYS = "0001-01-01"
"""A day before every other."""


@dataclass(frozen=True, slots=True)
class Column:
    """One value that is filtered or sorted by. Days are text, never null.

    Attributes:
        lacks: What stands there for a day that is none: `NEVER`, `ALWAYS`, or either.
    """

    name: str
    type: ColumnType = "text"
    is_nullable: bool = False
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Other subjects that a subject is linked with, each from a day to a day.

    Attributes:
        fill: Gives (id of the other, first day, last day).
    """

    name: str
    fill: Callable[[Mapping[str, Any]], Iterable[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class Derived:
    """Columns that follow from several facts of a subject, and how facts fill them."""

    columns: tuple[Column, ...]
    fill: Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Through:
    """A field that a subject has through another one: a task's programme is its strategy's."""

    column: str
    shelf: str
    field: str


@dataclass(frozen=True, slots=True)
class Under:
    """What makes a subject visible to a partner or department: a column that names what is theirs.

    Attributes:
        what: `agreement` that it is party to or leads, `collaboration` under one, the `place`
            itself, or a `seat` or `contact` of a partner that a department works with.
    """

    column: str
    what: Literal["agreement", "collaboration", "place", "seat", "contact"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The index over all subjects of one type.

    Attributes:
        order: The column that lists are sorted by, `-` before it for descending; ids settle ties
            in the same direction.
        unique: Columns that no two subjects share; null is shared by any number.
        lists: Filter columns, besides the order, that a list gets an index for.
        ranges: Days that a list is narrowed to a few subjects by, with an index for that.
        narrowed: By what a list of such days is often narrowed further: their indexes carry it.
        sorts: Columns that a list is often sorted by besides the order, with an index for that.
        carried: Days that the indexes of lists carry along: whoever walks a list for the few
            that stand so on a day then passes the others without a look at them.
        counts: What is often counted, and by what, first that by which it is grouped: it is done
            by an index alone.
        texts: Gives what `q=` looks through; None is not searched.
        reaches: By whose names, too, `q=` finds what points at them.
        is_found_by_former: Whether `q=` looks through what its texts were before as well, as all
            of it has been open to everybody.
        merged: The link by which a subject stands for others, which no list shows then.
        closed: Columns that only those may ask by who see the subject in full: by asking for one
            value after the other strangers would learn what they are not told.
    """

    subject_type: str
    columns: tuple[Column, ...]
    fill: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    order: str
    unique: tuple[str, ...] = ("key",)
    lists: tuple[tuple[str, ...], ...] = ()
    ranges: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    through: tuple[tuple[str, Through], ...] = ()
    texts: Callable[[Mapping[str, Any]], Iterable[str | None]] | None = None
    reaches: tuple[Reach, ...] = ()
    is_found_by_former: bool = False
    under: tuple[Under, ...] = ()
    closed: tuple[str, ...] = ()
    merged: str | None = None

    @property
    def span_table(self) -> str:
        """The table of spans: from which entry to which each version was the latest."""
        return f"{self.subject_type}_span"

    @property
    def text_table(self) -> str:
        """The table of searched texts, a span for each text and not for each version."""
        return f"{self.subject_type}_text"

    @property
    def gram_table(self) -> str:
        """The table of pieces of searched texts."""
        return f"{self.subject_type}_gram"

    def link_table(self, link: Link) -> str:
        """The table of one kind of link, a span for each link."""
        return f"{self.subject_type}_{link.name}_link"

    def link(self, name: str) -> Link:
        """Give a link by its name; ValueError if there is none."""
        for link in self.links:
            if link.name == name:
                return link
        raise ValueError(f"{self.subject_type} has no link {name!r}")

    def column(self, name: str) -> Column:
        """Give a column by its name; ValueError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise ValueError(f"{self.subject_type} has no field {name!r}")

    @property
    def sorted_by(self) -> str:
        """The column that lists are sorted by."""
        return self.order.removeprefix("-")


@dataclass(frozen=True, slots=True)
class Filled:
    """What one version of a subject puts on its shelf."""

    columns: tuple[Any, ...]
    links: Mapping[str, frozenset[tuple[str, str, str]]]


def filled(shelf: Shelf, facts: Mapping[str, Any]) -> Filled:
    """Fill a shelf's columns and links from facts, columns in the order declared."""
    values = shelf.fill(facts)
    return Filled(
        tuple(values[column.name] for column in shelf.columns),
        {link.name: frozenset(link.fill(facts)) for link in shelf.links},
    )


def as_stored(value: object) -> str | int | None:
    """Give a value that is asked for as columns have it: days and ids as text, booleans as 0, 1."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, UUID):
        return str(value)
    raise ValueError(f"nothing is filtered by a {type(value).__name__}")
