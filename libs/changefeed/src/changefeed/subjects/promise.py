"""약속(목표): what a party said it would bring, in figures, and reports of what was reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Evidence, Id, Key, Origin, Words

Indicator = Literal["money", "jobs", "office", "own"]
INDICATORS: Mapping[Indicator, Label] = {
    "money": Label("투자금액", "investment"),
    "jobs": Label("고용인원", "jobs"),
    "office": Label("법인·사무소 설치", "office opened"),
    "own": Label("자체 지표", "own indicator"),
}

Outcome = Literal["plan_changed", "went_elsewhere", "closed_down", "withdrawn"]
OUTCOMES: Mapping[Outcome, Label] = {
    "plan_changed": Label("계획 변경", "plan changed"),
    "went_elsewhere": Label("타 지역 투자", "went elsewhere"),
    "closed_down": Label("폐업", "closed down"),
    "withdrawn": Label("철회", "withdrawn"),
}

PromiseState = Literal[
    "planned",
    "under_way",
    "delivered",
    "partly",
    "plan_changed",
    "went_elsewhere",
    "closed_down",
    "withdrawn",
]
PROMISE_STATES: Mapping[PromiseState, Label] = {
    "planned": Label("계획", "planned"),
    "under_way": Label("이행 중", "under way"),
    "delivered": Label("이행 완료", "delivered"),
    "partly": Label("일부 이행", "delivered in part"),
    "plan_changed": OUTCOMES["plan_changed"],
    "went_elsewhere": OUTCOMES["went_elsewhere"],
    "closed_down": OUTCOMES["closed_down"],
    "withdrawn": OUTCOMES["withdrawn"],
}

ReportState = Literal["open", "confirmed", "refused"]
REPORT_STATES: Mapping[ReportState, Label] = {
    "open": Label("확인 대기", "awaiting the office"),
    "confirmed": Label("확인", "confirmed"),
    "refused": Label("반려", "refused"),
}

Reporter = Literal["office", "partner"]
REPORTERS: Mapping[Reporter, Label] = {
    "office": Label("시", "the city"),
    "partner": Label("기관", "the partner"),
}


@dataclass(frozen=True, slots=True)
class ReachedFigure:
    """What had been reached as of a day, by a report that the office confirmed."""

    on: Annotated[date, Fact("기준일", "as of", parties=True)]
    figure: Annotated[int, Fact("실적", "reached", parties=True, least=0)]
    report_id: Annotated[UUID, Fact("이행 보고", "report", parties=True, names="promise_report")]


@dataclass(frozen=True, slots=True)
class Revision:
    """What was promised until a day on which that was revised, and why it was."""

    on: Annotated[date, Fact("변경일", "revised on", parties=True)]
    target: Annotated[int, Fact("변경 전 목표", "target before", parties=True, least=0)]
    due_on: Annotated[date, Fact("변경 전 이행기한", "by-day before", parties=True)]
    why: Annotated[str, Fact("변경 사유", "why", parties=True, form="passage")]


@dataclass(frozen=True, slots=True)
class Promise:
    """What one party of an agreement said it would bring: how much of what, and by which day.

    Attributes:
        revisions: Each as it was before, in the order of their days; the first holds the first
            figure.
        reached: What confirmed reports say, in the order of their days.
        outcome: What became of it, where figures do not tell; from `settled_on` on.

    Source: docs/rules/lifecycle.md, L-60 to L-65.
    """

    subject_type: ClassVar[str] = "promise"
    declares: ClassVar[Subject] = Subject("약속(목표)", "promise", order="due_on")

    id: Id
    agreement_id: Annotated[
        UUID,
        Fact("협약", "agreement", parties=True, names="agreement", filtered=True),
    ]
    partner_id: Annotated[
        UUID,
        Fact("기관", "organisation", parties=True, names="partner", filtered=True, searched=True),
    ]
    indicator: Annotated[
        Indicator,
        Fact("지표", "indicator", parties=True, codes=INDICATORS, filtered=True),
    ]
    target: Annotated[int, Fact("목표", "target", parties=True, least=0, sorted=True)]
    unit: Annotated[
        str,
        Fact("단위", "unit", parties=True, about="Of money always 원; else persons, offices …"),
    ]
    base_on: Annotated[date, Fact("기준 시작일", "counted from", parties=True, filtered=True)]
    due_on: Annotated[date, Fact("이행기한", "by-day", parties=True, filtered=True)]
    key: Key = None
    name: Annotated[
        Words | None,
        Fact("지표 이름", "indicator's name", parties=True, searched=True),
    ] = None
    task_id: Annotated[
        UUID | None, Fact("과제", "task", parties=True, names="task", filtered=True)
    ] = None
    definition: Annotated[
        str | None,
        Fact(
            "산정 기준",
            "definition",
            parties=True,
            form="passage",
            about="What counts and how it is proved, as: hired in the city, social-insurance list",
        ),
    ] = None
    revisions: Annotated[
        tuple[Revision, ...],
        Fact("목표 변경", "revisions", parties=True, most=limits.REVISIONS, set_by="revised"),
    ] = ()
    reached: Annotated[
        tuple[ReachedFigure, ...],
        Fact("실적", "reached", parties=True, most=limits.REPORTS, set_by="reported"),
    ] = ()
    outcome: Annotated[
        Outcome | None,
        Fact("종결 사유", "outcome", parties=True, codes=OUTCOMES, filtered=True, set_by="settled"),
    ] = None
    settled_on: Annotated[
        date | None, Fact("종결일", "settled on", parties=True, sorted=True, set_by="settled")
    ] = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class PromiseReport:
    """What had been reached of a promise as of a day, who says so, and what proves it.

    Attributes:
        agreement_id: The promise's; so is `partner_id`.
        why_less: Why a figure is smaller than one before it.
        answer: Why the office refused it.

    Source: docs/rules/lifecycle.md, L-63 and L-64.
    """

    subject_type: ClassVar[str] = "promise_report"
    declares: ClassVar[Subject] = Subject("이행 보고", "promise report", order="-on")

    id: Id
    promise_id: Annotated[
        UUID, Fact("약속(목표)", "promise", parties=True, names="promise", filtered=True)
    ]
    on: Annotated[date, Fact("기준일", "as of", parties=True, filtered="day")]
    reached: Annotated[int, Fact("실적", "reached", parties=True, least=0, sorted=True)]
    key: Key = None
    agreement_id: Annotated[
        UUID | None,
        Fact(
            "협약",
            "agreement",
            parties=True,
            names="agreement",
            filtered=True,
            set_by="recorded",
        ),
    ] = None
    partner_id: Annotated[
        UUID | None,
        Fact(
            "기관",
            "organisation",
            parties=True,
            names="partner",
            filtered=True,
            set_by="recorded",
        ),
    ] = None
    by: Annotated[
        Reporter,
        Fact(
            "보고자",
            "reported by",
            parties=True,
            codes=REPORTERS,
            filtered="reporter",
            set_by="recorded",
        ),
    ] = "office"
    state: Annotated[
        ReportState,
        Fact("상태", "state", parties=True, codes=REPORT_STATES, filtered=True, set_by="recorded"),
    ] = "confirmed"
    plan_changed: Annotated[
        bool, Fact("계획이 바뀜", "plan changed", parties=True, filtered=True)
    ] = False
    evidence: Annotated[
        tuple[Evidence, ...], Fact("증빙", "evidence", parties=True, most=limits.EVIDENCE)
    ] = ()
    document_id: Annotated[
        UUID | None, Fact("증빙 문서", "document", parties=True, names="document", filtered=True)
    ] = None
    note: Annotated[
        str | None,
        Fact(
            "설명",
            "note",
            parties=True,
            form="passage",
            about="Stays in the log for ever: no person's data belongs here",
        ),
    ] = None
    why_less: Annotated[
        str | None,
        Fact("실적이 줄어든 사유", "why it is less than before", parties=True, form="passage"),
    ] = None
    ended_on: Annotated[
        date | None,
        Fact("처리일", "answered on", parties=True, sorted=True, set_by="confirmed"),
    ] = None
    answer: Annotated[
        str | None,
        Fact("반려 사유", "why refused", parties=True, form="passage", set_by="refused"),
    ] = None
    provenance: Origin = BY_HAND
