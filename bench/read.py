"""How fast stored text is handed out: by a shelf, now and as known then, against bare Flask.

`bare` gives text by primary key from a plain table; `shelf` is the registry's store behind the same
bare Flask; `route` is the registry as it is served, with token, scope and query checked. They take
turns on one server within one run. What is compared is the processor time that the server spends on
an answer: rates are printed too, but on a machine with other work they follow that work.

IEUM_BENCH_DATABASE=postgresql+psycopg://… measures on an empty database there; else on SQLite.
"""

import itertools
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from uuid_utils.compat import uuid7

from bench._served import Server, ask, office_token, request, served
from bench._texts import DATABASE, KEYS, NOW, bare_rows
from changefeed.change import Actor
from changefeed.subjects.agreement import End, Party
from changefeed.subjects.parts import Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store

AGREEMENTS = 4000
VERSIONS = 3
BATCH = 2000
SLICE_S = 0.2
GOAL_ONE = {1: 0.6, 16: 0.7}
"""Least ratio of one text by the whole route to bare, by how many ask at once."""

GOAL_LIST, GOAL_MB = 0.6, 350
"""Least ratio of a list of 50 by the whole route to bare; most memory after all was read."""


def main(rounds: int | None = None) -> int:
    """Fill a store, serve it, and measure each way in turn, round after round."""
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
        url = os.environ.get(DATABASE) or f"sqlite:///{folder}/registry.db"
        ids, middle = fill(url, AGREEMENTS, VERSIONS)
        token = office_token(Path(folder))
        ways = _ways(ids, middle, token)
        with served("bench._texts:create", {**os.environ, DATABASE: url, KEYS: folder}) as server:
            figures = {
                clients: _measure(ways, server, clients=clients, rounds=rounds or 10)
                for clients in GOAL_ONE
            }
            resident = _read_all(server, ids, token)
    return _say(url, figures, resident)


@dataclass(slots=True)
class Spent:
    """What one way took, all rounds together."""

    answers: int = 0
    wall_s: float = 0.0
    processor_s: float = 0.0

    @property
    def each_us(self) -> float:
        """Processor time of the server for one answer, in microseconds."""
        return self.processor_s / self.answers * 1e6


def fill(url: str, agreements: int, versions: int) -> tuple[list[UUID], int]:
    """Write agreements and later versions; give their ids, and an entry from the middle."""
    STEPS.migrate(url)
    store = Store(url, disclose=disclosed)
    if store.records.head().seq:
        raise SystemExit(f"{DATABASE} names a store that is not empty; give an empty one")
    chance, office = random.Random(7), Actor("bench", "office")
    known: list[Agreement] = []
    total = agreements * (1 + versions)
    for start in range(0, total, BATCH):
        with store.ledger.in_name_of(office, at=NOW).open() as transaction:
            for number in range(start, min(start + BATCH, total)):
                if number < agreements:
                    known.append(_agreement(number, chance))
                    transaction.record("agreement.recorded", known[-1])
                else:
                    each = transaction.take(Agreement, chance.choice(known).id)
                    day = (each.signed_on or NOW.date()) + timedelta(days=1)
                    later = replace(each, signed_on=day)
                    transaction.record("agreement.changed", later, "측정")
        print(f"\rfilled {start + BATCH:,} of {total:,} entries", end="", flush=True)
    print()
    with store.database.writing() as writing:
        writing.run(
            "CREATE TABLE bare (id TEXT PRIMARY KEY, signed_on TEXT NOT NULL, text TEXT NOT NULL)"
        )
        writing.insert("bare", ("id", "signed_on", "text"), bare_rows(store))
        writing.run("CREATE INDEX bare_signed_on ON bare (signed_on, id)")
    store.close()
    return [each.id for each in known], total // 2


def _agreement(number: int, chance: random.Random) -> Agreement:
    """An agreement of the city with four partners, about 1,500 bytes of text."""
    day = date(2019, 1, 1) + timedelta(days=chance.randrange(2500))
    return Agreement(
        id=uuid7(),
        kind="mou",
        title=Words(f"AI-메타버스 융합도시 광주 조성 업무협약 제{number}호", f"MOU no. {number}"),
        purpose=Words("인공지능과 메타버스 융합 생태계를 함께 만들고 실증을 지원한다. " * 6),
        signed_on=day,
        effective_on=day,
        end=End("until_purpose_achieved"),
        parties=tuple(
            Party(
                UUID(int=1 if position == 0 else chance.randrange(2, 500) * 10 + position),
                "own" if position == 0 else "partner",
                signed_on=day,
            )
            for position in range(5)
        ),
        number=f"광주-{number:05}",
        disclosure="partly",
    )


