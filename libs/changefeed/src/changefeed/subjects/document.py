"""문서: a file of an agreement, its signed text or a proof; what it holds lies outside the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from changefeed.declared import Fact, Label, Subject
from changefeed.subjects.parts import BY_HAND, LANGUAGES, Id, Key, Language, Origin, Words

MediaType = Literal[
    "application/pdf",
    "application/x-hwp",
    "application/hwp+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/png",
    "image/jpeg",
    "image/tiff",
]
MEDIA_TYPES: Mapping[MediaType, Label] = {
    "application/pdf": Label("PDF", "PDF"),
    "application/x-hwp": Label("한글(HWP)", "Hangul (HWP)"),
    "application/hwp+zip": Label("한글(HWPX)", "Hangul (HWPX)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Label(
        "워드(DOCX)", "Word (DOCX)"
    ),
    "image/png": Label("그림(PNG)", "image (PNG)"),
    "image/jpeg": Label("그림(JPEG)", "image (JPEG)"),
    "image/tiff": Label("그림(TIFF)", "image (TIFF)"),
}

DocumentKind = Literal["binding", "translation", "draft", "attachment"]
DOCUMENT_KINDS: Mapping[DocumentKind, Label] = {
    "binding": Label("정본", "binding text"),
    "translation": Label("번역본", "translation"),
    "draft": Label("초안", "draft"),
    "attachment": Label("부속 자료", "attachment"),
}

DocumentDisclosure = Literal["closed", "parties", "public"]
DOCUMENT_DISCLOSURES: Mapping[DocumentDisclosure, Label] = {
    "closed": Label("비공개", "closed"),
    "parties": Label("당사자 공개", "open to the parties"),
    "public": Label("공개", "public"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One file of an agreement; a new version of it is a document of its own that replaces it.

    Attributes:
        collaboration_id: Of which commitment of the agreement it is a proof; None if of none.
        milestone_id: So of which milestone.

    Source: docs/rules/terms.md, T-49 to T-51 and T-73; docs/rules/access.md, A-15.
    """

    subject_type: ClassVar[str] = "document"
    declares: ClassVar[Subject] = Subject("문서", "document", opened_by="disclosure", order="title")

    id: Id
    agreement_id: Annotated[
        UUID, Fact("협약", "agreement", public=True, names="agreement", filtered=True)
    ]
    title: Annotated[Words, Fact("제목", "title", public=True, sorted=True, searched=True)]
    file_name: Annotated[
        str, Fact("파일 이름", "file name", public=True, searched=True, set_by="registered")
    ]
    media_type: Annotated[
        MediaType,
        Fact(
            "형식",
            "media type",
            public=True,
            codes=MEDIA_TYPES,
            filtered=True,
            set_by="registered",
            about="As its bytes say it",
        ),
    ]
    size: Annotated[
        int, Fact("크기(바이트)", "size in bytes", public=True, sorted=True, set_by="registered")
    ]
    sha256: Annotated[
        str,
        Fact(
            "SHA-256",
            "SHA-256",
            public=True,
            filtered=True,
            set_by="registered",
            about="Of its bytes, in 64 small hexadecimal digits",
        ),
    ]
    pages: Annotated[
        int | None,
        Fact(
            "쪽수",
            "pages",
            public=True,
            set_by="registered",
            about="Null where the format does not say how many, or the file is locked",
        ),
    ] = None
    key: Key = None
    language: Annotated[
        Language | None, Fact("언어", "language", public=True, codes=LANGUAGES, filtered=True)
    ] = None
    kind: Annotated[
        DocumentKind,
        Fact(
            "구분",
            "kind",
            public=True,
            codes=DOCUMENT_KINDS,
            filtered=True,
            about="Which text binds the parties; of several languages more than one may",
        ),
    ] = "attachment"
    replaces_id: Annotated[
        UUID | None,
        Fact(
            "대체한 문서",
            "replaces",
            public=True,
            names="document",
            filtered=True,
            about="The version before this one",
        ),
    ] = None
    collaboration_id: Annotated[
        UUID | None,
        Fact("협력", "commitment", parties=True, names="collaboration", filtered=True),
    ] = None
    milestone_id: Annotated[
        UUID | None,
        Fact("이행과제", "milestone", parties=True, names="milestone", filtered=True),
    ] = None
    disclosure: Annotated[
        DocumentDisclosure,
        Fact("공개", "disclosure", public=True, codes=DOCUMENT_DISCLOSURES, filtered=True),
    ] = "closed"
    erased_on: Annotated[
        date | None,
        Fact(
            "파일을 지운 날",
            "file erased on",
            public=True,
            set_by="erased",
            sorted=True,
            about="From then on neither its bytes nor their text are kept, and nothing changes",
        ),
    ] = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class FoundDocument(Document):
    """A document with what the registry read in its file, kept beside the log to be searched."""

    text: Annotated[tuple[str, ...], Fact("본문", "text", public=True, searched=True)] = ()
