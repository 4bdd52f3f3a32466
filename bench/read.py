"""How fast stored text is handed out: by a shelf, now and as known then, against bare Flask.

`bare` gives text by primary key from a plain table; `shelf` is the registry's store behind the same
bare Flask; `route` is the registry as it is served, with token, scope and query checked. They take
turns on one server within one run. What is compared is the processor time that the server spends on
an answer: rates are printed too, but on a machine with other work they follow that work.

IEUM_BENCH_DATABASE=postgresql+psycopg://… measures on an empty database there; else on SQLite.
"""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psutil
from joserfc.jwk import OKPKey
from uuid_utils.compat import uuid7

from bench._texts import DATABASE, KEYS, NOW, bare_rows
from changefeed.change import Actor
from httpedge.caller import Signer
from ieum_registry.domain.agreement import Agreement, End
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.party import Party
from ieum_registry.domain.words import Words
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store

AGREEMENTS = 4000
VERSIONS = 3
BATCH = 2000
SLICE_S = 0.2
GOAL_ONE, GOAL_LIST, GOAL_THEN = 0.8, 0.6, 0.6
"""Least ratios: one text by shelf against bare; a list of 50 likewise; then against now."""


def main(rounds: int | None = None) -> int:
    """Fill a store, serve it, and measure each way in turn, round after round."""
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
        url = os.environ.get(DATABASE) or f"sqlite:///{folder}/registry.db"
        ids, middle = _fill(url)
        ways = _ways(ids, middle, _key(Path(folder)))
        with _served({**os.environ, DATABASE: url, KEYS: folder}) as server:
            figures = {
                clients: _measure(ways, server, clients=clients, rounds=rounds or 10)
                for clients in (1, 16)
            }
    return _say(url, figures)


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


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the process whose children do the work."""

    port: int
    process: psutil.Process

    def processor_s(self) -> float:
        """Give the processor time used so far, children included."""
        times = [
            each.cpu_times() for each in (self.process, *self.process.children(recursive=True))
        ]
        return float(sum(each.user + each.system for each in times))


def _fill(url: str) -> tuple[list[UUID], int]:
    """Write agreements and later versions; give their ids, and an entry from the middle."""
    STEPS.migrate(url)
    store = Store(url, disclose=disclosed)
    if store.records.head().seq:
        raise SystemExit(f"{DATABASE} names a store that is not empty; give an empty one")
    chance, office = random.Random(7), Actor("bench", "office")
    known: list[Agreement] = []
    total = AGREEMENTS * (1 + VERSIONS)
    for start in range(0, total, BATCH):
        with store.book.in_name_of(office, at=NOW).open() as page:
            for number in range(start, min(start + BATCH, total)):
                if number < AGREEMENTS:
                    known.append(_agreement(number, chance))
                    page.record("agreement.recorded", known[-1])
                else:
                    each = page.take(Agreement, chance.choice(known).id)
                    later = replace(each, signed_on=each.signed_on + timedelta(days=1))
                    page.record("agreement.changed", later, "측정")
        print(f"\rfilled {start + BATCH:,} of {total:,} entries", end="", flush=True)
    print()
    with store.database.writing() as writing:
        writing.run(
            "CREATE TABLE bare (id TEXT PRIMARY KEY, signed_on TEXT NOT NULL, text TEXT NOT NULL)"
        )
        writing.insert("bare", ("id", "signed_on", "text"), bare_rows(store))
        writing.run("CREATE INDEX bare_signed_on ON bare (signed_on, id)")
    store.close()
    return [each.id for each in known], AGREEMENTS + total // 3


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


def _key(folder: Path) -> str:
    """Make a key that the registry trusts, and a token for the office."""
    key = OKPKey.generate_key("Ed25519", {"kid": "operator"}, private=True)
    private = folder / "operator.key"
    private.write_text(json.dumps(key.as_dict(private=True)), encoding="utf-8")
    public = {"kid": "operator", "issuer": "operator", "roles": ["office"]}
    folder.joinpath("operator.json").write_text(
        json.dumps({**public, "jwk": key.as_dict(private=False)}), encoding="utf-8"
    )
    return Signer(private).token("office", ["registry"], now=datetime.now(UTC))


@contextmanager
def _served(environment: Mapping[str, str]) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    code = (
        f"from httpedge.serving import serve; serve('bench._texts:create', ('127.0.0.1', {port}))"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise SystemExit("the server did not start") from None
                time.sleep(0.1)
        yield Server(port, psutil.Process(server.pid))
    finally:
        server.terminate()
        server.wait()


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
        way: [_request(path.format(id=each, seq=middle), token) for each in some]
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
            answers = _ask(server.port, requests, clients)
            if turn:
                spent[way].answers += answers
                spent[way].wall_s += time.monotonic() - began
                spent[way].processor_s += server.processor_s() - used
    return spent


def _request(path: str, token: str) -> bytes:
    lines = (f"GET {path} HTTP/1.1", "Host: bench", f"Authorization: Bearer {token}", "", "")
    return "\r\n".join(lines).encode()


def _ask(port: int, requests: list[bytes], clients: int) -> int:
    """Ask for a while on so many connections; give how often it was answered."""
    answered = [0] * clients
    until = time.monotonic() + SLICE_S

    def ask(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            turn = number
            while time.monotonic() < until:
                connection.sendall(requests[turn % len(requests)])
                _read_answer(connection)
                answered[number] += 1
                turn += clients

    _at_once(ask, clients)
    return sum(answered)


def _at_once(work: Callable[[int], None], times: int) -> None:
    with ThreadPoolExecutor(times) as pool:
        for done in [pool.submit(work, number) for number in range(times)]:
            done.result()


def _read_answer(connection: socket.socket) -> None:
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"unexpected answer: {head.decode()} {body.decode()[:300]}")
    name = b"content-length: "
    length = next(
        int(line[len(name) :]) for line in head.lower().split(b"\r\n") if line.startswith(name)
    )
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 1 << 20)))


def _say(url: str, figures: Mapping[int, Mapping[str, Spent]]) -> int:
    is_ok = True
    parts = []
    for clients, spent in figures.items():
        for way, each in spent.items():
            rate = each.answers / each.wall_s
            print(
                f"{clients:>2} conn  {way:<16} {rate:6.0f} answers/s  {each.each_us:6.0f} µs each"
            )

        def ratio(way: str, against: str, spent: Mapping[str, Spent] = spent) -> float:
            return spent[against].each_us / spent[way].each_us

        one, listed = ratio("one shelf", "one bare"), ratio("list shelf", "list bare")
        then = ratio("one shelf then", "one shelf")
        listed_then = ratio("list shelf then", "list shelf")
        is_ok &= one >= GOAL_ONE and listed >= GOAL_LIST and min(then, listed_then) >= GOAL_THEN
        parts.append(
            f"{clients} conn shelf:bare {one:.2f}, list {listed:.2f}, then:now {then:.2f},"
            f" list {listed_then:.2f}, route:bare {ratio('one route', 'one bare'):.2f}"
        )
    database = "sqlite" if url.startswith("sqlite") else "postgresql"
    goal = f"shelf:bare ≥ {GOAL_ONE}, list ≥ {GOAL_LIST}, then:now ≥ {GOAL_THEN}"
    print(f"read on {database}: {'; '.join(parts)}; goal {goal}: {'ok' if is_ok else 'short'}")
    return 0 if is_ok else 1
