"""Anybody can check the log that they were given."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from changefeed.chain import GENESIS, REDACTION, Break, canonical, first_break
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


def without(change: Change, *, also_disclosed: bool = True) -> Change:
    """Take away what a redaction destroys, or what is withheld from strangers."""
    left = replace(change, body=None, reason=None, salt=None)
    return replace(left, disclosed=None, disclosed_salt=None) if also_disclosed else left


def redaction(of: int) -> Facts:
    return {"redacts": of}


def feed_with_redaction() -> list[Change]:
    entries = chain_of({"name": "하나"}, {"name": "둘"}, redaction(1), kinds={3: REDACTION})
    return [without(entries[0]), *entries[1:]]


@pytest.mark.parametrize("shows_all", [True, False])
def test_a_redacted_entry_is_no_break_for_anybody(*, shows_all: bool) -> None:
    entries = feed_with_redaction()
    if not shows_all:
        entries = [entries[0], *(without(each, also_disclosed=False) for each in entries[1:])]

    assert (
        first_break(entries, after_seq=0, after_hash=GENESIS, to_head=True, shows_all=shows_all)
        is None
    )


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda feed: [feed[0], without(feed[1]), feed[2]], Break(2, "destroyed")),
        (lambda feed: [*feed[:2], without(feed[2])], Break(1, "destroyed")),
        (lambda feed: [replace(feed[0], reason="left"), *feed[1:]], Break(1, "half")),
        (lambda feed: [feed[0], replace(feed[1], salt=None), feed[2]], Break(2, "half")),
        (lambda feed: [feed[0], replace(feed[1], disclosed=None), feed[2]], Break(2, "half")),
        (
            lambda feed: [
                feed[0],
                replace(feed[1], disclosed=None, disclosed_salt=None),
                feed[2],
            ],
            Break(2, "half"),
        ),
        (
            lambda feed: [feed[0], without(feed[1], also_disclosed=False), feed[2]],
            Break(2, "half"),
        ),
        (lambda feed: feed[:2], Break(1, "destroyed")),
    ],
)
def test_what_was_destroyed_is_seen_by_who_sees_all(
    spoil: Callable[[list[Change]], list[Change]], expected: Break
) -> None:
    feed = spoil(feed_with_redaction())

    found = first_break(feed, after_seq=0, after_hash=GENESIS, to_head=True, shows_all=True)

    assert found == expected


def test_a_stranger_sees_that_what_was_disclosed_is_gone() -> None:
    one, two = chain_of({"name": "하나"}, {"name": "둘"})
    feed = [without(one), without(two, also_disclosed=False)]

    assert first_break(feed, after_seq=0, after_hash=GENESIS, to_head=True) == Break(1, "destroyed")
    assert first_break(feed, after_seq=0, after_hash=GENESIS) is None


def test_a_redaction_of_what_is_still_there_is_a_break() -> None:
    feed = chain_of({"name": "하나"}, {"name": "둘"}, redaction(1), kinds={3: REDACTION})

    assert first_break(feed, after_seq=0, after_hash=GENESIS) == Break(3, "kept")


def test_a_withheld_body_leaves_the_chain_whole() -> None:
    def withhold(change: Change) -> Change:
        return replace(change, body=None, reason=None, salt=None)

    entries = [withhold(each) for each in chain_of({"name": "네이버"}, {"name": "유니티"})]

    assert first_break(entries, after_seq=0, after_hash=GENESIS) is None
