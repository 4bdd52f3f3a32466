"""A container's health check sees whether a worker still turns."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from httpedge.heartbeat import heartbeat

pytestmark = pytest.mark.usefixtures("other_processes")


def looked_at(file: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "httpedge.heartbeat", str(file), "60"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_worker_that_beat_just_now_is_well(tmp_path: Path) -> None:
    heartbeat(tmp_path / "alive")()

    assert looked_at(tmp_path / "alive").returncode == 0


def test_one_that_never_beat_or_not_for_long_is_not(tmp_path: Path) -> None:
    old = tmp_path / "old"
    heartbeat(old)()
    os.utime(old, (0, time.time() - 90))

    assert looked_at(tmp_path / "none").returncode == 1
    assert looked_at(old).returncode == 1
    assert "s old; 60 s are meant" in looked_at(old).stderr


def test_without_a_file_nothing_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    heartbeat(None)()

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_touched_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heartbeat(tmp_path / "gone" / "alive")()

    assert "no heartbeat" in caplog.text
