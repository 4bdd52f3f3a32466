"""The closed list of change kinds. Adding one here is the first step of every new kind of fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from changefeed.declared import Label


@dataclass(frozen=True, slots=True)
class Kind:
    """What an entry can say.

    Attributes:
        name: `<subject>.<past participle>`; stable for ever.
        subject_type: Whose facts the body holds.
        schema: The version of those facts' shape.
        needs_reason: Whether an entry without a reason is refused (DOMAIN.md: ending, correcting).
        words: What people call it, where that is not its subject and what happened to it.
        retracts: Whether the subject is on record no longer from then on: it should never have
            been. Its body is what stood; its history stays, and its id is never used again.
    """

    name: str
    subject_type: str
    schema: int = 1
    needs_reason: bool = False
    words: Label | None = None
    retracts: bool = False

    @property
    def move(self) -> str:
        """What happened to the subject: `registered`."""
        return self.name.partition(".")[2]


MOVES: Mapping[str, Label] = MappingProxyType(
    {
        "registered": Label("등록", "registered"),
        "recorded": Label("기록", "recorded"),
        "declared": Label("지정", "declared"),
        "opened": Label("개설", "opened"),
        "set": Label("정함", "set"),
        "started": Label("시작", "started"),
        "changed": Label("변경", "changed"),
        "done": Label("완료", "done"),
        "ended": Label("종료", "ended"),
        "cancelled": Label("취소", "cancelled"),
        "reopened": Label("되돌림", "reopened"),
        "erased": Label("삭제", "erased"),
        "retracted": Label("등록 취소", "retracted"),
        "merged": Label("합침", "merged"),
        "separated": Label("합친 것을 되돌림", "separated again"),
        "proposed": Label("제안", "proposed"),
        "reviewed": Label("검토", "reviewed"),
        "approved": Label("승인", "approved"),
        "returned": Label("반려", "returned"),
        "signed": Label("서명", "signed"),
        "joined": Label("참여", "joined"),
        "left": Label("탈퇴", "left"),
        "renewed": Label("갱신", "renewed"),
        "told_apart": Label("다른 기관으로 판정", "told apart"),
        "made": Label("등록", "made"),
        "revised": Label("목표 변경", "revised"),
        "reported": Label("실적 반영", "figures taken over"),
        "settled": Label("종결", "settled"),
        "confirmed": Label("확인", "confirmed"),
        "refused": Label("반려", "refused"),
    }
)
"""What people call what happened to a subject."""

_ALL = (
    Kind("partner.registered", "partner"),
    Kind("partner.changed", "partner"),
    Kind("partner.retracted", "partner", needs_reason=True, retracts=True),
    Kind("partner.merged", "partner", needs_reason=True),
    Kind("partner.separated", "partner", needs_reason=True),
    Kind("partner.told_apart", "partner"),
    Kind("department.registered", "department"),
    Kind("department.changed", "department"),
    Kind("department.retracted", "department", needs_reason=True, retracts=True),
    Kind("contact.registered", "contact"),
    Kind("contact.changed", "contact"),
    Kind(
        "contact.erased",
        "contact",
        needs_reason=True,
        words=Label("개인정보 삭제", "personal data erased"),
    ),
    Kind("contact.retracted", "contact", needs_reason=True, retracts=True),
    Kind("seat.opened", "seat"),
    Kind("seat.changed", "seat"),
    Kind("seat.retracted", "seat", needs_reason=True, retracts=True),
    Kind("programme.registered", "programme"),
    Kind("programme.changed", "programme"),
    Kind("strategy.registered", "strategy"),
    Kind("strategy.changed", "strategy"),
    Kind("task.registered", "task"),
    Kind("task.changed", "task"),
    Kind("service_field.registered", "service_field"),
    Kind("service_field.changed", "service_field"),
    Kind("technology.registered", "technology"),
    Kind("technology.changed", "technology"),
    Kind("agreement.recorded", "agreement"),
    Kind("agreement.changed", "agreement", needs_reason=True),
    Kind("agreement.proposed", "agreement"),
    Kind("agreement.reviewed", "agreement"),
    Kind("agreement.approved", "agreement"),
    Kind("agreement.returned", "agreement", needs_reason=True),
    Kind("agreement.signed", "agreement"),
    Kind("agreement.joined", "agreement"),
    Kind("agreement.left", "agreement", needs_reason=True),
    Kind("agreement.renewed", "agreement"),
    Kind("agreement.ended", "agreement", needs_reason=True),
    Kind("agreement.reopened", "agreement", needs_reason=True),
    Kind("agreement.retracted", "agreement", needs_reason=True, retracts=True),
    Kind("collaboration.started", "collaboration"),
    Kind("collaboration.changed", "collaboration"),
    Kind("collaboration.ended", "collaboration", needs_reason=True),
    Kind("milestone.set", "milestone"),
    Kind("milestone.changed", "milestone"),
    Kind("milestone.done", "milestone"),
    Kind("milestone.cancelled", "milestone", needs_reason=True),
    Kind("milestone.reopened", "milestone", needs_reason=True),
    Kind("event.registered", "event"),
    Kind("event.changed", "event"),
    Kind("event.cancelled", "event", needs_reason=True),
    Kind("event.reopened", "event", needs_reason=True),
    Kind("journal.recorded", "journal", words=Label("연락 기록", "contact recorded")),
    Kind("journal.changed", "journal", words=Label("연락 기록 변경", "contact changed")),
    Kind(
        "journal.retracted",
        "journal",
        needs_reason=True,
        retracts=True,
        words=Label("연락 기록 취소", "contact taken back"),
    ),
    Kind("document.registered", "document"),
    Kind("document.changed", "document"),
    Kind(
        "document.erased",
        "document",
        needs_reason=True,
        words=Label("문서 파일 지움", "document's file erased"),
    ),
    Kind("promise.made", "promise"),
    Kind("promise.changed", "promise"),
    Kind("promise.revised", "promise", needs_reason=True),
    Kind("promise.reported", "promise"),
    Kind("promise.settled", "promise", needs_reason=True),
    Kind("promise.reopened", "promise", needs_reason=True),
    Kind("promise.retracted", "promise", needs_reason=True, retracts=True),
    Kind("promise_report.recorded", "promise_report"),
    Kind("promise_report.changed", "promise_report", needs_reason=True),
    Kind("promise_report.confirmed", "promise_report"),
    Kind("promise_report.refused", "promise_report", needs_reason=True),
    Kind("promise_report.retracted", "promise_report", needs_reason=True, retracts=True),
    Kind("reply.confirmed", "reply", words=Label("맞음 확인", "confirmed as right")),
    Kind("reply.proposed", "reply", words=Label("정정 제안", "correction proposed")),
    Kind("reply.accepted", "reply", words=Label("정정 제안 반영", "correction accepted")),
    Kind(
        "reply.refused",
        "reply",
        needs_reason=True,
        words=Label("정정 제안 반려", "correction refused"),
    ),
    Kind("reply.withdrawn", "reply", words=Label("정정 제안 철회", "correction withdrawn")),
    Kind(
        "calendar_day.declared",
        "calendar_day",
        words=Label("휴일·근무일 지정", "holiday or working day declared"),
    ),
    Kind(
        "calendar_day.changed",
        "calendar_day",
        words=Label("휴일·근무일 변경", "holiday or working day changed"),
    ),
    Kind("load.recorded", "load", words=Label("자료 불러옴", "files loaded")),
    Kind(
        "load.undone",
        "load",
        needs_reason=True,
        words=Label("불러온 자료 되돌림", "loaded files taken back"),
    ),
    Kind(
        "handover.recorded",
        "handover",
        needs_reason=True,
        words=Label("인사이동 기록", "handover recorded"),
    ),
    Kind("handover.done", "handover", words=Label("인사이동 시행", "handover carried out")),
    Kind(
        "handover.undone",
        "handover",
        needs_reason=True,
        words=Label("인사이동 되돌림", "handover taken back"),
    ),
    Kind(
        "redaction.recorded",
        "redaction",
        needs_reason=True,
        words=Label("내용 파기함", "contents redacted"),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every kind by its name."""


def retracts(kind: str) -> bool:
    """Say whether an entry of a kind takes its subject off the record; an unknown one does not."""
    return kind in KINDS and KINDS[kind].retracts


SUBJECT_TYPES: tuple[str, ...] = tuple(dict.fromkeys(kind.subject_type for kind in _ALL))
"""Every subject type, in the order in which their first kinds are declared."""
