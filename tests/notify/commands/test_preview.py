"""The preview on a terminal: days, letters and reasons as sentences."""

from uuid import UUID

from changefeed.change import Facts
from ieum_notify.commands.preview import print_preview
from ieum_notify.domain.facts import Subject
from tests.notify.makers import (
    LIAISON,
    PARTNER,
    PostRoom,
    event,
    seat,
)


def test_letters_are_printed_with_their_reasons(due: PostRoom) -> None:
    found = due.preview()

    korean = list(print_preview(found, "ko"))
    english = list(print_preview(found, "en"))

    assert korean[0] == "2026. 11. 23.(월) ~ 2026. 12. 23.(수): 보낼 메일 2통"
    assert any(
        "2026. 11. 27.(금) 09:00  이행과제 기한 알림: 메타도시 실증" in line for line in korean
    )
    assert english[0] == "Mon 23 November 2026 to Wed 23 December 2026: 2 letters to send"
    assert any("  Milestone due: Demonstration scenarios" in line for line in english)
    assert not any("milestone_due" in line for line in (*korean, *english))
    assert any("goes out at once" in line for line in english)


def test_one_event_is_one_paragraph_that_names_each_addressee(room: PostRoom) -> None:
    other = Subject("partner", UUID(int=77))
    name: Facts = {"ko": "시어스랩", "en": None}
    named: dict[Subject, Facts] = {other: {"id": str(other.id), "key": None, "name": name}}
    room.registry.record(
        named,
        seat(UUID(int=78), other, "liaison", LIAISON),
        event("2026-12-20T17:00", partner_ids=[str(PARTNER.id), str(other.id)]),
    )
    room.follow()
    found = room.preview(20)

    lines = list(print_preview(found, "ko"))
    english = list(print_preview(found, "en"))

    to = [line.strip() for line in lines if "받는 곳" in line]
    assert {
        "받는 곳: 시어스랩 연락담당자, 네이버 연락담당자",
        "받는 곳: 인공지능정책과 담당자",
    } <= set(to)
    assert "    To: 시어스랩 liaison, NAVER liaison" in english
    paragraphs = "\n".join(lines[1:]).split("\n\n")
    assert len(paragraphs) == len(set(paragraphs))


def test_a_letter_that_nobody_gets_says_so(nobody: PostRoom) -> None:
    assert "    받는 곳: 받을 사람이 없습니다" in list(print_preview(nobody.preview(), "ko"))


def test_an_empty_preview_says_so(room: PostRoom) -> None:
    assert list(print_preview(room.preview(), "ko"))[-1] == "보낼 메일이 없습니다."
