"""What a start still waits for: asked again and again, told meanwhile, given up with a reason."""

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import requests

from ieum.home import Home
from ieum.leftover_processes import started
from ieum.ports import Ports
from ieum.programs import Program
from ieum.reach import Reach
from ieum.readiness import head, missing
from ieum.say import OperatorError, both, line, padded
from ieum.service import telling_line

TELL_S = 5.0
"""How long nothing may be said while something is waited for."""

MOST_TRIES = 5
"""Starts within one `up` after which a process counts as failing: about 15 s of trying."""


@dataclass(slots=True)
class Waiting:
    """The processes that are not ready yet, each with what it misses.

    Attributes:
        missed: What each process lacked when last asked; empty once all are ready.
        timeout_s: How long all may take.
        began: Monotonic clock at the start.
    """

    home: Home
    ports: Ports
    missed: dict[str, str]
    timeout_s: float
    began: float = field(default_factory=time.monotonic)
    _told_at: float = field(default_factory=time.monotonic)
    _starts_before: dict[str, int] = field(default_factory=dict)
    _up_to: int | None = None

    def __post_init__(self) -> None:
        """Remember how often each had been started before: only new failures count."""
        self._starts_before = {each.name: each.starts for each in started(self.home.run)}

    def elapsed(self) -> str:
        """Say how long it has taken so far."""
        return f"{time.monotonic() - self.began:.1f} s"

    def ask(self, programs: Iterable[Program], reach: Reach) -> list[str]:
        """Ask those that are not ready yet, and tell of each that has become so.

        Returns:
            The names of those that have.
        """
        ready = []
        for each in programs:
            if each.name not in self.missed:
                continue
            lack = missing(each, reach, self.ports, up_to=self._up_to_for(each, reach))
            if lack is not None:
                self.missed[each.name] = lack
                continue
            del self.missed[each.name]
            ready.append(each.name)
            self._tell(f"  {padded(each.name, 14)} {both('준비됨', 'ready')}  {self.elapsed()}")
        return ready

    def _up_to_for(self, program: Program, reach: Reach) -> int | None:
        """Give the head of the log as it was when a follower was first asked.

        While people write, the newest entry is never quite applied: on a crowded machine a start
        would wait for a quiet moment that does not come.
        """
        if program.serves is None and self._up_to is None:
            with contextlib.suppress(requests.RequestException, KeyError, TypeError, ValueError):
                self._up_to = head(reach)
        return self._up_to

    def tell(self, jobs: Iterable[str]) -> None:
        """Say what is waited for, if nothing was said for a while.

        Args:
            jobs: What else is under way, named once all processes are ready.

        Raises:
            OperatorError: `up.failing`, `up.not_ready`.
        """
        if time.monotonic() - self.began > self.timeout_s:
            raise self._not_ready()
        if time.monotonic() - self._told_at > TELL_S:
            self._refuse_failing()
            said = both("기다리는 중", "waiting for")
            self._tell(f"  … {self.elapsed()}  {said}: {', '.join(list(self.missed) or jobs)}")

    def _tell(self, text: str) -> None:
        line(text)
        self._told_at = time.monotonic()

    def _refuse_failing(self) -> None:
        failing = [
            each.name
            for each in started(self.home.run)
            if each.name in self.missed
            and each.starts - self._starts_before.get(each.name, 0) >= MOST_TRIES
        ]
        if not failing:
            return
        listed = "\n".join(f"{name}: {self._log(name)[:500]}" for name in failing)
        raise OperatorError(
            "up.failing",
            f"시작하자마자 거듭 끝납니다:\n{listed}\n{self.home.logs} 의 기록을 보고 고친 뒤 "
            "make up 을 다시 하거나, make down 으로 멈추십시오.",
            f"These end again and again right after starting:\n{listed}\nRead the logs in "
            f"{self.home.logs}, mend it and run make up again, or stop with make down.",
        )

    def _not_ready(self) -> OperatorError:
        listed = "\n".join(
            f"{name}: {lack[:300]}\n  {self.home.logs / name}.log: {self._log(name)[:300]}"
            for name, lack in self.missed.items()
        )
        return OperatorError(
            "up.not_ready",
            f"{self.timeout_s:.0f}초 안에 준비되지 않았습니다:\n{listed}\n"
            "기록을 보고 고친 뒤 make up 을 다시 하거나, make down 으로 멈추십시오.",
            f"Not ready within {self.timeout_s:.0f} s:\n{listed}\n"
            "Read the logs, mend it and run make up again, or stop with make down.",
        )

    def _log(self, name: str) -> str:
        try:
            text = (self.home.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "-"
        return telling_line(text)
