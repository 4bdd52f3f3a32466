"""A real SMTP server in the test's own process, which answers as a script says."""

from asyncio import sleep
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socket import create_server
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What the server took, and what it is told to answer.

    Attributes:
        messages: Everything that was answered with 250, in order.
        on_mail: The answers to the next senders.
        on_rcpt: For an address the answers to its next recipients, first one first.
        on_data: The answers to the next texts: a reply, or `drop` to break the line without taking
            the letter, or `take and drop` to take it and break the line before the answer.
        always: For a stage (`mail`, `rcpt`, `data`) the answer to everybody, as long as it is set.
        answer_after_s: How long the answer to a text takes.
        waits: How long the answers to the next texts take, first one first.
    """

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    on_rcpt: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    on_data: list[str] = field(default_factory=list)
    on_mail: list[str] = field(default_factory=list)
    always: dict[str, str] = field(default_factory=dict)
    answer_after_s: float = 0.0
    waits: list[float] = field(default_factory=list)
    controller: Controller | None = None

    @property
    def url(self) -> str:
        """Where it listens, as IEUM_SMTP_URL has it."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Answer from now on."""
        self.controller = Controller(
            _Script(self), hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True
        )
        self.controller.start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def to(self, address: str) -> list[EmailMessage]:
        """Give what was taken for one address."""
        return [each for each in self.messages if address in str(each["To"])]


class _Script:
    """aiosmtpd's handler."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_MAIL(  # noqa: N802  The library's name and arguments.
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Answer a sender as told, else take it."""
        script = self._mailbox.on_mail
        answer = script.pop(0) if script else self._mailbox.always.get("mail", "250 OK")
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802  The library's name and arguments.
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Answer a recipient as told, else take it."""
        script = self._mailbox.on_rcpt.get(address)
        answer = script.pop(0) if script else self._mailbox.always.get("rcpt", "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802  The library's name.
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Answer a text as told, else take it."""
        script = self._mailbox.on_data
        answer = script.pop(0) if script else self._mailbox.always.get("data", "250 OK")
        waits = self._mailbox.waits
        await sleep(waits.pop(0) if waits else self._mailbox.answer_after_s)
        content: Any = envelope.content
        if answer.startswith("2") or answer == "take and drop":
            self._mailbox.messages.append(message_from_bytes(content, policy=default))
        if answer.endswith("drop") and server.transport is not None:
            server.transport.abort()  # type: ignore[attr-defined]  # A socket's transport has it.
            return "421 dropped"
        return answer


@contextmanager
def free_mailbox() -> Iterator[Mailbox]:
    """Run a server with an empty mailbox on a port that is free."""
    with create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    mailbox = Mailbox(port)
    mailbox.start()
    try:
        yield mailbox
    finally:
        mailbox.stop()


@pytest.fixture
def smtp_server() -> Iterator[Mailbox]:
    """Give a running server with an empty mailbox."""
    with free_mailbox() as mailbox:
        yield mailbox
