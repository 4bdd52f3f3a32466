"""The program: verbs, and what it says when it cannot start."""

import shutil
from pathlib import Path

import pytest

from ieum_registry.app import create, main
from ieum_registry.settings import read_settings
from sqlstore.engine import open_engine


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set what the program reads; gives the path of its database, which is not there yet."""
    database = tmp_path / "registry.db"
    monkeypatch.setenv("IEUM_REGISTRY_LISTEN", "127.0.0.1:8401")
    monkeypatch.setenv("IEUM_REGISTRY_DATABASE", f"sqlite:///{database}")
    monkeypatch.setenv("IEUM_KEYS", str(tmp_path))
    monkeypatch.setenv("IEUM_REGISTRY_DOCUMENTS", str(tmp_path / "documents"))
    return database


def test_a_store_is_made_verified_and_reindexed(
    environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    assert main(["verify"]) == 0
    assert main(["reindex", "--compare"]) == 0

    said = capsys.readouterr().out
    assert "registry: empty →" in said
    assert "The log is whole: 0 entries" in said


def test_the_application_is_made_from_the_environment(
    environment: Path, empty_database: Path
) -> None:
    shutil.copy(empty_database, environment)

    client = create().test_client()

    assert client.get("/readyz").status_code == 200
    log = {"name": "city", "genesis": None}
    assert client.get("/v1/head").json == {"seq": 0, "hash": "0" * 64, "log": log}


def test_a_store_that_is_not_migrated_is_not_ready(environment: Path) -> None:
    answer = create().test_client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json is not None
    assert "run `ieum-registry migrate`" in answer.json["checks"]["database"]["reason"]


def test_a_database_in_use_is_named_with_its_remedy(
    environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(f"sqlite:///{environment}")

    with engine.begin():
        assert main(["migrate"]) == 1
    engine.dispose()

    assert (
        "in use (database is locked): run `ieum-registry migrate` again" in capsys.readouterr().err
    )


def test_everything_missing_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("IEUM_REGISTRY_LISTEN", "IEUM_REGISTRY_DATABASE", "IEUM_KEYS"):
        monkeypatch.delenv(name, raising=False)

    assert main(["verify"]) == 2

    said = capsys.readouterr().err
    assert "IEUM_REGISTRY_LISTEN" in said
    assert "IEUM_REGISTRY_DATABASE" in said
    assert "IEUM_KEYS" in said


def test_several_processes_need_postgresql(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IEUM_REGISTRY_PROCESSES", "2")

    assert main(["serve"]) == 2
    assert "needs PostgreSQL" in capsys.readouterr().err


def test_an_unknown_verb_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["dance"])

    assert caught.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_settings_are_read_as_values(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "IEUM_REGISTRY_LISTEN": "127.0.0.1:8401",
            "IEUM_REGISTRY_DATABASE": "postgresql+psycopg://ieum@/registry",
            "IEUM_REGISTRY_PROCESSES": "4",
            "IEUM_KEYS": str(tmp_path),
            "IEUM_REGISTRY_DOCUMENTS": str(tmp_path / "documents"),
        }
    )

    assert settings.listen == ("127.0.0.1", 8401)
    assert (settings.processes, settings.keys) == (4, tmp_path)
