"""Every field that is declared can be read from a file, within its own limit."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, cast

import pytest

from changefeed.declared import Fact, Field, fields_of
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import PartDay, Words
from ieum_registry.operations.loading.declared import read
from ieum_registry.operations.loading.document import SECTIONS
from ieum_registry.operations.loading.faults import Faults
from ieum_registry.operations.loading.row import Reading, Row
from ieum_registry.operations.loading.text import Fields, Scalar

READ_OTHERWISE = {"id", "key", "provenance", "end", "parties", "holders", "deadlines"}
"""What every record has, and parts with a grammar of their own (`records.py`)."""


@dataclass(frozen=True, slots=True)
class Note:
    """What has limits of its own, and what no file says yet."""

    text: Annotated[str | None, Fact("글", "text", form="passage", most=10)] = None
    name: Annotated[str | None, Fact("이름", "name", most=10)] = None
    rating: Annotated[int | None, Fact("점수", "rating", most=10)] = None
    titles: Annotated[tuple[Words, ...], Fact("제목", "titles")] = ()


def row(**texts: str) -> Row:
    """Give a record of a file with these texts."""
    entries = {name: Scalar(1, f"/{name}", text, plain=True) for name, text in texts.items()}
    # No id is asked for here, so nothing has a key.
    reading = Reading("a.yaml", date(2026, 11, 29), cast("Any", None), Faults())
    return Row(Fields(1, "", {**entries}, {}), reading)


def codes(found: Row) -> list[str]:
    """Give what was noted as wrong."""
    return [each.code for each in found.about.faults.found]


TEXT, NAME, RATING, TITLES = fields_of(Note)


@pytest.mark.parametrize("field", [TEXT, NAME], ids=["passage", "line"])
def test_a_text_has_the_limit_that_it_declares(field: Field) -> None:
    fits, too_long = row(**{field.name: "x" * 10}), row(**{field.name: "x" * 11})

    assert read(fits, field) == "x" * 10
    assert (read(too_long, field), codes(too_long)) == (None, ["field.too_long"])


def test_a_passage_may_have_several_lines_and_a_line_may_not() -> None:
    passage, line = row(text="a\nb"), row(name="a\nb")

    assert read(passage, TEXT) == "a\nb"
    assert (read(line, NAME), codes(line)) == (None, ["field.line_break"])


@pytest.mark.parametrize(
    ("written", "number"), [("1", 1), ("10", 10), ("0", None), ("11", None), ("1,0", None)]
)
def test_a_number_is_whole_and_has_the_limit_that_it_declares(
    written: str, number: int | None
) -> None:
    found = row(rating=written)

    assert read(found, RATING) == number
    assert codes(found) == ([] if number else ["field.number"])


def test_what_no_file_says_yet_is_told_and_not_taken_for_text() -> None:
    with pytest.raises(TypeError, match="titles holds"):
        read(row(), TITLES)


@pytest.mark.parametrize("subject_type", sorted(set(SECTIONS.values())))
def test_each_field_of_what_files_hold_can_be_read(subject_type: str) -> None:
    for field in fields_of(DECLARED[subject_type]):
        is_part = field.holds is PartDay  # Read in the place of its day.
        if field.fact.set_by is None and field.name not in READ_OTHERWISE and not is_part:
            empty = row()
            assert read(empty, field) in (None, ()), field.name
            assert codes(empty) == (["field.missing"] if field.is_required else []), field.name
