"""What a letter encloses for a calendar, as the mail server got it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from ieum_notify.domain.attachment import Attachment
from ieum_notify.domain.event_letters import attach_event
from ieum_notify.domain.facts import Record
from ieum_notify.domain.letter import Letter, Person
from ieum_notify.domain.words import Language
from ieum_notify.outbound.calendar import timezone_rules, write_calendar
from ieum_notify.outbound.smtp import SmtpMailServer
from tests.notify.makers import EVENT, deadline, event
from tests.notify.outbound.test_typeset import sample
from tests.smtp import Mailbox

BEGINS = "2027-01-06T09:00"
STAMPED_AT = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)
NOW = datetime(2026, 12, 7, 0, 0, 3, tzinfo=UTC)
SENDER = ("이음", "ieum@gwangju.example")
UID = f"event-{EVENT.id}@ieum"
CANCELLED: dict[str, Any] = {"revision": 3, "cancelled_on": "2026-12-18"}


def invitation(version: int = 1, **other: Any) -> Attachment:  # noqa: ANN401  Facts.
    return attach_event(Record(version, event(BEGINS, **other)[EVENT]), STAMPED_AT, 0)


def letter(
    attachment: Attachment | None, language: Language = "ko", name: str = "홍예시"
) -> Letter:
    found = sample("event_ahead", language)
    person = Person(uuid4(), name, language, "liaison@naver.example")
    return Letter(found.name, language, person, "<id@x>", found.values, attachment)


def got(smtp_server: Mailbox, sent: Letter) -> EmailMessage:
    mail_server = SmtpMailServer(smtp_server.url, "이음 <ieum@gwangju.example>", lambda: NOW)
    with mail_server.open(lambda: None) as mailing:
        mailing.send(sent, lambda: None)
    return smtp_server.messages[-1]


def part_of(message: EmailMessage) -> EmailMessage:
    [part] = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    assert isinstance(part, EmailMessage)
    return part


def calendar_of(message: EmailMessage) -> Any:  # noqa: ANN401  The library's values vary in type.
    content = part_of(message).get_payload(decode=True)
    assert isinstance(content, bytes)
    return Calendar.from_ical(content)


def entry_of(message: EmailMessage) -> Any:  # noqa: ANN401  As above.
    [found] = calendar_of(message).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("attachment", "method", "status"),
    [
        (invitation(), "REQUEST", "CONFIRMED"),
        (invitation(**CANCELLED), "CANCEL", "CANCELLED"),
    ],
)
def test_the_method_of_the_part_is_that_of_the_file(
    smtp_server: Mailbox, attachment: Attachment, method: str, status: str
) -> None:
    message = got(smtp_server, letter(attachment))
    part = part_of(message)

    assert part["Content-Type"].params["method"] == method
    assert calendar_of(message)["METHOD"] == method
    assert entry_of(message)["STATUS"] == status
    assert part["Content-Type"].params["charset"] == "utf-8"
    assert part.get_content_disposition() is None


def test_the_letter_itself_stays_readable_beside_it(smtp_server: Mailbox) -> None:
    message = got(smtp_server, letter(invitation()))

    assert message.get_content_type() == "multipart/mixed"
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert "세계 융합도시 박람회 2027" in body.get_content()
    assert message.defects == []


def test_the_invitation_is_the_last_alternative_and_a_file_as_well(smtp_server: Mailbox) -> None:
    message = got(smtp_server, letter(invitation()))

    alternatives, file = message.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "event.ics")
    assert file.get_content_disposition() == "attachment"
    assert file.get_payload(decode=True) == part_of(message).get_payload(decode=True)


def test_a_letter_without_it_is_the_mail_that_it_was(smtp_server: Mailbox) -> None:
    message = got(smtp_server, letter(None))

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_the_entry_is_in_the_civil_time_of_its_place(smtp_server: Mailbox) -> None:
    entry = entry_of(got(smtp_server, letter(invitation())))
    there = ZoneInfo("America/Los_Angeles")

    assert entry["DTSTART"].params["TZID"] == "America/Los_Angeles"
    assert entry["DTSTART"].dt == datetime(2027, 1, 6, 9, 0, tzinfo=there)
    assert entry["DTEND"].dt == datetime(2027, 1, 8, 17, 0, tzinfo=there)
    assert str(entry["UID"]) == UID
    assert (entry["SEQUENCE"], entry["DTSTAMP"].dt) == (0, STAMPED_AT)
    assert entry["LAST-MODIFIED"].dt == STAMPED_AT
    assert entry["ORGANIZER"] == "mailto:ieum@gwangju.example"
    assert entry["ORGANIZER"].params["CN"] == "이음"
    assert entry["ATTENDEE"] == "mailto:liaison@naver.example"
    assert entry["ATTENDEE"].params["CN"] == "홍예시"
    assert entry["LOCATION"] == "라스베이거스 컨벤션센터, 라스베이거스 (US)"
    assert "한국 2027. 1. 7.(목) 02:00 (UTC+9)" in entry["DESCRIPTION"]


def test_a_change_keeps_the_identity_and_raises_the_sequence(smtp_server: Mailbox) -> None:
    sent = [
        invitation(),
        invitation(2, deadlines=[deadline("booth", "2026-12-20")]),
        invitation(3, revision=1),
        invitation(4, **CANCELLED),
    ]
    entries = [entry_of(got(smtp_server, letter(each))) for each in sent]

    assert {str(each["UID"]) for each in entries} == {UID}
    assert [each["SEQUENCE"] for each in entries] == [0, 1, 2, 3]


@pytest.mark.parametrize(("language", "mark"), [("ko", "[예시] "), ("en", "[example] ")])
def test_a_long_title_is_folded_whole_and_an_example_marked(
    smtp_server: Mailbox, language: Language, mark: str
) -> None:
    title = "인공지능과 메타버스로 잇는 세계 융합도시 박람회, 둘째 마당; " * 4
    attachment = invitation(title={"ko": title, "en": None})

    message = got(smtp_server, letter(attachment, language))

    lines = write_calendar(attachment, letter(attachment, language), SENDER).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert entry_of(message)["SUMMARY"] == mark + title


def test_the_same_letter_encloses_the_same_bytes_whenever_it_is_sent() -> None:
    sent = letter(invitation())

    assert write_calendar(invitation(), sent, SENDER) == write_calendar(invitation(), sent, SENDER)


@pytest.mark.parametrize("name", ['홍 "길동"; 연락: 담당,', "a\r\nMETHOD:CANCEL", "Hong\tExample"])
def test_odd_names_stay_names(smtp_server: Mailbox, name: str) -> None:
    message = got(smtp_server, letter(invitation(), name=name))

    assert calendar_of(message)["METHOD"] == "REQUEST"
    expected = " ".join(name.replace('"', "'").split())
    assert entry_of(message)["ATTENDEE"].params["CN"] == expected


def test_an_address_is_only_an_address() -> None:
    sent = letter(invitation())
    odd = replace(sent, to=replace(sent.to, email="a?bcc=b@d.kr"))

    written = Calendar.from_ical(write_calendar(invitation(), odd, SENDER)).walk("VEVENT")[0]

    assert written["ATTENDEE"] == "mailto:a%3Fbcc%3Db@d.kr"


def test_the_deadlines_stand_in_the_entry_in_their_order(smtp_server: Mailbox) -> None:
    papers, booth = deadline("papers", "2026-12-20", "18:00"), deadline("booth", "2026-12-12")
    entry = entry_of(got(smtp_server, letter(invitation(deadlines=[papers, booth]))))

    first, second = str(entry["DESCRIPTION"]).splitlines()[2:4]
    assert first.startswith("마감 · 부스 신청: 현지 2026. 12. 12.(토) 23:59 (UTC−8) / 한국")
    assert second.startswith("마감 · 논문 제출: 현지 2026. 12. 20.(일) 18:00 (UTC−8) / 한국")


@pytest.mark.parametrize(
    ("zone", "written"),
    [("Asia/Seoul", ["Asia/Seoul"]), ("Etc/UTC", []), ("Atlantic/Reykjavik", [])],
)
def test_rules_are_written_for_the_zones_that_are_named(
    smtp_server: Mailbox, zone: str, written: list[str]
) -> None:
    calendar = calendar_of(got(smtp_server, letter(invitation(zone=zone))))

    assert [str(each["TZID"]) for each in calendar.walk("VTIMEZONE")] == written


@pytest.mark.parametrize(
    "name",
    [
        "America/Los_Angeles",
        "Europe/Berlin",
        "Australia/Sydney",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Asia/Kathmandu",
        "Asia/Seoul",
    ],
)
def test_the_offsets_written_out_are_those_of_the_zone_at_every_hour_of_its_year(name: str) -> None:
    zone = ZoneInfo(name)
    first, last = datetime(2027, 1, 1, tzinfo=zone), datetime(2028, 1, 1, tzinfo=zone)
    made: list[Any] = timezone_rules(zone, first, last).subcomponents
    rules = sorted(
        (each["DTSTART"].dt - each["TZOFFSETFROM"].td, each["TZOFFSETTO"].td) for each in made
    )

    moment = first.astimezone(UTC)
    while moment < last:
        naive = moment.replace(tzinfo=None)
        written = [offset for onset, offset in rules if onset <= naive][-1]
        assert written == moment.astimezone(zone).utcoffset(), moment
        moment += timedelta(minutes=30)
