"""A day that an old ledger knows only in part: what its text says of the day, and no more."""

from datetime import date

from changefeed.subjects.parts import PartDay
from changefeed.written_day import read_day, read_part
from ieum_registry.domain.errors import RuleBroken


def part_day(written: str, *, pointer: str | None = None) -> PartDay:
    """Read what a text says of a day: the month, the year, or nothing that can be reckoned with.

    Raises:
        RuleBroken: `day.whole`, if the text is a whole day, in whatever form: that has its own
            place; `day.not_in_calendar`, if it is like one and there is none.

    Source: docs/rules/terms.md, T-30.
    """
    found = read_day(written)
    if isinstance(found, date):
        raise RuleBroken("day.whole", pointer=pointer, written=written, meant=found.isoformat())
    if found.meant:
        meant = ", ".join(found.meant)
        raise RuleBroken("day.whole", pointer=pointer, written=written, meant=meant)
    if found.why == "calendar":
        raise RuleBroken("day.not_in_calendar", pointer=pointer, written=written)
    return read_part(written)
