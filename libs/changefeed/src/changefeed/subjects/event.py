"""행사: an expo, a visit, a conference or a forum, at a time of its own place on earth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin, Words

EventKind = Literal["expo", "delegation_visit", "conference", "forum"]
EVENT_KINDS: Mapping[EventKind, Label] = {
    "expo": Label("박람회·전시", "expo"),
    "delegation_visit": Label("대표단 방문", "delegation visit"),
    "conference": Label("학술·콘퍼런스", "conference"),
    "forum": Label("포럼", "forum"),
}

DeadlineKind = Literal["registration", "booth", "papers"]
DEADLINE_KINDS: Mapping[DeadlineKind, Label] = {
    "registration": Label("참가 등록", "registration"),
    "booth": Label("부스 신청", "booth application"),
    "papers": Label("논문 제출", "paper submission"),
}


_CIVIL = "Civil time in the event's zone, without offset; one that comes twice means the first"


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something must be handed in, on the clock of the event's place.

    Attributes:
        at: A time of that day; None is the end of the day.
    """

    kind: Annotated[DeadlineKind, Fact("구분", "kind", public=True, codes=DEADLINE_KINDS)]
    on: Annotated[date, Fact("날", "day", public=True)]
    at: Annotated[
        time | None,
        Fact("시각", "time", public=True, about="HH:MM of that day; null is its end"),
    ] = None


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting somewhere in the world, and who of the partners takes part.

    Attributes:
        zone: IANA name; all civil times of the event are of this zone.
        starts_at: Civil time, naive, whole minutes; so `ends_at`.
        country: ISO 3166-1 alpha-2.
        department_id: Who in the city answers for it; None is the coordinating office.
        partner_ids: Who takes part; kept sorted, each once. So `task_ids`.
        revision: How often it was moved or cancelled.
        revised_on: The day, in Seoul, on which it was raised last.
        revised_from: The facts that were moved then, as they were before; None if none were.
        cancelled_for: What those who take part and the public are told of the reason.
    """

    subject_type: ClassVar[str] = "event"
    declares: ClassVar[Subject] = Subject("행사", "event", public=True, order="starts_at")

    id: Id
    title: Annotated[Words, Fact("제목", "title", public=True, sorted=True, searched=True)]
    kind: Annotated[EventKind, Fact("구분", "kind", public=True, codes=EVENT_KINDS, filtered=True)]
    zone: Annotated[
        str,
        Fact(
            "시간대",
            "time zone",
            public=True,
            about="IANA name of its zone, as America/Los_Angeles",
        ),
    ]
    starts_at: Annotated[
        datetime,
        Fact("시작", "start", public=True, in_file="starts", about=_CIVIL, filtered=True),
    ]
    ends_at: Annotated[
        datetime, Fact("끝", "end", public=True, in_file="ends", about=_CIVIL, sorted=True)
    ]
    country: Annotated[
        str,
        Fact(
            "나라",
            "country",
            public=True,
            form="country",
            searched=True,
            about="ISO 3166-1 alpha-2, as US",
        ),
    ]
    city: Annotated[Words, Fact("도시", "city", public=True, searched=True)]
    key: Key = None
    venue: Annotated[Words | None, Fact("장소", "place", public=True)] = None
    link: Annotated[str | None, Fact("주소", "address", public=True, form="https")] = None
    deadlines: Annotated[
        tuple[Deadline, ...], Fact("마감", "deadlines", public=True, most=limits.DEADLINES)
    ] = ()
    department_id: Annotated[
        UUID | None,
        Fact(
            "담당부서",
            "department",
            public=True,
            names="department",
            about="Who in the city answers for it; null is the coordinating office",
        ),
    ] = None
    partner_ids: Annotated[
        tuple[UUID, ...],
        Fact(
            "참가 기관",
            "participants",
            public=True,
            most=limits.EVENT_PARTNERS,
            names="partner",
            filtered=True,
            in_file="partners",
        ),
    ] = ()
    task_ids: Annotated[
        tuple[UUID, ...],
        Fact(
            "과제",
            "tasks",
            public=True,
            most=limits.EVENT_TASKS,
            names="task",
            in_file="tasks",
            filtered=True,
        ),
    ] = ()
    revision: Annotated[
        int,
        Fact(
            "일정 개정",
            "revision",
            public=True,
            set_by="changed",
            about="How often it was moved or cancelled; counted by the registry",
        ),
    ] = 0
    revised_on: Annotated[
        date | None, Fact("일정을 고친 날", "revised on", public=True, set_by="changed")
    ] = None
    revised_from: Annotated[
        dict[str, Any] | None,
        Fact(
            "고치기 전 일정",
            "as it was before",
            public=True,
            set_by="changed",
            about="The facts that were moved then, as they were before",
        ),
    ] = None
    cancelled_on: Annotated[
        date | None, Fact("취소일", "cancelled on", public=True, set_by="cancelled", sorted=True)
    ] = None
    cancelled_for: Annotated[
        str | None,
        Fact(
            "알린 사유",
            "reason told",
            public=True,
            set_by="cancelled",
            about="What is told of the reason",
        ),
    ] = None
    provenance: Origin = BY_HAND
