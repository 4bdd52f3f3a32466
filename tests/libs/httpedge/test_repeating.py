"""What is done again and again goes on whatever fails, with a sign of life between."""

import os
import signal

import pytest

from httpedge.repeating import repeat


def test_it_is_done_at_once_and_again_after_its_hours_though_it_failed() -> None:
    now, done, beats = [0.0], [], [0]

    def once() -> None:
        done.append(now[0])
        if len(done) == 3:
            raise KeyboardInterrupt
        raise OSError("away")

    def pause(seconds: float) -> None:
        now[0] += seconds

    def beat() -> None:
        beats[0] += 1

    with pytest.raises(KeyboardInterrupt):
        repeat(once, every_hours=1, beat=beat, pause=pause, steady=lambda: now[0])

    assert done == [0.0, 3600.0, 7200.0]
    assert beats[0] == 240


def test_who_is_asked_to_end_ends_well() -> None:
    def once() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit) as ended:
            repeat(once, every_hours=1, beat=lambda: None)
    finally:
        signal.signal(signal.SIGTERM, before)

    assert ended.value.code == 0
