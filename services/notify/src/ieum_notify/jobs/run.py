"""The worker: follows the registry, plans, and sends; a process of its own.

Any number may run beside one another: what is owed is claimed in the outbox.
"""

import signal
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from logging import getLogger
from threading import Event, Lock, Thread

from httpedge.heartbeat import Beat
from httpedge.requestid import one_pass
from ieum_notify.domain.facts import Subject
from ieum_notify.jobs.schedule import Schedule
from ieum_notify.operations.dispatch import BATCH
from ieum_notify.operations.follow import Followed
from ieum_notify.operations.plan import Planned
from ieum_notify.operations.ports import Outbox
from ieum_notify.operations.sending import Dispatched

PLAN_EVERY_S = 600
DISPATCH_EVERY_S = 3
TICK_EVERY_S = 5
"""A life sign is written at most so often: each is a write to the disk."""

DISPATCHERS = tuple(f"dispatch-{number}" for number in range(1, 5))
"""Side by side, so that a mail server that takes its time with one letter holds no other up."""

STUCK_AFTER_S = 60
"""Without a dispatch for so long by the steady clock, the schedule is woken."""

STILL_AFTER_S = 120
"""A part that has not come round for so long is taken to stand still: no heartbeat says so."""

AWAY_WAIT_S = 2.0
WAIT_S = 25
"""How long one look at the feed waits for news."""

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """What the worker does, each a call that may be repeated.

    Attributes:
        follow: Takes how long to wait for news, in seconds.
        plan: Takes who was changed since all was planned last; None plans all.
        dispatch: Takes what it calls while a mail server lets it wait.
    """

    follow: Callable[[int], Followed]
    plan: Callable[[Collection[Subject] | None], Planned]
    dispatch: Callable[[Callable[[], None]], Dispatched]
    outbox: Outbox
    now: Callable[[], datetime]


def all_turn(followed_at: float, dispatched_at: float, *, now: float) -> bool:
    """Say whether what copies and what sends have both come round lately, by the steady clock."""
    return now - min(followed_at, dispatched_at) < STILL_AFTER_S


class Worker:
    """One running worker.

    Args:
        beat: Called every few seconds while both following and sending come round.
    """

    def __init__(self, work: Work, beat: Beat) -> None:
        self._work = work
        self._beat = beat
        self._schedule = Schedule()
        self._stopping = Event()
        self._dispatched_at = self._followed_at = time.monotonic()
        self._ticked_at = 0.0
        self._unplanned: set[Subject] | None = None  # Everybody, to begin with.
        self._planning = Lock()

    def run(self) -> int:
        """Work until SIGTERM or SIGINT; a batch under way is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopping.set())
        self._schedule.every(PLAN_EVERY_S, "plan", self.plan)
        for name in DISPATCHERS:
            self._schedule.every(DISPATCH_EVERY_S, name, self.dispatch)
        self._schedule.start()
        Thread(target=self._follow, name="follow", daemon=True).start()
        log.info("worker started")
        self._beat()
        while not self._stopping.wait(5):
            if all_turn(self._followed_at, self._dispatched_at, now=time.monotonic()):
                self._beat()
            if time.monotonic() - self._dispatched_at > STUCK_AFTER_S:
                # The wall clock was set back, or a batch is slow; waking does no harm.
                self._wake_dispatchers()
                self._schedule.wake("plan")
        self._schedule.stop()
        log.info("worker stopped")
        return 0

    def _follow(self) -> None:
        """Copy page after page; plan and send as soon as something came."""
        while not self._stopping.is_set():
            self._followed_at = time.monotonic()
            self._stopping.wait(self._follow_once())

    @one_pass()
    def _follow_once(self) -> float:
        """Copy one page; give how long to wait before the next, in seconds."""
        try:
            followed = self._work.follow(WAIT_S)
            if followed.applied:
                log.info("copied", extra={"changes": followed.applied})
                self._plan_for(followed.changed)
                self._wake_dispatchers()
        except Exception:  # The follower must outlive whatever one page does to it.
            log.exception("following failed")
            return AWAY_WAIT_S
        return AWAY_WAIT_S if followed.is_away else 0.0

    def _wake_dispatchers(self) -> None:
        for name in DISPATCHERS:
            self._schedule.wake(name)

    @one_pass()
    def plan(self) -> None:
        """Plan once, for everybody: days pass for all."""
        with self._planning:
            self._unplanned = None
        self._plan()

    def _plan_for(self, changed: Collection[Subject]) -> None:
        """Plan once for those who were changed, and for whom an earlier planning missed."""
        with self._planning:
            if self._unplanned is not None:
                self._unplanned.update(changed)
        self._plan()

    def _plan(self) -> None:
        with self._planning:
            taken, self._unplanned = self._unplanned, set()
        try:
            planned = self._work.plan(taken)
        except Exception:  # The next one plans for these again.
            log.exception("planning failed")
            planned = Planned(0, 0, 0, is_done=False)
        if not planned.is_done:
            with self._planning:
                if taken is None or self._unplanned is None:
                    self._unplanned = None
                else:
                    self._unplanned |= taken
        if planned.entered or planned.replanned or planned.withdrawn:
            log.info(
                "planned",
                extra={
                    "entered": planned.entered,
                    "replanned": planned.replanned,
                    "withdrawn": planned.withdrawn,
                },
            )

    def dispatch(self) -> None:
        """Send batch after batch until nothing is due; then plan what that calls for.

        A letter on its way has told nobody yet: whoever was taken off meanwhile, or took the seat,
        is owed another only once it is out (R-26 to R-28), and no change will come to say so.
        """
        about: set[Subject] = set()
        while not self._stopping.is_set():
            done = self._dispatch_batch()
            if not {"sent", "dead"}.isdisjoint(done.states):
                about |= done.about
            if done.claimed < BATCH:
                break
        if about:
            self._plan_for(about)

    @one_pass()
    def _dispatch_batch(self) -> Dispatched:
        """Send one batch; give what became of it, nothing if it failed as a whole."""
        try:
            self._tick()
            done = self._work.dispatch(self._tick)
            if done.claimed:
                log.info("dispatched", extra={"claimed": done.claimed, "states": dict(done.states)})
        except Exception:  # The next tick tries again; claims come back when their lease ends.
            log.exception("dispatching failed")
            return Dispatched()
        return done

    def _tick(self) -> None:
        self._dispatched_at = time.monotonic()
        if self._dispatched_at - self._ticked_at >= TICK_EVERY_S:
            self._work.outbox.tick("dispatch", self._work.now())
            self._ticked_at = self._dispatched_at
