"""The letters that were caught: one `.eml` file each, written whole, newest first when listed."""

import email.policy
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from itertools import count
from pathlib import Path

MOST_KEPT = 5000
"""Older letters are deleted; a demonstration that runs for a year must not fill the disk."""

NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z-[0-9]+")
"""What an id looks like: the instant of arrival in microseconds, and a number."""

TO = "X-Ieum-Envelope-To"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a list shows of one letter.

    Attributes:
        id: The name of its file; sorts by arrival.
        to: Where the sending server asked it to be delivered, which `To:` need not say.
        text: The plain part, or blank.
    """

    id: str
    to: tuple[str, ...]
    sender: str
    subject: str
    message_id: str
    received_at: datetime
    text: str
    has_html: bool

    def to_wire(self) -> dict[str, object]:
        """Give it as JSON values."""
        return {
            "id": self.id,
            "to": ", ".join(self.to),
            "from": self.sender,
            "subject": self.subject,
            "message_id": self.message_id,
            "received_at": self.received_at.isoformat().replace("+00:00", "Z"),
            "text": self.text,
        }


@dataclass(slots=True)
class Letters:
    """A folder of letters.

    Args:
        folder: Exists; nobody else writes to it.
    """

    folder: Path
    _read: dict[str, Letter] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def keep(self, content: bytes, recipients: list[str], now: datetime) -> str:
        """Keep a letter as it came, with its envelope on top.

        Returns:
            Its id.

        Raises:
            OSError: The disk is full or the folder is gone: the sender must try again.
        """
        name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{next(self._numbers)}"
        draft = self.folder / f".{name}.part"
        envelope = "".join(f"{TO}: {one_line(each)}\r\n" for each in recipients)
        with draft.open("wb") as file:
            file.write(envelope.encode("utf-8") + content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.folder / f"{name}.eml")
        self._forget_oldest()
        return name

    def ids(self) -> list[str]:
        """List all ids, newest first."""
        return sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)

    def newest(self, limit: int, *, before: str | None = None) -> list[Letter]:
        """Read the newest letters, or the newest that came before one of them."""
        wanted = [each for each in self.ids() if before is None or each < before]
        return [letter for each in wanted[:limit] if (letter := self.letter(each)) is not None]

    def letter(self, letter_id: str) -> Letter | None:
        """Read one for a list; None if there is none. What was read is remembered."""
        if letter_id not in self._read:
            message = self.message(letter_id)
            if message is None:
                return None
            self._read[letter_id] = _summary(letter_id, message)
        return self._read[letter_id]

    def message(self, letter_id: str) -> EmailMessage | None:
        """Read one whole; None if there is none, or the id is not one."""
        content = self.raw(letter_id)
        return None if content is None else message_from_bytes(content, policy=email.policy.default)

    def raw(self, letter_id: str) -> bytes | None:
        """Read one as it came, the envelope on top; None if there is none."""
        if not NAME.fullmatch(letter_id):
            return None
        try:
            return (self.folder / f"{letter_id}.eml").read_bytes()
        except FileNotFoundError:
            return None

    def _forget_oldest(self) -> None:
        for each in self.ids()[MOST_KEPT:]:
            (self.folder / f"{each}.eml").unlink(missing_ok=True)
            self._read.pop(each, None)


def part(message: EmailMessage, kind: str) -> str | None:
    """Give the text of the `plain` or `html` part, None if it has none."""
    body = message.get_body(preferencelist=(kind,))
    if body is None:
        return None
    try:
        return str(body.get_content()).replace("\r\n", "\n")
    except (LookupError, UnicodeError, KeyError):
        raw = body.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)


def arrived_at(letter_id: str) -> datetime:
    """Read from an id when its letter came."""
    return datetime.strptime(letter_id.split("-", maxsplit=1)[0] + "+0000", "%Y%m%dT%H%M%S%fZ%z")


def one_line(text: str) -> str:
    """Take line ends out, so that a header stays one header."""
    return " ".join(text.split())


def _summary(letter_id: str, message: EmailMessage) -> Letter:
    return Letter(
        letter_id,
        tuple(str(each) for each in message.get_all(TO, [])),
        str(message.get("From", "")),
        str(message.get("Subject", "")),
        str(message.get("Message-ID", "")).strip(),
        arrived_at(letter_id),
        part(message, "plain") or "",
        part(message, "html") is not None,
    )
