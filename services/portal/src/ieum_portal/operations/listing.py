"""A list of subjects as a page or a file shows it: rows, the names behind their ids, how many."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from changefeed.declared import Declaration, collection_of
from changefeed.subjects.parts import Words
from ieum_portal.domain.errors import NeighbourDown
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.names import Mentioned, names_behind
from ieum_portal.operations.ports import Neighbours, Registry
from registryclient.answers import Asked, Listed, Total
from registryclient.pages import MOST_IDS

Kind = TypeVar("Kind", bound=Declaration)

FULL_PAGE = 200
MOST_ROWS = 20_000
"""So many rows a file holds: it is made while its reader waits. More is refused, never cut off."""


@dataclass(frozen=True, slots=True)
class Row(Generic[Kind]):
    """One subject, with where it stands on the day; None where the list does not ask for that."""

    subject: Kind
    standing: Any = None


Mentions = Callable[[Sequence[Row[Any]]], Mentioned]
"""Gives whom and what some rows mention, by type of subject."""
Look = Callable[[Registry, Mapping[str, Asked], Sequence[UUID]], Mapping[UUID, int]]
"""Gives a number by subject for some subjects, which none of them says by itself."""
Choices = Sequence[tuple[UUID, Words]]
Offers = Callable[[Registry], Mapping[str, Choices]]
"""Gives what may be chosen, by filter."""


@dataclass(frozen=True, slots=True)
class ListAsked(Generic[Kind]):
    """What a list is asked for.

    Attributes:
        standing_of: What to read of where each stands; None asks for nothing of it.
        filters: As the registry names them; None leaves one out.
        looks: What more to look up, by column.
        offers: Give what a reader may choose from, by filter.
    """

    kind_of: type[Kind]
    standing_of: type[object] | None
    filters: Mapping[str, Asked]
    mentions: Mentions
    looks: Mapping[str, Look]
    offers: Collection[Offers]

    @property
    def part(self) -> str:
        """Give what a page calls the list."""
        return collection_of(self.kind_of)


@dataclass(frozen=True, slots=True)
class Listing(Gathered, Generic[Kind]):
    """One page of a list.

    Attributes:
        rows: None if they could not be had.
        following: Where the page after this one begins; None at the end.
        previous: Where the page before this one stands; None on the first.
        total: How many there are on all pages; None if they could not be had.
        names: Of what the rows mention, as far as they could be had.
        looked: By column; a column that could not be looked up is absent.
        offered: By filter, in the order of their names.
    """

    rows: Sequence[Row[Kind]] | None
    following: str | None
    previous: str | None
    total: Total | None
    names: Mapping[UUID, Words]
    looked: Mapping[str, Mapping[UUID, int]]
    offered: Mapping[str, Choices]


@dataclass(frozen=True, slots=True)
class Whole(Generic[Kind]):
    """A whole list, with the names behind its ids."""

    rows: Sequence[Row[Kind]]
    names: Mapping[UUID, Words]
    looked: Mapping[str, Mapping[UUID, int]]


class TooManyRows(Exception):
    """A file would hold more rows than can be written while its reader waits."""


def list_page(
    asked: ListAsked[Kind],
    *,
    after: str | None,
    before: str | None = None,
    limit: int,
    neighbours: Neighbours,
) -> Listing[Kind]:
    """Gather one page; what could not be had is missing, and noted.

    Args:
        after: What `following` of the page before was; or
        before: What `previous` of the page after was.
    """
    gathering, registry = Gathering(neighbours.left_s), neighbours.registry
    nothing: Mapping[str, Choices] = {}
    offers = [
        gathering.begin("registry", "names", partial(each, registry), otherwise=nothing)
        for each in asked.offers
    ]
    found = gathering.ask(
        "registry",
        asked.part,
        lambda: _page(asked, registry, after=after, before=before, limit=limit, count=True),
        otherwise=None,
    )
    rows = () if found is None else found.items
    looks = {
        column: gathering.begin(
            "registry", column, partial(look, registry, asked.filters, _ids(rows)), otherwise=None
        )
        for column, look in asked.looks.items()
        if rows
    }
    names = gathering.ask(
        "registry", "names", lambda: names_behind(asked.mentions(rows), registry), otherwise={}
    )
    looked = {column: told() for column, told in looks.items()}
    offered: dict[str, Choices] = {}
    for choices in offers:
        offered |= choices()
    return Listing(
        None if found is None else rows,
        None if found is None else found.next,
        None if found is None else found.previous,
        None if found is None else found.total,
        names,
        {column: told for column, told in looked.items() if told is not None},
        offered,
        missing=tuple(gathering.missing),
    )


def marked_rows(asked: ListAsked[Kind], *, at_most: int, registry: Registry) -> Sequence[Row[Kind]]:
    """Read the rows of a list that is to be changed as a whole.

    Raises:
        TooManyRows: They are more.
        NeighbourDown, NeighbourRefused: The registry did not give them.
    """
    rows: list[Row[Kind]] = []
    for page in _pages(replace(asked, standing_of=None), registry):
        rows.extend(page.items)
        if len(rows) > at_most or (page.total is not None and page.total.count > at_most):
            raise TooManyRows
    return rows


def whole_list(
    asked: ListAsked[Kind], *, neighbours: Neighbours, ids: Sequence[UUID] | None = None
) -> Whole[Kind]:
    """Read all of a list.

    Args:
        ids: Only these of them, in this order; the list's own conditions do not count then.

    Raises:
        TooManyRows: It is longer than a file may be.
        NeighbourDown, NeighbourRefused: The registry did not give it.
    """
    registry = neighbours.registry
    rows: list[Row[Kind]] = []
    for page in _pages(asked, registry) if ids is None else _pages_of(asked, ids, registry):
        rows.extend(page.items)
        if page.total is not None and (page.total.count > MOST_ROWS or not page.total.exact):
            raise TooManyRows
    names = names_behind(asked.mentions(rows), registry)
    ids = _ids(rows)
    looked = {column: look(registry, asked.filters, ids) for column, look in asked.looks.items()}
    return Whole(rows, names, looked)


def _ids(rows: Sequence[Row[Any]]) -> list[UUID]:
    return [each.subject.id for each in rows]


def all_of(name: str, kind_of: type[Any]) -> Offers:
    """Offer a filter all of a type; nothing where that is more than anybody chooses from."""

    def offers(registry: Registry) -> Mapping[str, Choices]:
        found = registry.whole(kind_of, at_most=1) or ()
        return {name: by_name((each.id, each.name) for each in found)}

    return offers


def by_name(choices: Iterable[tuple[UUID, Words]]) -> Choices:
    """Put what may be chosen in the order of its Korean names."""
    return sorted(choices, key=lambda each: each[1].ko)


def _pages(asked: ListAsked[Kind], registry: Registry) -> Iterator[Listed[Row[Kind]]]:
    after: str | None = None
    while True:
        page = _page(asked, registry, after=after, limit=FULL_PAGE, count=after is None)
        yield page
        if page.next is None:
            return
        if page.next == after:
            raise NeighbourDown("registry", f"{asked.part}: a page that leads to itself")
        after = page.next


def _pages_of(
    asked: ListAsked[Kind], ids: Sequence[UUID], registry: Registry
) -> Iterator[Listed[Row[Kind]]]:
    """Read these alone, in their order, by so many ids at once as the registry takes."""
    kept = {name: value for name, value in asked.filters.items() if name in ("on", "own")}
    for start in range(0, len(ids), MOST_IDS):
        some = tuple(ids[start : start + MOST_IDS])
        these = replace(asked, filters={**kept, "ids": some})
        page = _page(these, registry, after=None, limit=FULL_PAGE, count=False)
        place = {each: at for at, each in enumerate(some)}
        yield Listed(sorted(page.items, key=lambda each: place[each.subject.id]), None)


def _page(
    asked: ListAsked[Kind],
    registry: Registry,
    *,
    after: str | None,
    before: str | None = None,
    limit: int,
    count: bool,
) -> Listed[Row[Kind]]:
    filters = {**asked.filters, "before": before, "count": count}
    if asked.standing_of is None:
        plain = registry.page(asked.kind_of, after=after, limit=limit, **filters)
        rows = [Row(each) for each in plain.items]
        return Listed(rows, plain.next, plain.total, plain.previous)
    found = registry.page_standing(
        asked.kind_of, asked.standing_of, after=after, limit=limit, **filters
    )
    return Listed([Row(*each) for each in found.items], found.next, found.total, found.previous)
