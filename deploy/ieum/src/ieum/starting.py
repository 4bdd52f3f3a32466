"""Bringing an installation up: everything at once, each thing as soon as what it needs is there.

Neo4j takes longest, so it starts first; migrations, services, the first load and the first
accounts happen while it does. What runs already is left alone, so a start can be repeated.
"""

import json
import re
import time
from collections.abc import Container
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ieum import supervision
from ieum.checks import check_before_start, fetch_engine
from ieum.environment import SERVICES
from ieum.home import Home
from ieum.keys import make_secrets
from ieum.leftovers import alive, started
from ieum.loading import send
from ieum.ports import Ports
from ieum.programs import Program, plan, programs_of
from ieum.reach import Reach
from ieum.readiness import head, missing
from ieum.say import Trouble, both, line, padded
from ieum.service import run_verb
from ieum.stopping import stop_everything

POLL_S = 0.25
TELL_S = 5.0
"""How long nothing may be said while something is waited for."""

ERROR = re.compile(r"^[\w.]*(Error|Exception|Missing|Refused)\b|\"level\": \"error\"|^ieum-\w+: ")
"""A traceback's last line, an error in a JSON log, or a program's own words."""

MOST_TRIES = 5
"""Starts within one `up` after which a process counts as failing: about 15 s of trying."""


