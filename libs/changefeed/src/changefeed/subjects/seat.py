"""A role at one place, its language, and which contact holds it from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, LANGUAGES, Id, Key, Language, Origin, Place

SeatRole = Literal["liaison", "officer", "deputy", "head"]
SEAT_ROLES: Mapping[SeatRole, Label] = {
    "liaison": Label("연락담당자", "liaison"),
    "officer": Label("담당자", "officer"),
    "deputy": Label("대직자", "deputy"),
    "head": Label("책임자", "head"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """One contact in the seat, from a first to a last day; no last day is open."""

    contact_id: Annotated[UUID, Fact("맡은 사람", "holder", parties=True, names="contact")]
    from_on: Annotated[date, Fact("첫날", "first day", parties=True, wire="from")]
    to_on: Annotated[date | None, Fact("마지막 날", "last day", parties=True, wire="to")] = None


@dataclass(frozen=True, slots=True)
class Seat:
    """One role; letters go to it, whoever sits there."""

    subject_type: ClassVar[str] = "seat"
    declares: ClassVar[Subject] = Subject("담당(역할)", "seat", order="id")

    id: Id
    at: Annotated[Place, Fact("소속", "belongs to", parties=True, filtered=True)]
    role: Annotated[SeatRole, Fact("역할", "role", parties=True, codes=SEAT_ROLES, filtered=True)]
    language: Annotated[
        Language, Fact("언어", "language", parties=True, codes=LANGUAGES, filtered=True)
    ]
    key: Key = None
    holders: Annotated[
        tuple[Holder, ...],
        Fact("맡은 사람", "holders", parties=True, most=limits.HOLDERS),
    ] = ()
    provenance: Origin = BY_HAND
