"""The hours of the post room: when letters go out, and which cannot wait for that.

Source: docs/rules/reminders.md, R-32 and R-33.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.calendar import SEOUL, in_utc, today_in_seoul
from ieum_notify.domain.words import Words, day_words
from workdays.calendar import WorkingDays


@dataclass(frozen=True, slots=True)
class Hours:
    """When letters may go out: on working days from one hour in Seoul to another, or always.

    At the closing hour itself nothing goes out any more.
    """

    opens: time
    closes: time
    always: bool = False

    def hold(self, local: datetime, days: WorkingDays) -> bool:
        """Say whether letters may go out at an instant, given in Seoul's time."""
        return self.always or (
            days.is_working(local.date()) and self.opens <= local.time() < self.closes
        )


OFFICE_HOURS = Hours(time(9), time(18))
ANY_HOUR = Hours(time(9), time(18), always=True)
"""For houses that try things out."""

PRESSING = timedelta(days=2)
"""What comes sooner than so long after the next opening leaves no time to wait for it."""


def next_opening(at: datetime, days: WorkingDays, hours: Hours = OFFICE_HOURS) -> datetime:
    """Give the next instant at which letters may go out, in UTC: the instant itself if they may."""
    local = at.astimezone(SEOUL)
    if hours.hold(local, days):
        return in_utc(at)
    day = local.date()
    try:
        if local.time() >= hours.opens:
            day += timedelta(days=1)
        day = days.at_or_after(day)
    except OverflowError:
        return in_utc(at)  # The calendar ends: nothing ever opens again.
    return in_utc(datetime.combine(day, hours.opens, SEOUL))


def goes_out_at(
    anchor: Anchor, at: datetime, days: WorkingDays, hours: Hours = OFFICE_HOURS
) -> datetime:
    """Give when a letter goes out that could go out at an instant, in UTC.

    It waits for the next opening, unless its date passes before that, what it tells of has begun,
    or something that it tells of comes within two days after.
    """
    opening = next_opening(at, days, hours)
    if opening <= at or anchor.has_passed(at):
        return opening
    has_begun = anchor.begins_at is not None and anchor.begins_at <= at
    is_near = any(at <= each < opening + PRESSING for each in anchor.pressing())
    return in_utc(at) if has_begun or is_near or anchor.has_passed(opening) else opening


def day_out(anchor: Anchor, now: datetime, days: WorkingDays, hours: Hours = OFFICE_HOURS) -> date:
    """Give the day in Seoul on which a letter goes out that is due now."""
    return today_in_seoul(goes_out_at(anchor, now, days, hours))


def why_waiting(now: datetime, goes_at: datetime, days: WorkingDays) -> Words:
    """Say why a letter that is due waits, and until when."""
    today, out = today_in_seoul(now), goes_at.astimezone(SEOUL)
    day = day_words(out.date())
    name_ko, name_en = days.why(today, "ko"), days.why(today, "en")
    if days.is_working(today) or name_ko is None:
        name_ko, name_en = "근무 시간이 아니어서", "It is outside working hours"
    else:
        name_ko, name_en = f"근무일이 아니어서({name_ko})", f"Today is no working day ({name_en})"
    return Words(
        f"지금은 {name_ko} {day.ko} {out:%H:%M}에 보냅니다.",
        f"{name_en}, so it goes out at {out:%H:%M} on {day.en}.",
    )
