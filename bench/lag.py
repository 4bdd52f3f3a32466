"""How long after a change does the graph answer with it?

Runs a system of its own in a scratch home, so that nobody's log grows by it: registry, Neo4j,
follower and graph as `make up` starts them. IEUM_BENCH_HOME measures an installation that runs.
The time runs from the registry's answer to a write until a question shows what was written.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

CHANGES = 200
GOAL_S = 1.0
"""95th percentile (issue: a change in the registry is answered by the graph within a second)."""

PATIENCE_S = 30.0
LOOK_AGAIN_S = 0.01
PORT_BASE = "9280"
IEUM = (sys.executable, "-m", "ieum.app")
ROLES = ("lead", "develop")


def main(rounds: int | None = None) -> int:
    """Change one commitment's role again and again, and wait for each to be answered."""
    with _running() as home:
        environment = {**os.environ, "IEUM_HOME": str(home)}
        if "IEUM_BENCH_HOME" not in os.environ:
            environment["IEUM_PORT_BASE"] = os.environ.get("IEUM_BENCH_PORT_BASE", PORT_BASE)
        registry, graph = _addresses(environment)
        waits = _measure(registry, graph, _token(environment), rounds or CHANGES)
    p95 = statistics.quantiles(waits, n=100)[94]
    print(
        f"lag: {len(waits)} changes, p50 {statistics.median(waits) * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms, worst {max(waits) * 1000:.0f} ms; "
        f"goal p95 <= {GOAL_S * 1000:.0f} ms: {'ok' if p95 <= GOAL_S else 'short'}"
    )
    return 0 if p95 <= GOAL_S else 1


@contextmanager
def _running() -> Iterator[Path]:
    if chosen := os.environ.get("IEUM_BENCH_HOME"):
        yield Path(chosen)
        return
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
        port_base = os.environ.get("IEUM_BENCH_PORT_BASE", PORT_BASE)
        environment = {**os.environ, "IEUM_HOME": folder, "IEUM_PORT_BASE": port_base}
        print(f"lag: starting a system of its own on ports from {port_base}", flush=True)
        try:
            subprocess.run([*IEUM, "up"], env=environment, check=True, stdout=subprocess.DEVNULL)
            yield Path(folder)
        finally:
            subprocess.run([*IEUM, "down"], env=environment, check=False, stdout=subprocess.DEVNULL)


def _addresses(environment: dict[str, str]) -> tuple[str, str]:
    text = _said(environment, "environment")
    pairs = (line.removeprefix("export ").partition("=") for line in text.splitlines())
    values = {name: value.strip("'") for name, _, value in pairs}
    return values["IEUM_REGISTRY_URL"], values["IEUM_GRAPH_URL"]


def _token(environment: dict[str, str]) -> str:
    return _said(environment, "token", "--role", "office", "--ttl", "3600").split()[-1]


def _said(environment: dict[str, str], *verb: str) -> str:
    done = subprocess.run(
        [*IEUM, *verb], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _measure(registry: str, graph: str, token: str, changes: int) -> list[float]:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        task = _first(session, f"{registry}/v1/tasks", key="T10")
        made = session.post(
            f"{registry}/v1/collaborations",
            json={
                "partner_id": _first(session, f"{registry}/v1/partners", key="naver"),
                "agreement_id": _first(session, f"{registry}/v1/agreements"),
                "task_id": task,
                "role": ROLES[-1],
                "starts_on": "2022-01-01",
            },
            timeout=10,
        )
        made.raise_for_status()
        work = made.json()
        question = f"{graph}/v1/questions/partners-on-task?task={task}"
        _wait(session, f"{question}&min_seq={made.headers['X-Change-Seq']}", work["id"], ROLES[-1])
        waits = []
        for number in range(changes):
            role = ROLES[number % 2]
            changed = session.patch(
                f"{registry}/v1/collaborations/{work['id']}",
                json={"role": role},
                headers={"If-Match": f'"{work["version"] + number}"'},
                timeout=10,
            )
            changed.raise_for_status()
            waits.append(_wait(session, question, work["id"], role))
    return waits


def _first(session: requests.Session, url: str, **filters: str) -> str:
    answer = session.get(url, params=filters, timeout=10)
    answer.raise_for_status()
    return str(answer.json()["items"][0]["id"])


def _wait(session: requests.Session, question: str, source: str, role: str) -> float:
    """Ask until the answer shows the role; give the seconds that it took."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_S:
        answer = session.get(question, timeout=30)
        if answer.status_code == 200 and _shows(answer.json(), source, role):
            return time.monotonic() - began
        time.sleep(LOOK_AGAIN_S)
    raise TimeoutError(f"the graph did not answer with the change within {PATIENCE_S:.0f} s")


def _shows(body: dict[str, Any], source: str, role: str) -> bool:
    return any(source in row["sources"] and role in row["codes"]["roles"] for row in body["rows"])
