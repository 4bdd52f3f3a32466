"""A calendar file of whole days (RFC 5545): the same bytes for the same days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_LINE = 75
"""In octets; longer ones are folded."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day that somebody has to keep.

    Attributes:
        uid: The same as long as it is the same thing, whatever day it moves to.
        about: More of it, on lines.
        link: Where it is read.
    """

    uid: str
    on: date
    title: str
    about: str
    link: str


def calendar_file(name: str, days: Iterable[CalendarDay]) -> bytes:
    """Write a calendar; days in the order of their dates."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ieum//portal//KO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for each in sorted(days, key=_order) for line in _event(each)),
        "END:VCALENDAR",
    ]
    return "".join(f"{each}\r\n" for line in lines for each in _folded(line)).encode()


def _order(day: CalendarDay) -> tuple[date, str]:
    return day.on, day.uid


def _event(day: CalendarDay) -> Iterator[str]:
    first, after = (each.strftime("%Y%m%d") for each in (day.on, day.on + timedelta(days=1)))
    yield "BEGIN:VEVENT"
    yield f"UID:{day.uid}"
    yield f"DTSTAMP:{first}T000000Z"  # Of the day, not of the asking: the file stays the same.
    yield f"DTSTART;VALUE=DATE:{first}"
    yield f"DTEND;VALUE=DATE:{after}"
    yield f"SUMMARY:{_text(day.title)}"
    yield f"DESCRIPTION:{_text(day.about)}"
    yield f"URL:{day.link}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, written)
    return value


def _folded(line: str) -> Iterator[str]:
    """Fold a line between characters, each piece after the first begun by a blank."""
    piece = ""
    for each in line:
        if len((piece + each).encode()) > LONGEST_LINE:
            yield piece
            piece = " "
        piece += each
    yield piece
