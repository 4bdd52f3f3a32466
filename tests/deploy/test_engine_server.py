"""The engine refuses to start where it cannot work, and says what to do."""

import json
import shutil
import socket
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import jpype
import pytest

from ieum_engine import app, server
from ieum_engine.refused import Refused


def test_a_data_folder_in_use_is_refused_naming_the_process(tmp_path: Path) -> None:
    with (
        server.owned(tmp_path),
        pytest.raises(Refused, match=r"process \d+.*--data"),
        server.owned(tmp_path),
    ):
        pass


def test_a_data_folder_is_free_again_after_its_engine(tmp_path: Path) -> None:
    with server.owned(tmp_path):
        pass
    with server.owned(tmp_path):
        pass


def test_a_full_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5 * 2**20))

    with pytest.raises(Refused, match="5 MB left"), server.owned(tmp_path):
        pass


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(Refused, match="cannot be written"), server.owned(tmp_path / "file" / "x"):
        pass


def test_a_busy_port_is_refused_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port}.*IEUM_PORT_BASE"):
            server.check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("password", "says"), [(None, "cannot be read"), ("short", "eight characters")]
)
def test_a_password_that_cannot_be_used_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], password: str | None, says: str
) -> None:
    file = tmp_path / "password"
    if password is not None:
        file.write_text(password, encoding="utf-8")

    status = app.main(
        ["serve", "--data", str(tmp_path), "--listen", "127.0.0.1:1", "--password-file", str(file)]
    )

    assert status == app.NEEDS_A_PERSON
    assert says in capsys.readouterr().err


class Fallen(Exception):
    """Stands in for Java's exceptions, which need a running Java."""

    def getCause(self) -> None:  # noqa: N802 - Java's name
        return None


class Begun:
    """Stands in for Java's transaction."""

    def close(self) -> None:
        return None


def test_a_database_that_has_given_up_ends_its_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jpype, "JException", Fallen)
    takes = [Begun(), Begun(), Begun()]

    def begin() -> Begun:
        if not takes:
            raise Fallen("The database has encountered a critical error")
        return takes.pop()

    with pytest.raises(server.GivenUp, match="critical error"):
        server.wait_for_the_end(begin, look_s=0.001)

    assert takes == []


def test_a_line_of_its_log_has_the_keys_of_all_logs(capsys: pytest.CaptureFixture[str]) -> None:
    app._log("engine.ready", ms=7)

    said = json.loads(capsys.readouterr().out)
    at = datetime.fromisoformat(said.pop("timestamp"))
    assert at.tzinfo is not None
    assert said == {"event": "engine.ready", "level": "info", "service": "engine", "ms": 7}
