"""The working days as this service knows them: the library's, and what the office decreed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from changefeed.change import Facts
from ieum_notify.domain.facts import day, words
from workdays.calendar import WorkingDays

SEOUL = ZoneInfo("Asia/Seoul")


def working_days(calendar_days: Iterable[Facts]) -> WorkingDays:
    """Put the office's own days over the public calendar; raises FactsUnreadable."""
    decreed, names = {}, {}
    for facts in calendar_days:
        on = day(facts, "on")
        decreed[on] = facts.get("working") is True
        name = words(facts, "name")
        names[on] = {"ko": name.ko, "en": name.en}
    return WorkingDays(decreed, names)  # type: ignore[arg-type]  # Until PEP 764: literal keys.


def today_in_seoul(now: datetime) -> date:
    """Give the day that it is in Seoul at an instant."""
    return now.astimezone(SEOUL).date()


def in_utc(moment: datetime) -> datetime:
    """Give the same instant in UTC, as everything stored is.

    At the ends of the calendar the first or the last there is: facts may hold any day.
    """
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
        return first if moment.year == 1 else last
