"""이행과제: a dated promise with an owner, and the proof that it was kept."""

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
    declares: ClassVar[Subject] = Subject("이행과제", "milestone", order="due_on")

    id: Id
    title: Annotated[Words, Fact("제목", "title", parties=True, sorted=True, searched=True)]
    due_on: Annotated[date, Fact("기한", "due", parties=True, filtered=True)]
    owner: Annotated[Place, Fact("이행 주체", "owner", parties=True, filtered=True)]
    key: Key = None
    agreement_id: Annotated[
        UUID | None,
        Fact("협약", "agreement", parties=True, names="agreement", filtered=True),
    ] = None
    collaboration_id: Annotated[
        UUID | None,
        Fact("협력", "commitment", parties=True, names="collaboration", filtered=True),
    ] = None
    done_on: Annotated[
        date | None, Fact("완료일", "done on", parties=True, set_by="done", filtered=True)
    ] = None
    cancelled_on: Annotated[
        date | None,
        Fact("취소일", "cancelled on", parties=True, set_by="cancelled", sorted=True),
    ] = None
    evidence: Annotated[
        tuple[Evidence, ...],
        Fact("증빙", "evidence", parties=True, most=limits.EVIDENCE),
    ] = ()
    provenance: Origin = BY_HAND
