"""The clock: calls jobs every few seconds. Nothing is stored in it; what is owed is in the outbox.

The only import of APScheduler (docs/adr/0007-the-book-not-the-scheduler.md).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from logging import ERROR, getLogger

from apscheduler.schedulers.background import BackgroundScheduler

# A batch that takes longer than the tick is no news: the next tick finds what is left.
getLogger("apscheduler.scheduler").setLevel(ERROR)


class Schedule:
    """Jobs by name, each run by one thread at a time."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )

    def every(self, seconds: int, name: str, job: Callable[[], None]) -> None:
        """Run a job now and then every so often; a late or doubled call must do no harm."""
        self._scheduler.add_job(
            job, "interval", seconds=seconds, id=name, next_run_time=datetime.now(UTC)
        )

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def wake(self, name: str) -> None:
        """Run a job at once, and as often as before from then on.

        This also frees a clock that was set back: its next run would lie hours ahead.
        """
        self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """End; a job under way is finished first."""
        self._scheduler.shutdown(wait=True)
