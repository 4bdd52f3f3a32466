"""Documents on the wire."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, post_load, validate

from changefeed.subjects.document import DOCUMENT_DISCLOSURES, DOCUMENT_KINDS, MediaType
from changefeed.subjects.parts import LANGUAGES, Words
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Line, Passage, QueryShape, Shape
from ieum_registry.domain.document import NOWHERE, Document
from ieum_registry.domain.media_type import TAKEN, claimed

DocumentShape = subject_shape("Document", Document)
DocumentBody = body_shape(DocumentShape)

FIXED = ("agreement_id", "collaboration_id", "milestone_id", "replaces_id")
"""What belongs to a file and never changes; see T-50."""


OF_NOTHING = Message(
    "어느 협약, 협력, 이행과제의 문서인지 없습니다. 셋 가운데 하나의 식별자를 적으십시오.",
    "It says of nothing whose document it is. Give an agreement, a commitment or a milestone.",
)
OF_TWO = Message(
    "협력과 이행과제 가운데 하나만 적으십시오.",
    "It proves a commitment or a milestone, not both. Give one of them.",
)


@dataclass(frozen=True, slots=True)
class Upload:
    """What is said of a file that is sent.

    Attributes:
        claims: What its name says that it is.
    """

    document: Document
    claims: MediaType

    def found(self, *, size: int, sha256: str, pages: int | None, new_id: UUID) -> Document:
        """Give the document, now that its file is known."""
        return replace(self.document, id=new_id, size=size, sha256=sha256, pages=pages)


class UploadQuery(QueryShape):
    """A file is sent: its bytes are the body, and this is said of it."""

    agreement_id = fields.UUID(
        load_default=None,
        metadata={"description": "Left out if it proves a commitment or a milestone"},
    )
    collaboration_id = fields.UUID(
        load_default=None, metadata={"description": "The commitment that it proves"}
    )
    milestone_id = fields.UUID(
        load_default=None, metadata={"description": "The milestone that it proves"}
    )
    title = Line(required=True, metadata={"description": "In Korean"})
    title_en = Line(load_default=None, metadata={"description": "In English, if it has one"})
    file_name = Line(required=True, metadata={"description": f"Ends with one of {TAKEN}"})
    language = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))
    kind = fields.String(load_default="attachment", validate=validate.OneOf(DOCUMENT_KINDS))
    replaces_id = fields.UUID(
        load_default=None, metadata={"description": "The version that this one replaces"}
    )
    disclosure = fields.String(load_default="closed", validate=validate.OneOf(DOCUMENT_DISCLOSURES))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Upload:
        """Give the value.

        Raises:
            RuleBroken: `document.unknown_ending`.
            ValidationError: It is of nothing, or of two things.
        """
        work, owed = data["collaboration_id"], data["milestone_id"]
        if data["agreement_id"] is None and work is None and owed is None:
            raise ValidationError(OF_NOTHING, "agreement_id")
        if work is not None and owed is not None:
            raise ValidationError(OF_TWO, "milestone_id")
        claims = claimed(data["file_name"])
        document = Document(
            id=UUID(int=0),
            agreement_id=data["agreement_id"] or NOWHERE,
            collaboration_id=work,
            milestone_id=owed,
            title=Words(data["title"], data["title_en"]),
            file_name=data["file_name"],
            media_type=claims,
            size=0,
            sha256="",
            language=data["language"],
            kind=data["kind"],
            replaces_id=data["replaces_id"],
            disclosure=data["disclosure"],
        )
        return Upload(document, claims)


@dataclass(frozen=True, slots=True)
class Erasure:
    """Why a document's file goes."""

    reason: str


class DocumentErasureShape(Shape):
    """The file of a document goes for good."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Erasure:
        """Give the value."""
        return Erasure(data["reason"])


TEXT_STATES = (
    *("reading", "kept", "none", "locked"),
    *("missing", "altered", "unreadable", "erased"),
)
FILE_FAULTS = ("missing", "altered")


class StateBody(Shape):
    """What the registry found in a document's file, beside what is on record of it."""

    text = fields.String(
        validate=validate.OneOf(TEXT_STATES),
        metadata={
            "description": "`reading`: still to come; `kept`: words find it; `none`: it has no "
            "text; `locked`: behind a password; `missing`, `altered`: its file was so when it was "
            "to be read; `unreadable`: not opened within time and memory; `erased`: gone"
        },
    )
    checked_at = fields.DateTime(allow_none=True, metadata={"description": "Null if not yet"})
    fault = fields.String(
        allow_none=True,
        validate=validate.OneOf(FILE_FAULTS),
        metadata={"description": "What was wrong with its file then; null if it was whole"},
    )
    whole_at = fields.DateTime(
        allow_none=True, metadata={"description": "When it was whole at last; null if never"}
    )


class DamagedShape(Shape):
    """A document whose file was not whole when it was looked at last."""

    id = fields.UUID()
    title = fields.String()
    fault = fields.String(validate=validate.OneOf(FILE_FAULTS))
    checked_at = fields.DateTime()
    whole_at = fields.DateTime(
        allow_none=True, metadata={"description": "When it was whole at last; null if never"}
    )


class DamageBody(Shape):
    """Which documents have a file that was not whole when it was looked at last."""

    total = fields.Integer(metadata={"description": "How many there are"})
    items = fields.List(
        fields.Nested(DamagedShape), metadata={"description": "The first of these, by title"}
    )


class DamageQuery(QueryShape):
    """How many are wanted."""

    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=200))


class FilesBody(Shape):
    """How the files of all documents stand; those of several documents may be one."""

    files = fields.Integer(metadata={"description": "How many there are to be"})
    unchecked = fields.Integer(metadata={"description": "How many were never looked at yet"})
    since = fields.DateTime(
        allow_none=True, metadata={"description": "The others were looked at then or later"}
    )
    whole_at = fields.DateTime(
        allow_none=True,
        metadata={"description": "All were found whole then or later; null if one never was"},
    )
    damaged = fields.Integer(metadata={"description": "How many documents are not whole"})
    items = fields.List(
        fields.Nested(DamagedShape), metadata={"description": "The first 100 of these, by title"}
    )
