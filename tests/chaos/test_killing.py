"""What is killed is drawn in proportion, and the same again from the same seed."""

import random
from collections import Counter

from tests.chaos.killing import DECK, drawn


def test_every_process_dies_in_a_long_run() -> None:
    assert Counter(drawn(2 * len(DECK), random.Random(1))) == Counter(DECK * 2)


def test_a_short_run_spares_the_supervisor() -> None:
    short = [name for seed in range(50) for name, _ in drawn(10, random.Random(seed))]

    assert "supervisor" not in short
    assert len(short) == 500


def test_a_seed_draws_the_same_again() -> None:
    assert drawn(60, random.Random("7/sqlite")) == drawn(60, random.Random("7/sqlite"))


def test_the_run_of_make_test_kills_what_holds_writes_and_letters() -> None:
    assert dict.fromkeys(drawn(4, random.Random("743/sqlite"))) == dict.fromkeys(
        [
            ("registry", "itself"),
            ("graph-follow", "itself"),
            ("registry", "worker"),
            ("notify-work", "itself"),
        ]
    )
    assert {name for name, _ in drawn(4, random.Random("743/postgresql"))} == {
        "registry",
        "graph-follow",
        "portal",
        "notify-work",
    }
