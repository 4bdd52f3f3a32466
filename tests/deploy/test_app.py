"""The operator's program explains itself, and answers trouble with a remedy, not a traceback."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ieum.app import main, parser
from ieum.home import Home
from ieum.preconditions import refuse_full_disk
from ieum.say import OperatorError, table, width
from ieum.verbs import down, status

pytestmark = pytest.mark.usefixtures("other_processes")

PROGRAM = Path(sys.executable).parent / "ieum"
VERBS = (
    "up",
    "down",
    "status",
    "doctor",
    "load",
    "token",
    "demo-reset",
    "environment",
    "migrate",
    "mailbox",
)


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PROGRAM, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_help_names_every_verb_with_a_word_of_korean() -> None:
    text = parser().format_help()

    for verb in (*VERBS, "registry", "graph", "notify", "portal"):
        assert re.search(rf"^    {verb}\b", text, re.MULTILINE), verb
    assert "examples:" in text
    assert "IEUM_HOME" in text


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_what_it_does(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])

    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 200


@pytest.mark.parametrize("verb", ["status", "environment", "demo-reset", "load x.yaml"])
def test_a_home_that_was_never_started_is_named_with_a_remedy(tmp_path: Path, verb: str) -> None:
    done = run(*verb.split(), IEUM_HOME=str(tmp_path / "none"))

    assert done.returncode == 1
    assert "[home.absent]" in done.stderr
    assert "make up" in done.stderr
    assert not (tmp_path / "none").exists()


def test_stopping_what_was_never_started_is_fine(tmp_path: Path) -> None:
    done = run("down", IEUM_HOME=str(tmp_path / "none"))

    assert done.returncode == 0
    assert not (tmp_path / "none").exists()


def test_an_installation_that_is_down_shows_as_such(tmp_path: Path) -> None:
    Home(tmp_path).make()

    done = run("status", IEUM_HOME=str(tmp_path), IEUM_PORT_BASE="29500")

    assert done.returncode == 3
    assert "make up" in done.stdout


def test_resetting_asks_first(tmp_path: Path) -> None:
    Home(tmp_path).make()
    (tmp_path / "databases" / "registry.db").write_text("facts")

    done = run("demo-reset", IEUM_HOME=str(tmp_path), IEUM_PORT_BASE="29500")

    assert done.returncode == 1
    assert "--yes" in done.stdout
    assert (tmp_path / "databases" / "registry.db").exists()


def test_resetting_wipes_data_and_keeps_keys(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    (home.databases / "registry.db").write_text("facts")
    (home.mailbox / "x.eml").write_text("letter")
    (home.secrets / "operator.key.json").write_text("{}")
    home.first_accounts.write_text("[]")

    done = run("demo-reset", "--yes", "--no-up", IEUM_HOME=str(tmp_path), IEUM_PORT_BASE="29500")

    assert done.returncode == 0, done.stderr
    assert list(home.databases.iterdir()) == []
    assert list(home.mailbox.iterdir()) == []
    assert [each.name for each in home.secrets.iterdir()] == ["operator.key.json"]


def test_an_offices_own_house_and_a_sample_stay_apart(tmp_path: Path) -> None:
    own, sample = Home(tmp_path / "own"), Home(tmp_path / "sample")
    for each in (own, sample):
        each.make()
    own.own.touch()
    (own.databases / "registry.db").write_text("facts")
    sample.first_accounts.write_text("[]")

    wiped = run("demo-reset", "--yes", IEUM_HOME=str(own.root), IEUM_PORT_BASE="29500")
    emptied = run("up", "--empty", IEUM_HOME=str(sample.root), IEUM_PORT_BASE="29500")

    assert "[reset.own_house]" in wiped.stderr
    assert (own.databases / "registry.db").exists()
    assert "[up.has_sample]" in emptied.stderr
    assert not sample.own.exists()


def test_an_archive_is_taken_alone_and_held_against_its_manifest(tmp_path: Path) -> None:
    Home(tmp_path).make()
    archive, records = tmp_path / "register.zip", tmp_path / "records.yaml"
    archive.write_bytes(b"PK")
    records.write_text("partners: []\n")

    damaged = run("load", str(archive), IEUM_HOME=str(tmp_path))
    together = run("load", str(archive), str(records), IEUM_HOME=str(tmp_path))

    assert "[archive.damaged]" in damaged.stderr
    assert "[load.one_archive]" in together.stderr


def test_data_in_a_database_server_is_not_half_wiped(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    (tmp_path / "settings.env").write_text("IEUM_REGISTRY_DATABASE=postgresql+psycopg://db/r\n")

    done = run("demo-reset", "--yes", IEUM_HOME=str(tmp_path), IEUM_PORT_BASE="29500")

    assert done.returncode == 1
    assert "[reset.database_server]" in done.stderr


def test_a_full_disk_is_named_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(OperatorError) as trouble:
        refuse_full_disk(tmp_path, room_mb=10**9)

    assert trouble.value.code == "disk.full"
    assert "IEUM_HOME=" in trouble.value.en


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "disk.full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "permission.missing"),
        (OSError(errno.EIO, "Input/output error"), "system.refused"),
    ],
)
def test_what_the_system_refuses_ends_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError, code: str
) -> None:
    def refuse(_: object) -> int:
        raise error

    monkeypatch.setattr(down, "run", refuse)

    assert main(["down"]) == 1
    assert f"[{code}]" in capsys.readouterr().err


def test_columns_line_up_under_hangul() -> None:
    lines = table(("이름", "pid"), (("네이버", "1"), ("x", "22"))).splitlines()

    assert len({width(each[: each.rindex(" ")]) for each in lines}) == 1


@pytest.mark.parametrize(
    ("seconds", "text"), [(5, "5s"), (65, "1m05s"), (3660, "1h01m"), (90000, "1d01h")]
)
def test_a_span_is_told_in_its_two_biggest_units(seconds: int, text: str) -> None:
    assert status._span(seconds) == text
