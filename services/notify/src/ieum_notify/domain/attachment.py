"""What is attached to a letter for a calendar; how it is written down is `outbound/calendar.py`.

Source: docs/rules/reminders.md, R-24; RFC 5545 and RFC 5546.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ieum_notify.domain.words import Words

Method = Literal["REQUEST", "CANCEL"]
Status = Literal["CONFIRMED", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """One calendar entry.

    Attributes:
        uid: The same for life, whatever changes, wherever the portal moves.
        method: An invitation or its cancellation.
        status: None in a cancellation for some readers alone.
        sequence: Rises with each change of the record; calendars keep the highest.
        starts, ends: Civil time in its zone.
        stamped_at: When it was made: the letter's own instant, so that a resend is the same.
    """

    uid: str
    method: Method
    status: Status | None
    sequence: int
    title: Words
    about: Words
    place: Words
    link: str
    starts: datetime
    ends: datetime
    stamped_at: datetime
