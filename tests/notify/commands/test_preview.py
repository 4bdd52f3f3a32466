"""The preview on a terminal: days, letters and reasons as sentences."""

from datetime import timedelta

from ieum_notify.commands.preview import print_preview
from ieum_notify.operations.preview import preview
from tests.notify.makers import MONDAY, PostRoom, milestone


def test_letters_are_printed_with_their_reasons(room: PostRoom) -> None:
    room.registry.record(milestone(MONDAY + timedelta(days=5)))
    room.follow()
    found = preview(room.rules, room.copy, room.history, room.now, days=30)

    korean = list(print_preview(found, "ko"))
    english = list(print_preview(found, "en"))

    assert korean[0] == "2026년 11월 23일 (월) ~ 2026년 12월 23일 (수): 보낼 편지 2통"
    assert any("2026년 11월 27일 (금) 09:00  milestone_due" in line for line in korean)
    assert english[0] == "Mon 23 November 2026 to Wed 23 December 2026: 2 letters to send"
    assert any("goes out at once" in line for line in english)


def test_an_empty_preview_says_so(room: PostRoom) -> None:
    found = preview(room.rules, room.copy, room.history, room.now, days=30)

    assert list(print_preview(found, "ko"))[-1] == "보낼 편지가 없습니다."
