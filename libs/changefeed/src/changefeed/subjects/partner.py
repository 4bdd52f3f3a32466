"""An organisation that can sign: names, kind, whether it is the city's own side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin, Words

PartnerKind = Literal[
    "company",
    "cooperative",
    "university",
    "institute",
    "agency",
    "government",
    "association",
    "foreign",
]
PARTNER_KINDS: Mapping[PartnerKind, Label] = {
    "company": Label("기업", "company"),
    "cooperative": Label("협동조합", "cooperative"),
    "university": Label("대학", "university"),
    "institute": Label("연구기관", "research institute"),
    "agency": Label("공공기관", "public agency"),
    "government": Label("정부·지자체", "government"),
    "association": Label("협회", "association"),
    "foreign": Label("해외기관", "foreign body"),
}


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation.

    Attributes:
        own: Whether it is the city or a body of it.
        ror, lei: Ids in registers that are open to everybody, and so public here.
        corporate_number: Stands in no open register, and proves who somebody is: the office's.
        memo: What the office notes for itself.
        merged_ids: Which other records are this very organisation, theirs included.
        distinct_ids: Of which a person said that they are others, though they look alike.
    """

    subject_type: ClassVar[str] = "partner"
    declares: ClassVar[Subject] = Subject("파트너", "partner", public=True, former=True)

    id: Id
    kind: Annotated[
        PartnerKind, Fact("구분", "kind", public=True, codes=PARTNER_KINDS, filtered=True)
    ]
    name: Annotated[Words, Fact("이름", "name", public=True, sorted=True, searched=True)]
    key: Key = None
    aliases: Annotated[
        tuple[str, ...],
        Fact("다른 이름", "other names", public=True, most=limits.ALIASES, searched=True),
    ] = ()
    own: Annotated[bool, Fact("시 측", "the city's own", public=True)] = False
    business_number: Annotated[
        str | None,
        Fact("사업자등록번호", "business number", public=True, sorted=True, searched=True),
    ] = None
    website: Annotated[str | None, Fact("누리집", "website", public=True, form="web")] = None
    country: Annotated[
        str | None,
        Fact("나라", "country", public=True, form="country", about="ISO 3166-1 alpha-2, as US"),
    ] = None
    ror: Annotated[
        str | None,
        Fact(
            "ROR",
            "ROR",
            public=True,
            searched=True,
            about="Research Organization Registry id; not refused",
        ),
    ] = None
    lei: Annotated[
        str | None,
        Fact(
            "LEI",
            "LEI",
            public=True,
            searched=True,
            about="Legal entity identifier, ISO 17442; not refused",
        ),
    ] = None
    corporate_number: Annotated[
        str | None,
        Fact("법인등록번호", "corporate registration number", about="Not refused, only doubted"),
    ] = None
    memo: Annotated[str | None, Fact("비고", "memo", form="passage")] = None
    provenance: Origin = BY_HAND
    merged_ids: Annotated[
        tuple[UUID, ...],
        Fact(
            "합친 기관",
            "merged partners",
            public=True,
            names="partner",
            set_by="merged",
            most=limits.MERGED,
            filtered="merged",
            searched=True,
            about="Records that are this very organisation: their ids lead here",
        ),
    ] = ()
    distinct_ids: Annotated[
        tuple[UUID, ...],
        Fact(
            "다른 기관",
            "partners told apart",
            names="partner",
            set_by="told_apart",
            most=limits.MERGED,
            filtered="distinct",
            about="Partners that look alike and are other organisations, as a person said",
        ),
    ] = ()
