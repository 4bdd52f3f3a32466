"""A department reads about the letters of its own affairs and seats, and about no others."""

from datetime import timedelta
from uuid import UUID

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.errors import NotFound
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.sight import Sight
from ieum_notify.operations.explain import explain
from ieum_notify.operations.sender import sender
from ieum_notify.operations.sight import department_sight
from tests.notify.makers import (
    AGREEMENT,
    LIAISON_SEAT,
    MONDAY,
    OFFICE,
    OFFICER,
    PARTNER,
    PostRoom,
    agreement,
    event,
    milestone,
    place,
    seat,
)

DEPARTMENT = Subject("department", UUID(int=(0x018F << 112) + 100))
OTHERS = Subject("agreement", UUID(int=(0x018F << 112) + 101))
WORK = Subject("collaboration", UUID(int=(0x018F << 112) + 102))
OTHER_WORK = Subject("collaboration", UUID(int=(0x018F << 112) + 103))
SEAT = UUID(int=(0x018F << 112) + 104)
DUE = MONDAY + timedelta(days=5)


def _subject(number: int, type_: str = "milestone") -> Subject:
    return Subject(type_, UUID(int=(0x018F << 112) + number))


LED, UNDER_WORK, OWNED, ANSWERED = _subject(1), _subject(2), _subject(3), _subject(4, "event")
FOREIGN, FOREIGN_WORK, FOREIGN_EVENT = _subject(5), _subject(6), _subject(7, "event")
MINE = {LED, UNDER_WORK, OWNED, ANSWERED}


def _agreement(about: Subject, department: Subject | None) -> dict[Subject, Facts]:
    lead = None if department is None else str(department.id)
    return agreement(about, lead_department_id=lead)


def _work(about: Subject, under: Subject) -> dict[Subject, Facts]:
    return {about: {"id": str(about.id), "agreement_id": str(under.id)}}


def _milestone(about: Subject, **more: Fact) -> dict[Subject, Facts]:
    return milestone(DUE, about, **{"agreement_id": None, **more})


@pytest.fixture
def network(room: PostRoom) -> PostRoom:
    """A department with four affairs, and three that are others'."""
    room.registry.record(
        _agreement(AGREEMENT, DEPARTMENT),
        _agreement(OTHERS, OFFICE),
        _work(WORK, AGREEMENT),
        _work(OTHER_WORK, OTHERS),
        seat(SEAT, DEPARTMENT, "officer", OFFICER),
        _milestone(LED, agreement_id=str(AGREEMENT.id)),
        _milestone(UNDER_WORK, collaboration_id=str(WORK.id)),
        _milestone(OWNED, agreement_id=str(OTHERS.id), owner=place(DEPARTMENT)),
        _milestone(FOREIGN, agreement_id=str(OTHERS.id)),
        _milestone(FOREIGN_WORK, collaboration_id=str(OTHER_WORK.id), owner=place(PARTNER)),
        event(f"{DUE}T09:00", ANSWERED, department_id=str(DEPARTMENT.id)),
        event(f"{DUE}T09:00", FOREIGN_EVENT),
    )
    room.follow()
    room.plan()
    return room


def _seen(room: PostRoom, sight: Sight | None) -> tuple[set[Subject], set[Subject]]:
    listed = room.history.listed(state=None, after=None, limit=200, sight=sight)
    shown = room.preview(sight=sight)
    return (
        {each.entry.occurrence.subject for each in listed},
        {each.occurrence.subject for each in shown.items},
    )


def test_a_department_sees_the_letters_of_its_affairs_alone(network: PostRoom) -> None:
    sight = department_sight(DEPARTMENT.id, network.copy, MONDAY)

    assert _seen(network, sight) == (MINE, MINE)
    everything = MINE | {FOREIGN, FOREIGN_WORK, FOREIGN_EVENT}
    assert _seen(network, None) == (everything, everything)


def test_a_department_gets_no_explanation_of_others_letters(network: PostRoom) -> None:
    sight = department_sight(DEPARTMENT.id, network.copy, MONDAY)
    keys = {
        each.entry.occurrence.key: each.entry.occurrence.subject
        for each in network.history.listed(state=None, after=None, limit=200)
    }

    for key, about in keys.items():
        if about in MINE:
            told = explain(
                network.rules, network.copy, network.history, network.now, key=key, sight=sight
            )
            assert told.occurrence.subject == about
        else:
            with pytest.raises(NotFound):
                explain(
                    network.rules, network.copy, network.history, network.now, key=key, sight=sight
                )


def test_a_department_is_told_of_no_alarm_about_others(network: PostRoom) -> None:
    sight = department_sight(DEPARTMENT.id, network.copy, MONDAY)
    all_of_them = {each.alarm.subject for each in sender(network.history, network.now).pulse.alarms}

    told = {each.alarm.subject for each in sender(network.history, network.now, sight).pulse.alarms}

    assert all_of_them == {ANSWERED, FOREIGN_EVENT}
    assert told == {ANSWERED}


def test_without_a_department_no_letter_is_seen(network: PostRoom) -> None:
    assert _seen(network, department_sight(None, network.copy, MONDAY)) == (set(), set())


def test_a_department_follows_what_it_leads_now(network: PostRoom) -> None:
    network.registry.record(_agreement(AGREEMENT, OFFICE))
    network.follow()

    sight = department_sight(DEPARTMENT.id, network.copy, MONDAY)

    assert _seen(network, sight) == ({OWNED, ANSWERED}, {OWNED, ANSWERED})


@pytest.mark.parametrize("department", [DEPARTMENT, OFFICE])
def test_a_departments_preview_is_its_part_of_the_whole(
    network: PostRoom, department: Subject
) -> None:
    network.registry.record(
        event("2026-12-20T09:00", ANSWERED, department_id=str(DEPARTMENT.id), partner_ids=[]),
        seat(LIAISON_SEAT, PARTNER, "liaison"),
    )
    network.day()
    network.registry.record(event("2026-12-20T09:00", ANSWERED, partner_ids=[]))
    network.follow()
    sight = department_sight(department.id, network.copy, MONDAY)

    part = network.preview(sight=sight).items

    assert part == tuple(each for each in network.preview().items if sight.shows(each.occurrence))
    assert {each.occurrence.rule for each in part} >= {"milestone_due"}
    told_before = {each.occurrence.subject for each in part if each.occurrence.rule == "event_left"}
    assert told_before == ({ANSWERED} if department == DEPARTMENT else set())


def test_of_others_affairs_nothing_is_planned_for_a_department(network: PostRoom) -> None:
    known = network.copy.known().with_told(network.history.told(network.rules))

    theirs = department_sight(DEPARTMENT.id, network.copy, MONDAY).to_plan(known)
    offices = department_sight(OFFICE.id, network.copy, MONDAY).to_plan(known)

    assert theirs is not None
    assert theirs >= MINE
    assert theirs.isdisjoint({FOREIGN, FOREIGN_WORK, FOREIGN_EVENT, OTHERS})
    assert offices is None
    assert department_sight(None, network.copy, MONDAY).to_plan(known) == frozenset()
