"""What does an import of a large ledger cost: its dry run, its writing, and everybody meanwhile?

A CSV of so many agreements with two partners each, of whom there are a tenth as many, comes into an
empty register on SQLite. Memory is the largest that the process ever took, Python and programs
included. The lock is the longest time that any one transaction kept other writers waiting; reads
are lists of a process of its own while the import is written. Seconds are told of the clock and of
the processor; the goals are held against the processor's, which other work does not lengthen.

ROUNDS is the number of lines in thousands; twenty without it.
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from uuid import UUID

from uuid_utils.compat import uuid7

from changefeed.change import Actor
from changefeed.subjects.parts import Words
from ieum_registry.commands.work import work_once
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.importing.choices import Choices
from ieum_registry.operations.importing.steps import approve, bring
from ieum_registry.storage.database.writing import WriteTransaction
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store

OFFICE = Actor("bench", "office")
CHECKED_S, COMMITTED_S, LOCK_S, READ_MS, MEMORY_MB = 20, 60, 5, 200, 400
HEADING = "협약번호,협약명,협약기관,체결일,유효기간,담당부서"


def main(rounds: int | None = None) -> int:
    """Bring the ledger, check it, write it."""
    lines = (rounds or 20) * 1_000
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as name:
        url = f"sqlite:///{Path(name) / 'registry.db'}"
        STEPS.migrate(url)
        with closing(Store(url, disclose=disclosed)) as store:
            with store.ledger.in_name_of(OFFICE, at=_now()).open() as transaction:
                own = Partner(uuid7(), "government", Words("광주광역시"), own=True)
                transaction.record("partner.registered", own)
            import_id, checking = checked(store, ledger_of(lines))
            memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            held = Held(store)
            with reading_beside(url) as waits:
                writing = committed(store, import_id)
        read_ms = quantiles(waits, n=20)[-1] * 1000 if len(waits) > 1 else 0.0
    is_met = (
        checking.processor_s <= CHECKED_S * lines / 20_000
        and writing.processor_s <= COMMITTED_S * lines / 20_000
        and held.longest_s <= LOCK_S
        and read_ms <= READ_MS
        and memory_mb <= MEMORY_MB
    )
    print(
        f"imports: {lines:,} lines checked in {checking} with {memory_mb:.0f} MB, written"
        f" in {writing}, lock held {held.longest_s:.2f} s, reads p95 {read_ms:.0f} ms"
        f" ({len(waits)}); goal <= {CHECKED_S} s, {MEMORY_MB} MB, {COMMITTED_S} s, {LOCK_S} s,"
        f" {READ_MS} ms: {'ok' if is_met else 'short'}"
    )
    return 0 if is_met else 1


def ledger_of(lines: int) -> bytes:
    """Make up a ledger: each agreement with the partners of its place, signed a day later."""
    first, several = date(2000, 1, 1), max(lines // 10, 2)
    rows = [
        f"B-{each},{_word(each)} 업무협약,"
        f"{_word(each % several)}연구원 / {_word(-each % several)}㈜,"
        f"{first + timedelta(days=each % 9000)},3년,인공지능정책과"
        for each in range(lines)
    ]
    return "\n".join([HEADING, *rows]).encode()


def _word(number: int) -> str:
    """Give another word for each number, unlike the others: alike ones would be asked about."""
    drawn = Random(number)
    return "".join(chr(drawn.randrange(ord("가"), ord("힣"))) for _ in range(4))


@dataclass(slots=True)
class Took:
    """How long something took."""

    clock_s: float
    processor_s: float

    @classmethod
    def since(cls, began: "Took") -> "Took":
        """Give what has passed since."""
        now = cls.now()
        return cls(now.clock_s - began.clock_s, now.processor_s - began.processor_s)

    @classmethod
    def now(cls) -> "Took":
        """Give both clocks as they stand."""
        return cls(time.monotonic(), time.process_time())

    def __str__(self) -> str:
        """Tell it in seconds."""
        return f"{self.clock_s:.1f} s (processor {self.processor_s:.1f} s)"


def checked(store: Store, data: bytes) -> tuple[UUID, Took]:
    """Bring it and let a worker check it; gives how long both took."""
    began = Took.now()
    choices = Choices(new_partners=True, new_departments=True)
    this = bring(
        "bench.csv",
        data,
        choices,
        by=OFFICE,
        at=_now(),
        new_id=uuid7,
        imports=store.imports,
        records=store.records,
    )
    work_once(store, now=_now, new_id=uuid7)
    found = store.imports.one(this.id)
    print(f"{found.found.counts} → {found.found.records}", flush=True)
    return this.id, Took.since(began)


def committed(store: Store, import_id: UUID) -> Took:
    """Approve it and let a worker write it; gives how long that took."""
    began = Took.now()
    approve(import_id, only_clean=True, seen=1, by=OFFICE, at=_now(), imports=store.imports)
    work_once(store, now=_now, new_id=uuid7)
    done = store.imports.one(import_id)
    if done.state != "done" or done.done != done.total:
        raise SystemExit(f"{done.state}: {done.done} of {done.total} records were worked on.")
    return Took.since(began)


class Held:
    """Watches how long each writing transaction of a store takes."""

    def __init__(self, store: Store) -> None:
        self.longest_s = 0.0
        self._writing = store.database.writing
        store.database.writing = self._watched  # type: ignore[method-assign]

    def _watched(self) -> AbstractContextManager[WriteTransaction]:
        return self._open()

    @contextmanager
    def _open(self) -> Iterator[WriteTransaction]:
        with self._writing() as transaction:
            began = time.monotonic()
            yield transaction
        self.longest_s = max(self.longest_s, time.monotonic() - began)


@contextmanager
def reading_beside(url: str) -> Iterator[list[float]]:
    """Read lists in another process until the block ends; gives the seconds that each took."""
    waits: list[float] = []
    ours, theirs = multiprocessing.Pipe()
    reader = multiprocessing.get_context("spawn").Process(target=_read, args=(url, theirs))
    reader.start()
    ours.recv()
    yield waits
    ours.send("done")
    waits += ours.recv()
    reader.join()


def _read(url: str, told: "multiprocessing.connection.Connection") -> None:
    waits: list[float] = []
    with closing(Store(url, disclose=disclosed)) as store:
        told.send("ready")
        while not told.poll(0.05):
            began = time.monotonic()
            store.records.list("agreement", limit=50)
            waits.append(time.monotonic() - began)
    told.send(waits)


def _now() -> datetime:
    return datetime.now(UTC)
