"""Facts that have no one text are refused."""

import pytest

from ieum_registry.storage.log.facts_text import checked_text


@pytest.mark.parametrize(
    "facts", [{"n": 1.5}, {"n": 2**53}, {"이름": 1}, {"name": "\u1100\u1161"}, {"n": [b"x"]}]
)
def test_facts_without_one_text_are_refused(facts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="facts hold"):
        checked_text(facts)  # type: ignore[arg-type] # just what must not come
