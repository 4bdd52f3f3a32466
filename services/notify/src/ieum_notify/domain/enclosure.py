"""What a letter encloses for a calendar; how it is written down is `outbound/calendar.py`.

Source: docs/rules/reminders.md, R-24; RFC 5545 and RFC 5546.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ieum_notify.domain.words import Words

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One calendar entry.

    Attributes:
        uid: The same for life, whatever changes; ends in a host that is ours.
        method: An invitation or its cancellation, or something to be noted.
        sequence: Rises with each change; calendars keep the highest.
        starts: Civil time in its zone; a day where the whole day is meant.
        ends: None for a moment or a whole day.
        stamped_at: When it was made: the letter's own instant, so that a resend is the same.
    """

    uid: str
    method: Method
    sequence: int
    title: Words
    about: Words
    place: Words
    link: str
    starts: datetime | date
    ends: datetime | None
    stamped_at: datetime
