"""Bringing an installation up: everything at once, each thing as soon as what it needs is there.

Neo4j takes longest; migrations, services, the first load and the first accounts happen while it
starts. What runs already is left alone, so a start can be repeated.
"""

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ieum import supervision
from ieum.home import Home
from ieum.keys import make_secrets
from ieum.leftover_processes import alive
from ieum.loading import send
from ieum.ports import Ports, refuse_busy, wait_until_free
from ieum.preconditions import fetch_engine, refuse_full_disk
from ieum.programs import Program, plan, programs_of
from ieum.reach import Reach
from ieum.readiness import head
from ieum.restoring import refuse_half
from ieum.say import both, line
from ieum.service import run_verb
from ieum.stopping import stop_everything
from ieum.waiting import Waiting

POLL_S = 0.25
RUNS = frozenset({"RUNNING", "STARTING", "BACKOFF"})
"""States of the supervisor in which a process need not be started by us."""


@dataclass(slots=True)
class Start:
    """One start of an installation, step by step.

    Attributes:
        samples: What an empty registry is filled with; may be empty.
        timeout_s: How long all may take to be ready.
        first_logins: What the portal said when it made the first accounts; blank later on.
        first_run: The link by which a house of one's own begins; blank once somebody has begun.
    """

    home: Home
    ports: Ports
    samples: list[Path]
    timeout_s: float
    first_logins: str = ""
    first_run: str = ""
    began: float = field(default_factory=time.monotonic)

    def go(self) -> str:
        """Run everything and return once all of it is ready.

        Returns:
            How long it took, to be told.

        Raises:
            OperatorError: With the remedy, for everything that an operator can mend.
        """
        self.home.make()
        refuse_half(self.home)
        if make_secrets(self.home):
            line(both("암호 키와 비밀번호를 만들었습니다", "keys and passwords made"))
        programs = programs_of(self.home, self.ports)
        self._supervise(programs)
        missed = dict.fromkeys((each.name for each in programs), "")
        waiting = Waiting(self.home, self.ports, missed, self.timeout_s, self.began)
        with ThreadPoolExecutor(max_workers=2) as workers:
            self._bring_up(programs, waiting, workers)
        return waiting.elapsed()

    def _supervise(self, programs: tuple[Program, ...]) -> None:
        """Have a supervisor run with these settings and this code; any other is stopped first."""
        wanted = plan(programs, self.ports)
        configuration = supervision.configuration(self.home, programs)
        if supervision.answers(self.home):
            if self._runs(wanted, configuration):
                return
            ko, en = (
                "설정이나 코드가 바뀌어 다시 시작합니다",
                "settings or code changed: starting anew",
            )
            line(both(ko, en))
        refuse_full_disk(self.home.root)  # First: what runs is not stopped for a vain start.
        if alive(self.home.run):
            stop_everything(self.home)
            wait_until_free(self.ports)
        refuse_busy(self.ports)
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

    def _bring_up(
        self, programs: tuple[Program, ...], waiting: Waiting, workers: ThreadPoolExecutor
    ) -> None:
        """Begin each job as soon as it can be, until nothing is waited for."""
        reach = Reach(self.home, self.ports)
        jobs: dict[str, Future[None]] = {}
        self._start_idle(programs, after=None)
        while waiting.missed or not all(job.done() for job in jobs.values()):
            for job in jobs.values():
                if job.done():
                    job.result()  # Raises what it met.
            is_loaded = "load" in jobs and jobs["load"].done()
            # A follower at the head of a log that is yet to be filled has not followed anything.
            ready = waiting.ask((each for each in programs if each.serves or is_loaded), reach)
            for name in ready:
                self._start_idle(programs, after=name)
            if "load" not in jobs and "registry" not in waiting.missed:
                jobs["load"] = workers.submit(self._fill, reach)
            if "accounts" not in jobs and is_loaded and "portal" not in waiting.missed:
                jobs["accounts"] = workers.submit(self.make_accounts)
            waiting.tell(name for name, job in jobs.items() if not job.done())
            time.sleep(POLL_S)

    def _start_idle(self, programs: tuple[Program, ...], *, after: str | None) -> None:
        """Start what waits for nothing, or for this process, and does not run."""
        seen = supervision.seen(self.home)
        running = {name for name, each in seen.items() if each.state in RUNS}
        wanted = [each.name for each in programs if each.after == after]
        supervision.start(self.home, [name for name in wanted if name not in running])

    def _fill(self, reach: Reach) -> None:
        """Load the samples into a registry whose log is empty."""
        if head(reach) or not self.samples:
            return
        count = send(reach, self.samples, is_trial=False)["head"]
        said = both(
            f"자료를 불러왔습니다: 변경 이력 {count}건", f"data loaded, {count} log entries"
        )
        line(f"  {said}")

    def make_accounts(self) -> None:
        """Make the sample's accounts; in a house of one's own get the link to begin by."""
        if self.home.own.exists():
            self.first_run = run_verb(self.home, self.ports, "portal", "first-run").strip()
            return
        self.first_logins = run_verb(self.home, self.ports, "portal", "first-accounts").strip()
