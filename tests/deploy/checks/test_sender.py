"""A sender that is silent, late or alarmed is told about."""

from datetime import UTC, datetime

import pytest

from ieum.checks.sender import sender
from tests.deploy.checks.makers import codes

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PULSE = {
    "alive": True,
    "ticked_at": "2026-11-23T08:59:58Z",
    "oldest_due_at": None,
    "due": 0,
    "alarms": [],
}


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

    found = list(sender(pulse, NOW))

    assert codes(found) == ["sender.silent", "letters.late", "alarm.mail.away"]
    assert "60 minutes" in found[1].en


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("seat.empty", "office"),
        ("seat.no_address", "office"),
        ("office.empty", "operator"),
        ("mail.away", "operator"),
        ("letter.refused", "operator"),
    ],
)
def test_what_the_desk_mends_in_the_record_is_the_offices(code: str, needs: str) -> None:
    alarm = {"code": code, "since": "2026-11-23T08:00:00Z", "detail": {"ko": "가", "en": "a"}}

    [found] = sender({**PULSE, "alarms": [alarm]}, NOW)

    assert found.needs == needs


def test_a_sender_that_ticks_is_well() -> None:
    assert list(sender(PULSE, NOW)) == []
    assert list(sender(None, NOW)) == []
