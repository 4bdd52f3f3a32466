"""Reading facts: what docs/changes.md promises, or a complaint that names the place."""

import pytest

from ieum_notify.domain.facts import (
    FactsUnreadable,
    Subject,
    day,
    identity,
    is_illustrative,
    mapping,
    text,
    words,
)


@pytest.mark.parametrize(
    ("read", "complaint"),
    [
        (lambda: mapping("x"), "expected a map"),
        (lambda: text({}, "name"), "name is no text"),
        (lambda: day({"on": "soon"}, "on"), "on is no day"),
        (lambda: identity({"id": "x"}, "id"), "id is no id"),
        (lambda: words({"name": None}, "name"), "expected a map"),
        (lambda: Subject.from_facts(None), "expected a map"),
    ],
)
def test_what_is_not_as_promised_is_named(read: object, complaint: str) -> None:
    with pytest.raises(FactsUnreadable, match=complaint):
        read()  # type: ignore[operator]  # Each is a call that fails.


def test_a_missing_english_name_is_the_korean_one() -> None:
    assert words({"name": {"ko": "네이버", "en": None}}, "name").en == "네이버"


def test_only_a_record_marked_so_is_an_example() -> None:
    assert is_illustrative({"provenance": {"illustrative": True}})
    assert not is_illustrative({"provenance": {"illustrative": False}})
    assert not is_illustrative({})
