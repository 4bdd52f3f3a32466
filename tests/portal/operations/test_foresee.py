"""Everything that a preview shows, and what it does without."""

from datetime import date
from uuid import UUID

import pytest

from ieum_portal.domain.command import Command, SubjectChanged, SubjectMoved
from ieum_portal.domain.errors import ChangeRefused, NeighbourDown, Stale
from ieum_portal.operations.foresee import Foreseen, foresee
from tests.portal.neighbours import Neighbours
from tests.portal.operations.conftest import Connect
from tests.portal.sample import MILESTONES, TODAY, identity

ENDING = SubjectMoved(
    "collaboration",
    UUID(identity("naver-T05")),
    "endings",
    {"ends_on": TODAY.isoformat()},
    "과제 종료",
    1,
)


def done(seen: int = 1, on: date = TODAY) -> SubjectMoved:
    proof = {"on": on.isoformat(), "text": "보고서", "link": None}
    told = {"done_on": on.isoformat(), "evidence": [proof]}
    return SubjectMoved("milestone", UUID(identity("m1")), "completions", told, None, seen)


def look(connect: Connect, wanted: Command) -> Foreseen:
    _, neighbours = connect("office")
    return foresee(wanted, today=TODAY, neighbours=neighbours)


def test_an_entry_is_told_fact_by_fact(connect: Connect) -> None:
    [line] = look(connect, ENDING).entries

    assert line.entry.kind == "collaboration.ended"
    assert [(each.field, each.before, each.after) for each in line.differences] == [
        ("ends_on", None, "2026-11-23"),
        ("holds_until", None, "2026-11-23"),
    ]


def test_names_and_addresses_are_compared_though_no_entry_holds_them(connect: Connect) -> None:
    wanted = SubjectChanged(
        "contact", UUID(identity("naver-liaison")), {"email": "new@naver.example"}, None, 1
    )

    [line] = look(connect, wanted).entries

    assert "email" not in line.entry.body
    assert [each.field for each in line.differences] == ["email"]


def test_a_silent_follower_is_missing_and_no_obstacle(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.graph.refuses = "graph.behind"
    neighbours.notify.is_down = True

    foreseen = look(connect, done())

    assert (foreseen.redrawn, foreseen.reposted) == (None, None)
    assert {(each.neighbour, each.code) for each in foreseen.missing} == {
        ("graph", "graph.behind"),
        ("notify", "down"),
    }
    assert len(foreseen.entries) == 1


def test_what_differs_in_nothing_asks_nobody_what_follows(
    connect: Connect, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, asked = connect("office")
    monkeypatch.setattr(type(asked.registry), "try_out", lambda *_: ())

    foreseen = foresee(done(), today=TODAY, neighbours=asked)

    assert foreseen.entries == []
    assert neighbours.said["foreseen"] == []
    assert foreseen.missing == ()


def test_a_version_that_has_passed_is_stale(connect: Connect) -> None:
    with pytest.raises(Stale):
        look(connect, done(seen=7))


def test_what_the_rules_refuse_is_refused(connect: Connect, neighbours: Neighbours) -> None:
    neighbours.registry.hold(milestone=[MILESTONES[0] | {"done_on": "2026-11-01"}])

    with pytest.raises(ChangeRefused, match=r"milestone\.closed"):
        look(connect, done())


def test_without_the_registry_nothing_can_be_foreseen(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.is_down = True

    with pytest.raises(NeighbourDown):
        look(connect, done())
