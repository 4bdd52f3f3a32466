"""When a session still lets its browser in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from ieum_portal.domain.websession import IDLE, LONGEST, WebSession

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
FRESH = WebSession("hash", UUID(int=1), began_at=NOW, seen_at=NOW)
SECOND = timedelta(seconds=1)


def test_a_fresh_session_is_open() -> None:
    assert FRESH.is_open(NOW)


def test_a_revoked_session_is_closed() -> None:
    assert not replace(FRESH, revoked_at=NOW).is_open(NOW)


def test_a_browser_left_alone_is_let_in_for_an_hour() -> None:
    assert FRESH.is_open(NOW + IDLE - SECOND)
    assert not FRESH.is_open(NOW + IDLE)


def test_the_working_day_ends_even_for_the_busy() -> None:
    busy = replace(FRESH, seen_at=NOW + LONGEST - SECOND)

    assert busy.is_open(NOW + LONGEST - SECOND)
    assert not busy.is_open(NOW + LONGEST)


def test_a_sign_of_life_is_written_once_a_minute() -> None:
    assert not FRESH.wants_touching(NOW + timedelta(seconds=59))
    assert FRESH.wants_touching(NOW + timedelta(seconds=60))
