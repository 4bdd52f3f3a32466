"""What the city wants done: programme, strategies, tasks, service fields; and the technologies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin, Words

FieldGroup = Literal["industry", "citizen"]
FIELD_GROUPS: Mapping[FieldGroup, Label] = {
    "industry": Label("산업", "industry"),
    "citizen": Label("시민", "citizens"),
}

_Name = Annotated[Words, Fact("이름", "name", public=True, sorted=True, searched=True)]
_Position = Annotated[
    int,
    Fact(
        "차례",
        "position",
        public=True,
        most=limits.POSITION,
        sorted=True,
        about="From 1; of tasks through the whole programme",
    ),
]
_Programme = Annotated[
    UUID, Fact("사업", "programme", public=True, names="programme", filtered=True)
]


@dataclass(frozen=True, slots=True)
class Programme:
    """A vision of the city under which strategies hang."""

    subject_type: ClassVar[str] = "programme"
    declares: ClassVar[Subject] = Subject("사업", "programme", public=True)

    id: Id
    name: _Name
    announced_on: Annotated[date, Fact("발표일", "announced on", public=True, sorted=True)]
    key: Key = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class Strategy:
    """One of the strategies of a programme; `position` counts from 1."""

    subject_type: ClassVar[str] = "strategy"
    declares: ClassVar[Subject] = Subject(
        "전략", "strategy", public=True, order="position", several="strategies"
    )

    id: Id
    programme_id: _Programme
    position: _Position
    name: _Name
    key: Key = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class Task:
    """One task under a strategy; `position` counts from 1 through the whole programme."""

    subject_type: ClassVar[str] = "task"
    declares: ClassVar[Subject] = Subject("과제", "task", public=True, order="position")

    id: Id
    strategy_id: Annotated[
        UUID, Fact("전략", "strategy", public=True, names="strategy", filtered=True)
    ]
    position: _Position
    name: _Name
    key: Key = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class ServiceField:
    """An industry or a side of citizens' life that the programme serves."""

    subject_type: ClassVar[str] = "service_field"
    declares: ClassVar[Subject] = Subject(
        "서비스 분야", "service field", public=True, order="position"
    )

    id: Id
    programme_id: _Programme
    position: _Position
    group: Annotated[
        FieldGroup, Fact("묶음", "group", public=True, codes=FIELD_GROUPS, filtered=True)
    ]
    name: _Name
    key: Key = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class Technology:
    """What a partner brings; `broader_id` is the technology that it is a kind of."""

    subject_type: ClassVar[str] = "technology"
    declares: ClassVar[Subject] = Subject("기술", "technology", public=True, several="technologies")

    id: Id
    name: _Name
    key: Key = None
    aliases: Annotated[
        tuple[str, ...],
        Fact("다른 이름", "other names", public=True, most=limits.ALIASES, searched=True),
    ] = ()
    broader_id: Annotated[
        UUID | None,
        Fact("상위 기술", "broader technology", public=True, names="technology", filtered=True),
    ] = None
    provenance: Origin = BY_HAND
