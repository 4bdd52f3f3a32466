"""Files go to the registry together; what is wrong with them comes back with file and line."""

import json
from pathlib import Path

import pytest
import responses

from ieum.app import main
from ieum.home import Home
from ieum.keys import make_secrets

LOADS = "http://127.0.0.1:29501/v1/loads"
DONE = {
    "load": None,
    "anchor_on": "2026-11-23",
    "recorded": {"partner": 25},
    "changed": {},
    "unchanged": {"task": 16},
    "head": 66,
}
REFUSED = {
    "code": "load.refused",
    "title": "불러올 수 없습니다",
    "detail": "고친 뒤 다시 불러오십시오.",
    "errors": [
        {
            "pointer": "/collaborations/3/task",
            "file": "illustration.yaml",
            "line": 41,
            "detail": "과제 T99가 없습니다. T01–T16 가운데에서 고르십시오.",
        },
        {"pointer": "", "file": "gwangju-2021.yaml", "line": 7, "detail": "날짜가 아닙니다."},
    ],
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    make_secrets(made)
    monkeypatch.setenv("IEUM_HOME", str(made.root))
    monkeypatch.setenv("IEUM_PORT_BASE", "29500")
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "illustration.yaml"
    path.write_text("format: 1\n", encoding="utf-8")
    return path


@responses.activate
def test_all_files_travel_in_one_call_of_the_office(
    home: Home, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = file.with_name("more.yaml")
    other.write_text("\ufeffformat: 1\n", encoding="utf-8")
    responses.post(LOADS, json=DONE, status=201)

    status = main(["load", str(file), str(other)])

    [call] = responses.calls
    assert json.loads(call.request.body or "")["documents"] == [
        {"name": "illustration.yaml", "text": "format: 1\n"},
        {"name": "more.yaml", "text": "format: 1\n"},
    ]
    assert call.request.headers["Authorization"].startswith("Bearer ey")
    assert status == 0
    printed = capsys.readouterr().out
    assert "2026-11-23" in printed
    assert "partner" in printed


@responses.activate
def test_a_dry_run_says_that_nothing_changed(
    home: Home, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    responses.post(LOADS, json=DONE)

    assert main(["load", "--dry-run", str(file)]) == 0
    assert "dry_run=true" in str(responses.calls[0].request.url)
    assert "nothing was changed" in capsys.readouterr().out


@responses.activate
def test_every_fault_is_listed_with_file_line_and_remedy(
    home: Home, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    responses.post(LOADS, json=REFUSED, status=422)

    status = main(["load", str(file)])

    said = capsys.readouterr().err
    assert status == 1
    assert "[load.refused]" in said
    assert "illustration.yaml:41: 과제 T99가 없습니다. T01–T16 가운데에서 고르십시오." in said
    assert "gwangju-2021.yaml:7: 날짜가 아닙니다." in said


@responses.activate
def test_ten_megabytes_never_travel(
    home: Home, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("#" * 10_000_000)

    assert main(["load", str(file)]) == 1
    assert "10.0 MB" in capsys.readouterr().err
    assert len(responses.calls) == 0


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "이름: 협약".encode("cp949")])
def test_a_file_in_another_encoding_is_named(
    home: Home, file: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file.write_bytes(content)

    assert main(["load", str(file)]) == 1
    assert "UTF-8" in capsys.readouterr().err


def test_a_missing_file_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "nowhere.yaml"]) == 1
    assert "[load.unreadable]" in capsys.readouterr().err


def test_a_registry_that_is_down_is_named_with_a_remedy(
    home: Home, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(file)]) == 1
    said = capsys.readouterr().err
    assert "[registry.unreachable]" in said
    assert "POST loads: ConnectionError" in said
    assert "make up" in said
