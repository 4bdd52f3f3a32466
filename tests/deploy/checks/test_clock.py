"""A clock that was set back is told by the newest entry."""

from datetime import UTC, datetime, timedelta

from ieum.checks.clock import clock
from tests.deploy.checks.makers import codes

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_an_entry_of_the_future_tells_of_a_clock_that_was_set_back() -> None:
    assert codes(list(clock(NOW + timedelta(hours=1), NOW))) == ["clock.behind_the_log"]


def test_a_clock_that_is_right_is_well() -> None:
    assert list(clock(NOW, NOW)) == []
    assert list(clock(None, NOW)) == []
