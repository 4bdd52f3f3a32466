"""The number that an agreement gets next: yearly, in the form in which the office writes them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Form:
    """What stands around the running number of a year."""

    before: str
    between: str
    after: str


@dataclass(frozen=True, slots=True)
class _Number:
    form: _Form
    running: str


def next_number(known: Iterable[str], year: int) -> str:
    """Give the number after the greatest of the year, written as most of that year's are.

    A year without any begins with 1 in the form of the year before, and an office without either
    with `2026-001`. What names no year is passed over.

    Args:
        known: Numbers on record, of this year and the one before; others do not matter.

    Source: docs/rules/terms.md, T-46.
    """
    numbers = list(known)
    this_year, last_year = (_of_year(numbers, each) for each in (year, year - 1))
    usual = _usual(this_year or last_year)
    if usual is None:
        return f"{year}-001"
    of_form = [each.running for each in this_year if each.form == usual]
    width = max(
        (len(each.running) for each in this_year or last_year if each.form == usual), default=1
    )
    is_padded = any(
        each.running.startswith("0") for each in this_year or last_year if each.form == usual
    )
    running = str(max(map(int, of_form), default=0) + 1)
    written = running.zfill(width) if is_padded else running
    return f"{usual.before}{year}{usual.between}{written}{usual.after}"


def _of_year(numbers: Iterable[str], year: int) -> list[_Number]:
    written = re.compile(rf"(\D*){year}(\D+)(\d{{1,9}})(\D*)")
    found = (written.fullmatch(each) for each in numbers)
    return [_Number(_Form(each[1], each[2], each[4]), each[3]) for each in found if each]


def _usual(numbers: Iterable[_Number]) -> _Form | None:
    counted = Counter(each.form for each in numbers)
    return next((form for form, _ in counted.most_common(1)), None)
