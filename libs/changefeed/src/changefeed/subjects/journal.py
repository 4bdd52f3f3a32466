"""연락 기록: one contact of the city with a partner, a sign that something still goes on.

What a ledger remarks on an agreement is kept among them, and is no such sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin

ContactKind = Literal["call", "visit", "letter", "meeting", "remark"]
CONTACT_KINDS: Mapping[ContactKind, Label] = {
    "call": Label("전화", "call"),
    "visit": Label("방문", "visit"),
    "letter": Label("공문", "official letter"),
    "meeting": Label("회의", "meeting"),
    "remark": Label("대장 비고", "remark in the ledger"),
}

REMARK: ContactKind = "remark"
"""Nobody was in touch with anybody: an office's ledger says so of an agreement."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Who spoke with a partner on a day, and of what; the office's own, closed to the partner."""

    subject_type: ClassVar[str] = "journal"
    declares: ClassVar[Subject] = Subject(
        "연락 기록", "journal entry", order="-on", several="journal"
    )

    id: Id
    partner_id: Annotated[
        UUID, Fact("기관", "organisation", names="partner", filtered=True, searched=True)
    ]
    on: Annotated[date, Fact("날", "day", filtered="day")]
    kind: Annotated[ContactKind, Fact("구분", "kind", codes=CONTACT_KINDS, filtered=True)]
    department_id: Annotated[
        UUID,
        Fact("담당부서", "department", names="department", filtered=True, is_of_its_day=True),
    ]
    text: Annotated[
        str,
        Fact(
            "내용",
            "text",
            form="passage",
            searched=True,
            about="Stays in the log for ever: no person's data belongs here",
        ),
    ]
    key: Key = None
    agreement_id: Annotated[
        UUID | None, Fact("협약", "agreement", names="agreement", filtered=True)
    ] = None
    provenance: Origin = BY_HAND
