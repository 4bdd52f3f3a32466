"""The mail server: one letter, one recipient, each answer read by `domain/answers.py`.

Source: RFC 5321, RFC 3463 (enhanced codes), RFC 6531 (SMTPUTF8).
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import parseaddr
from selectors import EVENT_READ, PollSelector
from socket import socket
from time import monotonic
from typing import NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

from ieum_notify.domain.answers import Phase, Verdict, meaning
from ieum_notify.domain.letter import Letter
from ieum_notify.operations.ports import MailAway, MailFailed
from ieum_notify.outbound.message import AddressMalformed, write_message

CONNECT_WITHIN_S = 15.0
ANSWER_WITHIN_S = 60.0
"""Before a text nothing is lost by giving up: RFC 5321 would wait five minutes."""

TAKE_TEXT_WITHIN_S = 80.0
"""How long handing the text over may take."""

ANSWER_TEXT_WITHIN_S = 600.0
"""RFC 5321, 4.5.3.2.6: whoever gives up sooner doubles letters at a server that is only slow."""

GOODBYE_WITHIN_S = 3.0

LOOK_EVERY_S = 10.0
"""How often a wait says that it goes on."""

_ENHANCED = re.compile(rb"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class _Waiting(smtplib.SMTP):
    """A client that waits for each answer as long as it was told to, and says that it waits.

    Attributes:
        within_s: How long the next answer may take.
        meanwhile: Called every ten seconds of a wait.
    """

    within_s = ANSWER_WITHIN_S
    meanwhile: Callable[[], None]

    def getreply(self) -> tuple[int, bytes]:
        """Wait for the answer, then read it; raises SMTPServerDisconnected as the library does."""
        if self.sock is not None and not self._comes_in_time(self.sock):
            self.close()
            raise smtplib.SMTPServerDisconnected("no answer in time")
        return super().getreply()

    def _comes_in_time(self, line: socket) -> bool:
        until = monotonic() + self.within_s
        if isinstance(line, ssl.SSLSocket) and line.pending():
            return True
        with PollSelector() as selector:
            selector.register(line, EVENT_READ)
            while (left := until - monotonic()) > 0:
                if selector.select(min(LOOK_EVERY_S, left)):
                    return True
                self.meanwhile()
        return False


class _Plain(_Waiting):
    def __init__(self, host: str, port: int, meanwhile: Callable[[], None]) -> None:
        self.meanwhile = meanwhile
        super().__init__(host, port, timeout=CONNECT_WITHIN_S)


class _Secure(_Waiting, smtplib.SMTP_SSL):
    def __init__(self, host: str, port: int, meanwhile: Callable[[], None]) -> None:
        self.meanwhile = meanwhile
        smtplib.SMTP_SSL.__init__(
            self, host, port, timeout=CONNECT_WITHIN_S, context=ssl.create_default_context()
        )


class SmtpMailServer:
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
    def open(self, meanwhile: Callable[[], None]) -> Iterator["SmtpMailing"]:
        """Connect, secure and sign in as the address says; raises MailAway."""
        try:
            client = self._connect(meanwhile)
        except smtplib.SMTPResponseException as error:
            raise MailAway(_code(error.smtp_code, _as_bytes(error.smtp_error))) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailAway(type(error).__name__) from error
        mailing = SmtpMailing(client, self._sender, self._now)
        try:
            yield mailing
        finally:
            client.within_s = GOODBYE_WITHIN_S
            with suppress(OSError, smtplib.SMTPException):
                client.quit()
            client.close()

    def _connect(self, meanwhile: Callable[[], None]) -> _Waiting:
        url = self._url
        make, usual = (_Secure, 465) if url.scheme == "smtps" else (_Plain, 25)
        client: _Waiting = make(url.hostname or "localhost", url.port or usual, meanwhile)
        try:
            _let_take(client, ANSWER_WITHIN_S)
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
        self, client: _Waiting, sender: tuple[str, str], now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._sender = sender
        self._now = now

    def send(self, letter: Letter, meanwhile: Callable[[], None]) -> None:
        """Hand over one letter; returning means that the server answered 250."""
        address = letter.to.email or ""
        try:
            data = write_message(letter, self._sender, self._now())
        except AddressMalformed as error:
            raise MailFailed("address", fault="address malformed") from error
        client = self._client
        client.meanwhile = meanwhile
        options = self._options(address)
        self._ask("mail", lambda: client.mail(self._sender[1], options))
        self._ask("rcpt", lambda: client.rcpt(address))
        self._ask("data", lambda: client.docmd("data"))
        self._give(data)
        self._ask("text", client.getreply, ANSWER_TEXT_WITHIN_S)

    def _options(self, address: str) -> list[str]:
        """Ask for SMTPUTF8 where the address needs it and the server has it."""
        if address.isascii():
            return []
        if not self._client.has_extn("smtputf8"):
            raise MailFailed("refused", fault="server lacks SMTPUTF8")
        return ["SMTPUTF8", "BODY=8BITMIME"]

    def _give(self, data: bytes) -> None:
        """Hand the text over to its final dot; what breaks before that has delivered nothing."""
        _let_take(self._client, TAKE_TEXT_WITHIN_S)
        try:
            self._client.send(_LEADING_DOT.sub(b"..", data.rstrip(b"\r\n")) + b"\r\n.\r\n")
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise self._broken(meaning("data", None), error) from error
        _let_take(self._client, ANSWER_WITHIN_S)

    def _ask(
        self,
        phase: Phase,
        step: Callable[[], tuple[int, bytes]],
        within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        self._client.within_s = within_s
        try:
            code, text = step()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise self._broken(meaning(phase, None), error) from error
        if phase == "data" and code == 354:
            return
        if meaning(phase, code, _enhanced(text)) != "taken":
            self._refuse(phase, code, text)

    def _broken(self, verdict: Verdict, error: Exception) -> MailFailed:
        self._client.close()
        return MailFailed(verdict, fault=type(error).__name__, is_cut=True)

    def _refuse(self, phase: Phase, code: int, text: bytes) -> NoReturn:
        """Leave the line as it was before the letter, and say what the answer means."""
        verdict = meaning(phase, code, _enhanced(text))
        is_cut = verdict in ("away", "doubt") or not 400 <= code < 600
        if is_cut:
            self._client.close()
        else:
            self._client.within_s = ANSWER_WITHIN_S
            try:
                self._client.rset()
            except (OSError, smtplib.SMTPException):
                is_cut = True
        if verdict == "away":
            raise MailAway(_code(code, text))
        raise MailFailed(verdict, smtp_code=code, enhanced_code=_enhanced(text), is_cut=is_cut)


def _let_take(client: smtplib.SMTP, within_s: float) -> None:
    """Bound what a single step on the socket may take, beside waiting for an answer."""
    if client.sock is not None:
        client.sock.settimeout(within_s)


def _enhanced(text: bytes) -> str | None:
    found = _ENHANCED.match(text)
    return found.group(1).decode() if found else None


def _code(code: int, text: bytes) -> str:
    """Name an answer by its codes; never by its text, which may hold an address."""
    return " ".join(filter(None, (str(code), _enhanced(text))))


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
