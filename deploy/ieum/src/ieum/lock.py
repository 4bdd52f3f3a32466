"""One command at a time may start, stop or wipe an installation."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ieum.home import Home
from ieum.say import OperatorError, both, line


@contextmanager
def held(home: Home, *, wait_s: float = 150) -> Iterator[None]:
    """Hold the home's lock; waits for another command, and says so.

    Raises:
        OperatorError: `lock.held` after `wait_s`.
    """
    path = home.run / "lock"
    with path.open("a+", encoding="utf-8") as file:
        until = time.monotonic() + wait_s
        told = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                file.seek(0)
                other = file.read().strip()
                if not told:
                    line(
                        both(
                            f"다른 ieum 명령(pid {other})이 끝나기를 기다립니다",
                            f"waiting for another ieum command (pid {other})",
                        )
                    )
                    told = True
                if time.monotonic() > until:
                    raise OperatorError(
                        "lock.held",
                        f"다른 ieum 명령(pid {other})이 아직 끝나지 않았습니다. "
                        "잠시 뒤 다시 하거나 그 명령을 끝내십시오.",
                        f"Another ieum command (pid {other}) is still at work. "
                        "Try again in a while, or end that command.",
                    ) from None
                time.sleep(0.2)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
