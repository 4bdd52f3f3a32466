"""A task is covered by who holds a commitment on it; of whom nobody knows is counted apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changefeed.coverage import COVERS, covered

SOME = st.lists(st.integers(1, 4), max_size=6)


@pytest.mark.parametrize(
    ("holding", "perhaps", "cover"),
    [
        ("", "", "nobody"),
        ("", "a", "unknown"),
        ("", "ab", "unknown"),
        ("a", "", "one"),
        ("aa", "b", "one"),
        ("ab", "b", "several"),
    ],
)
def test_each_cover_has_its_name(holding: str, perhaps: str, cover: str) -> None:
    assert covered(holding, perhaps).cover == cover


@given(SOME, SOME)
def test_nobody_is_counted_twice_and_nobody_is_lost(holding: list[int], perhaps: list[int]) -> None:
    found = covered(holding, perhaps)

    assert found.partners | found.unknown == {*holding, *perhaps}
    assert found.partners & found.unknown == frozenset()
    assert found.partners == frozenset(holding)
    assert found.cover in COVERS
    assert (found.cover == "nobody") == (not holding and not perhaps)
