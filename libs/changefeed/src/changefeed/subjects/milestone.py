"""마일스톤: a dated promise with an owner, and the proof that it was kept."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Subject
from changefeed.subjects.parts import BY_HAND, Evidence, Id, Key, Origin, Place, Words


@dataclass(frozen=True, slots=True)
class Milestone:
    """One promise, due on a day, owed by a partner or a department."""

    subject_type: ClassVar[str] = "milestone"
    declares: ClassVar[Subject] = Subject("마일스톤", "milestone")

    id: Id
    title: Annotated[Words, Fact("제목", "title")]
    due_on: Annotated[date, Fact("기한", "due")]
    owner: Annotated[Place, Fact("이행 주체", "owner")]
    key: Key = None
    agreement_id: Annotated[UUID | None, Fact("협약", "agreement", names="agreement")] = None
    collaboration_id: Annotated[
        UUID | None,
        Fact("협력", "commitment", names="collaboration"),
    ] = None
    done_on: Annotated[date | None, Fact("완료일", "done on", set_by="done")] = None
    cancelled_on: Annotated[date | None, Fact("취소일", "cancelled on", set_by="cancelled")] = None
    evidence: Annotated[tuple[Evidence, ...], Fact("증빙", "evidence", most=limits.EVIDENCE)] = ()
    provenance: Origin = BY_HAND
