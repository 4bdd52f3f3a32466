"""How the machinery is doing: the sender, the projection, and the letters planned."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from changefeed.subjects.parts import Words
from ieum_portal.domain.consequences import Letter

BEHIND_AFTER_S = 10
"""A follower that lags for ten seconds is behind; less is a moment's work."""


RESENDABLE = ("letter.refused", "letter.not_taken", "letter.in_doubt", "seat.no_address")
"""Alarms about letters that could not be handed over."""


@dataclass(frozen=True, slots=True)
class About:
    """What an alarm is about, of whatever type."""

    type: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Mend:
    """What a person changes so that an alarm goes.

    Attributes:
        about: A seat, a contact; or a place that has no seat of the role.
        role: Of the seat that lacks there.
    """

    about: About
    role: str | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that needs a person.

    Attributes:
        about: What it is about; None where the alarm is about no subject.
        mends: What ends it, as far as notify knows and the viewer may change it.
    """

    code: str
    since: datetime | None
    detail: Words
    about: About | None = None
    mends: tuple[Mend, ...] = ()

    @property
    def is_about_letters(self) -> bool:
        """Whether letters could not be handed over, and a person may let them go out again."""
        return self.about is not None and self.code in RESENDABLE


@dataclass(frozen=True, slots=True)
class Sender:
    """The notify worker as it reported itself.

    Attributes:
        checked_s_ago: Seconds since its clock last ticked; None if it never has.
        due_count: Letters that should have gone out by now.
        applied_seq, head_seq: How far its copy of the facts has come, and how far it could be.
    """

    is_alive: bool
    checked_s_ago: int | None
    due_count: int
    sent_today: int
    applied_seq: int
    head_seq: int
    alarms: tuple[Alarm, ...]

    @property
    def behind(self) -> int:
        """How many entries its copy lacks."""
        return max(0, self.head_seq - self.applied_seq)


@dataclass(frozen=True, slots=True)
class Projection:
    """The graph as compared with the record.

    Attributes:
        state: following, behind, rebuilding or stopped.
    """

    state: str
    applied_seq: int
    head_seq: int
    lag_s: float
    detail: str

    @property
    def is_behind(self) -> bool:
        """Whether answers may lack what was recorded more than a moment ago."""
        return self.state in ("rebuilding", "stopped") or self.lag_s > BEHIND_AFTER_S


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A letter that notify will send as things stand."""

    milestone_id: UUID | None
    letter: str
    due_at: datetime

    @property
    def has_no_recipient(self) -> bool:
        """Whether it goes to the office because nobody holds the seat that it is meant for."""
        return self.letter == "nobody_to_tell"


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How many letters are planned for a day."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class LetterAhead:
    """A letter planned for the coming days, and what it is about."""

    about: About
    letter: Letter
