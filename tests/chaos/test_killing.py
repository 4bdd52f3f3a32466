"""What is killed is drawn in proportion, and the same again from the same seed."""

import random
from collections import Counter

import pytest

from tests.chaos.killing import ALWAYS, DECK, FEWEST, drawn
from tests.run import STAGES

DATABASES = ("sqlite", "postgresql")
HOLDERS = {"notify-work", "registry", "neo4j", "supervisor"}


@pytest.mark.parametrize("on", DATABASES)
def test_every_process_dies_in_a_long_run(on: str) -> None:
    assert Counter(drawn(2 * len(DECK), random.Random(1), on)) == Counter(DECK * 2)


@pytest.mark.parametrize("on", DATABASES)
@pytest.mark.parametrize("kills", [FEWEST, 10, len(DECK) - 1])
def test_a_short_run_kills_who_holds_something(on: str, kills: int) -> None:
    for seed in range(50):
        short = drawn(kills, random.Random(seed), on)

        assert len(short) == kills
        assert set(ALWAYS[on]) <= set(short)
        assert Counter(short) <= Counter(DECK)


def test_on_both_databases_together_each_holder_dies() -> None:
    assert {name for on in DATABASES for name, _ in ALWAYS[on]} == HOLDERS


def test_the_moment_of_each_is_drawn_too() -> None:
    supervisor = ("supervisor", "itself")
    places = {drawn(5, random.Random(seed), "sqlite").index(supervisor) for seed in range(50)}

    assert places == set(range(5))


@pytest.mark.parametrize("on", DATABASES)
def test_a_run_of_a_few_spares_the_supervisor(on: str) -> None:
    few = [name for seed in range(50) for name, _ in drawn(FEWEST - 1, random.Random(seed), on)]

    assert "supervisor" not in few
    assert len(few) == 50 * (FEWEST - 1)


def test_a_seed_draws_the_same_again() -> None:
    assert drawn(60, random.Random("7/sqlite"), "sqlite") == drawn(
        60, random.Random("7/sqlite"), "sqlite"
    )


def test_the_run_of_make_test_kills_what_holds_writes_letters_and_graph() -> None:
    [told] = [each.command for stage in STAGES for each in stage if each.name == "chaos"]
    kills, seed = (told[told.index(name) + 1] for name in ("--kills", "--seed"))
    dying = {
        name for on in DATABASES for name, _ in drawn(int(kills), random.Random(f"{seed}/{on}"), on)
    }

    assert dying >= HOLDERS
    assert "--on" not in told  # Both.
