"""Doing something again and again, hours apart, with a sign of life between."""

import logging
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from httpedge.heartbeat import Beat

BETWEEN_BEATS_S = 30.0

log = logging.getLogger(__name__)


def repeat(
    once: Callable[[], object],
    *,
    every_hours: float,
    beat: Beat,
    pause: Callable[[float], None] = time.sleep,
    steady: Callable[[], float] = time.monotonic,
) -> NoReturn:
    """Do it now and then each time so many hours have passed; what fails is logged and tried again.

    SIGTERM ends the process with 0; what is under way then is taken back by its own transaction.

    Args:
        steady: A clock that nobody sets.
    """
    signal.signal(signal.SIGTERM, _end)
    while True:
        try:
            once()
        except Exception:
            log.exception("not done this time")
        until = steady() + every_hours * 3600
        while steady() < until:
            beat()
            pause(min(BETWEEN_BEATS_S, every_hours * 3600))


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
