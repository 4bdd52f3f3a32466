"""The portal's verbs, as an operator runs them."""

import json
from pathlib import Path

import pytest

from ieum_portal.app import create, main
from ieum_portal.settings import Settings
from sqlstore.engine import open_engine
from tests.portal.desk import QUICK, settings_for
from tests.portal.neighbours import Neighbours


@pytest.fixture
def settings(
    tmp_path: Path, database: str, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Put the settings into the environment, the secret into a file."""
    made = settings_for(tmp_path, database, neighbours)
    (tmp_path / "secret").write_text(made.secret)
    for name, value in {
        "IEUM_PORTAL_LISTEN": "127.0.0.1:9400",
        "IEUM_PORTAL_DATABASE": made.database,
        "IEUM_PORTAL_URL": made.portal_url,
        "IEUM_REGISTRY_URL": made.registry_url,
        "IEUM_GRAPH_URL": made.graph_url,
        "IEUM_NOTIFY_URL": made.notify_url,
        "IEUM_SIGNING_KEY": str(made.signing_key),
        "IEUM_PORTAL_SECRET_FILE": str(tmp_path / "secret"),
        "IEUM_FIRST_ACCOUNTS_FILE": str(made.first_accounts_file),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("ieum_portal.app.Argon2Passwords", lambda: QUICK)
    return made


def test_first_accounts_are_made_once_and_told_once(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["first-accounts"]) == 0
    told = capsys.readouterr().out
    assert main(["first-accounts"]) == 0

    kept = json.loads(settings.first_accounts_file.read_text("utf-8"))["accounts"]
    assert [each["role"] for each in kept] == ["office", "liaison", "auditor"]
    assert all(each["password"] in told for each in kept)
    assert capsys.readouterr().out == ""


def test_a_liaison_whose_contact_comes_later_is_made_later(
    settings: Settings, neighbours: Neighbours, capsys: pytest.CaptureFixture[str]
) -> None:
    neighbours.registry.hold(contact=[])
    assert main(["first-accounts"]) == 0
    assert "naver-liaison" in capsys.readouterr().out

    neighbours.registry.hold()
    assert main(["first-accounts"]) == 0
    assert "liaison@ieum.example" in capsys.readouterr().out
    assert neighbours.registry.claims["role"] == "service"
    assert neighbours.registry.claims["sub"] == "portal"


def test_a_registry_that_is_down_is_named_with_its_remedy(
    settings: Settings, neighbours: Neighbours, capsys: pytest.CaptureFixture[str]
) -> None:
    neighbours.registry.is_down = True

    assert main(["first-accounts"]) == 1
    assert "try again" in capsys.readouterr().err


def test_migrating_is_safe_to_repeat(settings: Settings) -> None:
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0


def test_a_database_in_use_is_named_with_its_remedy(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(settings.database)

    with engine.begin():
        assert main(["migrate"]) == 1
    engine.dispose()

    assert "in use (database is locked): run `ieum-portal migrate` again" in capsys.readouterr().err


def test_more_processes_need_postgresql(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IEUM_PORTAL_PROCESSES", "2")

    assert main(["serve"]) == 2
    assert "PostgreSQL" in capsys.readouterr().err


def test_everything_missing_is_listed_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("IEUM_PORTAL_LISTEN", "IEUM_PORTAL_DATABASE", "IEUM_SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)

    assert main(["migrate"]) == 2
    told = capsys.readouterr().err
    assert "IEUM_PORTAL_LISTEN" in told
    assert "IEUM_PORTAL_DATABASE" in told


def test_the_application_is_made_from_the_environment(settings: Settings) -> None:
    assert create().test_client().get("/readyz").status_code == 200


def test_the_operator_keeps_accounts_by_verbs(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.database
    login = "lee@partner.example"

    made = ["account", "add", login, "--name", "이남", "--role", "liaison"]
    assert main([*made, "--contact", "naver-liaison"]) == 0
    told = capsys.readouterr().out
    assert login in told
    assert main(["account", "reset", login]) == 0
    assert capsys.readouterr().out != told
    assert main(["account", "lock", login]) == 0
    assert "locked" in capsys.readouterr().out
    assert main(["account", "unlock", login]) == 0
    assert main(["unlock", login]) == 0
    capsys.readouterr()
    assert main(["account", "end", login]) == 0
    assert main(["account", "list"]) == 0
    listed = capsys.readouterr().out
    assert login not in listed
    assert "ended" in listed


def test_a_verb_that_does_not_fit_says_what_to_do(
    settings: Settings, neighbours: Neighbours, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.database
    assert main(["account", "add", "a@b.example", "--name", "이남", "--role", "liaison"]) == 1
    assert "--contact" in capsys.readouterr().err
    assert main(["account", "lock", "nobody@b.example"]) == 1
    assert "account list" in capsys.readouterr().err
    neighbours.registry.hold(contact=[], department=[])
    missing = ["--role", "liaison", "--contact", "nobody"]
    assert main(["account", "add", "a@b.example", "--name", "이남", *missing]) == 1
    told = capsys.readouterr().err
    assert "`nobody`" in told
    assert "GET /v1/contacts" in told
    missing = ["--role", "department", "--department", "tourism"]
    assert main(["account", "add", "a@b.example", "--name", "이남", *missing]) == 1
    told = capsys.readouterr().err
    assert "부서 `tourism`" in told
    assert "GET /v1/departments" in told
