"""What lists are filtered and sorted by follows from the declaration."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed.declared import Declaration, Fact, Label, Subject
from changefeed.lists import filters_of, sorts_of
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin, Place, Words


@dataclass(frozen=True, slots=True)
class Side:
    partner_id: Annotated[UUID, Fact("기관", "organisation", names="partner", filtered=True)]


@dataclass(frozen=True, slots=True)
class Duty:
    subject_type: ClassVar[str] = "duty"
    declares: ClassVar[Subject] = Subject("의무", "duty", order="-due_on", also_sorted=("urgent",))

    id: Id
    title: Annotated[Words, Fact("제목", "title", sorted=True)]
    memo: Annotated[str, Fact("메모", "memo")]
    kind: Annotated[
        Literal["report"],
        Fact("구분", "kind", filtered=True, codes={"report": Label("보고", "report")}),
    ]
    due_on: Annotated[date, Fact("기한", "due", filtered=True)]
    on: Annotated[date, Fact("날", "day", filtered="day")]
    starts_at: Annotated[datetime, Fact("시작", "start", filtered=True)]
    owner: Annotated[Place, Fact("소속", "owner", filtered=True)]
    lead_department_id: Annotated[
        UUID, Fact("부서", "lead", names="department", filtered="department")
    ]
    task_ids: Annotated[tuple[UUID, ...], Fact("과제", "tasks", names="task", filtered=True)]
    sides: Annotated[tuple[Side, ...], Fact("당사자", "sides")]
    key: Key = None
    provenance: Origin = BY_HAND


def _is_declaration(kind_of: type[Declaration]) -> type[Declaration]:
    return kind_of


DUTY = _is_declaration(Duty)


def test_a_filter_is_called_as_its_fact_and_knows_its_column() -> None:
    assert [(each.name, each.column, each.by) for each in filters_of(DUTY)] == [
        ("kind", "kind", "value"),
        ("due", "due_on", "day"),
        ("day", "on", "day"),
        ("starts", "starts_on", "day"),
        ("owner", "owner_id", "value"),
        ("department", "lead_department_id", "value"),
        ("task", "task", "link"),
        ("partner", "partner", "link"),
        ("key", "key", "value"),
    ]


def test_lists_are_sorted_by_the_order_by_what_is_filtered_and_by_what_follows() -> None:
    assert dict(sorts_of(DUTY)) == {
        "due_on": "due_on",
        "title": "title",
        "kind": "kind",
        "on": "on",
        "starts_at": "starts_on",
        "key": "key",
        "urgent": "urgent",
        "id": "id",
    }


def test_no_two_filters_of_a_type_share_a_name() -> None:
    for kind_of in DECLARED.values():
        names = [each.name for each in filters_of(kind_of)]
        assert names
        assert len(names) == len(set(names)), kind_of
