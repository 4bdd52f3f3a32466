"""A real mail server: right headers, failures for now and for good, addresses beyond ASCII."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from uuid import uuid4

import pytest

from ieum_notify.domain.letter import Letter, Person
from ieum_notify.operations.ports import MailAway, MailFailed
from ieum_notify.outbound.message import write_message
from ieum_notify.outbound.smtp import SmtpMailServer
from tests.notify.outbound.test_typeset import sample
from tests.smtp import Mailbox

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
SENDER = ("이음", "ieum@gwangju.example")


def letter(name: str = "홍예시", email: str | None = "liaison@naver.example") -> Letter:
    found = sample("milestone_due", "ko")
    return Letter(found.name, "ko", Person(uuid4(), name, "ko", email), "<id@x>", found.values)


def written(name: str = "홍예시") -> tuple[bytes, EmailMessage]:
    data = write_message(letter(name), SENDER, NOW)
    found = message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return data, found


def no_news() -> None:
    pass


def post(smtp_server: Mailbox, *letters: Letter) -> None:
    mail_server = SmtpMailServer(smtp_server.url, "이음 <ieum@gwangju.example>", lambda: NOW)
    with mail_server.open(no_news) as mailing:
        for each in letters:
            mailing.send(each, no_news)


def test_a_message_says_that_it_is_a_machines_and_reads_back_whole() -> None:
    _, message = written()

    assert message["From"] == "이음 <ieum@gwangju.example>"
    assert message["Reply-To"] == message["From"]
    assert message["To"] == "홍예시 <liaison@naver.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<id@x>"
    assert message["Date"] == "Mon, 23 Nov 2026 09:00:00 +0900"
    assert message["Subject"].startswith("[이음] [예시] D-5 「메타도시 플랫폼 실증 시나리오 제출」")
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    body = message.get_body(("plain",))
    assert body is not None
    assert "홍예시 님" in body.get_content()
    assert message.defects == []


def test_a_message_is_seven_bits_with_short_lines() -> None:
    data, _ = written("아주 긴 이름을 가진 부서의 아주 긴 이름을 가진 담당자 " * 4)

    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", ["Hong, Gil-dong", 'The "Office"', "", "a\r\nBcc: x@y.example"])
def test_odd_names_stay_names(name: str) -> None:
    _, message = written(name)

    assert [each.addr_spec for each in message["To"].addresses] == ["liaison@naver.example"]
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "text",
    [
        "=?utf-8?q?=0d=0aX?=",
        "=?us-ascii?Q?Bcc:_x=40y.example?= MOU",
        "a =?utf-8?b?eA==?= b",
        "half =?utf-8?q?open",
        "shut?= only",
        "=?",
        "협약 =?euc-kr?b?x?= 광주",
        "bell\x07 and\x7f",
        "=?utf-8?q?=0d=0aX?= " * 9,
    ],
)
def test_what_looks_encoded_is_read_as_it_was_written(text: str) -> None:
    titled = letter(text)
    titled = replace(titled, values={**titled.values, "title": text})
    data = write_message(titled, (text, "ieum@gwangju.example"), NOW)
    message, plain = message_from_bytes(data, policy=default), message_from_bytes(data)
    line = " ".join(text.split())

    assert line in message["Subject"]
    assert set(message.keys()) == set(written()[1].keys())
    for name, address in (("To", "liaison@naver.example"), ("From", "ieum@gwangju.example")):
        assert [each.addr_spec for each in message[name].addresses] == [address]
        # Python 3.11 leaves a blank between two encoded words of a name; its older reader does not.
        assert str(make_header(decode_header(plain[name]))) == f"{line} <{address}>"


def test_many_letters_go_over_one_line(smtp_server: Mailbox) -> None:
    post(smtp_server, letter(), letter(), letter())

    assert len(smtp_server.messages) == 3


def test_an_address_beyond_ascii_goes_out_where_the_server_can(smtp_server: Mailbox) -> None:
    post(smtp_server, letter(email="홍길동@네이버.example"))

    assert "홍길동@네이버.example" in str(smtp_server.messages[0]["To"])


@pytest.mark.parametrize(
    ("answer", "verdict", "code", "enhanced"),
    [
        ("550 5.1.1 no such user", "address", 550, "5.1.1"),
        ("550 5.7.1 not from you", "refused", 550, "5.7.1"),
        ("550 no", "refused", 550, None),
        ("552 mailbox full", "refused", 552, None),
        ("451 4.7.1 greylisted", "later", 451, "4.7.1"),
        ("452 4.2.2 full", "later", 452, "4.2.2"),
    ],
)
def test_a_refused_recipient_says_what_it_means(
    smtp_server: Mailbox, answer: str, verdict: str, code: int, enhanced: str | None
) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = [answer]

    with pytest.raises(MailFailed) as failed:
        post(smtp_server, letter())

    assert (failed.value.verdict, failed.value.smtp_code) == (verdict, code)
    assert failed.value.enhanced_code == enhanced
    assert not failed.value.is_cut
    assert "naver" not in str(failed.value)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("554 5.7.1 content refused", "refused"),
        ("550 5.1.1 no such user", "refused"),
        ("451 4.3.0 later", "later"),
        ("drop", "doubt"),
        ("take and drop", "doubt"),
    ],
)
def test_a_refused_text_says_so_and_a_broken_line_leaves_it_in_doubt(
    smtp_server: Mailbox, answer: str, verdict: str
) -> None:
    smtp_server.on_data = [answer]

    with pytest.raises(MailFailed) as failed:
        post(smtp_server, letter())

    assert failed.value.verdict == verdict


def test_after_a_refused_letter_the_line_serves_the_next(smtp_server: Mailbox) -> None:
    smtp_server.on_rcpt["gone@naver.example"] = ["550 5.1.1 no such user"]
    mail_server = SmtpMailServer(smtp_server.url, "ieum@gwangju.example", lambda: NOW)
    with mail_server.open(no_news) as mailing:
        with pytest.raises(MailFailed):
            mailing.send(letter(email="gone@naver.example"), no_news)
        mailing.send(letter(), no_news)

    assert len(smtp_server.messages) == 1


def test_a_server_that_is_not_there_is_away(smtp_server: Mailbox) -> None:
    smtp_server.stop()

    with pytest.raises(MailAway) as away:
        post(smtp_server, letter())
    assert away.value.code == "ConnectionRefusedError"


def test_a_server_that_shuts_down_is_away(smtp_server: Mailbox) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = ["421 4.3.2 shutting down"]

    with pytest.raises(MailAway) as away:
        post(smtp_server, letter())
    assert away.value.code == "421 4.3.2"


def test_what_is_no_address_never_reaches_the_server(smtp_server: Mailbox) -> None:
    for address in ("", None, "a b@c.example", "a@b@c.example", "a@b>\r\nRCPT TO:<x@y.example"):
        with pytest.raises(MailFailed) as failed:
            post(smtp_server, letter(email=address))
        assert (failed.value.verdict, failed.value.smtp_code) == ("address", None)


def test_message_ids_end_in_the_senders_domain() -> None:
    assert SmtpMailServer("smtp://x", "이음 <ieum@gwangju.example>", lambda: NOW).domain == (
        "gwangju.example"
    )
