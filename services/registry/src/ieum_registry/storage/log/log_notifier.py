"""Waiting for news of the log without holding a database connection.

Writers of this process announce each commit. Those of other processes are noticed by asking the
database now and then, one waiter for all of them.
"""

import threading
import time
from collections.abc import Callable

MOST_WAITERS = 16
ASK_EVERY_S = 0.2


class LogNotifier:
    """Tells waiters that the log has grown.

    Args:
        ask: Gives the number of the newest entry, from the database.
        most_waiters: How many may wait at once; the next one is answered at once.
    """

    def __init__(self, ask: Callable[[], int], *, most_waiters: int = MOST_WAITERS) -> None:
        self._ask = ask
        self._most_waiters = most_waiters
        self._news = threading.Condition()
        self._asking = threading.Lock()
        self._asked_at = 0.0
        self._waiting = 0
        self._head = 0
        self._is_closed = False

    def announce(self, head: int) -> None:
        """Say how far the log reaches."""
        with self._news:
            if head > self._head:
                self._head = head
                self._news.notify_all()

    def close(self) -> None:
        """Let all waiters go; nobody waits any more."""
        with self._news:
            self._is_closed = True
            self._news.notify_all()

    def wait_beyond(self, seq: int, timeout_s: float) -> bool:
        """Wait until the log reaches further than `seq`; whether it does."""
        until = time.monotonic() + timeout_s
        self.announce(self._ask())
        with self._news:
            if self._head > seq or self._waiting >= self._most_waiters:
                return self._head > seq
            self._waiting += 1
        try:
            while not self._is_beyond(seq, until - time.monotonic()):
                if self._is_closed or time.monotonic() >= until:
                    return False
                self._ask_for_all()
            return True
        finally:
            with self._news:
                self._waiting -= 1

    def _is_beyond(self, seq: int, left_s: float) -> bool:
        with self._news:
            if self._head <= seq and not self._is_closed and left_s > 0:
                self._news.wait(min(left_s, ASK_EVERY_S))
            return self._head > seq

    def _ask_for_all(self) -> None:
        """Ask the database, unless another waiter is doing so or has just done it."""
        if not self._asking.acquire(blocking=False):
            return
        try:
            if time.monotonic() - self._asked_at >= ASK_EVERY_S:
                self.announce(self._ask())
                self._asked_at = time.monotonic()
        finally:
            self._asking.release()
