"""인사이동: all that a person or a department answers for goes to another on a day, in one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin

HandedType = Literal["contact", "seat", "agreement", "milestone", "event"]
HANDED_TYPES: Mapping[HandedType, Label] = {
    "contact": Label("연락처", "contact"),
    "seat": Label("담당(역할)", "seat"),
    "agreement": Label("협약", "agreement"),
    "milestone": Label("이행과제", "milestone"),
    "event": Label("행사", "event"),
}
"""What names a person or department that answers for it; a test holds it to the declarations."""

Kept = Literal["changed", "touched", "gone", "refused"]
KEPT: Mapping[Kept, Label] = {
    "changed": Label("그날에는 이미 다른 곳이 맡고 있었음", "another had it by that day"),
    "touched": Label("그 뒤에 누가 고쳤음", "somebody changed it since"),
    "gone": Label("대장에 없음", "no longer on record"),
    "refused": Label("규칙에 맞지 않음", "a rule does not take it"),
}
"""Why something stayed where it was."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One record that changes hands.

    Attributes:
        to_contact_id: Who takes it instead of the handover's own taker; so `to_department_id`.
        version: That the handover made of it; None while it waits for its day, or was kept.
        before: Its facts that the handover changed, as they were; None as above.
        kept: Why it stayed where it was, when its day came or when all was taken back.
    """

    type: Annotated[HandedType, Fact("종류", "type", codes=HANDED_TYPES)]
    id: Annotated[UUID, Fact("대상", "record")]
    to_contact_id: Annotated[
        UUID | None,
        Fact("따로 맡는 사람", "other person", names="contact", is_of_its_day=True),
    ] = None
    to_department_id: Annotated[
        UUID | None,
        Fact("따로 맡는 부서", "other department", names="department", is_of_its_day=True),
    ] = None
    version: Annotated[int | None, Fact("판", "version")] = None
    before: Annotated[dict[str, Any] | None, Fact("넘기기 전", "as it was before")] = None
    kept: Annotated[Kept | None, Fact("남은 이유", "why it stayed", codes=KEPT)] = None


@dataclass(frozen=True, slots=True)
class Handover:
    """One handover: from one person to another, or from one department to another.

    Attributes:
        on: The first day on which the taker answers for it.
        recorded_on: The day in Seoul on which it was entered.
        reason: As every entry of it says it too.
        done_on: The day on which all was carried out; None while something waits for `on`.
        undone_on: The day on which it was taken back.

    Source: docs/rules/lifecycle.md, L-37 and L-38; ADR 0042.
    """

    subject_type: ClassVar[str] = "handover"
    declares: ClassVar[Subject] = Subject("인사이동", "handover", order="-on")

    id: Id
    on: Annotated[date, Fact("넘기는 날", "day", filtered="day")]
    recorded_on: Annotated[date, Fact("기록한 날", "recorded on", set_by="rule")]
    reason: Annotated[str, Fact("이유", "reason")]
    from_contact_id: Annotated[
        UUID | None,
        Fact("넘기는 사람", "person handing over", names="contact", is_of_its_day=True),
    ] = None
    from_department_id: Annotated[
        UUID | None,
        Fact("넘기는 부서", "department handing over", names="department", is_of_its_day=True),
    ] = None
    to_contact_id: Annotated[
        UUID | None, Fact("맡는 사람", "person taking over", names="contact", is_of_its_day=True)
    ] = None
    to_department_id: Annotated[
        UUID | None,
        Fact("맡는 부서", "department taking over", names="department", is_of_its_day=True),
    ] = None
    matters: Annotated[
        tuple[Matter, ...], Fact("넘기는 것", "what is handed over", most=limits.HANDED_OVER)
    ] = ()
    done_on: Annotated[
        date | None, Fact("시행한 날", "carried out on", set_by="done", filtered=True)
    ] = None
    undone_on: Annotated[date | None, Fact("되돌린 날", "taken back on", set_by="undone")] = None
    key: Key = None
    provenance: Origin = BY_HAND
