"""The copy of facts: newest wins, what is withheld goes, and a copy from zero is the same."""

from dataclasses import replace

from sqlalchemy.engine import Engine

from ieum_notify.app import stored_copy
from ieum_notify.domain.facts import Subject
from ieum_notify.operations.ports import FeedPage
from tests.notify.makers import (
    MILESTONE,
    MONDAY,
    OFFICE,
    PARTNER,
    PostRoom,
    at,
    houses,
    milestone,
    milestone_in_five_days,
)


def test_the_newest_facts_of_a_subject_win(room: PostRoom) -> None:
    room.registry.record(milestone_in_five_days(), milestone(MONDAY))
    room.follow()

    found = room.copy.records([MILESTONE])[MILESTONE]
    assert found.version == 2
    assert found.facts["due_on"] == MONDAY.isoformat()


def test_loads_are_not_copied(room: PostRoom) -> None:
    load = Subject("load", MILESTONE.id)
    room.registry.record({load: {"id": str(load.id), "anchor_on": "2026-11-23"}})
    room.follow()

    assert room.copy.records([load]) == {}
    assert room.copy.is_whole()


def test_an_entry_whose_facts_are_withheld_takes_the_copied_ones_away(room: PostRoom) -> None:
    room.registry.record(milestone_in_five_days())
    room.follow()
    room.registry.record(milestone_in_five_days())
    room.registry.log[-1] = replace(room.registry.log[-1], body=None)
    room.follow()

    assert room.copy.records([MILESTONE]) == {}
    assert room.copy.known().records.get(MILESTONE) is None


def test_a_copy_made_page_by_page_equals_one_made_at_once(room: PostRoom, engine: Engine) -> None:
    room.registry.record(milestone_in_five_days(), milestone(MONDAY), houses())
    for _ in room.registry.log:
        mark = room.copy.mark()
        page = FeedPage(tuple(room.registry.log[mark.seq : mark.seq + 1]), len(room.registry.log))
        room.copy.apply(mark, page, room.now)
    step_by_step = room.copy.known()
    room.copy.forget()
    room.follow()

    assert room.copy.known() == step_by_step
    assert room.copy.known().office == OFFICE


def test_what_is_known_is_read_again_only_when_the_bookmark_moved(room: PostRoom) -> None:
    room.follow()
    first = room.copy.known()

    assert room.copy.known() is first
    room.registry.record(milestone_in_five_days())
    room.follow()
    assert room.copy.known() is not first


def test_another_reader_sees_the_same(room: PostRoom, engine: Engine) -> None:
    room.follow()

    assert stored_copy(engine, room.rules).known() == room.copy.known()
    assert room.copy.records([]) == {}
    assert room.copy.records([PARTNER])[PARTNER].facts["name"] == {"ko": "네이버", "en": "NAVER"}
    assert room.now == at(MONDAY)
