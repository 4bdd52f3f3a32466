"""What a declaration says, and what follows from it: closed unless opened, words for everything."""

from dataclasses import dataclass
from typing import Annotated, get_args, get_origin

import pytest

from changefeed.declared import (
    Fact,
    Field,
    Undeclared,
    fields_of,
    opened,
    opened_to_parties,
    readers_of,
)
from changefeed.kinds import SUBJECT_TYPES
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import Words


@dataclass(frozen=True, slots=True)
class Note:
    """A part with one open and one closed field."""

    text: Annotated[str, Fact("글", "text", public=True)]
    author: Annotated[str | None, Fact("쓴 사람", "author")] = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Something declared, with a memo that nobody opened."""

    title: Annotated[Words, Fact("제목", "title", public=True)]
    notes: Annotated[tuple[Note, ...], Fact("글", "notes", public=True)]
    purpose: Annotated[str | None, Fact("목적", "purpose", public=True, whole_only=True)] = None
    memo: Annotated[str | None, Fact("비고", "memo")] = None


def every_field(kind_of: type[object]) -> list[Field]:
    """Give the fields of a declaration and of all its parts."""
    found = list(fields_of(kind_of))
    inner = [deep for each in found if each.parts is not None for deep in every_field(each.parts)]
    return [*found, *inner]


ALL = [(name, field) for name, kind_of in DECLARED.items() for field in every_field(kind_of)]


def test_every_type_of_the_log_is_declared() -> None:
    assert set(DECLARED) == set(SUBJECT_TYPES)


@pytest.mark.parametrize(("subject_type", "field"), ALL, ids=lambda each: str(each)[:40])
def test_a_field_has_its_words_in_both_languages(subject_type: str, field: Field) -> None:
    assert field.fact.ko, subject_type
    assert field.fact.en, subject_type
    for code, label in (field.fact.codes or {}).items():
        assert label.ko, code
        assert label.en, code


def test_codes_are_those_of_their_type() -> None:
    coded = [(field.holds, field.fact.codes) for _, field in ALL if field.fact.codes]
    assert coded
    for type_, codes in coded:
        several = get_origin(type_) is tuple
        assert list(codes or {}) == list(get_args(get_args(type_)[0] if several else type_))


def test_what_has_codes_has_words_for_them() -> None:
    assert [
        (name, field.name) for name, field in ALL if is_coded(field) and not field.fact.codes
    ] == []


def is_coded(field: Field) -> bool:
    """Say whether a field takes some words only."""
    return "Literal" in str(field.holds)


def test_ids_point_at_types_that_there_are() -> None:
    named = {field.fact.names for _, field in ALL if field.fact.names is not None}
    assert named <= set(DECLARED)
    assert {"partner", "agreement", "task"} <= named


def test_a_field_is_closed_unless_it_is_opened() -> None:
    found = opened(Visit)

    assert set(found.keys) == {"title", "notes", "purpose"}
    assert found.nulled == frozenset()
    notes = found.keys["notes"]
    assert notes is not None
    assert set(notes.keys) == {"text"}


def test_open_in_part_leaves_the_key_without_its_value() -> None:
    found = opened(Visit, in_part=True)

    assert found.nulled == {"purpose"}


def test_what_opens_a_subject_is_one_of_its_fields() -> None:
    for kind_of in DECLARED.values():
        by = kind_of.declares.opened_by
        if by is not None:
            [field] = [each for each in fields_of(kind_of) if each.name == by]
            assert "public" in (field.fact.codes or {})


def test_a_field_that_says_nothing_of_itself_is_refused() -> None:
    @dataclass(frozen=True)
    class Silent:
        memo: str | None = None

    with pytest.raises(Undeclared, match=r"Silent\.memo"):
        fields_of(Silent)


def test_a_field_knows_what_it_holds() -> None:
    title, notes, purpose, _ = fields_of(Visit)

    assert (title.parts, title.is_required, title.is_optional) == (Words, True, False)
    assert (notes.parts, purpose.holds) == (Note, str)
    assert (purpose.is_required, purpose.is_optional) == (False, True)


@dataclass(frozen=True, slots=True)
class Promise:
    """What those read whom it concerns, but for one field of a part."""

    due: Annotated[str, Fact("기한", "due", parties=True)]
    notes: Annotated[tuple[Note, ...], Fact("글", "notes", parties=True)] = ()


def test_whom_a_subject_concerns_is_told_what_is_theirs_and_no_more() -> None:
    found = opened_to_parties(Promise)

    assert found is not None
    assert set(found.keys) == {"due", "notes"}
    notes = found.keys["notes"]
    assert notes is not None
    assert set(notes.keys) == {"text"}
    assert opened(Promise).keys == {}


def test_where_all_is_theirs_nothing_needs_to_be_left_out() -> None:
    assert opened_to_parties(Words) is None
    assert {name for name, each in DECLARED.items() if opened_to_parties(each) is not None} == {
        "partner",
        "handover",
        "journal",
        "load",
    }


def test_what_somebody_may_not_read_has_a_default_so_that_the_rest_can_be_read() -> None:
    left_out = [
        (name, field.key)
        for name, kind_of in DECLARED.items()
        if kind_of.declares.public or kind_of.declares.opened_by
        for field in every_field(kind_of)
        if not field.fact.public and field.is_required
    ]
    assert left_out == []


def test_a_type_is_the_office_s_own_until_a_field_of_it_is_opened() -> None:
    found: dict[str, list[str]] = {}
    for name, kind_of in DECLARED.items():
        found.setdefault(readers_of(kind_of), []).append(name)

    assert found["office"] == ["journal", "load", "handover"]
    theirs = ["contact", "seat", "milestone", "promise", "promise_report", "reply"]
    assert found["parties"] == theirs
