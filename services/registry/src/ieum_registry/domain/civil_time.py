"""What the clock on the wall of a place shows, and which instant that is.

A civil time is a naive `datetime` of whole minutes: it means something together with a zone alone.
"""

import re
from datetime import UTC, datetime, time
from difflib import get_close_matches
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

_CIVIL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
_CLOCK = re.compile(r"\d{2}:\d{2}", re.ASCII)


def read_civil(text: str) -> datetime | None:
    """Read `YYYY-MM-DDTHH:MM`; None if it is none, an offset or a second included."""
    if _CIVIL.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def read_clock(text: str) -> time | None:
    """Read `HH:MM`, 00:00 to 23:59; None if it is none."""
    if _CLOCK.fullmatch(text) is None:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def civil_text(civil: datetime) -> str:
    """Give `YYYY-MM-DDTHH:MM`."""
    return civil.isoformat(timespec="minutes")


@cache
def _zones() -> frozenset[str]:
    # Of the package alone: a machine's own folder knows `localtime`, which is elsewhere on another.
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(names) - {"Factory"}  # The name of "nobody has said where".


def is_zone(name: str) -> bool:
    """Say whether this is a name of the IANA time zone database, as `America/Los_Angeles`."""
    return name in _zones()


def zones_near(name: str) -> tuple[str, ...]:
    """Give names of zones that somebody may have meant, at most three.

    The place counts more than the spelling of the whole: `Los Angeles` means the city, wherever
    the database files it.
    """
    wanted = name.replace(" ", "_").rsplit("/", maxsplit=1)[-1].lower()
    by_place = {zone.rsplit("/", maxsplit=1)[-1].lower(): zone for zone in sorted(_zones())}
    return tuple(by_place[each] for each in get_close_matches(wanted, by_place, n=3, cutoff=0.75))


def instant_of(civil: datetime, zone: str) -> datetime:
    """Give the instant, in UTC, at which a place's clock shows a time.

    A time that comes twice, when clocks go back, means the first of the two. One that is skipped
    counts on by the offset from before the skip; `exists` says whether it is skipped.

    Raises:
        OverflowError: The instant lies outside the years 1 to 9999.

    Source: docs/rules/lifecycle.md, L-16.
    """
    return civil.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def instant_text(instant: datetime) -> str:
    """Give an instant in UTC to the second, so that texts sort as the instants do."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def exists(civil: datetime, zone: str) -> bool:
    """Say whether a place's clock ever shows a time: no if summer time begins by skipping it.

    Source: docs/rules/lifecycle.md, L-16.
    """
    back = instant_of(civil, zone).astimezone(ZoneInfo(zone))
    return back.replace(tzinfo=None) == civil
