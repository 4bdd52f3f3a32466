"""The history of a department of any size is read, and by few questions."""

from uuid import UUID

from sqlalchemy.engine import Engine
from sqlalchemy.event import listen

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.sight import Sight
from tests.notify.makers import MILESTONE, PostRoom, milestone_in_five_days

MORE_THAN_A_STATEMENT_HOLDS = 130_000
"""Pairs: PostgreSQL takes 65,535 values in a statement, SQLite as it is built here 250,000."""


def _others(count: int) -> frozenset[Subject]:
    return frozenset(Subject("agreement", UUID(int=number)) for number in range(1, count + 1))


def test_a_department_of_any_size_is_shown_its_letters(room: PostRoom) -> None:
    room.registry.record(milestone_in_five_days())
    room.follow()
    room.plan()
    affairs = _others(MORE_THAN_A_STATEMENT_HOLDS)

    def listed(sight: Sight) -> set[Subject]:
        found = room.history.listed(state=None, after=None, limit=200, sight=sight)
        return {each.entry.occurrence.subject for each in found}

    seats = {
        each.entry.occurrence.seat_id
        for each in room.history.listed(state=None, after=None, limit=200)
    }
    assert listed(Sight(affairs | {MILESTONE})) == {MILESTONE}
    assert listed(Sight(affairs)) == set()
    assert listed(Sight(affairs, frozenset(each for each in seats if each))) == {MILESTONE}


def test_many_who_were_changed_are_looked_up_together(room: PostRoom, engine: Engine) -> None:
    room.registry.record(milestone_in_five_days())
    room.follow()
    room.plan()
    asked: list[str] = []
    listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    with room.outbox.planning(room.now) as transaction:
        found = transaction.entries((), _others(500) | {MILESTONE})

    assert {each.occurrence.subject for each in found.values()} == {MILESTONE}
    looked_up = [each for each in asked if "FROM occurrence" in each]
    assert len(looked_up) == 2  # One for each type.
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            values = ("agreement", "[]", "planned", "held", "retry")
            marks = looked_up[0].count("?")
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {looked_up[0]}", values[:marks]
            ).all()
        assert any(
            "ix_occurrence_subject (subject_type=? AND subject_id=?)" in each[-1] for each in plan
        )
