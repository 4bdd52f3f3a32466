"""The worker's turns: what it does after what, whoever does it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from ieum_notify.jobs.run import Work, Worker
from ieum_notify.operations.follow import Followed
from ieum_notify.operations.plan import Planned
from ieum_notify.operations.ports import Book
from ieum_notify.operations.sending import Dispatched


class Turns:
    """Stands for all that a worker does, and writes down what it was asked for."""

    def __init__(self, *batches: Dispatched) -> None:
        self.batches = list(batches)
        self.done: list[str] = []

    def worker(self) -> Worker:
        def no_news(_wait_s: int) -> Followed:
            raise AssertionError

        def now() -> datetime:
            return datetime(2026, 11, 23, tzinfo=UTC)

        work = Work(no_news, self.plan, self.dispatch, cast(Book, self), now)
        return Worker(work, lambda: None)

    def plan(self) -> Planned:
        self.done.append("plan")
        return Planned(0, 0, 0)

    def dispatch(self, _alive: Callable[[], None]) -> Dispatched:
        self.done.append("dispatch")
        return self.batches.pop(0)

    def tick(self, *_: Any) -> None:  # noqa: ANN401  The book's.
        pass


def test_what_went_out_is_planned_from_at_once() -> None:
    turns = Turns(Dispatched(20, {"sent": 20}), Dispatched(3, {"superseded": 3}))

    turns.worker().dispatch()

    assert turns.done == ["dispatch", "dispatch", "plan"]


def test_where_nothing_went_out_nothing_is_planned_anew() -> None:
    turns = Turns(Dispatched(2, {"retry": 1, "held": 1}))

    turns.worker().dispatch()

    assert turns.done == ["dispatch"]
