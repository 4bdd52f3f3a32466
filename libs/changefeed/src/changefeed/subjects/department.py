"""A department of the city; the one marked `office` coordinates (총괄부서)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from changefeed.declared import Fact, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin, Words


@dataclass(frozen=True, slots=True)
class Department:
    """One department."""

    subject_type: ClassVar[str] = "department"
    declares: ClassVar[Subject] = Subject("부서", "department", public=True, former=True)

    id: Id
    name: Annotated[Words, Fact("이름", "name", public=True, sorted=True, searched=True)]
    key: Key = None
    office: Annotated[bool, Fact("총괄부서", "coordinating office", public=True, filtered=True)] = (
        False
    )
    provenance: Origin = BY_HAND
