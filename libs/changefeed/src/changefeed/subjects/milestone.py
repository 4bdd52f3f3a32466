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
    title: Annotated[Words, Fact("제목", "title", parties=True)]
    due_on: Annotated[date, Fact("기한", "due", parties=True)]
    owner: Annotated[Place, Fact("이행 주체", "owner", parties=True)]
    key: Key = None
    agreement_id: Annotated[
        UUID | None,
        Fact("협약", "agreement", parties=True, names="agreement"),
    ] = None
    collaboration_id: Annotated[
        UUID | None,
        Fact("협력", "commitment", parties=True, names="collaboration"),
    ] = None
    done_on: Annotated[date | None, Fact("완료일", "done on", parties=True, set_by="done")] = None
    cancelled_on: Annotated[
        date | None,
        Fact("취소일", "cancelled on", parties=True, set_by="cancelled"),
    ] = None
    evidence: Annotated[
        tuple[Evidence, ...],
        Fact("증빙", "evidence", parties=True, most=limits.EVIDENCE),
    ] = ()
    provenance: Origin = BY_HAND
