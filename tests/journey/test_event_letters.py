"""What an event's participants find in their post: asked over HTTP, read from the mail server."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar

from tests.journey.conftest import House

Wait = Callable[..., Any]
SEOUL = ZoneInfo("Asia/Seoul")
OFFICE, NAVER, VIRNECT = (
    "gildong.hong@gwangju.example",
    "saeng.heo@naver.example",
    "janghwa@virnect.example",
)
PLACE = {"zone": "Asia/Seoul", "country": "KR", "city": {"ko": "광주"}}


class Told(NamedTuple):
    """What a calendar program takes from a letter."""

    to: str
    method: str
    uid: str
    sequence: int
    starts: datetime
    status: str | None


def told(letter: EmailMessage) -> Told:
    """Read the calendar among the alternatives, and see that the enclosed file says the same."""
    [shown] = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    [enclosed] = [each for each in letter.walk() if each.get_filename() == "event.ics"]
    assert isinstance(shown, EmailMessage)
    assert isinstance(enclosed, EmailMessage)
    text = shown.get_content()
    calendar = icalendar.Calendar.from_ical(text)
    assert enclosed.get_payload(decode=True) == text.encode()
    assert shown.get_param("method") == calendar["METHOD"]
    [event] = calendar.walk("VEVENT")
    status = event.get("STATUS")
    return Told(
        str(letter["X-Ieum-Envelope-To"]),
        str(calendar["METHOD"]),
        str(event["UID"]),
        int(str(event["SEQUENCE"])),
        event.decoded("DTSTART"),
        None if status is None else str(status),
    )


def letters(house: House, title: str, words: str) -> dict[str, Told]:
    """Give what each address was told about an event by letters with these words in their subject.

    Each is there once.
    """
    found: list[dict[str, Any]] = house.ask("GET", "mailbox", "/messages.json").json()
    mine = [each for each in found if title in each["subject"] and words in each["subject"]]
    read = [
        told(message_from_bytes(raw, policy=default))
        for raw in (
            house.ask("GET", "mailbox", f"/messages/{each['id']}/raw").content for each in mine
        )
    ]
    by_address = {each.to: each for each in read}
    assert len(by_address) == len(read)
    return by_address


def test_an_event_is_told_left_rejoined_moved_cancelled_and_reopened_by_mail(
    house: House, eventually: Wait
) -> None:
    title = "여정 시험 협의회"
    today = datetime.now(SEOUL).replace(hour=14, minute=0, second=0, microsecond=0, tzinfo=None)
    first, moved = today + timedelta(days=6), today + timedelta(days=8)

    def runs(starts: datetime) -> dict[str, str]:
        ends = starts + timedelta(hours=2)
        return {"starts_at": f"{starts:%Y-%m-%dT%H:%M}", "ends_at": f"{ends:%Y-%m-%dT%H:%M}"}

    def write(method: str, path: str, version: int, **body: object) -> dict[str, Any]:
        seen = {"If-Match": f'"{version}"'} if version else {}
        answer = house.ask(method, "registry", path, json=body, headers=seen)
        assert answer.ok, answer.text
        written: dict[str, Any] = answer.json()
        return written

    def hear(words: str, *readers: str) -> dict[str, Told]:
        found: dict[str, Told] = eventually(
            lambda: (heard := letters(house, title, words)).keys() == set(readers) and heard, 60
        )
        return found

    naver, virnect = (
        house.get("registry", "/v1/partners", key=key)["items"][0]["id"]
        for key in ("naver", "virnect")
    )
    named = {"title": {"ko": title}, "kind": "conference", "partner_ids": [naver, virnect]}
    event = write("POST", "/v1/events", 0, **named, **PLACE, **runs(first))
    uid, path = f"event-{UUID(event['id'])}@ieum", f"/v1/events/{event['id']}"

    invited = hear("D-", OFFICE, NAVER, VIRNECT)

    assert {each[1:] for each in invited.values()} == {
        ("REQUEST", uid, 0, first.replace(tzinfo=SEOUL), "CONFIRMED")
    }

    write("PATCH", path, 1, partner_ids=[naver], reason="시험")

    assert hear("행사 참가 해제", VIRNECT)[VIRNECT][1:4] == ("CANCEL", uid, 2)

    write("PATCH", path, 2, partner_ids=[naver, virnect], reason="시험")

    assert hear("행사 다시 참가", VIRNECT)[VIRNECT][1:4] == ("REQUEST", uid, 4)

    write("PATCH", path, 3, **runs(moved), reason="시험")

    changed = hear("행사 변경", OFFICE, NAVER, VIRNECT)
    assert {name: each.sequence for name, each in changed.items()} == numbers(3)
    assert {each[1:3] + each[4:] for each in changed.values()} == {
        ("REQUEST", uid, moved.replace(tzinfo=SEOUL), "CONFIRMED")
    }

    write("POST", f"{path}/cancellations", 4, cancelled_on=f"{today:%Y-%m-%d}", reason="시험")

    off = hear("행사 취소", OFFICE, NAVER, VIRNECT)
    assert {name: each.sequence for name, each in off.items()} == numbers(4)
    assert {(each.method, each.uid, each.status) for each in off.values()} == {
        ("CANCEL", uid, "CANCELLED")
    }

    write("POST", f"{path}/reopenings", 5, reason="시험")

    back = hear("행사 취소 철회", OFFICE, NAVER, VIRNECT)
    assert {name: each.sequence - 2 for name, each in back.items()} == numbers(5)
    assert {(each.method, each.uid, each.status) for each in back.values()} == {
        ("REQUEST", uid, "CONFIRMED")
    }


def numbers(version_before: int) -> dict[str, int]:
    """Give each reader's SEQUENCE: two more where the event was taken back before (R-24)."""
    return {OFFICE: version_before, NAVER: version_before, VIRNECT: version_before + 2}
