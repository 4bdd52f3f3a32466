"""The mail server of a run: it outlives every kill, and remembers each letter that it took."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from socket import create_server
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.chaos.record import Mail


class Postbox:
    """A real SMTP server on the loopback address.

    A letter counts as taken when its last line has arrived; the answer follows a moment later, as
    a relay's does. A sender that dies in this moment cannot know: that is the documented window.

    Args:
        moment_s: Draws how long the answer takes, in seconds.
    """

    def __init__(self, moment_s: Callable[[], float]) -> None:
        with create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.mails: list[Mail] = []
        self._moment_s = moment_s
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        """Where it listens, as IEUM_SMTP_URL has it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(  # noqa: N802  The library's name.
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a letter."""
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        message = message_from_bytes(raw, policy=default)
        for recipient in envelope.rcpt_tos:
            self.mails.append(
                Mail(
                    str(message["Message-ID"]),
                    recipient,
                    str(message["Subject"]),
                    datetime.now(UTC),
                )
            )
        await asyncio.sleep(self._moment_s())
        return "250 2.0.0 taken"
