"""The worker's turns: what it does after what, whoever does it."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any, cast

from ieum_notify.domain.facts import Subject
from ieum_notify.jobs.run import Work, Worker
from ieum_notify.operations.follow import Followed
from ieum_notify.operations.plan import Planned
from ieum_notify.operations.ports import Outbox
from ieum_notify.operations.sending import Dispatched
from tests.notify.makers import EVENT, MILESTONE


class Turns:
    """Stands for all that a worker does, and writes down what it was asked for."""

    def __init__(self, *batches: Dispatched) -> None:
        self.batches = list(batches)
        self.done: list[str] = []
        self.planned_for: list[Collection[Subject] | None] = []
        self.is_whole = True

    def worker(self) -> Worker:
        def no_news(_wait_s: int) -> Followed:
            raise AssertionError

        def now() -> datetime:
            return datetime(2026, 11, 23, tzinfo=UTC)

        work = Work(no_news, self.plan, self.dispatch, cast(Outbox, self), now)
        return Worker(work, lambda: None)

    def plan(self, changed: Collection[Subject] | None) -> Planned:
        self.done.append("plan")
        self.planned_for.append(changed)
        return Planned(0, 0, 0, is_done=self.is_whole)

    def dispatch(self, _alive: Callable[[], None]) -> Dispatched:
        self.done.append("dispatch")
        return self.batches.pop(0)

    def tick(self, *_: Any) -> None:  # noqa: ANN401  The outbox's.
        pass


def test_what_went_out_is_planned_from_at_once() -> None:
    turns = Turns(Dispatched(20, {"sent": 20}, {MILESTONE}), Dispatched(3, {"superseded": 3}))

    turns.worker().dispatch()

    assert turns.done == ["dispatch", "dispatch", "plan"]


def test_where_nothing_went_out_nothing_is_planned_anew() -> None:
    turns = Turns(Dispatched(2, {"retry": 1, "held": 1}))

    turns.worker().dispatch()

    assert turns.done == ["dispatch"]


def test_whom_an_unfinished_planning_missed_the_next_one_plans_for() -> None:
    about, other = {MILESTONE}, {EVENT}
    turns = Turns(*(Dispatched(1, {"sent": 1}, each) for each in (about, about, other, other)))
    worker = turns.worker()
    turns.is_whole = False
    worker.dispatch()
    turns.is_whole = True
    worker.dispatch()
    turns.is_whole = False
    worker.dispatch()
    turns.is_whole = True
    worker.dispatch()

    assert turns.planned_for == [None, None, other, other]
