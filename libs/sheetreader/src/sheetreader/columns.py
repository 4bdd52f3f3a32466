"""What each column holds, as far as headings, former imports and its cells tell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from changefeed.written_day import read_day
from sheetreader.headings import Use, plain
from sheetreader.layout import Heading, Layout, text_of
from sheetreader.parties import ends_as_a_name

_SAMPLES = 5
_LOOKED_AT = 60
_SMALL = re.compile(r"\d{1,4}")
_YEARLY = re.compile(r"제?\s*(?:19|20)\d\d\s*-\s*\d{1,5}\s*호?")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TELEPHONE = re.compile(r"\d{2,4}[-)]\s*\d{3,4}(-\d{4})?")
_PERSON = re.compile(r"[가-힣]{2,4}(?:\s*(?:주무관|팀장|과장|사무관|주사|서기))?(?:[\s(☎/]|$)")
_BUREAU = re.compile(r"[가-힣A-Za-z0-9·\s]{1,20}(?:과|팀|국|실|단|소|센터|청|관|담당관|본부)")

Why = Literal["learned", "heading", "cells", "unknown"]

Uses = Mapping[int, tuple[Use, ...]]
"""What each column holds, by its number from 0."""

Learned = Mapping[str, tuple[Use, ...]]
"""What headings meant in former imports: by `plain` heading."""


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column probably holds.

    Attributes:
        uses: Several where a cell says several things; `("ignore",)` where it is not known.
        why: What told it: a person in a former import, the heading, or the cells alone, which a
            person should look at.
        samples: The first texts under the heading, different ones.
        hidden: Whether the program shows the column to nobody; it is read all the same.
    """

    column: int
    heading: str
    uses: tuple[Use, ...]
    why: Why
    samples: tuple[str, ...]
    hidden: bool = False


def guess(layout: Layout, learned: Learned | None = None) -> tuple[ColumnGuess, ...]:
    """Tell what the columns of a table hold; one column alone is the title, and so with each use.

    Args:
        learned: What headings meant in former imports; it goes before what they usually mean.
    """
    known = learned or {}
    found: list[tuple[Heading, tuple[Use, ...], Why, tuple[str, ...]]] = []
    for heading in layout.headings:
        samples = _samples(layout, heading.column)
        taken = known.get(plain(heading.text))
        if taken is not None:
            found.append((heading, taken, "learned", samples))
            continue
        uses, why = _by_cells(heading, samples)
        found.append((heading, uses, why, samples))
    hidden = layout.sheet.hidden_columns
    return tuple(
        ColumnGuess(
            heading.column,
            heading.text,
            uses,
            why,
            samples[:_SAMPLES],
            heading.column in hidden,
        )
        for heading, uses, why, samples in _theirs_left(_completed(_once(found)))
    )


def chosen(guesses: Sequence[ColumnGuess]) -> Uses:
    """Give the uses as they were guessed, to be read by."""
    return {each.column: each.uses for each in guesses}


Guessed = tuple[Heading, tuple[Use, ...], Why, tuple[str, ...]]


def _by_cells(heading: Heading, samples: Sequence[str]) -> tuple[tuple[Use, ...], Why]:
    """Let the cells speak where the heading says nothing, or may mean two things."""
    uses: tuple[Use, ...] = heading.uses
    if uses == ("officer",) and samples:
        uses = _of_officers(samples)
    elif uses == ("number",) and _share(samples, _SMALL) > 0.8:
        uses = ("sequence",)
    elif uses == ("sequence",) and plain(heading.text) == "번호" and samples:
        # So our own sheets call the agreement's number.
        uses = ("number",) if _share(samples, _YEARLY) == 1 else uses
    elif uses == ("id",) and _share(samples, _ID) < 1:
        uses = ("sequence",) if _share(samples, _SMALL) > 0.8 else ("ignore",)
    if uses:
        return uses, "heading"
    if not samples:
        return ("ignore",), "unknown"
    days = sum(1 for each in samples if _is_day(each))
    if 2 * days > len(samples):
        return ("signed_on",), "cells"
    return ("ignore",), "unknown"


