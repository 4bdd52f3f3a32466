"""연락담당자 회신: what a partner says of what the city holds on it, and what came of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin

AnsweredType = Literal["partner", "contact", "seat", "agreement", "collaboration", "milestone"]
ANSWERED_TYPES: Mapping[AnsweredType, Label] = {
    "partner": Label("파트너", "partner"),
    "contact": Label("연락처", "contact"),
    "seat": Label("담당(역할)", "seat"),
    "agreement": Label("협약", "agreement"),
    "collaboration": Label("협력", "commitment"),
    "milestone": Label("이행과제", "milestone"),
}

ReplyState = Literal["confirmed", "open", "accepted", "refused", "withdrawn"]
REPLY_STATES: Mapping[ReplyState, Label] = {
    "confirmed": Label("맞음", "confirmed"),
    "open": Label("검토 대기", "awaiting the office"),
    "accepted": Label("반영", "accepted"),
    "refused": Label("반려", "refused"),
    "withdrawn": Label("철회", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class AnsweredRecord:
    """One record as it was looked at."""

    type: Annotated[AnsweredType, Fact("종류", "type", parties=True, codes=ANSWERED_TYPES)]
    id: Annotated[UUID, Fact("식별자", "id", parties=True)]
    version: Annotated[int, Fact("버전", "version", parties=True)]


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """What one field says, and what would be right: both as JSON text.

    Both are null for a field that is a person's data, which never stands in the log.
    """

    field: Annotated[str, Fact("항목", "field", parties=True)]
    was: Annotated[str | None, Fact("기록된 값", "on record", parties=True, form="passage")] = None
    right: Annotated[str | None, Fact("맞는 값", "right", parties=True, form="passage")] = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A partner's word, through its liaison, on records of its own: right as they stand, or not.

    Attributes:
        records: Of a correction the one that it would change.
        changes: What would be right instead; none if the records are right.
        note: Why, in the liaison's words; it becomes the reason of the change.
        answer: Why the office refused it.

    Source: docs/rules/terms.md, T-70 to T-73; docs/rules/access.md, A-18.
    """

    subject_type: ClassVar[str] = "reply"
    declares: ClassVar[Subject] = Subject(
        "연락담당자 회신", "liaison's reply", order="-on", several="replies"
    )

    id: Id
    partner_id: Annotated[
        UUID,
        Fact("기관", "organisation", parties=True, names="partner", filtered=True),
    ]
    on: Annotated[date, Fact("날", "day", parties=True, filtered="day")]
    records: Annotated[
        tuple[AnsweredRecord, ...],
        Fact("대상", "records", parties=True, most=limits.ANSWERED),
    ]
    state: Annotated[
        ReplyState,
        Fact("상태", "state", parties=True, codes=REPLY_STATES, filtered=True, set_by="registered"),
    ]
    changes: Annotated[
        tuple[ProposedFact, ...],
        Fact("정정 내용", "changes", parties=True, most=limits.PROPOSED),
    ] = ()
    note: Annotated[
        str | None,
        Fact(
            "설명",
            "note",
            parties=True,
            form="passage",
            about="Stays in the log for ever: no person's data belongs here",
        ),
    ] = None
    ended_on: Annotated[
        date | None, Fact("처리일", "answered on", parties=True, set_by="answered", sorted=True)
    ] = None
    answer: Annotated[
        str | None,
        Fact("반려 사유", "why refused", parties=True, form="passage", set_by="refused"),
    ] = None
    key: Key = None
    provenance: Origin = BY_HAND
