"""Civil time: what the clock on the wall shows in a place, which instant that is, and its words.

Source: docs/rules/reminders.md, R-20 and R-23. Zones are IANA names; their rules come from tzdata.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from changefeed.change import Facts
from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.facts import FactsUnreadable, text
from ieum_notify.domain.words import Words, day_words


def zone(facts: Facts, name: str) -> ZoneInfo:
    """Give a zone that must be there."""
    try:
        return ZoneInfo(text(facts, name))
    except (KeyError, ValueError, OSError) as error:  # Unknown, malformed, or a folder of zones.
        raise FactsUnreadable(f"{name} is no time zone") from error


def civil(facts: Facts, name: str, there: ZoneInfo) -> datetime:
    """Read `YYYY-MM-DDTHH:MM` as the wall clock shows it there; an hour that is twice, the first.

    An hour that the zone skips, as a newer tzdata may have it, is read by the offset before.
    """
    try:
        found = datetime.fromisoformat(text(facts, name))
    except ValueError as error:
        raise FactsUnreadable(f"{name} is no time") from error
    if found.tzinfo is not None:
        raise FactsUnreadable(f"{name} is no civil time")
    return found.replace(tzinfo=there)


def instant(moment: datetime) -> datetime:
    """Give the instant in UTC: two times in one zone compare by the wall clock, not by it."""
    return moment.astimezone(UTC)


def end_of_day(day: date, there: ZoneInfo) -> datetime:
    """Give the midnight with which a day ends there."""
    return datetime.combine(day + timedelta(days=1), time(0, 0), there)


def last_minute(day: date, there: ZoneInfo) -> datetime:
    """Give the last minute of a day there; the second one where it comes twice."""
    return (instant(end_of_day(day, there)) - timedelta(minutes=1)).astimezone(there)


@dataclass(frozen=True, slots=True)
class BothTimes:
    """One moment there and in Korea; `korea` is None where that would say the same again."""

    there: Words
    korea: Words | None

    def in_one_line(self) -> Words:
        """Give both, each with its name, in one line."""
        if self.korea is None:
            return self.there
        return Words(
            f"현지 {self.there.ko} / 한국 {self.korea.ko}",
            f"{self.there.en} there / {self.korea.en} in Korea",
        )


def both_times(moment: datetime) -> BothTimes:
    """Write a moment out there and in Korea, with weekday and offset.

    Args:
        moment: Aware, in the zone of the place.
    """
    korea = None if moment.tzinfo == SEOUL else moment_words(moment.astimezone(SEOUL))
    return BothTimes(moment_words(moment), korea)


def moment_words(moment: datetime) -> Words:
    """Write a moment out: `2027. 1. 6.(수) 09:00 (UTC−8)`."""
    day, clock = day_words(moment.date()), f"{moment:%H:%M} ({_offset(moment)})"
    return Words(f"{day.ko} {clock}", f"{day.en} {clock}")


def _offset(moment: datetime) -> str:
    """Name the offset: `UTC+9`, `UTC−3:30`, `UTC+0`."""
    minutes = int((moment.utcoffset() or timedelta(0)).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"
