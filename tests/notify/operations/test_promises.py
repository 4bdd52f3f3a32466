"""Letters about promises reach whoever promised and whoever leads, by the facts of the moment."""

from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from ieum_notify.operations.sight import department_sight
from tests.notify.makers import (
    MONDAY,
    OFFICER_SEAT,
    PROMISE,
    PostRoom,
    agreement,
    houses,
    promise,
    reached,
    seat,
    the_city,
)
from tests.smtp import Mailbox

LEAD = Subject("department", UUID("018f0000-0000-7000-8000-0000000000b1"))
LEAD_SEAT = UUID("018f0000-0000-7000-8000-0000000000b2")
LEADER = UUID("018f0000-0000-7000-8000-0000000000b3")
IN_A_FORTNIGHT = MONDAY + timedelta(days=14)


@pytest.fixture
def promised(room: PostRoom) -> PostRoom:
    """A promise that is due in a fortnight, under an agreement that a department leads."""
    room.registry.people[LEADER] = Person(LEADER, "이예시", "ko", "leader@gwangju.example")
    room.registry.record(
        houses(),
        the_city(),
        {LEAD: {"id": str(LEAD.id), "name": {"ko": "투자유치과", "en": None}}},
        seat(LEAD_SEAT, LEAD, "officer", LEADER),
        agreement(lead_department_id=str(LEAD.id)),
        promise(IN_A_FORTNIGHT, reached=[reached("2026-09-30", 37)]),
    )
    return room


def text_of(messages: list[EmailMessage]) -> str:
    [message] = messages
    body = message.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def test_each_is_told_what_they_can_do(promised: PostRoom, smtp_server: Mailbox) -> None:
    assert promised.day() == {"sent": 2}

    liaison = text_of(smtp_server.to("liaison@naver.example"))
    leader = text_of(smtp_server.to("leader@gwangju.example"))
    for text in (liaison, leader):
        assert "37명 (2026. 9. 30.(수) 기준, 목표의 30.8%)" in text
        assert "시내 채용, 4대 보험 명부" in text
        assert f"/promises/{PROMISE.id}" in text
    assert "시가 확인하면 실적이 됩니다" in liaison
    assert "약속한 기관에 이행 상황을 확인하십시오" in leader


def test_what_was_delivered_in_the_last_minute_is_not_told(
    promised: PostRoom, smtp_server: Mailbox
) -> None:
    promised.follow()
    promised.plan()
    promised.registry.record(promise(IN_A_FORTNIGHT, reached=[reached("2026-11-22", 120)]))

    assert promised.send() == {"cancelled": 2}
    assert smtp_server.messages == []


def test_who_leads_no_longer_in_the_last_minute_is_not_told(
    promised: PostRoom, smtp_server: Mailbox
) -> None:
    promised.follow()
    promised.plan()
    promised.registry.record(agreement())  # The copy has not heard of it.

    assert promised.send() == {"sent": 1, "superseded": 1}
    assert smtp_server.to("leader@gwangju.example") == []

    assert promised.day() == {"sent": 1}
    assert text_of(smtp_server.to("officer@gwangju.example"))


def test_the_department_sees_the_letters_of_what_it_leads(promised: PostRoom) -> None:
    promised.follow()
    promised.plan()
    sight = department_sight(LEAD.id, promised.copy, MONDAY)

    listed = promised.history.listed(state=None, after=None, limit=10, sight=sight)

    assert {each.entry.occurrence.subject for each in listed} == {PROMISE}
    assert OFFICER_SEAT not in {each.entry.occurrence.seat_id for each in listed}