def _of_officers(samples: Sequence[str]) -> tuple[Use, ...]:
    """Tell what 담당 holds: a person, a department, or both, and their telephone and address."""
    uses: list[Use] = []
    if 2 * _share(samples, _BUREAU) > 1:
        return ("department",)
    uses.append("officer")
    if any(_TELEPHONE.search(each) for each in samples):
        uses.append("phone")
    if any("@" in each for each in samples):
        uses.append("email")
    return tuple(uses)


def _once(found: Sequence[Guessed]) -> list[Guessed]:
    """Leave each use that only one column can have to the first that has it for a better reason."""
    order: dict[Why, int] = {"learned": 0, "heading": 1, "cells": 2, "unknown": 3}
    taken: dict[Use, int] = {}
    for index in sorted(range(len(found)), key=lambda each: (order[found[each][2]], each)):
        for use in found[index][1]:
            taken.setdefault(use, index)
    several: set[Use] = {"note", "ignore", "department", "purpose", "status", "parties"}
    given: list[Guessed] = []
    for index, (heading, uses, why, samples) in enumerate(found):
        kept = tuple(use for use in uses if use in several or taken[use] == index)
        given.append((heading, kept or ("ignore",), why if kept else "unknown", samples))
    return given


def _completed(found: list[Guessed]) -> list[Guessed]:
    """Find by its cells the column of titles, or of partners, that no heading names.

    What is done about it a title may say, too: 협약내용 is the title where nothing else is.
    """
    said = {use for _, uses, _, _ in found for use in uses}
    for use, is_like in (("parties", _are_partners), ("title", _are_titles)):
        if use in said:
            continue
        free = [
            index
            for index, (_, uses, _, samples) in enumerate(found)
            if uses in {("ignore",), ("purpose",)} and is_like(samples)
        ]
        if free:
            best = max(free, key=lambda index: (found[index][1] == ("purpose",), -index))
            heading, _, _, samples = found[best]
            found[best] = (
                heading,
                ("title",) if use == "title" else ("parties",),
                "cells",
                samples,
            )
    return found


def _theirs_left(found: list[Guessed]) -> list[Guessed]:
    """Leave a telephone or address beside the partners to them: 협약기관 | 연락처 | 담당부서."""
    given: list[Guessed] = []
    beside: Use = ""
    for heading, uses, why, samples in sorted(found, key=lambda each: each[0].column):
        is_theirs = why == "heading" and set(uses) <= _REACHES and beside == "parties"
        if is_theirs and "담당" not in heading.text:
            given.append((heading, ("ignore",), "unknown", samples))
            continue
        given.append((heading, uses, why, samples))
        beside = next((each for each in uses if each in _WHOSE), beside)
    return given


_REACHES: frozenset[Use] = frozenset({"phone", "email"})
_WHOSE: frozenset[Use] = frozenset({"parties", "department", "officer", "deputy"})


def _are_partners(samples: Sequence[str]) -> bool:
    names = [name for each in samples for name in re.split(r"[,/\n]", each) if name.strip()]
    return bool(names) and 2 * sum(1 for each in names if ends_as_a_name(each)) > len(names)


def _are_titles(samples: Sequence[str]) -> bool:
    texts = [each for each in samples if len(each) > 3 and not _is_day(each)]
    return 2 * len(texts) > len(samples) and 2 * len(set(texts)) > len(texts)


def _samples(layout: Layout, column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    last = min(layout.last_line, layout.body_from + _LOOKED_AT)
    for line in range(layout.body_from, last + 1):
        text = text_of(layout.sheet.at(line, column))
        if text:
            found.setdefault(text)
    return tuple(found)


def _share(samples: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(1 for each in samples if pattern.fullmatch(each)) / max(len(samples), 1)


def _is_day(text: str) -> bool:
    found = read_day(text)
    return isinstance(found, date) or bool(found.meant)
