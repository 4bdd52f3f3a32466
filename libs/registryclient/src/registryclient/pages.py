"""Reading lists beyond one page: as far as they are wanted, whole or not at all, or by id."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from registryclient.answers import Listed

T = TypeVar("T")

FULL_PAGE = 200
"""The longest page that the registry gives."""
MOST_IDS = 100
"""So many ids may be asked for at once."""


class PageOf(Protocol[T]):
    """Gives the page after a cursor, None for the first: a list of the client, filters set."""

    def __call__(self, *, limit: int, after: str | None) -> Listed[T]:
        """Ask."""


class PageByIds(Protocol[T]):
    """Gives those of a list that have one of some ids."""

    def __call__(self, *, ids: Sequence[UUID], limit: int) -> Listed[T]:
        """Ask."""


def all_pages(page: PageOf[T], *, at_most: int = 100) -> Iterator[T]:
    """Walk through a list page by page, asking for the next only when it is wanted.

    Args:
        at_most: So many pages and no more, so that no list keeps a reader for ever.
    """
    for found in _pages(page, at_most):
        yield from found.items


def whole(page: PageOf[T], *, at_most: int) -> list[T] | None:
    """Read a list to its end; None if it is longer than so many pages."""
    found = list(_pages(page, at_most))
    if found[-1].next is not None:
        return None
    return [each for one in found for each in one.items]


def by_ids(page: PageByIds[T], ids: Collection[UUID]) -> Iterator[T]:
    """Read those of a list that have one of the ids, however many; none at all asks nothing."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), MOST_IDS):
        yield from page(ids=wanted[start : start + MOST_IDS], limit=FULL_PAGE).items


def _pages(page: PageOf[T], at_most: int) -> Iterator[Listed[T]]:
    cursor: str | None = None
    for _ in range(at_most):
        found = page(limit=FULL_PAGE, after=cursor)
        yield found
        cursor = found.next
        if cursor is None:
            return
