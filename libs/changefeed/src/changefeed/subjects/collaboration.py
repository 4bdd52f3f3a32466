"""협력(이행): one partner's commitment under one agreement, on one task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.agreement import DISCLOSURES
from changefeed.subjects.parts import BY_HAND, Evidence, Id, Key, Origin

CollaborationRole = Literal["lead", "develop", "supply", "demonstrate", "research", "train"]
COLLABORATION_ROLES: Mapping[CollaborationRole, Label] = {
    "lead": Label("총괄", "lead"),
    "develop": Label("개발", "development"),
    "supply": Label("공급", "supply"),
    "demonstrate": Label("실증", "demonstration"),
    "research": Label("연구", "research"),
    "train": Label("인력양성", "training"),
}

CollaborationDisclosure = Literal["public", "closed"]
COLLABORATION_DISCLOSURES: Mapping[CollaborationDisclosure, Label] = {
    "public": DISCLOSURES["public"],
    "closed": DISCLOSURES["closed"],
}


@dataclass(frozen=True, slots=True)
class Collaboration:
    """One commitment: who, under what, on which task, with which technologies, from – to.

    Attributes:
        starts_on: First day promised.
        ends_on: Last day promised, or the day on which it was ended early; None is open.
        holds_from: First day on which it is bound by the agreement; the registry works it out.
        holds_until: Last such day; one before `holds_from` if there is none.
        unknown_from: First day on which nobody knows whether the agreement still binds it, as its
            end is not known; None if there is none. So `unknown_until`, the last one; None is open.
    """

    subject_type: ClassVar[str] = "collaboration"
    declares: ClassVar[Subject] = Subject(
        "협력", "commitment", opened_by="disclosure", order="starts_on"
    )

    id: Id
    partner_id: Annotated[
        UUID, Fact("기관", "organisation", public=True, names="partner", filtered=True)
    ]
    agreement_id: Annotated[
        UUID, Fact("협약", "agreement", public=True, names="agreement", filtered=True)
    ]
    task_id: Annotated[UUID, Fact("과제", "task", public=True, names="task", filtered=True)]
    role: Annotated[
        CollaborationRole,
        Fact("역할", "role", public=True, codes=COLLABORATION_ROLES, filtered=True),
    ]
    starts_on: Annotated[date, Fact("첫날", "first day", public=True, filtered=True)]
    holds_from: Annotated[
        date, Fact("효력 있는 첫날", "holds from", public=True, set_by="rule", sorted=True)
    ]
    key: Key = None
    technology_ids: Annotated[
        tuple[UUID, ...],
        Fact(
            "기술",
            "technologies",
            public=True,
            most=limits.TECHNOLOGIES,
            names="technology",
            filtered=True,
            in_file="technologies",
        ),
    ] = ()
    service_field_id: Annotated[
        UUID | None,
        Fact("서비스 분야", "service field", public=True, names="service_field", filtered=True),
    ] = None
    ends_on: Annotated[date | None, Fact("마지막 날", "last day", public=True)] = None
    holds_until: Annotated[
        date | None,
        Fact("효력 있는 마지막 날", "holds until", public=True, set_by="rule", sorted=True),
    ] = None
    unknown_from: Annotated[
        date | None,
        Fact(
            "효력을 알 수 없는 첫날",
            "not known from",
            public=True,
            set_by="rule",
            about="First day on which nobody knows whether it holds, as nobody knows the "
            "agreement's end",
        ),
    ] = None
    unknown_until: Annotated[
        date | None,
        Fact("효력을 알 수 없는 마지막 날", "not known until", public=True, set_by="rule"),
    ] = None
    evidence: Annotated[
        tuple[Evidence, ...], Fact("증빙", "evidence", public=True, most=limits.EVIDENCE)
    ] = ()
    disclosure: Annotated[
        CollaborationDisclosure,
        Fact("공개", "disclosure", public=True, codes=COLLABORATION_DISCLOSURES, filtered=True),
    ] = "closed"
    provenance: Origin = BY_HAND
