"""A page warns of a session's end by itself, five minutes before."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

import ieum_portal.pages.sign_in as folder
from ieum_portal.domain.websession import LONGEST, WebSession
from ieum_portal.pages.sign_in.clock import WAITS, end_of
from tests.portal.makers import NOW


@pytest.mark.parametrize(
    ("since_start", "since_seen", "warns_in", "is_extensible"),
    [
        (timedelta(0), timedelta(0), 54, True),
        (timedelta(hours=1), timedelta(seconds=59), 54, True),
        (timedelta(hours=1), timedelta(minutes=2), 50, True),
        (timedelta(hours=1), timedelta(minutes=58), 0, True),
        (LONGEST - timedelta(minutes=31), timedelta(0), 25, False),
        (LONGEST - timedelta(minutes=3), timedelta(0), 0, False),
    ],
)
def test_the_warning_comes_five_minutes_before_or_a_little_earlier(
    since_start: timedelta, since_seen: timedelta, warns_in: int, is_extensible: bool
) -> None:
    session = WebSession("t", UUID(int=1), began_at=NOW - since_start, seen_at=NOW - since_seen)

    end = end_of(session, NOW)

    assert (end.warns_in, end.is_extensible) == (warns_in, is_extensible)


def test_each_wait_has_its_rule_in_the_sheet() -> None:
    css = Path(folder.__file__).with_name("page.css").read_text("utf-8")

    for minutes in WAITS[1:]:
        assert f".ending-in-{minutes} {{ animation-delay: {minutes * 60}s; }}" in css
