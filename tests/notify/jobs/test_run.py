"""The worker as it runs: a process beside a registry over the wire and a real mail server."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, request
from sqlalchemy.engine import Engine
from werkzeug.serving import make_server

from changefeed.page import to_wire
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.facts import Subject
from ieum_notify.jobs.run import all_turn
from ieum_notify.operations.sender import sender
from ieum_notify.settings import Settings
from ieum_notify.storage.history import StoredHistory
from tests.notify.api.conftest import settings, signing_key
from tests.notify.makers import Registry, houses, milestone
from tests.smtp import Mailbox

__all__ = ["settings", "signing_key"]  # Fixtures.


@dataclass
class RegistryOverTheWire:
    """The two routes that notify needs, as docs/changes.md and DESIGN section 8 have them."""

    registry: Registry = field(default_factory=Registry)
    url: str = ""

    def start(self) -> Callable[[], None]:
        app = Flask("registry")
        app.add_url_rule("/v1/changes", "changes", self.changes)
        app.add_url_rule("/v1/resolutions", "resolutions", self.resolutions, methods=["POST"])
        server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{server.port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.shutdown

    def changes(self) -> dict[str, Any]:
        after, until = int(request.args["after"]), time.monotonic() + 1
        while len(self.registry.log) <= after and time.monotonic() < until:
            time.sleep(0.02)
        items = self.registry.log[after : after + 1000]
        return {
            "items": [to_wire(each) for each in items],
            "next": items[-1].seq if items else after,
            "head": len(self.registry.log),
        }

    def resolutions(self) -> dict[str, Any]:
        assert request.headers["Authorization"].startswith("Bearer ")
        asked: dict[str, Any] = request.get_json()
        current = self.registry.current()
        found: dict[str, Any] = {"subjects": [], "seats": []}
        for each in asked["subjects"]:
            record = next((r for s, r in current.items() if str(s.id) == each["id"]), None)
            if record:
                found["subjects"].append({**each, "version": record.version, "facts": record.facts})
        for seat_id in asked["seats"]:
            facts: Any = next((r.facts for s, r in current.items() if str(s.id) == seat_id), None)
            if facts:
                held = {holder["contact_id"] for holder in facts["holders"]}
                people = [
                    {**asdict(person), "contact_id": str(person.contact_id), "phone": None}
                    for person in self.registry.people.values()
                    if str(person.contact_id) in held
                ]
                found["seats"].append({"id": seat_id, "facts": facts, "people": people})
        return found


@pytest.fixture
def wire() -> Iterator[RegistryOverTheWire]:
    registry = RegistryOverTheWire()
    stop = registry.start()
    yield registry
    stop()


@pytest.fixture
def worker(
    settings: Settings,
    wire: RegistryOverTheWire,
    smtp_server: Mailbox,
    tmp_path: Path,
    other_processes: None,
) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "IEUM_NOTIFY_LISTEN": "127.0.0.1:0",
        "IEUM_NOTIFY_DATABASE": settings.database,
        "IEUM_KEYS": str(settings.keys),
        "IEUM_SIGNING_KEY": str(settings.signing_key),
        "IEUM_REGISTRY_URL": wire.url,
        "IEUM_SMTP_URL": smtp_server.url,
        "IEUM_MAIL_FROM": settings.mail_from,
        "IEUM_PORTAL_URL": settings.portal_url,
        "IEUM_LETTER_HOURS": "any",
    }
    log = (tmp_path / "worker.log").open("wb")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "ieum_notify.app", "work"),
            *("--heartbeat", str(tmp_path / "alive")),
        ],
        env=environment,
        stderr=log,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()
    log.close()


def wait_until(claim: Callable[[], object], within_s: float = 30) -> None:
    until = time.monotonic() + within_s
    while not claim():
        assert time.monotonic() < until, "it did not come true in time"
        time.sleep(0.05)


def due_in(days: int) -> dict[Subject, dict[str, Any]]:
    return milestone(today_in_seoul(datetime.now(UTC)) + timedelta(days=days))


def test_facts_in_and_a_letter_out_and_an_orderly_end(
    worker: subprocess.Popen[bytes],
    wire: RegistryOverTheWire,
    smtp_server: Mailbox,
    engine: Engine,
    tmp_path: Path,
) -> None:
    history = StoredHistory(engine)
    wait_until(lambda: sender(history, datetime.now(UTC)).is_alive)
    assert (tmp_path / "alive").exists()
    wire.registry.record(houses(), due_in(5))
    wait_until(lambda: smtp_server.messages)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(10) == 0
    assert "D-5" in smtp_server.messages[0]["Subject"]
    found = sender(history, datetime.now(UTC)).pulse
    assert (found.sent_today, found.applied_seq, found.head_seq) == (1, 6, 6)
    lines = [json.loads(line) for line in (tmp_path / "worker.log").read_text().splitlines()]
    assert {"worker started", "copied", "planned", "dispatched", "worker stopped"} <= {
        line["event"] for line in lines
    }
    assert "naver.example" not in json.dumps(lines, ensure_ascii=False)
    assert "홍예시" not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.usefixtures("worker")
def test_a_letter_that_waits_for_its_answer_holds_no_other_up(
    wire: RegistryOverTheWire, smtp_server: Mailbox, engine: Engine
) -> None:
    smtp_server.waits = [14]
    today = today_in_seoul(datetime.now(UTC))
    letters = [
        milestone(today + timedelta(days=5), Subject("milestone", UUID(int=(0x018F << 112) + n)))
        for n in range(1, 26)
    ]
    wire.registry.record(houses(), *letters)

    wait_until(lambda: len(smtp_server.messages) >= 24, 90)
    is_alive = sender(StoredHistory(engine), datetime.now(UTC)).is_alive
    wait_until(lambda: len(smtp_server.messages) == 25, 90)

    assert is_alive
    assert len({each["Message-ID"] for each in smtp_server.messages}) == 25


@pytest.mark.parametrize(
    ("followed_ago", "dispatched_ago", "turns"),
    [(0, 0, True), (119, 119, True), (121, 0, False), (0, 121, False)],
)
def test_a_part_that_stands_still_ends_the_signs_of_life_of_all(
    followed_ago: float, dispatched_ago: float, turns: bool
) -> None:
    assert all_turn(1000 - followed_ago, 1000 - dispatched_ago, now=1000) is turns
