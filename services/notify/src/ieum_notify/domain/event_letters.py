"""What all rules of events share: who is told, what the letters say, what they enclose.

Source: docs/rules/reminders.md, R-19, R-23 and R-24.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import partial

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.attachment import Attachment, Method, Status
from ieum_notify.domain.civil import both_times, instant
from ieum_notify.domain.event import DEADLINES, Deadline, Event
from ieum_notify.domain.facts import FactsUnreadable, Record
from ieum_notify.domain.rule import LetterValue, Rule
from ieum_notify.domain.words import Words

CANCELLED = "event.cancelled"
CANCELLED_WORDS = Words("행사가 취소되었습니다.", "The event was cancelled.")
REOPENED = "event.reopened"
REOPENED_WORDS = Words("취소를 되돌렸습니다.", "The cancellation was taken back.")


def anchor_of(
    event: Event,
    on: date,
    passes_at: datetime,
    *,
    settled: str | None,
    changed_on: date | None = None,
    revision: int | None = None,
    is_news: bool = False,
    moments: tuple[datetime, ...] = (),
) -> Anchor:
    """Anchor a letter in one of the event's days, to all who are told of the event.

    Args:
        is_news: Whether the letter tells of a change, and not of a date that comes.
        moments: When what the letter tells of took or takes place, beside the event's beginning.
    """
    return Anchor(
        on,
        event.title,
        event.department,
        settled,
        {},
        event.participants,
        event.zone,
        instant(passes_at),
        changed_on,
        revision,
        begins_at=instant(event.starts) if is_news else None,
        moments=tuple(map(instant, moments)),
    )


def told_on(event: Event) -> date | None:
    """Give the day of the change whose letter covers the steps before it; None if none does.

    That a cancellation was taken back is told to those alone who heard of the cancellation, so it
    covers no step: what fell due in between is told to all (R-39).
    """
    return None if event.is_reopened else event.revised_on


def event_says(facts: Facts, now: datetime) -> Mapping[str, LetterValue]:
    """Say when and where, in both times, and which deadlines are still ahead."""
    event = Event.from_facts(facts)
    starts, ends = both_times(event.starts), both_times(event.ends)
    ahead = (each for each in _in_order(event) if now < instant(each.moment()))
    return {
        "event_kind": event.kind,
        "starts_there": starts.there,
        "starts_in_korea": starts.korea,
        "ends_there": ends.there,
        "ends_in_korea": ends.korea,
        "place": event.place,
        "event_link": None if event.link is None else Words(event.link, event.link),
        "deadlines": tuple(map(_deadline_line, ahead)),
    }


def deadline_says(facts: Facts, kind: str, now: datetime) -> Mapping[str, LetterValue]:
    """Say what closes and when, beside what the event says."""
    written = _deadline(Event.from_facts(facts), kind).written()
    return {
        **event_says(facts, now),
        "deadline_name": DEADLINES[kind],
        "deadline_there": written.there,
        "deadline_in_korea": written.korea,
    }


def event_details(facts: Facts) -> tuple[Words, ...]:
    """Say when and where it is and what must be done before, a line each."""
    event = Event.from_facts(facts)
    place = Words(f"장소: {event.place.ko}", f"Place: {event.place.en}")
    return (*_about(event), place)


def attach_event(record: Record, stamped_at: datetime, taken_back: int) -> Attachment:
    """Attach the event as an invitation, or its cancellation once it is cancelled.

    Its deadlines stand in it: as entries of their own nothing could take them back, for calendar
    programs apply one entry of a mail, and a cancellation only to what they were invited to.

    Its sequence rises with the record's versions, and by two for each letter that took the event
    out of this reader's calendar: what is sent later is never older (R-24).
    """
    event = Event.from_facts(record.facts)
    sequence = record.version - 1 + 2 * taken_back
    if event.cancelled_on is None:
        return _entry(event, sequence, stamped_at, "REQUEST", "CONFIRMED")
    return _entry(event, sequence, stamped_at, "CANCEL", "CANCELLED")


def _entry(
    event: Event, sequence: int, stamped_at: datetime, method: Method, status: Status | None
) -> Attachment:
    return Attachment(
        f"event-{event.id}@ieum",
        method,
        status,
        sequence,
        _marked(event, event.title),
        _in_lines(_about(event)),
        event.place,
        event.link or "",
        event.starts,
        event.ends,
        stamped_at,
    )


def _deadline(event: Event, kind: str) -> Deadline:
    """Give a deadline that the rule has found before; without it nothing is owed."""
    found = event.deadline(kind)
    if found is None:
        raise FactsUnreadable(f"no deadline of {kind}")
    return found


def _marked(event: Event, title: Words) -> Words:
    """Mark an example as one wherever its title stands alone (R-14)."""
    return Words(f"[예시] {title.ko}", f"[example] {title.en}") if event.is_example else title


def _deadline_line(deadline: Deadline) -> Words:
    name = DEADLINES.get(deadline.kind, Words(deadline.kind, deadline.kind))
    written = deadline.written().in_one_line()
    return Words(f"{name.ko}: {written.ko}", f"{name.en.capitalize()}: {written.en}")


def _in_order(event: Event) -> list[Deadline]:
    return sorted(event.deadlines, key=lambda each: instant(each.moment()))


def _about(event: Event) -> tuple[Words, ...]:
    """Say when it begins and ends and what must be done before, a line each."""
    starts, ends = both_times(event.starts).in_one_line(), both_times(event.ends).in_one_line()
    closing = map(_deadline_line, _in_order(event))
    return (
        Words(f"시작: {starts.ko}", f"Starts: {starts.en}"),
        Words(f"종료: {ends.ko}", f"Ends: {ends.en}"),
        *(Words(f"마감 · {each.ko}", f"Deadline · {each.en}") for each in closing),
    )


def _in_lines(lines: Iterable[Words]) -> Words:
    said = tuple(lines)
    return Words("\n".join(each.ko for each in said), "\n".join(each.en for each in said))


event_rule = partial(
    Rule,
    kind=Words("행사", "event"),
    subject_type="event",
    lead_days=(),
    send_at=time(0, 0),
    seat_roles={"partner": "liaison", "department": "officer"},
    in_doubt="resend",
    settles={},
    date_name=Words("현지 시작일", "first day there"),
    owner_name=Words("참가 기관이나 담당부서", "participating partner or the department in charge"),
    seat_owners={
        "liaison": Words("참가 기관", "participating partner"),
        "officer": Words("담당부서", "department in charge"),
    },
    says=event_says,
    details=event_details,
    attach=attach_event,
    has_participants=True,
)
"""What every rule of events is unless it says otherwise; at once, as long as it names no steps."""
