"""A verb is carried out anew when it was overtaken, and in the end says by what."""

import pytest

from ieum_registry.domain.errors import Overtaken, RuleBroken
from ieum_registry.operations.again import TRIES, until_it_stands
from tests.registry.makers import NAVER


def test_it_is_carried_out_until_it_stands() -> None:
    tries: list[int] = []

    def carry_out() -> str:
        tries.append(len(tries))
        if len(tries) < TRIES:
            raise Overtaken("partner", NAVER, "naver")
        return "done"

    assert until_it_stands(carry_out) == "done"
    assert len(tries) == TRIES


def test_it_does_not_go_on_for_ever() -> None:
    tries: list[int] = []

    def carry_out() -> None:
        tries.append(len(tries))
        raise Overtaken("partner", NAVER, "naver")

    with pytest.raises(Overtaken):
        until_it_stands(carry_out)
    assert len(tries) == TRIES


def test_what_a_rule_forbids_is_not_tried_again() -> None:
    tries: list[int] = []

    def carry_out() -> None:
        tries.append(len(tries))
        raise RuleBroken("term.reversed")

    with pytest.raises(RuleBroken):
        until_it_stands(carry_out)
    assert len(tries) == 1
