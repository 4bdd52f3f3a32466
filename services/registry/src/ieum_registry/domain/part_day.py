"""A day that an old ledger knows only in part: what its text says of the day, and no more."""

import re
from calendar import monthrange
from datetime import date
from unicodedata import normalize

from changefeed.subjects.parts import PartDay
from httpedge.written_day import read_day
from ieum_registry.domain.errors import RuleBroken

_YEAR = r"(?:['’‘`](?P<short>\d{2})|(?P<long>(?:1[5-9]|20)\d{2})|(?P<shorter>\d{2})(?=\s*년))\s*년?"
_MONTH = r"(?:\s*[.\-/년\s]?\s*(?P<month>0?[1-9]|1[0-2])(?!\d)\s*월?)?"
_ABOUT = (
    r"(?:경|께|쯤|무렵|즈음|중|초순?|중순|말|상순|하순|봄|여름|가을|겨울|[상하]반기|[전후]반기?"
    r"|[1-4]\s*(?:/\s*4)?\s*분기|Q[1-4])"
)
_WRITTEN = re.compile(rf"{_YEAR}{_MONTH}\s*\.?\s*(?P<about>{_ABOUT}\.?)?", re.IGNORECASE)
_THIS_CENTURY = 50


def part_day(written: str, *, pointer: str | None = None) -> PartDay:
    """Read what a text says of a day: the month, the year, or nothing that can be reckoned with.

    "about 2019" says neither for certain: it is kept as written, and lies in that year where days
    have to be put in order.

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
    said = _WRITTEN.fullmatch(normalize("NFKC", written).strip())
    if said is None:
        return PartDay(written)
    year = int(said["long"] or said["short"] or said["shorter"])
    if year < 100:
        year += 2000 if year < _THIS_CENTURY else 1900
    month = int(said["month"]) if said["month"] else None
    first = date(year, month or 1, 1)
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    if said["about"]:
        return PartDay(written, "none", first, last)
    return PartDay(written, "year" if month is None else "month", first, last)
