"""A day that the office declares to be a working day or not, beside the public holidays."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from changefeed.declared import Fact, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin, Words


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One declared day; there is at most one record for a day."""

    subject_type: ClassVar[str] = "calendar_day"
    declares: ClassVar[Subject] = Subject("달력의 날", "calendar day", public=True, order="on")

    id: Id
    on: Annotated[date, Fact("날", "day", public=True, filtered="day")]
    working: Annotated[bool, Fact("근무일", "working day", public=True, filtered=True)]
    name: Annotated[Words, Fact("이름", "name", public=True, sorted=True, searched=True)]
    decreed_by: Annotated[str, Fact("근거", "decreed by", public=True)]
    key: Key = None
    provenance: Origin = BY_HAND
