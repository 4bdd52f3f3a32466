"""The copy of facts: newest wins, what is withheld goes, and a copy from zero is the same."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlalchemy.event import listen

from changefeed.change import Change
from ieum_notify.app import stored_copy
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.operations.ports import FeedPage
from tests.notify.changing import changes
from tests.notify.makers import (
    MILESTONE,
    MONDAY,
    OFFICE,
    OWN,
    PARTNER,
    PostRoom,
    at,
    houses,
    milestone,
    milestone_in_five_days,
    the_city,
)


def test_the_newest_facts_of_a_subject_win(room: PostRoom) -> None:
    room.registry.record(milestone_in_five_days(), milestone(MONDAY))
    room.follow()

    found = room.copy.records([MILESTONE])[MILESTONE]
    assert found.version == 2
    assert found.facts["due_on"] == MONDAY.isoformat()


def test_facts_are_looked_up_by_their_key(room: PostRoom, engine: Engine) -> None:
    asked: list[str] = []
    room.registry.record(milestone_in_five_days())
    room.follow()
    listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    found = room.copy.records([MILESTONE, PARTNER, OFFICE, Subject("task", MILESTONE.id)])

    assert found.keys() == {MILESTONE, PARTNER, OFFICE}
    looked_up = [each for each in asked if "FROM facts" in each]
    assert len(looked_up) == 4
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            for each in looked_up:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {each}", ("x", "y")).all()
                assert {row[-1].split()[0] for row in plan} == {"SEARCH"}, plan


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


def test_what_is_retracted_is_copied_no_longer(room: PostRoom) -> None:
    room.registry.record(milestone_in_five_days(), the_city())
    room.follow()
    room.registry.record(the_city())
    room.registry.log[-1] = replace(room.registry.log[-1], kind="partner.retracted")
    room.follow()

    assert room.copy.records([OWN]) == {}
    assert room.copy.known().records.get(MILESTONE) is not None


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


@dataclass
class Log:
    """A log that is copied as it grows; begun again, it tells another history."""

    history: int = 0
    seq: int = 0

    def page(self, sample: Change, changed: Mapping[Subject, Record | None]) -> tuple[Change, ...]:
        """Give the next entries, made after a sample."""
        return tuple(self._entry(sample, about, record) for about, record in changed.items())

    def _entry(self, sample: Change, about: Subject, record: Record | None) -> Change:
        self.seq += 1
        return replace(
            sample,
            seq=self.seq,
            subject_type=about.type,
            subject_id=about.id,
            version=1 if record is None else record.version,
            body=None if record is None else record.facts,
            hash=hashlib.sha256(f"{self.history} {self.seq}".encode()).digest(),
        )


STEPS = st.lists(st.tuples(st.none() | changes(), st.booleans()), max_size=8)
"""A page to copy, or None to begin the copy again; and whether the reader then looks."""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_a_reader_took_in_bit_by_bit_is_what_the_whole_copy_says(
    room: PostRoom, engine: Engine, steps: list[tuple[dict[Subject, Record | None] | None, bool]]
) -> None:
    room.copy.forget()  # What was known of the example before goes on to be remembered.
    log = Log()
    for changed, looks in steps:
        if changed is None:
            room.copy.forget()
            log = Log(log.history + 1)
        else:
            page = FeedPage(log.page(room.registry.log[0], changed), log.seq)
            assert room.copy.apply(room.copy.mark(), page, room.now)
        if looks:
            assert room.copy.known() == stored_copy(engine, room.rules).known()

    assert room.copy.known() == stored_copy(engine, room.rules).known()


def test_a_redaction_leaves_a_copy_that_equals_one_from_zero(room: PostRoom) -> None:
    room.registry.record(houses(), milestone_in_five_days(), milestone(MONDAY))
    room.follow()
    of = next(each for each in room.registry.log if each.subject_id == MILESTONE.id)
    room.registry.log[of.seq - 1] = replace(of, body=None, reason=None, salt=None)
    redaction = Subject("redaction", PARTNER.id)
    room.registry.record({redaction: {"id": str(redaction.id), "redacts": of.seq}})
    room.follow()
    live = room.copy.known()

    room.copy.forget()
    room.follow()

    assert room.copy.known() == live
    assert room.copy.records([MILESTONE])[MILESTONE].version == 2
    assert room.copy.records([redaction]) == {}
