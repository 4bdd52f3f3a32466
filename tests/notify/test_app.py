"""The program's verbs, and settings that are missing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ieum_notify.app import main, stored_copy
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.hours import ANY_HOUR
from ieum_notify.jobs.run import Worker
from ieum_notify.settings import Settings
from ieum_notify.storage.migrate import STEPS
from sqlstore.engine import open_engine
from tests.notify.api.conftest import settings, signing_key
from tests.notify.makers import MONDAY, PostRoom, at, milestone, milestone_in_five_days
from tests.smtp import Mailbox

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


@pytest.mark.parametrize(
    ("hours", "told"), [("any", "곧 다시 나갑니다."), ("working", "다시 나갑니다(근무 시간에).")]
)
def test_resend_says_when_by_the_hours_of_the_house(
    room: PostRoom,
    smtp_server: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    hours: str,
    told: str,
) -> None:
    monkeypatch.setenv("IEUM_LETTER_HOURS", hours)
    smtp_server.always["rcpt"] = "550 5.7.1 not now"
    room.now = datetime.now(UTC)
    room.registry.record(milestone(today_in_seoul(room.now) + timedelta(days=5)))
    room.copy = stored_copy(room.engine, room.rules, ANY_HOUR)
    assert room.day() == {"retry": 1}
    [key] = [key for key, state in room.states().items() if state == "retry"]

    assert main(["resend", key]) == 0
    assert capsys.readouterr().out.startswith(told)


def test_recopy_begins_the_copy_anew_and_sends_nothing_twice(
    room: PostRoom, smtp_server: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    room.registry.record(milestone_in_five_days())
    assert room.day() == {"sent": 1}

    assert main(["recopy"]) == 0

    assert "처음부터" in capsys.readouterr().out
    assert not room.copy.is_whole()
    assert room.copy.mark().seq == 0
    room.day()
    assert room.copy.is_whole()
    assert len(smtp_server.messages) == 1


@pytest.mark.parametrize(("hours", "sent"), [("any", {"sent": 1}), ("working", {})])
def test_a_worker_for_every_hour_lets_go_what_waits_for_an_opening(
    room: PostRoom, monkeypatch: pytest.MonkeyPatch, hours: str, sent: dict[str, int]
) -> None:
    room.now = at(MONDAY, 19)
    room.registry.record(milestone_in_five_days())
    assert room.day() == {}
    monkeypatch.setenv("IEUM_LETTER_HOURS", hours)
    monkeypatch.setattr(Worker, "run", lambda _worker: 0)

    assert main(["work"]) == 0

    room.copy = stored_copy(room.engine, room.rules, ANY_HOUR)
    assert room.send() == sent
