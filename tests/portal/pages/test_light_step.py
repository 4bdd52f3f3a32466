"""What touches the record alone is recorded by one press; anything else is looked at first."""

import re

import pytest

from tests.portal.neighbours import Neighbours, a_letter, a_tie
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import EVERY, open_form, send, sent
from tests.portal.sample import identity

CHANGE = f"/partners/{identity('naver')}/change"
MEMO = {"memo": "담당 바뀜", "reason": "통화"}


def test_what_changes_no_tie_and_no_letter_is_recorded_at_once(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    head = neighbours.registry.head()

    form = open_form(client, CHANGE)
    one, two = (send(client, form, "at_once", **MEMO) for _ in range(2))

    assert one.location == two.location
    assert f"recorded={head + 1}" in one.location
    assert neighbours.registry.head() == head + 1
    assert neighbours.registry.newest()["memo"] == "담당 바뀜"


@pytest.mark.parametrize("what", ["letter", "tie", "graph away", "notify away"])
def test_what_follows_or_may_is_looked_at_first(
    enter: Enter, neighbours: Neighbours, what: str
) -> None:
    client = enter()
    if what == "letter":
        neighbours.said["reposted"] |= {"added": [a_letter()]}
    elif what == "tie":
        neighbours.said["redrawn"] = {"edges": [a_tie("closes", "naver", "T05")], "coverage": []}
    else:
        neighbours.graph.is_down = what == "graph away"
        neighbours.notify.is_down = what == "notify away"
    head = neighbours.registry.head()

    shown = sent(client, open_form(client, CHANGE), "at_once", **MEMO)

    assert neighbours.registry.head() == head
    assert "아직 기록하지 않았습니다" in shown.text
    assert "담당 바뀜" in shown.text
    assert "recorded=" in send(client, shown, "record").location


@pytest.mark.parametrize(
    ("goes", "said"),
    [
        ("before it is tried", "적으신 것은 그대로 있습니다"),
        ("before it is written", "기록되었는지 아직 모릅니다"),
    ],
)
def test_a_registry_that_goes_away_at_that_step_loses_nothing_and_is_asked_once_more(
    enter: Enter, neighbours: Neighbours, goes: str, said: str
) -> None:
    client = enter()
    form = open_form(client, CHANGE)
    head = neighbours.registry.head()

    neighbours.registry.is_down = goes == "before it is tried"
    neighbours.registry.writes_left = 0
    unsure = send(client, form, "at_once", **MEMO)
    told = client.get(unsure.location)
    neighbours.registry.stand_open()
    again = send(client, form, "at_once", **MEMO)

    assert "recorded=" not in unsure.location
    assert told.status_code == 503
    assert said in told.text
    assert "recorded=" in again.location
    assert neighbours.registry.head() == head + 1
    assert neighbours.registry.newest()["memo"] == "담당 바뀜"


def test_faults_are_shown_in_place_and_nothing_is_recorded(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    head = neighbours.registry.head()

    page = sent(client, open_form(client, CHANGE), "at_once", name_ko=" ", website="narae")

    assert re.findall(r'<li><a href="#(\w+)">', page.text) == ["name_ko", "website"]
    assert re.search(r'id="website-fault">[^<]*[가-힣]', page.text)
    assert neighbours.registry.head() == head


def test_what_somebody_changed_meanwhile_is_not_overwritten(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    form = open_form(client, CHANGE)
    other = sent(client, open_form(client, CHANGE), "at_once", memo="먼저 적은 것", reason="통화")
    head = neighbours.registry.head()

    stale = sent(client, form, "at_once", **MEMO)

    assert other.status_code == 200
    assert "그사이 다른 사람이 바꾸었습니다" in stale.text
    assert neighbours.registry.head() == head
    assert neighbours.registry.newest()["memo"] == "먼저 적은 것"


@pytest.mark.parametrize("path", EVERY)
def test_every_form_offers_it(enter: Enter, path: str) -> None:
    assert 'name="step" value="at_once">바로 저장<' in open_form(enter(), path).text
