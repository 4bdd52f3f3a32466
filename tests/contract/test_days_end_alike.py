"""Both services judge by the same instant whether a deadline has passed, wherever clocks go back.

Where that happens at midnight the day's last hour comes twice; the deadline lasts to the second.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from changefeed.mapping import to_facts
from changefeed.subjects.event import Deadline
from ieum_notify.domain.event import Event as SeatNotices
from ieum_registry.domain.event_standing import event_standing
from tests.registry.makers import event

MINUTE = timedelta(minutes=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "on", "ends_at", "offset"),
    [
        ("Africa/Cairo", date(2027, 10, 28), utc("2027-10-28T22:00"), "UTC+2"),
        ("Asia/Beirut", date(2027, 10, 30), utc("2027-10-30T22:00"), "UTC+2"),
        ("America/Santiago", date(2027, 4, 3), utc("2027-04-04T04:00"), "UTC−4"),
        # Midnight itself is skipped here: the day ends as the clocks go on.
        ("Africa/Cairo", date(2027, 4, 29), utc("2027-04-29T22:00"), "UTC+2"),
        # Its first hour comes twice: the day before has ended at the first.
        ("Atlantic/Azores", date(2027, 10, 30), utc("2027-10-31T00:00"), "UTC+0"),
        ("Asia/Seoul", date(2027, 10, 30), utc("2027-10-30T15:00"), "UTC+9"),
    ],
)
def test_a_deadlines_day_ends_with_its_last_midnight(
    zone: str, on: date, ends_at: datetime, offset: str
) -> None:
    recorded = event(
        zone=zone,
        starts_at=datetime.fromisoformat("2027-12-01T09:00"),
        ends_at=datetime.fromisoformat("2027-12-02T09:00"),
        deadlines=(Deadline("booth", on),),
    )
    told = SeatNotices.from_facts(to_facts(recorded)).deadline("booth")
    assert told is not None

    [just_before] = event_standing(recorded, ends_at - MINUTE).deadlines
    [just_then] = event_standing(recorded, ends_at).deadlines

    assert (just_before.passed, just_then.passed) == (False, True)
    assert told.moment().astimezone(UTC) == ends_at
    last = just_then.seoul
    assert last.astimezone(UTC) == ends_at - MINUTE
    assert told.written().there.ko.endswith(f"23:59 ({offset})")
    assert f"{last:%H:%M}" in (told.written().korea or told.written().there).ko
