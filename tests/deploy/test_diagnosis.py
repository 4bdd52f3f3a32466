"""Real faults are found, each with its place and the next step; a sound house has none."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from ieum import diagnosis
from ieum.child import note_start
from ieum.diagnosis import Finding
from ieum.home import Home
from ieum.keys import make_secrets
from ieum.leftovers import Started, alive
from ieum.ports import holder, is_free
from ieum.supervision import Seen
from tests.smtp import Mailbox

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PULSE = {
    "alive": True,
    "ticked_at": "2026-11-23T08:59:58Z",
    "oldest_due_at": None,
    "due": 0,
    "feed": {"applied_seq": 154, "head_seq": 154},
    "alarms": [],
}
FOLLOWING = {"applied_seq": 154, "head_seq": 154, "state": "following", "detail": None}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    make_secrets(made)
    return made


def this_process(starts: int = 1) -> Started:
    me = psutil.Process()
    return Started("graph", me.pid, me.create_time(), starts)


def codes(found: "list[Finding]") -> list[str]:
    for each in found:
        assert each.ko != each.en
        assert each.where
    return [each.code for each in found]


def test_a_sound_house_has_no_findings(home: Home) -> None:
    names = ["registry"]
    living = {"registry": this_process(), "supervisor": this_process()}
    seen = {"registry": Seen("registry", "RUNNING", 1, "")}

    found = diagnosis.looked(
        (
            ("disk", lambda: diagnosis.disk(home, lambda _: diagnosis.ROOM_MB)),
            ("secrets", lambda: diagnosis.secrets(home, NOW)),
            ("processes", lambda: diagnosis.processes(names, living, seen, str)),
            ("graph", lambda: diagnosis.graph(FOLLOWING, 154)),
            ("sender", lambda: diagnosis.sender(PULSE, NOW, 154)),
            ("letters", lambda: diagnosis.letters({"in_doubt": 0, "dead": 0})),
            ("clock", lambda: diagnosis.clock(NOW, NOW)),
            ("ready", lambda: diagnosis.readiness({"registry": None})),
        )
    )

    assert codes(found) == []


def test_little_room_is_told_before_the_disk_is_full(home: Home) -> None:
    [found] = diagnosis.disk(home, lambda _: 12)

    assert (found.code, found.where) == ("disk.nearly_full", str(home.root))
    assert "12 MB" in found.en


def test_the_room_is_that_of_the_file_system(home: Home) -> None:
    assert diagnosis.free_mb(home.root) > 0


def test_a_secret_that_others_may_read_is_named_with_its_remedy(home: Home) -> None:
    key = home.secrets / "portal.key.json"
    key.chmod(0o644)

    [found] = diagnosis.secrets(home, NOW)

    assert (found.code, found.where) == ("key.readable_by_others", str(key))
    assert f"chmod 600 {key}" in found.ko


def test_a_key_that_is_gone_is_named(home: Home) -> None:
    (home.keys / "notify.json").unlink()

    assert codes(list(diagnosis.secrets(home, NOW))) == ["key.missing"]


@pytest.mark.parametrize(("age", "expected"), [(1, []), (8, ["first_accounts.left"])])
def test_first_passwords_may_not_lie_there_for_ever(
    home: Home, age: int, expected: list[str]
) -> None:
    home.first_accounts.touch(mode=0o600)
    then = (NOW - timedelta(days=age)).timestamp()
    os.utime(home.first_accounts, (then, then))

    assert codes(list(diagnosis.secrets(home, NOW))) == expected


def test_a_process_that_was_killed_is_named_with_what_it_said_last(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    note_start(tmp_path / "mailbox.json", process.pid)
    assert [each.name for each in alive(tmp_path)] == ["mailbox"]

    process.kill()
    process.wait()

    living = {each.name: each for each in alive(tmp_path)} | {"graph": this_process()}
    found = list(diagnosis.processes(["mailbox"], living, {}, lambda name: f"{name}: out"))
    assert codes(found) == ["supervisor.down", "process.down"]
    assert found[1].where == "mailbox"
    assert "mailbox: out" in found[1].en


def test_a_process_that_keeps_starting_is_named() -> None:
    living = {"graph": this_process(starts=6), "supervisor": this_process()}
    seen = {"graph": Seen("graph", "RUNNING", 1, "")}

    [found] = diagnosis.processes(["graph"], living, seen, lambda _: "KeyError: x")

    assert found.code == "process.restarting"
    assert "5 times" in found.en


def test_a_house_that_is_down_is_told_once() -> None:
    assert codes(list(diagnosis.processes(["graph", "registry"], {}, {}, str))) == ["house.down"]


def test_a_port_held_by_another_program_is_named_with_its_holder() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        [found] = diagnosis.ports({"registry": port}, {}, is_free, holder)
        none = list(
            diagnosis.ports({"registry": port}, {"registry": this_process()}, is_free, holder)
        )

    assert found.code == "port.taken"
    assert str(os.getpid()) in found.en
    assert none == []


def test_a_database_that_cannot_be_written_is_named(home: Home) -> None:
    path = home.databases / "registry.db"
    path.touch(mode=0o600)
    urls = {"registry": f"sqlite:///{path}", "notify": "postgresql+psycopg://db/n"}

    writable = list(diagnosis.databases(urls))
    refused = list(diagnosis.databases(urls, may_write=lambda each: each != path))

    assert writable == []
    assert codes(refused) == ["database.not_writable"]


@pytest.mark.parametrize(
    ("projection", "head", "expected"),
    [
        (FOLLOWING, 156, ["graph.behind"]),
        ({**FOLLOWING, "state": "stopped", "detail": "feed.gap: 3"}, 154, ["graph.stopped"]),
        ({**FOLLOWING, "state": "stopped", "detail": "feed.forked"}, 154, ["graph.forked"]),
        (None, 154, []),
    ],
)
def test_a_graph_that_does_not_follow_is_named(
    projection: dict[str, object] | None, head: int, expected: list[str]
) -> None:
    assert codes(list(diagnosis.graph(projection, head))) == expected


def test_a_sender_that_is_silent_late_and_alarmed_is_told_about() -> None:
    alarm = {
        "code": "mail.away",
        "since": "2026-11-23T08:00:00Z",
        "detail": {"ko": "메일 서버", "en": "mail server"},
    }
    pulse = {
        **PULSE,
        "alive": False,
        "oldest_due_at": "2026-11-23T08:00:00Z",
        "due": 3,
        "alarms": [alarm],
    }

    found = list(diagnosis.sender(pulse, NOW, 156))

    assert codes(found) == ["sender.silent", "notify.behind", "letters.late", "alarm.mail.away"]
    assert "60 minutes" in found[2].en


def test_letters_that_only_a_person_can_decide_about_are_counted() -> None:
    found = list(diagnosis.letters({"in_doubt": 2, "dead": 1}))

    assert codes(found) == ["letters.in_doubt", "letters.dead"]
    assert "2 letters" in found[0].en


def test_an_entry_of_the_future_tells_of_a_clock_that_was_set_back() -> None:
    assert codes(list(diagnosis.clock(NOW + timedelta(hours=1), NOW))) == ["clock.behind_the_log"]


@pytest.mark.parametrize(
    ("name", "lack", "expected"),
    [
        ("graph", '{"checks": {"neo4j": {"ok": false}}}', "neo4j.unreachable"),
        ("neo4j", "ConnectionRefusedError", "neo4j.unreachable"),
        ("registry", '{"checks": {"database": {"ok": false}}}', "service.not_ready"),
    ],
)
def test_what_a_service_is_missing_is_passed_on(name: str, lack: str, expected: str) -> None:
    [found] = diagnosis.readiness({name: lack})

    assert found.code == expected
    assert lack in found.en


def test_a_mail_server_is_greeted(smtp_server: Mailbox) -> None:
    assert list(diagnosis.mail(smtp_server.url)) == []


def test_a_mail_server_that_is_gone_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

    assert codes(list(diagnosis.mail(f"smtp://127.0.0.1:{port}", 1))) == ["mail.refused"]


def test_a_look_that_fails_is_a_finding_and_hides_no_other() -> None:
    def fails() -> "list[Finding]":
        raise PermissionError(13, "Permission denied", "/x")

    found = diagnosis.looked((("here", fails), ("clock", lambda: diagnosis.letters({"dead": 1}))))

    assert codes(found) == ["look.failed", "letters.dead"]
    assert found[0].where == "here"
