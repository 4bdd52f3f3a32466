"""Who only waits is not sent for; a home whose services are elsewhere is asked about them alone."""

import json
import threading
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ieum.checks import log, room
from ieum.home import Home
from ieum.keys import make_secrets
from ieum.reach import Reach
from ieum.verbs import doctor
from ieum.verbs.place import made

SERVICES = ("registry", "graph", "notify")
SEEN = "9f" * 32


class Elsewhere:
    """Registry, graph and notify behind one address; the graph moves on at each look, or not."""

    def __init__(self) -> None:
        self.applied = 150
        self.pace = 0
        self.hash = SEEN
        self.lost: int | None = None
        self.verification: dict[str, Any] = {
            "whole": True,
            "verified_at": datetime.now(UTC).isoformat(),
            "bad_seq": None,
            "fault": None,
        }
        self.files: dict[str, Any] = {"damaged": 0, "items": [], "since": None}
        self.alarms: list[dict[str, Any]] = []
        self.expired: list[dict[str, Any]] = []

    def answer(self, path: str) -> Any:  # noqa: ANN401  JSON
        match path.partition("?")[0]:
            case "/v1/head":
                return {"seq": 200}
            case "/v1/projection":
                self.applied += self.pace
                state = "behind" if self.applied < 200 else "following"
                return {
                    "applied_seq": self.applied,
                    "applied_hash": SEEN,
                    "lost_seq": self.lost,
                    "lost_hash": SEEN,
                    "head_seq": 200,
                    "state": state,
                }
            case "/v1/sender":
                feed = {"applied_seq": 200, "applied_hash": SEEN, "head_seq": 200}
                quiet = {"alive": True, "oldest_due_at": None, "in_doubt": 0, "dead": 0}
                return {**quiet, "feed": feed, "alarms": self.alarms}
            case "/v1/contacts":
                return {"items": self.expired}
            case "/v1/changes":
                after = int(path.partition("after=")[2].partition("&")[0])
                at = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
                items = [{"seq": after + 1, "hash": self.hash, "at": at}]
                return {"items": items if after < 200 else []}
            case "/v1/contacts":
                return {"items": []}
            case "/v1/verification":
                return self.verification
            case "/v1/documents/verification":
                return self.files
            case _:
                return {"checks": {}}


@pytest.fixture
def elsewhere() -> Iterator[tuple[Elsewhere, str]]:
    said = Elsewhere()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(said.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield said, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    make_secrets(made)
    monkeypatch.setenv("IEUM_HOME", str(made.root))
    monkeypatch.setattr(doctor, "BETWEEN_LOOKS_S", 0)
    # The room of the machine that tests run on is not what they are about.
    monkeypatch.setattr(room, "ROOM_MB", 0)
    return made


def told(home: Home, address: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    lines = [f"IEUM_{each.upper()}_URL={address}" for each in SERVICES]
    (home.root / "settings.env").write_text("\n".join(lines), encoding="utf-8")
    status = doctor.run(Namespace(json=True, lang=None))
    return status, [each["code"] for each in json.loads(capsys.readouterr().out)["findings"]]


def test_a_follower_that_catches_up_is_told_and_needs_nobody(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere[0].pace = 7

    assert told(home, elsewhere[1], capsys) == (0, ["graph.behind"])


def test_a_follower_that_stands_still_needs_the_operator(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(home, elsewhere[1], capsys) == (1, ["graph.behind"])


def test_people_kept_too_long_need_the_operator(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere[0].applied = 200
    elsewhere[0].expired = [{"id": "x"}]

    assert told(home, elsewhere[1], capsys) == (1, ["people.expired"])


def test_a_seat_that_is_empty_is_the_offices_and_no_fault(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = {"ko": "비어 있습니다", "en": "Nobody holds the seat"}
    elsewhere[0].applied = 200
    elsewhere[0].alarms = [{"code": "seat.empty", "since": "2026-11-23T08:00:00Z", "detail": said}]
    (home.root / "settings.env").write_text(
        "\n".join(f"IEUM_{each.upper()}_URL={elsewhere[1]}" for each in SERVICES)
    )

    status = doctor.run(Namespace(json=False, lang="en"))

    told = capsys.readouterr().out
    assert status == 0
    assert "· [alarm.seat.empty]" in told
    assert "for the office, at the desk" in told
    assert "1 found, 0 for the operator" in told


def test_services_elsewhere_that_do_not_answer_are_named_and_no_process_is_missed(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    status, codes = told(home, "http://127.0.0.1:1", capsys)

    assert (status, codes) == (1, ["service.silent"] * 3)


def test_a_house_that_is_down_is_told_so(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    status = doctor.run(Namespace(json=False, lang="en"))

    said = capsys.readouterr().out
    assert status == 1
    assert "[house.down]" in said
    assert "make up" in said


def test_a_log_that_was_not_whole_needs_the_operator(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere[0].applied = 200
    elsewhere[0].verification |= {"whole": False, "bad_seq": 41, "fault": "destroyed"}

    assert told(home, elsewhere[1], capsys) == (1, ["log.broken"])


@pytest.mark.parametrize("at", [None, "2026-01-01T00:00:00.000000Z"])
def test_a_log_that_nobody_verifies_needs_the_operator(
    home: Home,
    elsewhere: tuple[Elsewhere, str],
    capsys: pytest.CaptureFixture[str],
    at: str | None,
) -> None:
    elsewhere[0].applied = 200
    elsewhere[0].verification |= {"verified_at": at}

    assert told(home, elsewhere[1], capsys) == (1, ["log.unverified"])


def test_files_that_are_not_whole_or_not_looked_at_need_the_operator(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere[0].applied = 200
    lost = {"title": "협약서 정본", "fault": "missing", "whole_at": None}
    elsewhere[0].files = {"damaged": 1, "items": [lost], "since": "2026-01-01T00:00:00+00:00"}

    assert told(home, elsewhere[1], capsys) == (1, ["documents.damaged", "documents.unchecked"])


def test_a_verification_that_came_to_no_end_needs_the_operator(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere[0].applied = 200
    elsewhere[0].verification |= {"whole": False, "fault": "unread"}

    assert told(home, elsewhere[1], capsys) == (1, ["log.unread"])


@pytest.mark.usefixtures("other_processes")
def test_a_verification_that_cannot_begin_is_told_whatever_the_last_one_found(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    told(home, elsewhere[1], capsys)
    (home.databases / "registry.db").write_bytes(b"this was a database " * 500)
    _, ports = made()

    words = doctor._verify_if_short(home, ports, Reach(home, ports), [])

    assert words is not None
    [found] = log.verified(elsewhere[0].verification, datetime.now(UTC), words)
    assert (found.code, found.needs) == ("log.unread", "operator")
    assert words in found.ko
    assert words in found.en


def test_a_follower_that_saw_another_entry_is_a_witness(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere[0].applied = 200
    elsewhere[0].hash = "00" * 32

    assert told(home, elsewhere[1], capsys) == (1, ["log.other", "log.other"])


def test_a_cut_tail_is_told_though_the_graph_began_anew(
    home: Home, elsewhere: tuple[Elsewhere, str], capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere[0].applied = 200
    elsewhere[0].lost = 230

    assert told(home, elsewhere[1], capsys) == (1, ["log.cut"])
