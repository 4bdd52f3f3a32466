"""업무협약: one agreement for life, with its parties and the rule by which it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin, PartDay, Words

AgreementKind = Literal[
    "mou", "moa", "pact", "annex", "letter_of_intent", "investment", "sister", "friendship"
]
AGREEMENT_KINDS: Mapping[AgreementKind, Label] = {
    "mou": Label("업무협약(MOU)", "MOU"),
    "moa": Label("합의각서(MOA)", "MOA"),
    "pact": Label("협정", "pact"),
    "annex": Label("부속합의", "annex"),
    "letter_of_intent": Label("의향서", "letter of intent"),
    "investment": Label("투자협약", "investment agreement"),
    "sister": Label("자매결연", "sister ties"),
    "friendship": Label("우호협력", "friendship ties"),
}

EndRule = Literal["fixed", "auto_renews", "until_purpose_achieved", "evergreen", "unknown"]
END_RULES: Mapping[EndRule, Label] = {
    "fixed": Label("정한 날까지", "on a fixed day"),
    "auto_renews": Label("자동 갱신", "renews by itself"),
    "until_purpose_achieved": Label("목적 달성까지", "when its purpose is achieved"),
    "evergreen": Label("기한 없음", "no end set"),
    "unknown": Label("종료 미상", "not known"),
}

Side = Literal["own", "partner"]
SIDES: Mapping[Side, Label] = {"own": Label("시", "city"), "partner": Label("상대 기관", "partner")}

Disclosure = Literal["public", "partly", "closed"]
DISCLOSURES: Mapping[Disclosure, Label] = {
    "public": Label("공개", "public"),
    "partly": Label("일부 공개", "partly public"),
    "closed": Label("비공개", "closed"),
}

LegalForce = Literal["no_force", "some_clauses"]
LEGAL_FORCES: Mapping[LegalForce, Label] = {
    "no_force": Label("없음", "none"),
    "some_clauses": Label("일부 조항", "some clauses"),
}

HowEnded = Literal["achieved", "expired", "terminated", "superseded", "not_concluded"]
HOW_ENDED: Mapping[HowEnded, Label] = {
    "achieved": Label("목적 달성", "achieved"),
    "expired": Label("기간 만료", "expired"),
    "terminated": Label("해지", "terminated"),
    "superseded": Label("다른 협약으로 대체", "superseded"),
    "not_concluded": Label("체결하지 않음", "not concluded"),
}

RenewedBy = Literal["rule", "office"]
RENEWED_BY: Mapping[RenewedBy, Label] = {
    "rule": Label("자동 갱신 조항", "clause of automatic renewal"),
    "office": Label("담당부서", "office"),
}

Amendable = Literal[
    "title", "purpose", "end", "venue", "legal_force", "money", "amount_won", "public_property"
]
AMENDABLE: Mapping[Amendable, Label] = {
    "title": Label("제목", "title"),
    "purpose": Label("목적", "purpose"),
    "end": Label("끝", "end"),
    "venue": Label("장소", "place"),
    "legal_force": Label("법적 구속력", "legal force"),
    "money": Label("재정 부담", "money"),
    "amount_won": Label("금액(원)", "amount in won"),
    "public_property": Label("공유재산", "public property"),
}
"""What an amendment may set: fields of the agreement that its parties agree on."""

AGREEMENT_STATES: Mapping[str, Label] = {
    "draft": Label("초안", "draft"),
    "reviewed": Label("검토 완료", "reviewed"),
    "approved": Label("승인 완료", "approved"),
    "signing": Label("서명 중", "signing"),
    "in_force": Label("유효", "in force"),
    "unknown_end": Label("종료 미상", "end not known"),
    "ended": Label("종료", "ended"),
}
"""What an agreement is on a day: derived, in no facts (lifecycle.md, L-4, L-28, L-39)."""

AGREEMENT_FLAGS: Mapping[str, Label] = {
    "not_yet_effective": Label("효력 발생 전", "not yet effective"),
    "overdue": Label("갱신 처리 지연", "renewal overdue"),
    "dormant": Label("오래 소식 없음", "dormant"),
}
"""What else is to be known of it on a day (L-5 to L-7)."""


def _as_written(ko: str, en: str, *, searched: bool = False) -> Fact:
    """Say of a day in part what its day is called; the day itself is null beside it."""
    about = "As an old ledger has it, where it is known in part only; null beside the day"
    written = f"{ko}(적힌 그대로)"
    return Fact(written, f"{en}, as written", public=True, about=about, searched=searched)


@dataclass(frozen=True, slots=True)
class End:
    """How the agreement ends.

    Attributes:
        ends_on: Last day in force, inclusive; for `auto_renews` the last day of the running term.
        note: What the paper says, where that is not a day.
        term_months: How long it was agreed for, or for how long it renews.
        notice_days: How long before the last day a party says that it wants no further term;
            or `notice_months`, whichever the paper says.
        prepare_days: How long the office wants for itself before it must act.
    """

    rule: Annotated[EndRule, Fact("끝나는 방식", "how it ends", public=True, codes=END_RULES)]
    ends_on: Annotated[date | None, Fact("마지막 날", "last day", public=True, part="ends_as")] = (
        None
    )
    note: Annotated[
        str | None, Fact("덧붙임", "note", public=True, whole_only=True, form="passage")
    ] = None
    ends_as: Annotated[PartDay | None, _as_written("마지막 날", "last day")] = None
    term_months: Annotated[
        int | None,
        Fact(
            "기간(개월)",
            "term in months",
            parties=True,
            most=limits.TERM_MONTHS,
            about="Of what ends on a fixed day or renews by itself; without a day the last day "
            "follows from it",
        ),
    ] = None
    notice_days: Annotated[
        int | None,
        Fact(
            "통지 기한(일)",
            "notice in days",
            parties=True,
            most=limits.NOTICE_DAYS,
            about="So many days before the last day a party says that it wants no further term",
        ),
    ] = None
    notice_months: Annotated[
        int | None,
        Fact(
            "통지 기한(개월)",
            "notice in months",
            parties=True,
            most=limits.NOTICE_MONTHS,
            about="As notice_days, where the paper counts in months",
        ),
    ] = None
    prepare_days: Annotated[
        int | None,
        Fact(
            "준비 기간(일)",
            "lead in days",
            parties=True,
            most=limits.PREPARE_DAYS,
            about="So many days before the day to act by the office begins; null: as many as usual",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Party:
    """당사자: one partner's side, from signing to leaving; each day is None until it happened.

    Attributes:
        joined_on: Set only where the party came in after the others; its side runs from then.
        left_on: The last day on which it is bound, inclusive.
    """

    partner_id: Annotated[
        UUID,
        Fact("기관", "organisation", public=True, names="partner", filtered=True, searched=True),
    ]
    side: Annotated[Side, Fact("구분", "side", public=True, codes=SIDES)] = "partner"
    signed_on: Annotated[
        date | None, Fact("서명일", "signed on", public=True, part="signed_as")
    ] = None
    joined_on: Annotated[
        date | None, Fact("참여일", "joined on", public=True, part="joined_as")
    ] = None
    left_on: Annotated[date | None, Fact("탈퇴일", "left on", public=True, part="left_as")] = None
    signed_as: Annotated[PartDay | None, _as_written("서명일", "signed on")] = None
    joined_as: Annotated[PartDay | None, _as_written("참여일", "joined on")] = None
    left_as: Annotated[PartDay | None, _as_written("탈퇴일", "left on")] = None
    number: Annotated[
        str | None,
        Fact(
            "기관의 번호",
            "its own number",
            public=True,
            searched=True,
            about="Under which this side keeps the agreement, where that is not the city's number",
        ),
    ] = None
    left_why: Annotated[str | None, Fact("탈퇴 사유", "why it left", parties=True)] = None


@dataclass(frozen=True, slots=True)
class Drafting:
    """How far an agreement came before anybody signed it, and whose account took it there.

    What the review found is a document of the agreement, which its parties do not read.
    """

    proposed_on: Annotated[date, Fact("제안일", "proposed on", public=True)]
    proposed_by: Annotated[str, Fact("제안한 계정", "proposed by", public=True)]
    reviewed_on: Annotated[date | None, Fact("검토일", "reviewed on", public=True)] = None
    reviewed_by: Annotated[str | None, Fact("검토한 계정", "reviewed by", public=True)] = None
    approved_on: Annotated[date | None, Fact("승인일", "approved on", public=True)] = None
    approved_by: Annotated[str | None, Fact("승인한 계정", "approved by", public=True)] = None


@dataclass(frozen=True, slots=True)
class Ended:
    """That it was ended by hand, and how.

    Attributes:
        on: The last day in force, inclusive; of one never signed the day on which it was dropped.
    """

    on: Annotated[date, Fact("종료일", "ended on", public=True)]
    how: Annotated[HowEnded, Fact("종료 구분", "how it ended", public=True, codes=HOW_ENDED)]
    note: Annotated[
        str | None,
        Fact("종료 내용", "what is told of it", public=True, whole_only=True, form="passage"),
    ] = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """One further term of an agreement that goes on: its first and its last day."""

    from_on: Annotated[date, Fact("시작일", "from", public=True, wire="from")]
    ends_on: Annotated[date, Fact("마지막 날", "last day", public=True)]
    by: Annotated[RenewedBy, Fact("갱신 근거", "renewed by", public=True, codes=RENEWED_BY)]


@dataclass(frozen=True, slots=True)
class Terms:
    """What stood before an amendment, of the fields that it set; the others are None here."""

    title: Annotated[Words | None, Fact("제목", "title", public=True)] = None
    purpose: Annotated[
        Words | None, Fact("목적", "purpose", public=True, whole_only=True, form="passage")
    ] = None
    end: Annotated[End | None, Fact("끝", "end", public=True)] = None
    venue: Annotated[Words | None, Fact("장소", "place", public=True)] = None
    legal_force: Annotated[
        LegalForce | None, Fact("법적 구속력", "legal force", public=True, codes=LEGAL_FORCES)
    ] = None
    money: Annotated[bool | None, Fact("재정 부담", "money", public=True)] = None
    amount_won: Annotated[int | None, Fact("금액(원)", "amount in won", public=True)] = None
    public_property: Annotated[bool | None, Fact("공유재산", "public property", public=True)] = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """변경 협약: what its parties agreed to change, from when, and what stood before.

    Attributes:
        sets: The fields that it set; what they say now, or said until a later amendment, stands
            in the agreement, or in that one's `was`.
    """

    signed_on: Annotated[date, Fact("변경 체결일", "amended on", public=True)]
    from_on: Annotated[date, Fact("변경 효력일", "amended from", public=True, wire="from")]
    sets: Annotated[
        tuple[Amendable, ...], Fact("바뀐 항목", "fields amended", public=True, codes=AMENDABLE)
    ]
    was: Annotated[Terms, Fact("변경 전", "before", public=True)]
    consented: Annotated[
        tuple[UUID, ...],
        Fact("동의 기관", "consented", public=True, most=limits.PARTIES, names="partner"),
    ] = ()
    note: Annotated[
        str | None, Fact("변경 내용", "what it changes", public=True, form="passage")
    ] = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement, of whatever kind.

    Attributes:
        parent_id: What it hangs under; not public, as it would tell of a closed one.
        amends_id: What it amends, renews or supersedes; closed for the same reason.
        quorum: How many of the city's counterparts must have signed (L-40).
    """

    subject_type: ClassVar[str] = "agreement"
    declares: ClassVar[Subject] = Subject(
        "협약", "agreement", opened_by="disclosure", order="-signed_on", also_sorted=("last_on",)
    )

    id: Id
    kind: Annotated[
        AgreementKind, Fact("구분", "kind", public=True, codes=AGREEMENT_KINDS, filtered=True)
    ]
    title: Annotated[
        Words,
        Fact("제목", "title", public=True, most=limits.AGREEMENT_TITLE, sorted=True, searched=True),
    ]
    end: Annotated[End, Fact("끝", "end", public=True)]
    parties: Annotated[
        tuple[Party, ...],
        Fact(
            "당사자",
            "parties",
            public=True,
            searched=True,
            most=limits.PARTIES,
            about="One that left and came back stands once for each span, in any order",
        ),
    ]
    signed_on: Annotated[
        date | None,
        Fact("서명일", "signed on", public=True, part="signed_as", filtered=True, searched=True),
    ] = None
    effective_on: Annotated[
        date | None,
        Fact(
            "발효일",
            "effective on",
            public=True,
            part="effective_as",
            about="First day in force; the day of signing if left out",
        ),
    ] = None
    signed_as: Annotated[PartDay | None, _as_written("서명일", "signed on", searched=True)] = None
    effective_as: Annotated[PartDay | None, _as_written("발효일", "effective on")] = None
    key: Key = None
    number: Annotated[
        str | None, Fact("번호", "number", public=True, sorted=True, searched=True)
    ] = None
    approval_number: Annotated[
        str | None,
        Fact(
            "결재문서번호",
            "approval document number",
            public=True,
            searched=True,
            about="Of the office's paper that approved it, as 인공지능정책과-1234",
        ),
    ] = None
    original: Annotated[
        str | None,
        Fact(
            "원본 보관 장소",
            "place of the original",
            parties=True,
            about="Where the city keeps the signed paper",
        ),
    ] = None
    purpose: Annotated[
        Words | None, Fact("목적", "purpose", public=True, whole_only=True, form="passage")
    ] = None
    legal_force: Annotated[
        LegalForce | None,
        Fact("법적 구속력", "legal force", parties=True, codes=LEGAL_FORCES),
    ] = None
    money: Annotated[
        bool | None,
        Fact("재정 부담", "money", parties=True, about="Whether the city pays; null: not said"),
    ] = None
    amount_won: Annotated[
        int | None,
        Fact("금액(원)", "amount in won", parties=True, about="What the city pays, of money alone"),
    ] = None
    public_property: Annotated[
        bool | None,
        Fact(
            "공유재산",
            "public property",
            parties=True,
            about="Whether public property is bound by it; null: not said",
        ),
    ] = None
    service_field_ids: Annotated[
        tuple[UUID, ...],
        Fact(
            "서비스 분야",
            "service fields",
            public=True,
            most=limits.AGREEMENT_FIELDS,
            names="service_field",
            in_file="service_fields",
        ),
    ] = ()
    programme_id: Annotated[
        UUID | None, Fact("사업", "programme", public=True, names="programme", filtered=True)
    ] = None
    lead_department_id: Annotated[
        UUID | None,
        Fact(
            "주관 부서",
            "lead department",
            public=True,
            names="department",
            filtered="department",
            searched=True,
        ),
    ] = None
    parent_id: Annotated[
        UUID | None,
        Fact(
            "상위 협약",
            "parent agreement",
            parties=True,
            names="agreement",
            filtered=True,
            about="The agreement that this one hangs under, as an annex does",
        ),
    ] = None
    amends_id: Annotated[
        UUID | None,
        Fact(
            "변경 대상 협약",
            "agreement amended",
            parties=True,
            names="agreement",
            filtered=True,
            about="The agreement whose terms this one changes",
        ),
    ] = None
    renews_id: Annotated[
        UUID | None,
        Fact(
            "갱신 대상 협약",
            "agreement renewed",
            parties=True,
            names="agreement",
            filtered=True,
            about="The agreement that this one follows on",
        ),
    ] = None
    supersedes_id: Annotated[
        UUID | None,
        Fact(
            "대체 대상 협약",
            "agreement superseded",
            parties=True,
            names="agreement",
            filtered=True,
            about="The agreement in whose place this one stands",
        ),
    ] = None
    quorum: Annotated[
        int | None,
        Fact(
            "발효에 필요한 서명 수",
            "signatures needed",
            public=True,
            most=limits.PARTIES,
            about="How many of the city's counterparts must have signed; null: one",
        ),
    ] = None
    council_consent: Annotated[
        bool | None,
        Fact(
            "의회 의결",
            "council consent",
            parties=True,
            about="Whether the council must consent before it is signed or renewed; null: not said",
        ),
    ] = None
    drafting: Annotated[
        Drafting | None,
        Fact(
            "제안·검토·승인",
            "drafting",
            parties=True,
            set_by="proposed",
            about="Of one that was proposed here before anybody signed it",
        ),
    ] = None
    renewals: Annotated[
        tuple[Renewal, ...],
        Fact("갱신된 기간", "renewals", public=True, set_by="renewed", most=limits.RENEWALS),
    ] = ()
    amendments: Annotated[
        tuple[Amendment, ...],
        Fact("변경 협약", "amendments", parties=True, set_by="amended", most=limits.AMENDMENTS),
    ] = ()
    ended: Annotated[Ended | None, Fact("종료", "ending", public=True, set_by="ended")] = None
    venue: Annotated[Words | None, Fact("장소", "place", public=True)] = None
    disclosure: Annotated[
        Disclosure, Fact("공개", "disclosure", public=True, codes=DISCLOSURES, filtered=True)
    ] = "closed"
    disclosure_reason: Annotated[
        str | None,
        Fact(
            "공개 여부의 이유",
            "reason for the disclosure",
            public=True,
            form="passage",
            about="Why it is closed, or open in part; read by whoever reads the agreement",
        ),
    ] = None
    disclosure_url: Annotated[
        str | None,
        Fact(
            "공개한 주소",
            "address of publication",
            public=True,
            form="web",
            about="Where the city has published it",
        ),
    ] = None
    provenance: Origin = BY_HAND
