"""Anybody can check the log that they were given."""

from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from changefeed.chain import GENESIS, Break, canonical, first_break
from changefeed.change import Change, Facts
from tests.libs.changefeed.makers import chain_of

KEYS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)
FACTS = st.dictionaries(
    KEYS,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    ),
)


@given(FACTS)
def test_canonical_text_is_that_of_rfc_8785(facts: Facts) -> None:
    assert canonical(facts).encode() == rfc8785.dumps(facts)


def test_a_sound_chain_has_no_break() -> None:
    assert (
        first_break(
            chain_of({"name": "네이버"}, {"name": "유니티"}), after_seq=0, after_hash=GENESIS
        )
        is None
    )


@pytest.mark.parametrize(
    ("forged", "fault"),
    [
        ({"body": {"name": "다른 이름"}}, "body"),
        ({"reason": "지어낸 이유"}, "body"),
        ({"disclosed": {"name": "다른 이름"}}, "disclosed"),
        ({"kind": "partner.changed"}, "hash"),
        ({"seq": 7}, "gap"),
        ({"prev_hash": bytes(32)}, "previous"),
    ],
)
def test_a_forged_entry_is_named(forged: dict[str, object], fault: str) -> None:
    entries = chain_of({"name": "네이버"}, {"name": "유니티"}, {"name": "로커스"})
    entries[1] = replace(entries[1], **forged)  # type: ignore[arg-type]  # Fields by name.

    assert first_break(entries, after_seq=0, after_hash=GENESIS) == Break(2, fault)


def test_a_withheld_body_leaves_the_chain_whole() -> None:
    def withhold(change: Change) -> Change:
        return replace(change, body=None, reason=None, salt=None)

    entries = [withhold(each) for each in chain_of({"name": "네이버"}, {"name": "유니티"})]

    assert first_break(entries, after_seq=0, after_hash=GENESIS) is None
