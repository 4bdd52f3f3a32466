"""The program's verbs, and settings that are missing."""

from pathlib import Path

import pytest

from ieum_notify.app import main
from ieum_notify.settings import Settings
from ieum_notify.storage.migrate import STEPS
from sqlstore.engine import open_engine
from tests.notify.api.conftest import settings, signing_key
from tests.notify.makers import PostRoom, milestone_in_five_days

__all__ = ["settings", "signing_key"]  # Fixtures.


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    for name, value in {
        "IEUM_NOTIFY_LISTEN": "127.0.0.1:9303",
        "IEUM_NOTIFY_DATABASE": settings.database,
        "IEUM_NOTIFY_PROCESSES": "1",
        "IEUM_KEYS": str(settings.keys),
        "IEUM_SIGNING_KEY": str(settings.signing_key),
        "IEUM_REGISTRY_URL": settings.registry_url,
        "IEUM_SMTP_URL": settings.smtp_url,
        "IEUM_MAIL_FROM": settings.mail_from,
        "IEUM_PORTAL_URL": settings.portal_url,
    }.items():
        monkeypatch.setenv(name, value)


def test_migrate_may_be_repeated(room: PostRoom) -> None:
    room.registry.record(milestone_in_five_days())
    room.day()

    assert main(["migrate"]) == 0
    assert "sent" in room.states().values()


def test_a_preview_of_an_old_database_names_the_remedy(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    STEPS.migrate(settings.database, "0001_post_room")

    assert main(["preview"]) == 1
    assert "run `ieum-notify migrate`" in capsys.readouterr().err


def test_a_database_in_use_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = f"sqlite:///{tmp_path}/notify.db"
    monkeypatch.setenv("IEUM_NOTIFY_DATABASE", database)
    engine = open_engine(database)

    with engine.begin():
        assert main(["migrate"]) == 1
    engine.dispose()

    assert "in use (database is locked): run `ieum-notify migrate` again" in capsys.readouterr().err


def test_preview_prints_what_comes(room: PostRoom, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "--days", "30", "--language", "en"]) == 0
    assert "letters to send" in capsys.readouterr().out

    assert main(["preview", "--days", "0"]) == 2
    assert "1 to 366" in capsys.readouterr().err


def test_missing_settings_are_listed_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("IEUM_SMTP_URL")
    monkeypatch.delenv("IEUM_PORTAL_URL")

    assert main(["migrate"]) == 2

    said = capsys.readouterr().err
    assert "IEUM_SMTP_URL" in said
    assert "IEUM_PORTAL_URL" in said


def test_more_processes_need_postgresql(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IEUM_NOTIFY_PROCESSES", "2")
    monkeypatch.setenv("IEUM_NOTIFY_DATABASE", "sqlite:////tmp/none.db")

    assert main(["serve"]) == 2
    assert "PostgreSQL" in capsys.readouterr().err


def test_help_is_worth_reading(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    said = capsys.readouterr().out
    assert "follow the registry, plan 45 days ahead" in said
    assert "ieum-notify preview --days 30" in said
