"""`ieum load` against the real registry: the samples, and files that must change nothing."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from werkzeug.serving import make_server

from ieum.app import main
from ieum.environment import environment_for
from ieum.home import Home
from ieum.keys import make_secrets
from ieum.ports import OFFSETS, Ports
from ieum_registry.app import create_app
from ieum_registry.settings import read_settings
from ieum_registry.storage.migrate import STEPS

DATA = Path(__file__).parents[2] / "data"
SAMPLES = [str(DATA / "gwangju-2021.yaml"), str(DATA / "illustration.yaml")]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """A registry with the samples loaded, at home in a fresh folder."""
    home = Home(tmp_path_factory.mktemp("registry") / "home")
    home.make()
    make_secrets(home)
    held = socket.create_server(("127.0.0.1", 0))  # The system's choice: tests run side by side.
    port = held.getsockname()[1]
    ports = Ports(port - OFFSETS["registry"])
    settings = read_settings(environment_for("registry", home, ports))
    STEPS.migrate(settings.database)
    app = create_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True, fd=held.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IEUM_HOME", str(home.root))
        patch.setenv("IEUM_PORT_BASE", str(ports.base))
        assert main(["load", *SAMPLES]) == 0
        yield ports
    server.shutdown()


def head(registry: Ports) -> object:
    return requests.get(registry.url("registry") + "/v1/head", timeout=5).json()


def test_loading_twice_changes_nothing(registry: Ports, capsys: pytest.CaptureFixture[str]) -> None:
    before = head(registry)

    assert main(["load", *SAMPLES]) == 0

    assert head(registry) == before
    assert "45" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("due_on: {in: P5D}", "due_on: 2026-02-30", "naver-platform-trial"),
        ("task: T09,", "task: T99,", "deloitte-anjin-t09"),
        ("key: gist-t06,", "key: etri-t06,", "key: etri-t06, partner: etri"),
        ("starts_on: {ago: P15M}", "starts_on: {ago: fifteen}", "deloitte-anjin-t09"),
        ('name: "허생"', 'name: "허\\u0007생"', "naver-liaison"),
        ("role: research, starts_on: {ago: P15M}", "role: wizard, starts_on: {ago: P15M}", "t09"),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_changes(
    registry: Ports,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    line: str,
) -> None:
    text = (DATA / "illustration.yaml").read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    number = next(n for n, each in enumerate(changed.splitlines(), start=1) if line in each)
    faulty = tmp_path / "illustration.yaml"
    faulty.write_text(changed, encoding="utf-8")
    before = head(registry)

    status = main(["load", SAMPLES[0], str(faulty)])

    said = capsys.readouterr().err
    assert status == 1
    assert f"illustration.yaml:{number}" in said, said
    assert head(registry) == before


def test_noise_is_refused_by_line(
    registry: Ports, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = tmp_path / "noise.yaml"
    noise.write_text("format: 1\n" + "]{&*%\n" * 1000)

    assert main(["load", str(noise)]) == 1
    assert "noise.yaml:2" in capsys.readouterr().err


def test_a_dry_run_changes_nothing(registry: Ports, tmp_path: Path) -> None:
    text = (DATA / "illustration.yaml").read_text(encoding="utf-8")
    other = tmp_path / "illustration.yaml"
    other.write_text(text.replace("공간정보", "공간 정보", 1), encoding="utf-8")
    before = head(registry)

    assert main(["load", "--dry-run", SAMPLES[0], str(other)]) == 0
    assert head(registry) == before
