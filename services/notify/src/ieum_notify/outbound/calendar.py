"""A letter's attachment as a calendar file: what it invites to or takes back.

Source: RFC 5545, RFC 5546 and RFC 6047; docs/rules/reminders.md, R-24.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.mime.application import MIMEApplication
from email.mime.text import MIMEText
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from ieum_notify.domain.attachment import Attachment
from ieum_notify.domain.letter import Letter

FILE_NAME = "event.ics"
"""In ASCII: older mail programs show other names as question marks."""

_MINUTE = timedelta(minutes=1)


def calendar_parts(
    attachment: Attachment, letter: Letter, sender: tuple[str, str]
) -> tuple[MIMEText, MIMEApplication]:
    """Write the attachment twice: as one more way to show the letter, and as a file to open.

    Outlook and Gmail take an invitation from among the alternatives alone, and refuse it if its
    METHOD differs from the one in the file. Others show a file only; it is of another type, so that
    nobody takes the invitation twice.

    Source: RFC 6047, 2.4 and 2.5.
    """
    written = write_calendar(attachment, letter, sender)
    shown = MIMEText(written.decode(), "calendar", "utf-8")
    shown.set_param("method", attachment.method)
    attached = MIMEApplication(written, "ics", name=FILE_NAME)
    attached.add_header("Content-Disposition", "attachment", filename=FILE_NAME)
    return shown, attached


def write_calendar(attachment: Attachment, letter: Letter, sender: tuple[str, str]) -> bytes:
    """Write the file in the reader's language; the same bytes whenever it is written again.

    Args:
        sender: Name and address of the organizer.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Ieum//notify//{letter.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", attachment.method)
    event = _event(attachment, letter, sender)
    # A zone that never left UTC is written as such, and no name of it needs rules.
    named = {event[name].params.get("TZID") for name in ("DTSTART", "DTEND")}
    for zone, first, last in _zones(attachment):
        if zone.key in named:
            calendar.add_component(timezone_rules(zone, first, last))
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _event(attachment: Attachment, letter: Letter, sender: tuple[str, str]) -> Event:
    language = letter.language
    event = Event()
    event.add("uid", attachment.uid)
    event.add("sequence", attachment.sequence)
    event.add("dtstamp", attachment.stamped_at.astimezone(UTC))
    event.add("last-modified", attachment.stamped_at.astimezone(UTC))
    event.add("summary", attachment.title.said(language))
    event.add("location", attachment.place.said(language))
    event.add("description", f"{attachment.about.said(language)}\n{letter.values['link']}")
    if attachment.link:
        event.add("url", attachment.link)
    event.add("dtstart", attachment.starts)
    event.add("dtend", attachment.ends)
    if attachment.status is not None:
        event.add("status", attachment.status)
    event.add("organizer", _address(*sender), encode=False)
    event.add("attendee", _attendee(letter), encode=False)
    return event


def _attendee(letter: Letter) -> vCalAddress:
    attendee = _address(letter.to.name, letter.to.email or "")
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    attendee.params["rsvp"] = vText("FALSE")  # Whoever cannot come answers the letter.
    return attendee


def _address(name: str, address: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{quote(address, safe='@+')}")
    if shown := " ".join(name.replace('"', "'").split()):  # No parameter holds a double quote.
        found.params["cn"] = vText(shown)
    return found


def _zones(attachment: Attachment) -> list[tuple[ZoneInfo, datetime, datetime]]:
    """Give each zone of the times with the years that its rules are written out for."""
    moments = (attachment.starts, attachment.ends)
    years = [each.year for each in moments]
    zones = {each.tzinfo.key: each.tzinfo for each in moments if isinstance(each.tzinfo, ZoneInfo)}
    return [
        (zone, datetime(min(years), 1, 1, tzinfo=zone), datetime(max(years) + 1, 1, 1, tzinfo=zone))
        for _, zone in sorted(zones.items())
    ]


def timezone_rules(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Write a zone's offsets out for some years.

    Each onset stands in the wall time of the offset before it, as RFC 5545 (3.6.5) asks;
    icalendar's own `from_tzid` gives that of the offset after it, an hour late in spring.
    """
    found = Timezone()
    found.add("tzid", zone.key)
    found.add_component(_observance(zone, first, first.utcoffset()))
    for onset in _onsets(zone, first.astimezone(UTC), last.astimezone(UTC)):
        before = (onset - _MINUTE).astimezone(zone).utcoffset()
        found.add_component(_observance(zone, onset, before))
    return found


def _onsets(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Give each instant from which another offset holds, to the minute."""

    def offset(moment: datetime) -> timedelta | None:
        return moment.astimezone(zone).utcoffset()

    while first < last:
        after = first + timedelta(days=1)
        if offset(first) != offset(after):
            low, high = first, after
            while high - low > _MINUTE:
                middle = low + (high - low) // 2 // _MINUTE * _MINUTE
                low, high = (middle, high) if offset(middle) == offset(first) else (low, middle)
            yield high
        first = after


def _observance(
    zone: ZoneInfo, onset: datetime, before: timedelta | None
) -> TimezoneStandard | TimezoneDaylight:
    local = onset.astimezone(zone)
    found = TimezoneDaylight() if local.dst() else TimezoneStandard()
    wall = onset.astimezone(UTC) + (before or timedelta(0))
    found.add("dtstart", wall.replace(tzinfo=None))
    found.add("tzoffsetfrom", before)
    found.add("tzoffsetto", local.utcoffset())
    found.add("tzname", local.tzname())
    return found
