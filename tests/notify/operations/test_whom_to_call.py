"""Letters name who in the city answers, by the registry's word just before they go out."""

import re
from dataclasses import replace
from email.message import EmailMessage
from uuid import UUID

from changefeed.change import Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    OFFICER,
    PARTNER,
    PEOPLE,
    PostRoom,
    agreement,
    event,
    milestone_in_five_days,
    seat,
)
from tests.smtp import Mailbox

LEAD = Subject("department", UUID("018f0000-0000-7000-8000-0000000000d1"))
LEAD_SEAT = UUID("018f0000-0000-7000-8000-0000000000d2")
OTHER = Subject("partner", UUID("018f0000-0000-7000-8000-0000000000d3"))
OTHER_SEAT = UUID("018f0000-0000-7000-8000-0000000000d4")
LEADER = Person(UUID(int=7), "박담당", "ko", "park@gwangju.example", "062-613-7777")
THEIRS = Person(UUID(int=8), "최연락", "ko", "choi@gist.example", "062-715-8888")
OFFICE_PHONE = "062-613-1111"


def room_of(room: PostRoom) -> PostRoom:
    """Add a department that leads, another partner, and telephones for everybody."""
    department: Facts = {"id": str(LEAD.id), "key": None, "name": {"ko": "교통과", "en": None}}
    partner: Facts = {"id": str(OTHER.id), "key": None, "name": {"ko": "지스트", "en": None}}
    room.registry.record(
        {LEAD: department, OTHER: partner},
        seat(LEAD_SEAT, LEAD, "officer", LEADER.contact_id),
        seat(OTHER_SEAT, OTHER, "liaison", THEIRS.contact_id),
    )
    room.registry.people |= {
        LIAISON: replace(PEOPLE[LIAISON], phone="031-1588-2222"),
        OFFICER: replace(PEOPLE[OFFICER], phone=OFFICE_PHONE),
        LEADER.contact_id: LEADER,
        THEIRS.contact_id: THEIRS,
    }
    return room


def halves(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), re.sub("<[^>]+>", "", html.get_content())


def test_a_letter_of_something_led_by_a_department_names_its_officer(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room_of(room).registry.record(
        agreement(lead_department_id=str(LEAD.id)), milestone_in_five_days()
    )

    room.day()

    [message] = smtp_server.to("liaison@naver.example")
    for half in halves(message):
        assert "문의: 교통과 박담당, 전화 062-613-7777" in half


def test_any_other_letter_names_the_coordinating_offices_officer(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room_of(room).registry.record(milestone_in_five_days())

    room.day()

    [message] = smtp_server.to("liaison@naver.example")
    for half in halves(message):
        assert f"문의: 인공지능정책과 김예시, 전화 {OFFICE_PHONE}" in half


def test_without_a_telephone_the_letter_gives_the_offices_address(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room_of(room).registry.record(
        agreement(lead_department_id=str(LEAD.id)), milestone_in_five_days()
    )
    room.follow()
    room.plan()
    room.registry.people[LEADER.contact_id] = replace(LEADER, phone=None)

    room.send()

    [message] = smtp_server.to("liaison@naver.example")
    for half in halves(message):
        assert "문의: 교통과 박담당, 전자우편 ieum@gwangju.example" in half


def test_no_letter_names_another_partners_people(room: PostRoom, smtp_server: Mailbox) -> None:
    both: Facts = {"partner_ids": [str(PARTNER.id), str(OTHER.id)]}
    room_of(room).registry.record(event("2026-12-01T09:00", **both))

    room.day()

    assert len(smtp_server.messages) == 3
    for address, mine in (
        ("liaison@naver.example", THEIRS),
        ("choi@gist.example", PEOPLE[LIAISON]),
    ):
        [message] = smtp_server.to(address)
        for half in halves(message):
            assert "전화 062-613-1111" in half
            assert mine.name not in half
            assert "062-715-8888" not in half
            assert "031-1588-2222" not in half


def test_a_partners_officer_never_answers_for_the_city(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room_of(room).registry.record(
        seat(UUID(int=9), PARTNER, "officer", LIAISON),
        seat(LIAISON_SEAT, PARTNER, "liaison", THEIRS.contact_id),
        milestone_in_five_days(),
    )

    room.day()

    [message] = smtp_server.to("choi@gist.example")
    for half in halves(message):
        assert "031-1588-2222" not in half
        assert f"문의: 인공지능정책과 김예시, 전화 {OFFICE_PHONE}" in half
