"""Small subjects with good defaults, for tests of rules on plain values."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from changefeed.subjects.agreement import End, Party, Side
from changefeed.subjects.parts import Place, Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.event import Event
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.seat import Seat

SIGNED_ON = date(2021, 11, 16)
OPEN_END = End("until_purpose_achieved")


def number(count: int) -> UUID:
    """Give an id that can be recognised."""
    return UUID(f"01a206d3-0000-7000-8000-{count:012d}")


CITY, NAVER, GIST = number(1), number(2), number(3)
AGREEMENT, TASK, SEAT, ALICE, BORA = number(10), number(11), number(12), number(13), number(14)


def party(partner_id: UUID, **days: Any) -> Party:  # noqa: ANN401  Fields of it, here and below.
    """Give a party that signed with the others, unless told otherwise."""
    side: Side = "own" if partner_id == CITY else "partner"
    return replace(Party(partner_id, side, SIGNED_ON), **days)


def agreement(*parties: Party, **more: Any) -> Agreement:  # noqa: ANN401
    """Give an agreement of the city with NAVER and GIST, in force since it was signed."""
    plain = Agreement(
        id=AGREEMENT,
        kind="mou",
        title=Words("협약"),
        signed_on=SIGNED_ON,
        effective_on=SIGNED_ON,
        end=OPEN_END,
        parties=parties or (party(CITY), party(NAVER), party(GIST)),
    )
    return replace(plain, **more)


def collaboration(**more: Any) -> Collaboration:  # noqa: ANN401
    """Give an open commitment of NAVER."""
    starts_on: date = more.get("starts_on", date(2022, 1, 1))
    plain = Collaboration(
        id=number(20),
        partner_id=NAVER,
        agreement_id=AGREEMENT,
        task_id=TASK,
        role="develop",
        starts_on=starts_on,
        holds_from=starts_on,
    )
    return replace(plain, **more)


def milestone(**more: Any) -> Milestone:  # noqa: ANN401
    """Give a milestone that NAVER owes by the end of 2026."""
    plain = Milestone(number(30), Words("시연"), date(2026, 12, 31), Place("partner", NAVER))
    return replace(plain, **more)


def event(**more: Any) -> Event:  # noqa: ANN401
    """Give an expo of four days in Las Vegas, where clocks are those of Los Angeles."""
    plain = Event(
        number(40),
        Words("세계 전시회", "World Expo"),
        "expo",
        "America/Los_Angeles",
        datetime.fromisoformat("2027-01-06T09:00"),
        datetime.fromisoformat("2027-01-09T18:00"),
        "US",
        Words("라스베이거스", "Las Vegas"),
    )
    return replace(plain, **more)


def seat(**more: Any) -> Seat:  # noqa: ANN401
    """Give NAVER's empty seat of a liaison."""
    return replace(Seat(SEAT, Place("partner", NAVER), "liaison", "ko"), **more)
