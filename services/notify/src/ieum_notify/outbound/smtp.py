"""The mail server: one letter, one recipient, and failures split into for now and for good.

Source: RFC 5321, RFC 3463 (enhanced codes), RFC 6531 (SMTPUTF8).
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import parseaddr
from typing import NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

from ieum_notify.domain.letter import Letter
from ieum_notify.operations.ports import MailAway, MailFailed
from ieum_notify.outbound.message import AddressMalformed, write_message

ANSWER_WITHIN_S = 30.0

_ENHANCED = re.compile(rb"^\s*([245]\.\d{1,3}\.\d{1,3})\b")


class SmtpPostbox:
    """Hands letters to one server.

    Args:
        url: `smtp://host:port`, `smtps://user:password@host`, `smtp://host?starttls=1`.
        sender: What stands in From, as `이음 <ieum@gwangju.example>`.
        now: Reads the clock, for the Date header.
    """

    def __init__(self, url: str, sender: str, now: Callable[[], datetime]) -> None:
        self._url = urlsplit(url)
        self._sender = parseaddr(sender)
        self._now = now
        self.domain = self._sender[1].rpartition("@")[2]

    @contextmanager
    def open(self) -> Iterator["SmtpMailing"]:
        """Connect, secure and sign in as the address says; raises MailAway."""
        try:
            client = self._connect()
        except smtplib.SMTPResponseException as error:
            raise MailAway(str(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailAway(type(error).__name__) from error
        try:
            yield SmtpMailing(client, self._sender, self._now)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                client.quit()
            client.close()

    def _connect(self) -> smtplib.SMTP:
        url = self._url
        host = url.hostname or "localhost"
        if url.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                host,
                url.port or 465,
                timeout=ANSWER_WITHIN_S,
                context=ssl.create_default_context(),
            )
        else:
            client = smtplib.SMTP(host, url.port or 25, timeout=ANSWER_WITHIN_S)
        try:
            if "starttls" in parse_qs(url.query):
                client.starttls(context=ssl.create_default_context())
            client.ehlo_or_helo_if_needed()
            if url.username:
                client.login(unquote(url.username), unquote(url.password or ""))
        except BaseException:
            client.close()
            raise
        return client


class SmtpMailing:
    """One open line."""

    def __init__(
        self, client: smtplib.SMTP, sender: tuple[str, str], now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._sender = sender
        self._now = now

    def send(self, letter: Letter) -> None:
        """Hand over one letter; returning means that the server answered 250."""
        address = letter.to.email or ""
        try:
            data = write_message(letter, self._sender, self._now())
        except AddressMalformed as error:
            raise MailFailed(permanent=True, fault="address malformed") from error
        options = self._options(address)
        self._ask("mail", lambda: self._client.mail(self._sender[1], options))
        self._ask("rcpt", lambda: self._client.rcpt(address))
        self._ask("data", lambda: self._client.data(data))

    def _options(self, address: str) -> list[str]:
        """Ask for SMTPUTF8 where the address needs it and the server has it."""
        if address.isascii():
            return []
        if not self._client.has_extn("smtputf8"):
            raise MailFailed(permanent=True, fault="server lacks SMTPUTF8")
        return ["SMTPUTF8", "BODY=8BITMIME"]

    def _ask(self, stage: str, step: Callable[[], tuple[int, bytes]]) -> None:
        try:
            code, text = step()
        except smtplib.SMTPDataError as error:  # DATA itself was refused, before the text.
            code, text = error.smtp_code, _as_bytes(error.smtp_error)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            # Once the text has gone out, a broken line leaves open whether it was taken.
            raise MailFailed(
                permanent=False, in_doubt=stage == "data", fault=type(error).__name__
            ) from error
        if code not in (250, 251):
            self._refuse(stage, code, text)

    def _refuse(self, stage: str, code: int, text: bytes) -> NoReturn:
        """Sort an answer: 421 and what MAIL refuses are about us, the rest about this letter."""
        with suppress(OSError, smtplib.SMTPException):
            self._client.rset()
        if code == 421 or stage == "mail":
            raise MailAway(str(code))
        found = _ENHANCED.match(text)
        raise MailFailed(
            permanent=500 <= code < 600,
            smtp_code=code,
            enhanced_code=found.group(1).decode() if found else None,
        )


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
