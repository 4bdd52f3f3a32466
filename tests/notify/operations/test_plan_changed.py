"""Planning for those alone who were changed leaves the outbox as planning for everybody does."""

from datetime import timedelta
from random import Random

import pytest

from changefeed.change import Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.operations.follow import follow
from ieum_notify.operations.plan import Planned, plan
from ieum_notify.operations.sender import sender
from ieum_notify.storage.migrate import STEPS
from sqlstore.engine import open_engine
from tests.notify.makers import (
    AGREEMENT,
    LIAISON,
    LIAISON_SEAT,
    MONDAY,
    OFFICE,
    PARTNER,
    PostRoom,
    Registry,
    agreement,
    at,
    day_off,
    event,
    houses,
    milestone,
    milestone_in_five_days,
    place,
    promise,
    seat,
    the_city,
)
from tests.notify.operations.test_relay import contact, nth
from tests.postgres import Databases
from tests.smtp import Mailbox


def a_change(draw: Random) -> dict[Subject, Facts]:
    on = MONDAY + timedelta(days=draw.randint(-3, 60))
    match draw.randint(0, 12):
        case 0:
            return seat(
                LIAISON_SEAT, PARTNER, "liaison", *([LIAISON] if draw.random() < 0.6 else [])
            )
        case 1:
            return day_off(on, working=draw.random() < 0.5)
        case 2:
            return contact(LIAISON)
        case 3 | 4:
            revised = draw.random() < 0.5
            return event(
                f"{on.isoformat()}T09:00",
                Subject("event", nth(draw.randint(20, 22)).id),
                partner_ids=[str(PARTNER.id)] if draw.random() < 0.7 else [],
                revision=draw.randint(1, 5) if revised else 0,
                revised_on=MONDAY.isoformat() if revised else None,
                cancelled_on=MONDAY.isoformat() if revised and draw.random() < 0.5 else None,
            )
        case 5:
            return {nth(draw.randint(1, 6)): {"due_on": "soon"}}
        case 6:
            return {Subject("task", nth(1).id): {"title": {"ko": "과제"}}}
        case 7:
            lead = draw.choice([None, str(OFFICE.id), str(nth(30).id)])
            disclosure = draw.choice(["public", "closed"])
            return agreement(AGREEMENT, lead_department_id=lead, disclosure=disclosure)
        case 8 | 9:
            due_on = MONDAY + timedelta(days=draw.randint(-90, 100))
            return promise(due_on, Subject("promise", nth(draw.randint(40, 42)).id))
        case _:
            owner = place(draw.choice([PARTNER, OFFICE, Subject("partner", OFFICE.id)]))
            done = "2026-11-20" if draw.random() < 0.2 else None
            return milestone(on, nth(draw.randint(1, 6)), owner=owner, done_on=done)


def rooms(databases: Databases, smtp_url: str) -> tuple[PostRoom, PostRoom]:
    registry = Registry()
    registry.record(houses(), the_city())
    whole, changed = (
        PostRoom(open_engine(databases(STEPS.migrate)), registry, smtp_url, at(MONDAY))
        for _ in range(2)
    )
    return whole, changed


def state_of(room: PostRoom) -> object:
    listed = room.history.listed(state=None, after=None, limit=1000)
    alarms = sender(room.history, room.now).pulse.alarms
    return (
        sorted((each.entry.occurrence.key, each.entry.state, each.entry.reason) for each in listed),
        sorted(
            (each.alarm.code, str(each.alarm.subject), each.alarm.detail().ko) for each in alarms
        ),
        sorted((each.entry.occurrence.key, each.entry.occurrence.due_at) for each in listed),
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_book_is_the_same_whoever_was_planned_for(
    sqlite_databases: Databases, smtp_server: Mailbox, seed: int
) -> None:
    draw = Random(seed)
    whole, some = rooms(sqlite_databases, smtp_server.url)
    for room in (whole, some):
        room.follow()
        room.plan()
    for _ in range(20):
        whole.registry.record(*(a_change(draw) for _ in range(draw.randint(1, 3))))
        for room in (whole, some):
            room.now += timedelta(minutes=5)
            followed = follow(room.registry, room.copy, room.outbox, now=room.now, wait_s=0)
            changed = None if room is whole else followed.changed
            plan(room.rules, room.copy, room.outbox, room.now, changed=changed)

        assert state_of(some) == state_of(whole)
    for room in (whole, some):
        room.engine.dispose()


def test_what_no_rule_reads_plans_nothing(room: PostRoom) -> None:
    """The copy is not even read: a change of a task costs no planning."""
    room.registry.record(milestone_in_five_days())
    room.follow()

    task = Subject("task", nth(1).id)
    assert plan(room.rules, room.copy, room.outbox, room.now, changed={task}) == Planned(0, 0, 0)
    assert room.states() == {}


def test_while_the_copy_fills_planning_is_not_done(room: PostRoom) -> None:
    room.registry.record(milestone_in_five_days())
    room.follow()
    room.copy.forget()
    mark = room.copy.mark()
    page = room.registry.read(mark, 0)
    room.copy.apply(mark, type(page)(page.changes[:3], page.head), room.now)

    assert not plan(room.rules, room.copy, room.outbox, room.now).is_done
