"""The clock: calls each job now and again, wakes one early, and stops when told."""

import threading
import time

from ieum_notify.jobs.schedule import Schedule


def test_a_job_runs_at_once_and_when_woken_and_not_after_the_stop() -> None:
    ran: list[float] = []
    first, second = threading.Event(), threading.Event()

    def job() -> None:
        ran.append(time.monotonic())
        (second if first.is_set() else first).set()

    schedule = Schedule()
    schedule.every(3600, "job", job)
    schedule.start()
    assert first.wait(10)
    schedule.wake("job")
    assert second.wait(10)
    schedule.stop()

    assert len(ran) == 2
