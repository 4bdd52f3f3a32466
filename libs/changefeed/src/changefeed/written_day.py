"""A day as people write it: read where it is written `2021-11-16`, else told apart by its form.

What says only a part of a day (`2014.5`, `2019년경`) is read by `read_part`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from unicodedata import normalize

from changefeed.subjects.parts import PartDay

Why = Literal["form", "order", "day_missing", "calendar", "unreadable"]


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a text was not taken for a day.

    Attributes:
        why: `form`: a day in another form; `order`: one of two days, nobody knows which;
            `day_missing`: a year, or a year and a month; `calendar`: there is no such day;
            `unreadable`: nothing like a day.
        meant: The days that it may mean, as they are to be written.
    """

    why: Why
    meant: tuple[str, ...] = ()


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_APART = r"\s*[.,\-/년월_\s]\s*"
_MORE = r"\s*[.일]?\s*(?:[(\[]?[월화수목금토일](?:요일)?[)\]]?)?(?:[T\s]\s*\d{1,2}[:시].*)?"
_YEAR_FIRST = re.compile(rf"['’‘`]?(\d{{4}}|\d{{2}}){_APART}(\d{{1,2}}){_APART}(\d{{1,2}}){_MORE}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_APART}(\d{{1,2}}){_APART}(\d{{4}}){_MORE}")
# With strokes and a year of two digits: a Korean office writes the year first, Excel set to English
# the month.
_ALL_SHORT = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{2})")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{2})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NAME_FIRST = re.compile(rf"{_NAME}\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_NAME_SECOND = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s\-.]*(?:of\s+)?{_NAME}[\s\-,]*(\d{{4}}|\d{{2}})",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?([1-7])", re.IGNORECASE)
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.0+)?")
_PART = re.compile(
    r"(?:['’‘`]?(?:1[5-9]|20)\d{2}|\d{2}년)"  # A year …
    r"(?:\s*[.\-/년\s]\s*(?:0?[1-9]|1[0-2])\s*[.월]?|0[1-9]|1[0-2]"  # … and a month,
    r"|\s*년?\s*(?:[1-4]\s*(?:분기|/4분기)|Q[1-4]|[상하]반기)|\s*[.년])?"  # or another part of it
    r"\s*(?:경|께|쯤|무렵|초순?|중순?|말|상순|하순|봄|여름|가을|겨울)?\.?",
    re.IGNORECASE,
)
_PART_SHORT = re.compile(r"['’‘`]\d{2}\s*[.\-/년]?\s*(?:\d{1,2}\s*[.월]?)?\s*(?:경|쯤|초|말)?\.?")
_PART_NAMED = re.compile(rf"{_NAME}[\s\-,]*\d{{4}}", re.IGNORECASE)
_PART_YEAR = (
    r"(?:['’‘`](?P<short>\d{2})|(?P<long>(?:1[5-9]|20)\d{2})|(?P<shorter>\d{2})(?=\s*년))\s*년?"
)
_PART_MONTH = r"(?:\s*[.\-/년\s]?\s*(?P<month>0?[1-9]|1[0-2])(?!\d)\s*월?)?"
_ABOUT = (
    r"(?:경|께|쯤|무렵|즈음|중|초순?|중순|말|상순|하순|봄|여름|가을|겨울|[상하]반기|[전후]반기?"
    r"|제?\s*[1-4]\s*(?:/\s*4)?\s*분기|Q[1-4]|\(\s*(?:추정|경)\s*\)|추정)"
)
_PART_SAID = re.compile(
    rf"{_PART_YEAR}{_PART_MONTH}\s*\.?\s*(?P<about>{_ABOUT}\.?)?", re.IGNORECASE
)
_LONGEST = 60
_SERIAL_BEGINS = date(1899, 12, 30)
_THIS_CENTURY = 50


def read_day(text: str) -> date | Unread:
    """Read `YYYY-MM-DD`; anything else is told apart, never taken.

    What is written in another form is not taken even where it is plain: whoever reads the file or
    the request next would have to guess again.
    """
    if _DAY.fullmatch(text):
        return _day(text[:4], text[5:7], text[8:]) or Unread("calendar")
    written = normalize("NFKC", text[: _LONGEST + 1]).strip()
    if len(text) > _LONGEST:
        return Unread("unreadable")
    if found := _ALL_SHORT.fullmatch(written):
        return _year_first_or_last(*found.groups())
    for found in (_YEAR_FIRST.fullmatch(written), _DIGITS.fullmatch(written)):
        if found is not None:
            return _in_another_form(_day(*found.groups()))
    if found := _NAME_FIRST.fullmatch(written):
        return _in_another_form(_day(found[3], _month(found[1]), found[2]))
    if found := _NAME_SECOND.fullmatch(written):
        return _in_another_form(_day(found[3], _month(found[2]), found[1]))
    if found := _YEAR_LAST.fullmatch(written):
        return _either_order(*found.groups())
    if found := _WEEK.fullmatch(written):
        return _in_another_form(_day_of_week(*found.groups()))
    if any(each.fullmatch(written) for each in (_PART, _PART_SHORT, _PART_NAMED)):
        return Unread("day_missing")
    if found := _SERIAL.fullmatch(written):
        return _in_another_form(_SERIAL_BEGINS + timedelta(days=int(found[1])))
    if found := _SHORT_DIGITS.fullmatch(written):
        return _in_another_form(_day(*found.groups()))
    return Unread("unreadable")


def _in_another_form(day: date | None) -> Unread:
    return Unread("calendar") if day is None else Unread("form", (day.isoformat(),))


def _either_order(first: str, second: str, year: str) -> Unread:
    """Tell a day that may be written day first or month first."""
    found = {_day(year, second, first), _day(year, first, second)} - {None}
    meant = tuple(sorted(str(each) for each in found))
    if not meant:
        return Unread("calendar")
    return Unread("form" if len(meant) == 1 else "order", meant)


def _year_first_or_last(first: str, second: str, third: str) -> Unread:
    """Tell `24/05/22`, year first, from `05/22/24`, the year last; `05/06/24` may be either."""
    found = {_day(third, first, second)}
    if len(first) == 2:
        found.add(_day(first, second, third))
    meant = tuple(sorted(str(each) for each in found if each is not None))
    if not meant:
        return Unread("calendar")
    return Unread("form" if len(meant) == 1 else "order", meant)


def _day(year: str, month: str, day: str) -> date | None:
    century = 0 if len(year) > 2 else 2000 if int(year) < _THIS_CENTURY else 1900
    try:
        return date(century + int(year), int(month), int(day))
    except ValueError:
        return None


def _day_of_week(year: str, week: str, day: str) -> date | None:
    try:
        return date.fromisocalendar(int(year), int(week), int(day))
    except ValueError:
        return None


def _month(name: str) -> str:
    return str(_MONTHS.index(name[:3].lower()) + 1)


def read_part(written: str) -> PartDay:
    """Read what a text that is no whole day says of one: the month, the year, or nothing certain.

    "about 2019" says neither for certain: it is kept as written, and lies in that year where days
    have to be put in order.

    Source: docs/rules/terms.md, T-30.
    """
    said = _PART_SAID.fullmatch(normalize("NFKC", written).strip())
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
