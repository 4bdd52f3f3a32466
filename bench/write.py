"""How fast changes are written, by one and by sixteen at once, against the driver's own inserts.

`raw` is bare Flask under the same server that makes the same inserts by the driver alone, in a
database of its own with the same tables; `route` is the registry as it is served: token, version,
rules, hash, chain, search keys and spans. Each writer changes partners of its own. They take turns
within one run, on SQLite and on a PostgreSQL started for it, both of which wait for the disk.
"""

import itertools
import json
import os
import statistics
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from bench._served import ask, office_token, request, served
from bench._texts import DATABASE, KEYS, NOW, RAW
from changefeed.change import Actor
from changefeed.subjects.parts import Words
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.partner import Partner
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import running_server

PARTNERS = 4000
EACH = 20
"""How many partners one writer changes by turns."""

SLICE_S = 0.5
GOAL, GOAL_P99_MS = 0.5, 120
"""Sixteen writers: least ratio to raw, and most for 99 of 100 of their writes."""


def main(rounds: int | None = None) -> int:
    """Measure both databases; each says its figures on a line of its own before the last one."""
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
        figures = {
            "sqlite": _measure(
                f"sqlite:///{folder}/registry.db", f"sqlite:///{folder}/raw.db", folder, rounds
            )
        }
        with running_server() as server:
            url = sa.make_url(server)
            names = ("bench_registry", "bench_raw")
            with sa.create_engine(url, isolation_level="AUTOCOMMIT").connect() as admin:
                for each in names:
                    admin.exec_driver_sql(f"CREATE DATABASE {each} TEMPLATE template0")
                admin.exec_driver_sql("ALTER SYSTEM SET fsync = on")
                admin.exec_driver_sql("SELECT pg_reload_conf()")
            registry, raw = (
                url.set(database=each).render_as_string(hide_password=False) for each in names
            )
            figures["postgresql"] = _measure(registry, raw, folder, rounds)
    return say(figures)


@dataclass(slots=True)
class Took:
    """What one way took, all rounds together: seconds of each write, and by the clock."""

    each_s: list[float] = field(default_factory=list)
    wall_s: float = 0.0

    @property
    def rate(self) -> float:
        """Writes in a second."""
        return len(self.each_s) / self.wall_s

    @property
    def p99_ms(self) -> float:
        """Milliseconds within which 99 of 100 were answered."""
        return statistics.quantiles(self.each_s, n=100)[98] * 1000


Figures = Mapping[int, Mapping[str, Took]]


def _measure(registry: str, raw: str, folder: str, rounds: int | None) -> Figures:
    STEPS.migrate(raw)
    ids, token = _fill(registry), office_token(Path(folder))
    environment = {**os.environ, DATABASE: registry, RAW: raw, KEYS: folder}
    found: dict[int, dict[str, Took]] = {}
    with served("bench._texts:create", environment) as server:
        ways = {"raw": _raw(), "route": _route(ids, token)}
        for clients in (1, 16):
            found[clients] = {way: Took() for way in ways}
            for turn in range((rounds or 10) + 1):
                for way, next_request in ways.items():
                    took = ask(server.port, next_request, clients, slice_s=SLICE_S)
                    if turn:
                        found[clients][way].each_s += took
                        found[clients][way].wall_s += sum(took) / clients
    return found


def _fill(url: str) -> list[UUID]:
    """Register partners; give their ids."""
    STEPS.migrate(url)
    store, ids = Store(url, disclose=disclosed), [uuid7() for _ in range(PARTNERS)]
    with store.ledger.in_name_of(Actor("bench", "office"), at=NOW).open() as transaction:
        for number, each in enumerate(ids):
            partner = Partner(id=each, kind="company", name=Words(f"주식회사 협약기관 {number}"))
            transaction.record("partner.registered", partner)
    store.close()
    return ids


def _raw() -> Callable[[int], bytes]:
    turns = itertools.count()
    return lambda client: request(
        f"/plain/raw/{client * EACH + next(turns) % EACH}", "none", method="POST", body="{}"
    )


def _route(ids: list[UUID], token: str) -> Callable[[int], bytes]:
    """Give each writer the next change of its own partners, by the version that it knows."""
    versions = dict.fromkeys(range(16 * EACH), 0)

    def following(client: int) -> bytes:
        number = min(range(client * EACH, (client + 1) * EACH), key=lambda each: versions[each])
        versions[number] += 1
        body = json.dumps({"website": f"https://v{versions[number]}.example"})
        return request(
            f"/v1/partners/{ids[number]}",
            token,
            method="PATCH",
            body=body,
            If_Match=f'"{versions[number]}"',
        )

    return following


def say(figures: Mapping[str, Figures]) -> int:
    """Print the figures and the last line; 0 if the goal is met."""
    parts, is_ok = [], True
    for database, by_clients in figures.items():
        for clients, ways in by_clients.items():
            for way, took in ways.items():
                print(
                    f"{database:<10} {clients:>2} writers  {way:<5} {took.rate:6.0f} writes/s"
                    f"  p99 {took.p99_ms:6.1f} ms"
                )
            ratio = ways["route"].rate / ways["raw"].rate
            p99 = ways["route"].p99_ms
            parts.append(
                f"{database} {clients} {ratio:.2f} of raw, p99 {p99:.0f} ms"
                f" (raw {ways['raw'].p99_ms:.0f})"
            )
            if clients > 1:
                is_ok &= ratio >= GOAL and p99 <= GOAL_P99_MS
    goal = f"16 writers ≥ {GOAL} of raw, p99 ≤ {GOAL_P99_MS} ms"
    print(f"write: {'; '.join(parts)}; goal {goal}: {'ok' if is_ok else 'short'}")
    return 0 if is_ok else 1
