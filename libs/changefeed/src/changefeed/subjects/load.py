"""One call of loading, or one import: which files, against which day, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from changefeed import limits
from changefeed.declared import Fact, Subject
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A file as it was read; `sha256` in hex over its UTF-8 text."""

    name: Annotated[str, Fact("이름", "name")]
    sha256: Annotated[str, Fact("SHA-256", "SHA-256")]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of an imported sheet that was not written, or not taken back; `why` is a code."""

    why: Annotated[str, Fact("이유", "why")]
    line: Annotated[int | None, Fact("줄", "line")] = None


def file_id(name: str) -> UUID:
    """Give what stands for a file of this name where ids are looked up."""
    return uuid5(_FILES, name)


_FILES = UUID("0b9c3a52-7d1e-5c7e-9d43-52a4f2a9c6d8")


@dataclass(frozen=True, slots=True)
class Load:
    """The record of one call, or of one import; the receipt of what it wrote.

    Attributes:
        anchor_on: The day from which relative dates were counted.
        left: The first of what an import did not write; how many in all, None if none.
        undone_on: The day on which an import was taken back, so far as it could be.
        kept: The first of what was not taken back; how many in all, None if none.

    Source: docs/rules/terms.md, T-18, T-59 and T-60; ADR 0006 and 0038.
    """

    subject_type: ClassVar[str] = "load"
    declares: ClassVar[Subject] = Subject("자료 불러오기", "loading of files", order="-id")

    id: Id
    anchor_on: Annotated[date, Fact("기준일", "as of", sorted=True)]
    documents: Annotated[tuple[LoadedDocument, ...], Fact("파일", "files")]
    counts: Annotated[dict[str, int], Fact("건수", "counts")]
    left: Annotated[tuple[LeftOut, ...], Fact("남은 줄", "left out", most=limits.TOLD)] = ()
    left_in_all: Annotated[int | None, Fact("남은 줄 수", "left out in all")] = None
    undone_on: Annotated[date | None, Fact("되돌린 날", "taken back on")] = None
    kept: Annotated[tuple[LeftOut, ...], Fact("되돌리지 않은 것", "kept", most=limits.TOLD)] = ()
    kept_in_all: Annotated[int | None, Fact("되돌리지 않은 수", "kept in all")] = None
    key: Key = None
    provenance: Origin = BY_HAND