def _ways(ids: list[UUID], middle: int, token: str) -> dict[str, list[bytes]]:
    """Give the requests of each way."""
    some = random.Random(1).sample(ids, 200)
    paths = {
        "one bare": "/plain/bare/{id}",
        "one shelf": "/plain/shelf/{id}",
        "one shelf then": "/plain/shelf/{id}/{seq}",
        "one route": "/v1/agreements/{id}",
        "one route then": "/v1/agreements/{id}?known_at={seq}",
        "list bare": "/plain/bare",
        "list shelf": "/plain/shelf",
        "list shelf then": "/plain/shelf-then/{seq}",
        "list route": "/v1/agreements?limit=50",
        "list route then": "/v1/agreements?limit=50&known_at={seq}",
    }
    return {
        way: [request(path.format(id=each, seq=middle), token) for each in some]
        for way, path in paths.items()
    }


def _measure(
    ways: Mapping[str, list[bytes]], server: Server, *, clients: int, rounds: int
) -> dict[str, Spent]:
    """Ask each way in turn, round after round; the first round warms up and is not counted."""
    spent = {way: Spent() for way in ways}
    for turn in range(rounds + 1):
        for way, requests in ways.items():
            used, began = server.processor_s(), time.monotonic()
            took = ask(server.port, _by_turns(requests, clients), clients, slice_s=SLICE_S)
            if turn:
                spent[way].answers += len(took)
                spent[way].wall_s += time.monotonic() - began
                spent[way].processor_s += server.processor_s() - used
    return spent


def _by_turns(requests: list[bytes], clients: int) -> Callable[[int], bytes]:
    turns = [itertools.cycle(requests[client:]) for client in range(clients)]
    return lambda client: next(turns[client])


def _read_all(server: Server, ids: list[UUID], token: str) -> float:
    """Read each agreement once, by sixteen at once, and give what stays in memory, in MB."""
    left = iter([request(f"/v1/agreements/{each}", token) for each in ids])
    lock = threading.Lock()

    def following(_: int) -> bytes | None:
        with lock:
            return next(left, None)

    ask(server.port, following, 16, slice_s=600)
    return server.resident_mb()


def _say(url: str, figures: Mapping[int, Mapping[str, Spent]], resident: float) -> int:
    is_ok = resident <= GOAL_MB
    parts = []
    for clients, spent in figures.items():
        for way, each in spent.items():
            rate = each.answers / each.wall_s
            print(
                f"{clients:>2} conn  {way:<16} {rate:6.0f} answers/s  {each.each_us:6.0f} µs each"
            )

        def ratio(way: str, against: str, spent: Mapping[str, Spent] = spent) -> float:
            return spent[against].each_us / spent[way].each_us

        one, listed = ratio("one route", "one bare"), ratio("list route", "list bare")
        is_ok &= one >= GOAL_ONE[clients] and listed >= GOAL_LIST
        parts.append(
            f"{clients} conn route:bare {one:.2f}, list {listed:.2f},"
            f" then:now {ratio('one route then', 'one route'):.2f},"
            f" list {ratio('list route then', 'list route'):.2f},"
            f" shelf:bare {ratio('one shelf', 'one bare'):.2f},"
            f" list {ratio('list shelf', 'list bare'):.2f}"
        )
    database = "sqlite" if url.startswith("sqlite") else "postgresql"
    goal = (
        f"route:bare ≥ {GOAL_ONE[1]} at 1, ≥ {GOAL_ONE[16]} at 16, list ≥ {GOAL_LIST},"
        f" ≤ {GOAL_MB} MB"
    )
    print(
        f"read on {database}: {'; '.join(parts)}; {resident:.0f} MB resident after all was read;"
        f" goal {goal}: {'ok' if is_ok else 'short'}"
    )
    return 0 if is_ok else 1
