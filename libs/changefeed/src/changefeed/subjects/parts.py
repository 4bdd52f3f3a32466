"""What declarations are made of: words, places of belonging, evidence, provenance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from changefeed import limits
from changefeed.declared import Fact, Label

Id = Annotated[UUID, Fact("식별자", "id", public=True)]
"""UUIDv7, drawn when the subject was first recorded."""

Key = Annotated[
    str | None,
    Fact(
        "키",
        "key",
        public=True,
        form="key",
        filtered=True,
        about="Short name under which loading finds the record again",
    ),
]
"""The short name under which loading finds it again; unique within its type."""

Language = Literal["ko", "en"]
LANGUAGES: Mapping[Language, Label] = {
    "ko": Label("한국어", "Korean"),
    "en": Label("영어", "English"),
}

PlaceType = Literal["partner", "department"]
PLACE_TYPES: Mapping[PlaceType, Label] = {
    "partner": Label("파트너", "partner"),
    "department": Label("부서", "department"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A name, title or purpose: Korean always, English where somebody wrote some."""

    ko: Annotated[str, Fact("한국어", "Korean", public=True, searched=True)]
    en: Annotated[str | None, Fact("영어", "English", public=True, searched=True)] = None


Precision = Literal["month", "year", "none"]
PRECISIONS: Mapping[Precision, Label] = {
    "month": Label("월까지", "to the month"),
    "year": Label("연도까지", "to the year"),
    "none": Label("적힌 대로", "as written"),
}


@dataclass(frozen=True, slots=True)
class PartDay:
    """A day that an old ledger knows only in part: as it was written, and never completed.

    It stands beside an exact day that is None. What follows from the text is worked out by the
    registry, once, when it is written.

    Attributes:
        from_on: The first day that it may be; None if the text says nothing of that.
        to_on: The last such day.

    Source: docs/rules/terms.md, T-30.
    """

    written: Annotated[str, Fact("적힌 그대로", "as written", public=True, searched=True)]
    precision: Annotated[
        Precision, Fact("정밀도", "precision", public=True, codes=PRECISIONS, set_by="rule")
    ] = "none"
    from_on: Annotated[
        date | None,
        Fact("이르면", "at the earliest", public=True, wire="from", set_by="rule"),
    ] = None
    to_on: Annotated[
        date | None, Fact("늦으면", "at the latest", public=True, wire="to", set_by="rule")
    ] = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person, a seat or a promise belongs: one partner or one department of the city."""

    type: Annotated[PlaceType, Fact("종류", "type", public=True, codes=PLACE_TYPES)]
    id: Annotated[UUID, Fact("식별자", "id", public=True)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What happened on a day, in words, and where it can be read (an https address)."""

    on: Annotated[date, Fact("날", "day", public=True)]
    text: Annotated[str, Fact("내용", "text", public=True, form="passage")]
    link: Annotated[str | None, Fact("주소", "address", public=True, form="https")] = None


@dataclass(frozen=True, slots=True)
class Source:
    """One publication that says so."""

    title: Annotated[str, Fact("제목", "title", public=True)]
    kind: Annotated[str, Fact("구분", "kind", public=True)]
    published_on: Annotated[date | None, Fact("발행일", "published on", public=True)] = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The sources of a record; none if the office entered it.

    An `illustrative` record shows how the system works and says nothing about the world.
    """

    source: Annotated[
        tuple[Source, ...], Fact("출처", "sources", public=True, most=limits.SOURCES)
    ] = ()
    illustrative: Annotated[bool, Fact("예시", "example", public=True)] = False


BY_HAND = Provenance()

Origin = Annotated[Provenance, Fact("출처", "provenance", public=True)]
"""Where a record comes from."""
