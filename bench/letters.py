"""How fast letters go out, against the same bytes handed to the same mail server ready-made.

`ready` is smtplib giving those bytes over one connection; `notify` is one dispatcher as the worker
runs it: claim, planning again on the registry's answer, typesetting, attempt, mail, outcome, on
SQLite that waits for the disk. The registry's answer is at hand: what it costs, `read` measures.
Both ways take turns within one run, at two sizes of notify's copy. The mail server is a process of
its own.
"""

import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import formataddr
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.engine import Engine
from uuid_utils.compat import uuid7

from bench._copied import copied_city
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.letter import Letter, Person
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.seat import Seat
from ieum_notify.operations.dispatch import BATCH, dispatch
from ieum_notify.operations.plan import plan
from ieum_notify.operations.ports import Mailing, Outside, Resolution
from ieum_notify.outbound.message import write_message
from ieum_notify.outbound.smtp import SmtpMailServer
from ieum_notify.storage.outbox import StoredOutbox
from ieum_notify.storage.tables import ATTEMPTS, DELIVERIES, OCCURRENCES
from tests.notify.makers import MONDAY, at

SIZES = (60, 2_000)
"""Agreements in the copy; half as many partners, each with a seat."""

LETTERS = 100
"""How many go out in one turn."""

NOW = at(MONDAY)
"""Ten o'clock of a working day in Seoul."""

SENDER = ("이음", "ieum@gwangju.example")
GOAL, GOAL_GROWTH = 0.2, 1.25
"""Least ratio to the ready bytes at each size; most by which the larger copy may be slower."""


def main(rounds: int | None = None) -> int:
    """Send the same letters by both ways, turn after turn; the first turn is not counted."""
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder, _mail_server() as port:
        rooms = [_room(Path(folder), size, port) for size in SIZES]
        ready = _ready(rooms[0])
        took: dict[str | int, list[float]] = {"ready": [], **{size: [] for size in SIZES}}
        for turn in range((rounds or 10) + 1):
            for room in rooms:
                room.owe()
            ways: dict[str | int, Callable[[], None]] = {"ready": lambda: _hand_over(ready, port)}
            ways |= {room.size: room.send for room in rooms}
            for way, work in ways.items():
                seconds = _timed_s(work)
                if turn:
                    took[way].append(seconds)
    return _say(took)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The registry's answer to a batch, out of a dictionary."""

    records: Mapping[Subject, Record]
    seats: Mapping[UUID, Seat]
    people: Mapping[UUID, tuple[Person, ...]]

    def resolve(self, subjects: Sequence[Subject], seats: Sequence[UUID]) -> Resolution:
        """Give what is known of those asked for."""
        return Resolution(
            {each: self.records[each] for each in subjects if each in self.records},
            {each: self.seats[each] for each in seats if each in self.seats},
            {each: self.people[each] for each in seats if each in self.people},
        )


@dataclass(slots=True)
class _Kept:
    """A mail server that writes each letter and keeps its bytes."""

    domain: str = "gwangju.example"
    kept: list[tuple[str, bytes]] = field(default_factory=list)

    @contextmanager
    def open(self, meanwhile: Callable[[], None]) -> Iterator[Mailing]:  # noqa: ARG002  The port's.
        yield self

    def send(self, letter: Letter, meanwhile: Callable[[], None]) -> None:  # noqa: ARG002  As above.
        """Take one letter."""
        self.kept.append((letter.to.email or "", write_message(letter, SENDER, NOW)))


@dataclass(frozen=True, slots=True)
class _Room:
    """A notify of some size, with letters to send."""

    size: int
    outside: Outside
    engine: Engine

    def owe(self) -> None:
        """Let the same letters be owed afresh."""
        with self.engine.begin() as connection:
            for table in (ATTEMPTS, DELIVERIES, OCCURRENCES):
                connection.execute(delete(table))
        plan(RULES, self.outside.copy, self.outside.outbox, NOW)

    def send(self) -> None:
        """Dispatch until nothing is due."""
        sent, claimed = 0, BATCH
        while claimed == BATCH:
            done = dispatch(RULES, self.outside, lambda: None)
            claimed = done.claimed
            sent += done.states.get("sent", 0)
        if sent != LETTERS:
            raise RuntimeError(f"{sent} of {LETTERS} letters went out")


def _room(folder: Path, size: int, port: int) -> _Room:
    city = copied_city(folder, size, due=LETTERS)
    outside = Outside(
        city.copy,
        StoredOutbox(city.engine, uuid7),
        _Answers(city.records, city.seats, city.people),
        SmtpMailServer(f"smtp://127.0.0.1:{port}", formataddr(SENDER), lambda: NOW),
        lambda: NOW,
        lambda: 1.0,
        "http://127.0.0.1:8400",
    )
    return _Room(size, outside, city.engine)


def _ready(room: _Room) -> Sequence[tuple[str, bytes]]:
    """Write the letters of a turn beforehand."""
    kept = _Kept()
    room.owe()
    replace(room, outside=replace(room.outside, mail_server=kept)).send()
    return kept.kept


def _hand_over(ready: Sequence[tuple[str, bytes]], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        for address, data in ready:
            client.sendmail(SENDER[1], address, data)


def _timed_s(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def _mail_server() -> Iterator[int]:
    """Run a mail server that throws away what it takes; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = ("-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink")
    server = subprocess.Popen([sys.executable, *command])
    try:
        until = time.monotonic() + 30
        while True:
            try:
                smtplib.SMTP("127.0.0.1", port).quit()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise SystemExit("the mail server did not start") from None
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _say(took: Mapping[str | int, Sequence[float]]) -> int:
    for way, seconds in took.items():
        name = f"{way:,} agreements" if isinstance(way, int) else way
        print(f"{name:<18} {LETTERS / statistics.median(seconds):6.0f} letters/s")
    ratios = {
        size: statistics.median(
            ready / notify for ready, notify in zip(took["ready"], took[size], strict=True)
        )
        for size in SIZES
    }
    small, large = (ratios[size] for size in SIZES)
    is_ok = min(ratios.values()) >= GOAL and small / large <= GOAL_GROWTH
    parts = ", ".join(f"{size:,} agreements {ratio:.2f}" for size, ratio in ratios.items())
    print(
        f"letters: of the ready bytes: {parts}; the larger {small / large:.2f} times slower;"
        f" goal ≥ {GOAL} each, ≤ {GOAL_GROWTH} times: {'ok' if is_ok else 'short'}"
    )
    return 0 if is_ok else 1
