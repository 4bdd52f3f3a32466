"""The mailbox takes what a real client sends and shows it without trusting it."""

import json
import smtplib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import requests

from ieum.mailbox import letters as letters_module
from ieum.mailbox.letters import Letters
from ieum.mailbox.serving import http_side, smtp_side

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
HOSTILE = "<p>안녕하십니까</p><script>alert(1)</script><img src='https://spy.example/x.png'>"


@dataclass(frozen=True, slots=True)
class Running:
    """A mailbox under test: where its page is, and the port that takes mail."""

    page: str
    smtp_port: int
    letters: Letters

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.page + path, headers=headers, timeout=5)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Running]:
    letters = Letters(tmp_path)
    web = http_side(letters, ("127.0.0.1", 0))
    threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True).start()
    post = smtp_side(letters, ("127.0.0.1", _free_port()))
    post.start()
    yield Running(f"http://127.0.0.1:{web.server_address[1]}", post.port, letters)
    post.stop()
    web.shutdown()
    web.server_close()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def letter(
    subject: str = "[이음] 5일 뒤: 시험 운영 결과 제출", html: str = HOSTILE
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "이음 <ieum@gwangju.example>"
    made["To"] = "허생 <saeng.heo@naver.example>"
    made["Subject"] = subject
    made["Message-ID"] = "<abc@gwangju.example>"
    made.set_content("11월 28일까지입니다.")
    made.add_alternative(html, subtype="html")
    return made


def send(mailbox: Running, *sent: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port, timeout=5) as client:
        for each in sent:
            client.send_message(each, to_addrs=["saeng.heo@naver.example"])


def test_what_is_sent_is_listed_for_programs(mailbox: Running) -> None:
    send(mailbox, letter())

    [found] = mailbox.get("/messages.json").json()

    assert found["subject"] == "[이음] 5일 뒤: 시험 운영 결과 제출"
    assert found["from"] == "이음 <ieum@gwangju.example>"
    assert found["to"] == "saeng.heo@naver.example"
    assert found["message_id"] == "<abc@gwangju.example>"
    assert found["text"] == "11월 28일까지입니다.\n"
    assert found["received_at"].endswith("Z")


def test_the_newest_comes_first_and_leads_to_a_reading_view(mailbox: Running) -> None:
    send(mailbox, letter("첫째"), letter("둘째"))

    page = mailbox.get("/").text
    newest = mailbox.letters.newest(1)[0]
    reading = mailbox.get(f"/messages/{newest.id}").text

    assert page.index("둘째") < page.index("첫째")
    assert f"/messages/{newest.id}" in page
    assert "둘째" in reading
    assert "11월 28일까지입니다." in reading
    assert "허생 &lt;saeng.heo@naver.example&gt;" in reading


def test_a_letters_html_is_shown_in_a_frame_that_can_do_nothing(mailbox: Running) -> None:
    send(mailbox, letter())
    [found] = mailbox.letters.newest(1)

    reading = mailbox.get(f"/messages/{found.id}")
    framed = mailbox.get(f"/messages/{found.id}/html")

    assert "<script>" not in reading.text
    assert '<iframe sandbox="allow-popups"' in reading.text
    assert "default-src 'none'" in reading.headers["Content-Security-Policy"]
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups;")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert "안녕하십니까" in framed.text


def test_a_subject_that_looks_like_html_stays_text(mailbox: Running) -> None:
    send(mailbox, letter("<script>alert(1)</script>"))
    [found] = mailbox.letters.newest(1)

    for path in ("/", f"/messages/{found.id}"):
        assert "<script>" not in mailbox.get(path).text


def test_english_is_one_click_away(mailbox: Running) -> None:
    assert "받은 메일함" in mailbox.get("/").text
    assert "No mail yet." in mailbox.get("/?lang=en").text


@pytest.mark.parametrize(
    "path", ["/messages/20260101T000000000000Z-9", "/messages/..%2f..%2fsecrets", "/nothing"]
)
def test_what_is_not_there_is_not_found(mailbox: Running, path: str) -> None:
    answer = mailbox.get(path)

    assert answer.status_code == 404
    assert "그런 메일이 없습니다" in answer.text


def test_another_host_name_is_refused(mailbox: Running) -> None:
    assert mailbox.get("/", Host="evil.example").status_code == 421


def test_an_attachment_can_be_taken_out(mailbox: Running) -> None:
    with_file = letter()
    with_file.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="일정.ics")
    send(mailbox, with_file)
    [found] = mailbox.letters.newest(1)

    assert "일정.ics" in mailbox.get(f"/messages/{found.id}").text
    taken = mailbox.get(f"/messages/{found.id}/attachments/0")
    assert taken.text.strip() == "BEGIN:VCALENDAR"
    assert taken.headers["Content-Disposition"].startswith("attachment")


def test_readiness_can_be_asked(mailbox: Running) -> None:
    assert mailbox.get("/readyz").json() == {"status": "ok"}


def test_a_full_disk_asks_the_sender_to_try_again(mailbox: Running) -> None:
    mailbox.letters.folder = mailbox.letters.folder / "gone"

    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(mailbox, letter())

    assert refused.value.smtp_code == 452


def test_letters_survive_a_restart(mailbox: Running) -> None:
    send(mailbox, letter("남는 것"))

    assert [each.subject for each in Letters(mailbox.letters.folder).newest(5)] == ["남는 것"]


def test_the_oldest_letters_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters_module, "MOST_KEPT", 3)
    letters = Letters(tmp_path)

    for number in range(5):
        letters.keep(f"Subject: {number}\r\n\r\n".encode(), [], NOW + timedelta(seconds=number))

    assert [each.subject for each in letters.newest(9)] == ["4", "3", "2"]


def test_a_broken_letter_does_not_hide_the_others(tmp_path: Path) -> None:
    letters = Letters(tmp_path)
    broken = b"Subject: =?utf-8?b?broken\r\nContent-Type: text/plain; charset=x-none\r\n\r\n\xff"
    letters.keep(broken, ["a@b.example"], NOW)
    letters.keep("Subject: 괜찮음\r\n\r\n글".encode(), ["a@b.example"], NOW + timedelta(seconds=1))

    assert letters.newest(9)[0].subject == "괜찮음"
    assert len(json.dumps([each.to_wire() for each in letters.newest(9)])) > 0
