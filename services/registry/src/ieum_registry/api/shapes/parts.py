"""The parts that all shapes are made of: lines, passages, words, days, places, proofs."""

import re
from collections.abc import Callable, Mapping, Sized
from typing import Any, TypeVar

from marshmallow import RAISE, Schema, ValidationError, fields, missing, post_load, validate

from changefeed import limits
from changefeed.subjects.parts import (
    PLACE_TYPES,
    PRECISIONS,
    Evidence,
    PartDay,
    Place,
    Provenance,
    Source,
    Words,
)
from httpedge.day import Day
from ieum_registry.api.message import Message
from ieum_registry.domain.civil_time import read_civil, read_clock
from ieum_registry.domain.naming import HTTPS, KEY, WEB, shows_nothing
from ieum_registry.domain.part_day import part_day

ONE_LINE = Message(
    "줄을 바꿀 수 없는 항목입니다. 한 줄로 적으십시오.",
    "This is one line: take the line breaks out.",
)
NOT_BLANK = Message("비어 있습니다. 값을 넣으십시오.", "This is blank: write something.")
TOO_LONG = Message(
    "{length}자입니다. {longest}자까지 적을 수 있으니 줄이십시오.",
    "This has {length} characters. Shorten it to {longest} at most.",
)
TOO_MANY = Message(
    "{length}개입니다. {longest}개까지 적을 수 있으니 줄이십시오.",
    "There are {length} of these. Take some out: {longest} at most.",
)
NO_KEY = Message(
    "키는 영문자, 숫자, 점, 밑줄, 붙임표로 64자까지 적습니다.",
    "A key is up to 64 letters, digits, dots, underscores and hyphens.",
)
NO_WEB = Message("http:// 또는 https://로 시작하는 주소를 적으십시오.", "Write a web address.")
NO_HTTPS = Message("https://로 시작하는 주소를 적으십시오.", "Write an address with https://.")


Measured = TypeVar("Measured", bound=Sized)


class AtMost(validate.Length):
    """How long a text, or how many a list, may be; the answer says how much came."""

    def __init__(self, most: int) -> None:
        super().__init__(max=most)

    def __call__(self, value: Measured) -> Measured:
        """Give what fits.

        Raises:
            ValidationError: It is longer.
        """
        if self.max is not None and len(value) > self.max:
            said = TOO_LONG if isinstance(value, str) else TOO_MANY
            raise ValidationError(said.format(length=len(value), longest=self.max))
        return value


class Passage(fields.String):
    """Text that may run over several lines; blanks at both ends go."""

    default_error_messages = {"blank": NOT_BLANK}

    def __init__(self, *, longest: int = limits.PASSAGE, **more: Any) -> None:  # noqa: ANN401
        super().__init__(validate=AtMost(longest), **more)

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
        return text


class Line(Passage):
    """Text on one line."""

    default_error_messages = {"line": ONE_LINE}

    def __init__(self, *, longest: int = limits.LINE, **more: Any) -> None:  # noqa: ANN401
        super().__init__(longest=longest, **more)

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


class QueryShape(Shape):
    """What stands in a query: flat, and little of it given at a time.

    What holds of several fields together is looked at by `make`: the short way runs nothing else.
    """

    def __init__(self, **more: Any) -> None:  # noqa: ANN401  marshmallow's signature.
        super().__init__(**more)
        self._left_out = {
            name: field.load_default
            for name, field in self.load_fields.items()
            if field.load_default is not missing
        }
        self._needed = [name for name, field in self.load_fields.items() if field.required]

    def read(self, given: Mapping[str, str]) -> Any:  # noqa: ANN401  What `make` gives.
        """Give what `load` gives, looking at nothing but what is given.

        Raises:
            ValidationError: Something does not fit; `load` tells all that does not.
        """
        found = dict(self._left_out)
        for name, value in given.items():
            field = self.load_fields.get(name)
            if field is None:
                raise ValidationError({name: [self.error_messages["unknown"]]})
            found[name] = field.deserialize(value, name, given)
        lacking = {each: ["required"] for each in self._needed if each not in given}
        if lacking:
            raise ValidationError(lacking)
        return self.make(found)

    def make(self, data: dict[str, Any], **_: object) -> Any:  # noqa: ANN401  What a query means.
        """Give what is asked for."""
        return data


def matching(pattern: re.Pattern[str], error: Message) -> Callable[[str], None]:
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
    form, error = (HTTPS, NO_HTTPS) if https else (WEB, NO_WEB)
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=[matching(form, error), AtMost(limits.LINK)],
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


class TitleShape(WordsShape):
    """The same for the title of an agreement, which may be long."""

    ko = Line(required=True, longest=limits.AGREEMENT_TITLE)
    en = Line(load_default=None, allow_none=True, longest=limits.AGREEMENT_TITLE)


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


_WORKED_OUT = "Worked out from what is written; what is sent here is passed over"


class PartDayShape(Shape):
    """A day as an old ledger has it: `2014.5`, `2019년경`; kept as written."""

    written = Line(required=True)
    precision = fields.String(
        validate=validate.OneOf(PRECISIONS), metadata={"description": _WORKED_OUT}
    )
    from_on = Day(data_key="from", allow_none=True, metadata={"description": _WORKED_OUT})
    to_on = Day(data_key="to", allow_none=True, metadata={"description": _WORKED_OUT})

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> PartDay:
        """Give the value.

        Raises:
            RuleBroken: As `part_day`.
        """
        return part_day(data["written"])


class EvidenceShape(Shape):
    """Proof that something happened on a day."""

    on = Day(required=True)
    text = Passage(required=True)
    link = web_field(https=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Evidence:
        """Give the value."""
        return Evidence(**data)


NO_CIVIL = Message(
    "현지 시각을 2027-01-06T09:00처럼 분까지 적으십시오. 시간대는 zone에 따로 적습니다.",
    "Write the local time to the minute, as 2027-01-06T09:00; its zone stands in zone.",
)
NO_CLOCK = Message("시각을 17:30처럼 적으십시오.", "Write a time of day as 17:30.")


class _TextOf(fields.String):
    """Text that is read as something else; `read` gives None if it is none."""

    def __init__(self, read: Callable[[str], object], **more: Any) -> None:  # noqa: ANN401
        super().__init__(**more)
        self._read = read

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        found = self._read(super()._deserialize(value, attr, data, **kwargs))
        if found is None:
            raise self.make_error("form")
        return found


class CivilTime(_TextOf):
    """What a place's clock shows: `YYYY-MM-DDTHH:MM`, loaded as a naive `datetime`."""

    default_error_messages = {"form": NO_CIVIL}

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        super().__init__(read_civil, **more)


class ClockTime(_TextOf):
    """A time of day: `HH:MM`, loaded as a `time`."""

    default_error_messages = {"form": NO_CLOCK}

    def __init__(self, **more: Any) -> None:  # noqa: ANN401
        super().__init__(read_clock, **more)


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
    return TupleOf(fields.Nested(EvidenceShape), load_default=(), validate=AtMost(limits.EVIDENCE))


class SourceShape(Shape):
    """A publication that says so."""

    title = Line(required=True)
    kind = Line(required=True)
    published_on = Day(required=True, allow_none=True)

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
