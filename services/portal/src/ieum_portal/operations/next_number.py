"""Which number the next agreement of a year is offered."""

from changefeed.subjects.agreement import Agreement
from ieum_portal.domain.agreement_number import next_number
from ieum_portal.operations.ports import Registry

A_PAGE, MOST_PAGES = 50, 20
"""Numbers are read from the greatest down; a thousand of a year are more than an office signs."""


def offered_number(year: int, registry: Registry) -> str:
    """Give the number after those of the year that are on record.

    Raises:
        NeighbourDown: The registry could not say.
    """
    known = _greatest(year, registry)
    if known is None:
        known = _numbers(year, registry) or _numbers(year - 1, registry)
    return next_number(known, year)


def _greatest(year: int, registry: Registry) -> list[str] | None:
    """Give the greatest numbers, of the year or else of the one before; None if they do not say.

    By the order of numbers alone, which is an index: where the greatest text begins with one of
    the two years, no number begins with a letter, so those of the year stand on top. Among texts
    that are as long as each other the greatest is the greatest number; others are looked for.
    """
    page = registry.page(Agreement, after=None, limit=A_PAGE, sort="-number")
    numbers = [each.number for each in page.items if each.number]
    latest = next(
        (each for each in (year, year - 1) if numbers[:1] and _is_of(numbers[0], each)), None
    )
    if latest is None:
        return None
    found = [each for each in numbers if _is_of(each, latest)]
    is_ordered = len({len(each) for each in found}) == 1
    is_whole = page.next is None or len(found) < len(page.items)
    return found if is_ordered or is_whole else None


def _is_of(number: str, year: int) -> bool:
    return number.startswith(str(year))


def _numbers(year: int, registry: Registry) -> list[str]:
    """Give the numbers of a year: all of them, or so many that the greatest is among them.

    Lists are sorted by the text of a number. Where all of a page are as long as each other, that is
    also the order of the numbers in it.
    """
    found: list[str] = []
    after: str | None = None
    for _ in range(MOST_PAGES):
        page = registry.page(Agreement, after=after, limit=A_PAGE, q=str(year), sort="-number")
        numbers = [each.number for each in page.items if each.number and str(year) in each.number]
        found += numbers
        is_ordered = len({len(each) for each in found}) == 1
        after = page.next
        if after is None or is_ordered or len(numbers) < len(page.items):
            break
    return found
