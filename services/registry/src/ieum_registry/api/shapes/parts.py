"""The parts that all shapes are made of: lines, passages, words, days, places, proofs."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from ieum_registry.api.said import Said
from ieum_registry.domain.evidence import Evidence
from ieum_registry.domain.naming import KEY, LONGEST_LINE, LONGEST_PASSAGE, shows_nothing
from ieum_registry.domain.place import PLACE_TYPES, Place
from ieum_registry.domain.provenance import Provenance, Source
from ieum_registry.domain.words import Words

_HTTPS = re.compile(r"https://[\w.-]+(:\d{1,5})?([/?#]\S*)?")
_WEB = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]\S*)?")

ONE_LINE = Said(
    "줄을 바꿀 수 없는 항목입니다. 한 줄로 적으십시오.",
    "This is one line: take the line breaks out.",
)
NOT_BLANK = Said("비어 있습니다. 값을 넣으십시오.", "This is blank: write something.")
NO_KEY = Said(
    "키는 영문자, 숫자, 점, 밑줄, 붙임표로 64자까지 적습니다.",
    "A key is up to 64 letters, digits, dots, underscores and hyphens.",
)
NO_WEB = Said("http:// 또는 https://로 시작하는 주소를 적으십시오.", "Write a web address.")
NO_HTTPS = Said("https://로 시작하는 주소를 적으십시오.", "Write an address with https://.")


class Passage(fields.String):
    """Text that may run over several lines; blanks at both ends go."""

    longest = LONGEST_PASSAGE

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if shows_nothing(text):
            raise self.make_error("blank")
        validate.Length(max=self.longest)(text)
        return text

    default_error_messages = {"blank": NOT_BLANK}


class Line(Passage):
    """Text on one line, at most 200 characters."""

    longest = LONGEST_LINE
    default_error_messages = {"line": ONE_LINE}

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        text = super()._deserialize(value, attr, data, **kwargs)
        if "\n" in text:
            raise self.make_error("line")
        return text


class Shape(Schema):
    """What all shapes share: a field that they do not know is refused, never dropped."""

    class Meta:
        """marshmallow's options."""

        unknown = RAISE
        ordered = True


def matching(pattern: re.Pattern[str], error: Said) -> Callable[[str], None]:
    """Make a check that the whole text has a form; a line break at the end is part of the text."""

    def check(text: str) -> None:
        if pattern.fullmatch(text) is None:
            raise ValidationError(error)

    return check


def key_field() -> fields.String:
    """Make the field of a key."""
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=matching(KEY, NO_KEY),
        metadata={
            "description": "Short name under which loading finds the record again",
            "pattern": f"^{KEY.pattern}$",
        },
    )


def web_field(*, https: bool = False) -> fields.String:
    """Make the field of a web address."""
    form, error = (_HTTPS, NO_HTTPS) if https else (_WEB, NO_WEB)
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=[matching(form, error), validate.Length(max=2000)],
        metadata={"format": "uri"},
    )


class WordsShape(Shape):
    """Korean, and English where there is some."""

    ko = Line(required=True)
    en = Line(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Words:
        """Give the value."""
        return Words(**data)


class LongWordsShape(Shape):
    """The same for text of several lines."""

    ko = Passage(required=True)
    en = Passage(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Words:
        """Give the value."""
        return Words(**data)


class PlaceShape(Shape):
    """A partner or a department."""

    type = fields.String(required=True, validate=validate.OneOf(PLACE_TYPES))
    id = fields.UUID(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Place:
        """Give the value."""
        return Place(**data)


class EvidenceShape(Shape):
    """Proof that something happened on a day."""

    on = fields.Date(required=True)
    text = Passage(required=True)
    link = web_field(https=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Evidence:
        """Give the value."""
        return Evidence(**data)


class TupleOf(fields.List[Any]):
    """A list, loaded as a tuple."""

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        return tuple(super()._deserialize(value, attr, data, **kwargs))


def evidence_list() -> TupleOf:
    """Make the field of proofs; none if left out."""
    return TupleOf(fields.Nested(EvidenceShape), load_default=(), validate=validate.Length(max=200))


class SourceShape(Shape):
    """A publication that says so."""

    title = Line(required=True)
    kind = Line(required=True)
    published_on = fields.Date(required=True, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Source:
        """Give the value."""
        return Source(**data)


class ProvenanceShape(Shape):
    """Where a record comes from; made by loading, never by hand."""

    source = TupleOf(fields.Nested(SourceShape), required=True)
    illustrative = fields.Boolean(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Provenance:
        """Give the value."""
        return Provenance(**data)
