"""The record that what one entry of the log said was destroyed."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from changefeed.declared import Fact, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin


@dataclass(frozen=True, slots=True)
class Redaction:
    """Of which entry everything was destroyed that could be; why is the reason of its own entry.

    Attributes:
        redacts: The number of that entry.
        of_type: The type of its subject.
        of_id: The id of its subject.

    Source: docs/adr/0012; docs/changes.md, "What is destroyed".
    """

    subject_type: ClassVar[str] = "redaction"
    declares: ClassVar[Subject] = Subject("내용 파기", "redaction", public=True, order="-id")

    id: Id
    redacts: Annotated[
        int, Fact("파기한 이력 번호", "number of the redacted entry", public=True, filtered="seq")
    ]
    of_type: Annotated[str, Fact("파기한 대상의 종류", "what kind of record", public=True)]
    of_id: Annotated[UUID, Fact("파기한 대상", "whose entry", public=True, filtered="subject")]
    key: Key = None
    provenance: Origin = BY_HAND
