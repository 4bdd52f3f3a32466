"""One call of loading: which documents, against which anchor day, and how much came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from changefeed.declared import Fact, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A file as it was read; `sha256` in hex over its UTF-8 text."""

    name: Annotated[str, Fact("이름", "name")]
    sha256: Annotated[str, Fact("SHA-256", "SHA-256")]


def file_id(name: str) -> UUID:
    """Give what stands for a file of this name where ids are looked up."""
    return uuid5(_FILES, name)


_FILES = UUID("0b9c3a52-7d1e-5c7e-9d43-52a4f2a9c6d8")


@dataclass(frozen=True, slots=True)
class Load:
    """The record of one call; `anchor_on` is the day from which relative dates were counted.

    Source: docs/rules/terms.md, T-18; ADR 0006.
    """

    subject_type: ClassVar[str] = "load"
    declares: ClassVar[Subject] = Subject("자료 불러오기", "loading of files", order="-id")

    id: Id
    anchor_on: Annotated[date, Fact("기준일", "as of", sorted=True)]
    documents: Annotated[tuple[LoadedDocument, ...], Fact("파일", "files")]
    counts: Annotated[dict[str, int], Fact("건수", "counts")]
    key: Key = None
    provenance: Origin = BY_HAND
