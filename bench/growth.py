"""What the same work costs as the register grows: 60, 1,000 and 10,000 agreements.

Each work is a request to the registry's application with all its checks, in one process;
`foretold` and `explained` are notify's, on a copy of as many agreements and 100 letters owed: what
one more done milestone would do to the letters, and why one letter goes out. The registers take
turns within one run, so that what is compared is the size alone: the processor time of an answer
against that in the smallest register. `make bench CASE=growth ROUNDS=100000` adds a register of so
many agreements; filling it takes minutes.
"""

import itertools
import logging
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psutil
from werkzeug.test import Client, TestResponse

from bench._copied import Copied, copied_city
from bench._served import office_token
from bench.read import fill
from ieum_notify.domain.facts import Record
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.planner import plan
from ieum_notify.domain.rules.register import RULES
from ieum_notify.operations.consequences import Proposed, Waiting, consequences
from ieum_notify.operations.explain import explain
from ieum_notify.storage.history import StoredHistory
from ieum_registry.app import create_app
from ieum_registry.settings import Settings
from tests.notify.makers import MONDAY, at

SIZES = (60, 1_000, 10_000)
TURNS = 25
GOAL = 3.0
"""Most that a work may cost of what it costs in the smallest register."""

GOAL_MB = 350
"""Most memory with all registers open and read."""

READ = {
    "one": "/v1/agreements/{id}",
    "list": "/v1/agreements?limit=50",
    "filter": "/v1/agreements?state=ended&on=2019-06-30",
    "signing": "/v1/agreements?state=signing",
    "search": "/v1/agreements?q=융합도시",
    "number": "/v1/agreements?q=광주-{number}",
    "absent": "/v1/agreements?q=광융업무",
    "history": "/v1/history?subject={id}",
}
LETTERS = 100
"""How many letters notify owes at each size."""

POST = ("foretold", "explained")
WORKS = (*READ, "write", *POST)

Took = Mapping[str, Mapping[int, Sequence[float]]]
"""Milliseconds of processor time of each answer, by work and size."""


@dataclass(frozen=True, slots=True)
class Register:
    """One register of a size, open, and some of its agreements."""

    client: Client
    headers: Mapping[str, str]
    some: Sequence[UUID]
    size: int
    copied: Copied
    owed: Sequence[Occurrence]

    def spent_ms(self, work: str, turn: int) -> float:
        """Do one work once and give the processor time that its answer took."""
        chosen = self.some[turn % len(self.some)]
        if work == "write":
            return self._written_ms(turn)
        if work in POST:
            return self._posted_ms(work, self.owed[turn])
        number = f"{random.Random(turn).randrange(self.size):05}"
        path = READ[work].format(id=chosen, number=number)
        return _timed_ms(lambda: self.client.get(path, headers=self.headers))

    def _written_ms(self, turn: int) -> float:
        partner = {"kind": "company", "name": {"ko": f"주식회사 협약기관 {turn}", "en": None}}
        return _timed_ms(
            lambda: self.client.post("/v1/partners", json=partner, headers=self.headers)
        )

    def _posted_ms(self, work: str, letter: Occurrence) -> float:
        copy, history = self.copied.copy, StoredHistory(self.copied.engine)
        facts = {**self.copied.records[letter.subject].facts, "done_on": MONDAY.isoformat()}
        proposed = Proposed({letter.subject: Record(2, facts)}, 0)
        waiting = Waiting(lambda: None, time.sleep)
        began = time.process_time()
        if work == "explained":
            found = explain(RULES, copy, history, at(MONDAY), key=letter.key).is_owed
        else:
            found = bool(
                consequences(
                    RULES, copy, history, at(MONDAY), proposed=proposed, waiting=waiting
                ).withdrawn
            )
        spent = time.process_time() - began
        if not found:
            raise RuntimeError(f"{work}: the letter is not owed")
        return spent * 1000


def main(rounds: int | None = None) -> int:
    """Fill the registers and do each work in each of them, by turns."""
    sizes = (*SIZES, rounds) if rounds and rounds > SIZES[-1] else SIZES
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
        headers = {"Authorization": f"Bearer {office_token(Path(folder))}"}
        registers = [_register(Path(folder), size, headers) for size in sizes]
        logging.getLogger().handlers[:] = []
        took: dict[str, dict[int, list[float]]] = {
            work: {size: [] for size in sizes} for work in WORKS
        }
        for turn, register, work in itertools.product(range(TURNS + 1), registers, WORKS):
            spent = register.spent_ms(work, turn)
            if turn:
                took[work][register.size].append(spent)
        resident = psutil.Process().memory_info().rss / 1e6
    return _say(took, sizes, resident)


def _register(folder: Path, size: int, headers: Mapping[str, str]) -> Register:
    url = f"sqlite:///{folder}/{size}.db"
    ids, _ = fill(url, size, 1)
    client = Client(
        create_app(Settings(("127.0.0.1", 0), 1, url, folder, str(folder / "documents")))
    )
    copied = copied_city(folder, size, due=LETTERS)
    owed = plan(RULES, copied.copy.known(), at(MONDAY)).occurrences
    some = random.Random(size).sample(ids, min(size, 60))
    return Register(client, headers, some, size, copied, owed)


def _timed_ms(asked: Callable[[], TestResponse]) -> float:
    began = time.process_time()
    answer = asked()
    spent = time.process_time() - began
    if answer.status_code not in {200, 201}:
        raise RuntimeError(f"unexpected answer: {answer.status} {answer.text[:300]}")
    return spent * 1000


def _say(took: Took, sizes: Sequence[int], resident: float) -> int:
    print(f"{'ms':<9}" + "".join(f"{size:>10,}" for size in sizes))
    parts, worst = [], 0.0
    for work, by_size in took.items():
        medians = [statistics.median(by_size[size]) for size in sizes]
        print(f"{work:<9}" + "".join(f"{each:>10.2f}" for each in medians))
        parts.append(f"{work} {medians[-1] / medians[0]:.1f}")
        worst = max(worst, medians[-1] / medians[0])
    is_ok = worst <= GOAL and resident <= GOAL_MB
    print(
        f"growth: {sizes[-1]:,} against {sizes[0]:,} agreements: {', '.join(parts)} times;"
        f" {resident:.0f} MB resident; goal each ≤ {GOAL}, ≤ {GOAL_MB} MB:"
        f" {'ok' if is_ok else 'short'}"
    )
    return 0 if is_ok else 1
