"""The mail server is greeted."""

import socket

from ieum.checks.mail import mail
from tests.deploy.checks.makers import codes
from tests.smtp import Mailbox


def test_a_mail_server_is_greeted(smtp_server: Mailbox) -> None:
    assert list(mail(smtp_server.url)) == []


def test_a_mail_server_that_is_gone_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

    assert codes(list(mail(f"smtp://127.0.0.1:{port}", 1))) == ["mail.refused"]
