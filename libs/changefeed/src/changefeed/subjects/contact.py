"""A person whom the office may write to: consent in the log, name and addresses beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from changefeed.declared import Fact, Subject
from changefeed.subjects.parts import BY_HAND, LANGUAGES, Id, Key, Language, Origin, Place


@dataclass(frozen=True, slots=True)
class Contact:
    """One person at one place, known to the log by id alone.

    Attributes:
        purpose: What the data are kept for; None once they are erased.
        retain_until: The last day on which they may be kept; None is open.
        erased_on: The day on which everything personal went, for good.
    """

    subject_type: ClassVar[str] = "contact"
    declares: ClassVar[Subject] = Subject("연락처", "contact", order="id")

    id: Id
    at: Annotated[Place, Fact("소속", "belongs to", parties=True, filtered=True)]
    language: Annotated[Language, Fact("언어", "language", parties=True, codes=LANGUAGES)]
    purpose: Annotated[
        str | None,
        Fact("목적", "purpose", parties=True, form="passage", about="Null once erased"),
    ]
    consented_on: Annotated[date, Fact("동의한 날", "consented on", parties=True)]
    key: Key = None
    retain_until: Annotated[
        date | None, Fact("보유 기한", "kept until", parties=True, sorted=True)
    ] = None
    erased_on: Annotated[
        date | None,
        Fact(
            "개인정보를 삭제한 날",
            "personal data erased on",
            parties=True,
            set_by="erased",
            about="From then on nothing personal is left, and nothing of it changes",
        ),
    ] = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class Person(Contact):
    """A contact with what the registry keeps beside the log, so that it can be erased."""

    name: Annotated[str | None, Fact("이름", "name", parties=True, searched=True)] = None
    email: Annotated[str | None, Fact("전자우편", "e-mail", parties=True, searched=True)] = None
    phone: Annotated[str | None, Fact("전화", "telephone", parties=True)] = None