@dataclass(slots=True)
class Start:
    """One start of an installation, step by step.

    Attributes:
        samples: What an empty registry is filled with; may be empty.
        timeout_s: How long all may take to be ready.
        first_logins: What the portal said when it made the first accounts; blank later on.
    """

    home: Home
    ports: Ports
    samples: list[Path]
    timeout_s: float
    first_logins: str = ""
    began: float = field(default_factory=time.monotonic)

    def go(self) -> None:
        """Run everything and return once all of it is ready.

        Raises:
            Trouble: With the remedy, for everything that an operator can mend.
        """
        self.home.make()
        made = make_secrets(self.home)
        if made:
            line(both("열쇠와 비밀번호를 만들었습니다", "keys and passwords made"))
        programs = programs_of(self.home, self.ports)
        self._supervise(programs)
        with ThreadPoolExecutor(max_workers=len(SERVICES) + 1) as workers:
            self._bring_up(programs, workers)

    def elapsed(self) -> str:
        """Say how long it has taken so far."""
        return f"{time.monotonic() - self.began:.1f} s"

    def _supervise(self, programs: tuple[Program, ...]) -> None:
        """Have a supervisor run with these settings; one with others is stopped first."""
        wanted = plan(programs, self.ports)
        configuration = supervision.configuration(self.home, programs)
        if supervision.answers(self.home):
            if self._runs(wanted, configuration):
                return
            line(
                both(
                    "설정이나 코드가 바뀌어 다시 시작합니다",
                    "settings or code changed: starting anew",
                )
            )
        if alive(self.home.run):
            stop_everything(self.home)
        check_before_start(self.home, self.ports)
        fetch_engine(Path(programs[0].environment["IEUM_CACHE"]))
        supervision.start_supervisor(self.home, wanted, configuration)

    def _runs(self, wanted: dict[str, object], configuration: str) -> bool:
        try:
            running = json.loads((self.home.run / "plan.json").read_text(encoding="utf-8"))
            running["programs"].pop(supervision.SUPERVISOR, None)
            written = (self.home.run / "supervisord.conf").read_text(encoding="utf-8")
        except (OSError, ValueError, KeyError):
            return False
        return bool(running == json.loads(json.dumps(wanted)) and written == configuration)

    def _bring_up(self, programs: tuple[Program, ...], workers: ThreadPoolExecutor) -> None:
        running = {
            name
            for name, each in supervision.seen(self.home).items()
            if each.state in {"RUNNING", "STARTING", "BACKOFF"}
        }
        supervision.start(
            self.home,
            [each.name for each in programs if each.migrated_by is None] if running else [],
        )
        idle = [each for each in programs if each.migrated_by and each.name not in running]
        jobs: dict[str, Future[None]] = {
            f"{service} migrate": workers.submit(self._migrate, service, idle)
            for service in SERVICES
            if any(each.migrated_by == service for each in idle)
        }
        reach = Reach(self.home, self.ports)
        waiting = {each.name: each for each in programs}
        reasons: dict[str, str] = {}
        before = {each.name: each.starts for each in started(self.home.run)}
        told_at = time.monotonic()
        while waiting or not all(job.done() for job in jobs.values()):
            for job in jobs.values():
                if job.done():
                    job.result()
            for name, each in list(waiting.items()):
                if each.serves is None and not _done(jobs, "load"):
                    reasons[name] = both("불러올 자료를 기다림", "waits for the data")
                    continue
                reason = missing(each, reach, self.ports)
                if reason is None:
                    del waiting[name]
                    line(f"  {padded(name, 14)} {both('준비됨', 'ready')}  {self.elapsed()}")
                    told_at = time.monotonic()
                else:
                    reasons[name] = reason
            if "load" not in jobs and "registry" not in waiting:
                jobs["load"] = workers.submit(self._fill, reach)
            if "accounts" not in jobs and _done(jobs, "load") and "portal" not in waiting:
                jobs["accounts"] = workers.submit(self._make_accounts)
            if time.monotonic() - told_at > TELL_S:
                self._refuse_failing(waiting, before)
                unfinished = list(waiting) or [name for name, job in jobs.items() if not job.done()]
                said = both("기다리는 중", "waiting for")
                line(f"  … {self.elapsed()}  {said}: {', '.join(unfinished)}")
                told_at = time.monotonic()
            if time.monotonic() - self.began > self.timeout_s:
                raise self._not_ready(list(waiting), reasons)
            time.sleep(POLL_S)

    def _migrate(self, service: str, idle: list[Program]) -> None:
        """Bring a service's database to the newest form, then start what needs it."""
        run_verb(self.home, self.ports, service, "migrate")
        supervision.start(self.home, [each.name for each in idle if each.migrated_by == service])

    def _fill(self, reach: Reach) -> None:
        """Load the samples into a registry whose log is empty."""
        if head(reach) or not self.samples:
            return
        loaded = send(reach, self.samples, is_trial=False)
        line(
            "  "
            + both(
                f"자료를 불러왔습니다: 변경기록 {loaded['head']}건",
                f"data loaded: {loaded['head']} entries in the log",
            )
        )

    def _make_accounts(self) -> None:
        self.first_logins = run_verb(self.home, self.ports, "portal", "first-accounts").strip()

    def _refuse_failing(self, waiting: Container[str], before: dict[str, int]) -> None:
        """Stop waiting for processes that end again and again.

        Args:
            before: How often each had been started when this `up` began.

        Raises:
            Trouble: `up.failing`, with the line of each one's log that says most.
        """
        failing = [
            each.name
            for each in started(self.home.run)
            if each.name in waiting and each.starts - before.get(each.name, 0) >= MOST_TRIES
        ]
        if not failing:
            return
        listed = "\n".join(
            f"{name}: {telling_line(self.home.logs / f'{name}.log')[:500]}" for name in failing
        )
        raise Trouble(
            "up.failing",
            f"시작하자마자 거듭 끝납니다:\n{listed}\n{self.home.logs} 의 기록을 보고 고친 뒤 "
            "make up 을 다시 하거나, make down 으로 멈추십시오.",
            f"These end again and again right after starting:\n{listed}\nRead the logs in "
            f"{self.home.logs}, mend it and run make up again, or stop with make down.",
        )

    def _not_ready(self, waiting: list[str], reasons: dict[str, str]) -> Trouble:
        listed = "\n".join(
            f"{name}: {reasons.get(name, '?')[:300]}\n  {self.home.logs / name}.log: "
            f"{telling_line(self.home.logs / f'{name}.log')[:300]}"
            for name in waiting
        )
        return Trouble(
            "up.not_ready",
            f"{self.timeout_s:.0f}초 안에 준비되지 않았습니다:\n{listed}\n"
            "기록을 보고 고친 뒤 make up 을 다시 하거나, make down 으로 멈추십시오.",
            f"Not ready within {self.timeout_s:.0f} s:\n{listed}\n"
            "Read the logs, mend it and run make up again, or stop with make down.",
        )


def _done(jobs: dict[str, Future[None]], name: str) -> bool:
    return name in jobs and jobs[name].done()


def telling_line(path: Path) -> str:
    """Give the line of a log that says why a process ended: the last error, else the last line."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-60:]
    except OSError:
        return "-"
    telling = [each for each in lines if ERROR.search(each)]
    return (telling or lines or ["-"])[-1]
