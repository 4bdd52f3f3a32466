"""What is due goes out once, to the people behind the seats, through a real mail server."""

from datetime import date, timedelta

from tests.notify.makers import MONDAY, PostRoom, milestone
from tests.smtp import Mailbox


def test_the_seven_day_letter_of_a_milestone_five_days_ahead_goes_out_at_once(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(MONDAY + timedelta(days=5)))

    assert room.day() == {"sent": 1}

    [message] = smtp_server.messages
    assert message["To"] == "홍예시 <liaison@naver.example>"
    assert "D-5" in message["Subject"]
    assert date(2026, 11, 28) == MONDAY + timedelta(days=5)
    assert "2026년 11월 28일 (토)" in message["Subject"]
