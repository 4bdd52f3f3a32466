"""Lists as sheets: whole, a line for each subject, names in place of ids, words of codes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Protocol, TypeVar
from uuid import UUID

from flask import Response, request

from changefeed.declared import Fact, collection_of
from changefeed.sheet import Column, as_text, cell_of, columns_of, mentioned
from changefeed.subjects.all import DECLARED
from changefeed.words import SHOWN
from httpedge.documented import also_answers
from httpedge.language import language
from httpedge.sheet import MEDIA_TYPE, sheet_of
from ieum_registry.api.asked import Asked
from ieum_registry.api.wired import records, scope, seq_known
from ieum_registry.operations.ports.condition import any_of
from ieum_registry.operations.ports.records import Listing, Reading
from ieum_registry.operations.ports.scope import DISCLOSED, EVERYTHING

View = TypeVar("View", bound=Callable[..., object])
Dressed = Callable[[Sequence[Reading]], list[str]]
"""Gives the resources of readings, where more than the stored text is shown."""

MOST_ON_A_SHEET = 20_000
_AT_ONCE = 200
_TYPES = "application/json"


class Line(Protocol):
    """One subject, and what the ids in it are called."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """As the caller may see them."""

    @property
    def names(self) -> Mapping[str, str]:
        """By id."""


@dataclass(frozen=True, slots=True)
class _Line:
    facts: Mapping[str, Any]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as a person wants it in a spreadsheet.

    Attributes:
        name: Of the file, without its ending.
        columns: Titles in Korean and English → how to take the cell from the line.
        lines: Gives lines for some resources at once, with what is to be known beside them.
    """

    name: str
    columns: Mapping[tuple[str, str], Callable[[Any], object]]
    lines: Callable[[Sequence[Reading], Asked], Sequence[Any]]

    @property
    def titles(self) -> list[str]:
        """The titles in the reader's language."""
        return [korean if language() == "ko" else english for korean, english in self.columns]


def on_a_sheet(view: View) -> View:
    """Document that a list is also given as a sheet, whole, to who accepts text/csv alone."""
    about = f"The whole list as a sheet, {MOST_ON_A_SHEET} rows at most, for Accept: text/csv"
    return also_answers(200, about, media_type="text/csv")(view)


def declared_sheet(subject_type: str, dressed: Dressed | None = None) -> Sheet:
    """Give the sheet of a type by its declaration, of the facts that the caller may ever read."""
    columns = told_columns(subject_type)
    return Sheet(
        collection_of(DECLARED[subject_type]),
        {(each.heading.ko, each.heading.en): partial(declared_cell, each) for each in columns},
        partial(_lines, subject_type, dressed),
    )


def told_columns(subject_type: str) -> Sequence[Column]:
    """Give the columns of a type that the caller may ever read."""
    return columns_of(SHOWN[subject_type], _is_told)


def _is_told(fact: Fact) -> bool:
    """Say whether the caller may read a fact of anything at all."""
    asker = scope()
    if asker == EVERYTHING:
        return True
    return fact.public or (fact.parties and asker != DISCLOSED)


def declared_cell(column: Column, line: Line) -> object:
    """Write a cell as its declaration says."""
    return as_text(cell_of(column, line.facts, line.names, language()), language())


def _lines(
    subject_type: str, dressed: Dressed | None, found: Sequence[Reading], asked: Asked
) -> Sequence[_Line]:
    texts = [each.resource for each in found] if dressed is None else dressed(found)
    subjects = [json.loads(each) for each in texts]
    called = names_in(subject_type, subjects, seq_known(asked.known_at))
    return [_Line(facts, called) for facts in subjects]


def names_in(
    subject_type: str, subjects: Iterable[Mapping[str, Any]], known_at: int | None
) -> Mapping[str, str]:
    """Give by id what the caller may see of the names of all that some facts point at."""
    wanted: dict[str, set[str]] = {}
    for facts in subjects:
        for names, subject_id in mentioned(SHOWN[subject_type], facts):
            wanted.setdefault(names, set()).add(subject_id)
    called: dict[str, str] = {}
    for names in sorted(wanted):
        called |= _names_of(names, wanted[names], known_at)
    return called


def _names_of(subject_type: str, ids: Iterable[str], known_at: int | None) -> Mapping[str, str]:
    """Give by id what the caller may see of the names, in the reader's language.

    What has none in the record is absent: commitments, seats, people.
    """
    wanted = sorted(set(ids))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = any_of("id", [UUID(each) for each in wanted[start : start + _AT_ONCE]])
        page = records().list(
            subject_type, [some], known_at=known_at, limit=_AT_ONCE, scope=scope()
        )
        for reading in page.items:
            facts = json.loads(reading.text)
            name = facts.get("name") or facts.get("title")
            if name is not None:
                found[facts["id"]] = (language() == "en" and name["en"]) or name["ko"]
    return found


def wants_csv() -> bool:
    """Say whether the caller wants a list as a sheet."""
    if "text/" not in request.environ.get("HTTP_ACCEPT", "").lower():
        return False
    wanted = request.accept_mimetypes.best_match([_TYPES, "text/csv"], default=_TYPES)
    return wanted == "text/csv"


def csv_answer(subject_type: str, asked: Asked, sheet: Sheet) -> Response:
    """Answer with the whole of a list as a sheet; X-Next goes on where it is too long for one."""
    columns = sheet.columns.values()
    further: str | None = None

    def rows() -> Iterator[list[object]]:
        nonlocal further
        for page in _pages(subject_type, asked):
            further = page.next
            for line in sheet.lines(page.items, asked):
                yield [take(line) for take in columns]

    answer = Response(sheet_of(chain([sheet.titles], rows())), content_type=MEDIA_TYPE)
    if further is not None:
        answer.headers["X-Next"] = further
    answer.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}.csv"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Language"] = language()
    answer.headers["Vary"] = "Authorization, Accept, Accept-Language"
    return answer


def _pages(subject_type: str, asked: Asked) -> Iterator[Listing]:
    known_at, after = seq_known(asked.known_at), asked.after
    for _ in range(MOST_ON_A_SHEET // _AT_ONCE):
        page = records().list(
            subject_type,
            asked.conditions,
            q=asked.q,
            known_at=known_at,
            limit=_AT_ONCE,
            after=after,
            sort=asked.sort,
            scope=scope(),
        )
        yield page
        after = page.next
        if after is None:
            return
