"""A letter as the bytes that go over the line.

Headers and the calendar's parts are encoded by `email`; the texts and the boundaries between parts
are written here (docs/adr/0021): `EmailMessage` parses every header again.

Source: RFC 5322, RFC 2045 and 2046 (parts), RFC 2047, RFC 3834 (Auto-Submitted), RFC 6532
(addresses beyond ASCII).
"""

import re
from base64 import encodebytes
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.policy import compat32
from email.utils import format_datetime, formataddr

from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.letter import Letter
from ieum_notify.outbound.calendar import calendar_parts
from ieum_notify.outbound.typeset import typeset

_LINES = compat32.clone(linesep="\r\n")

_ADDRESS = re.compile(r'[^\s<>()\[\],;:"@\x00-\x1f\x7f]+@[^\s<>()\[\],;:"@\x00-\x1f\x7f]+')


class AddressMalformed(ValueError):
    """What stands as an address could not be one; it is not repeated here."""


def write_message(letter: Letter, sender: tuple[str, str], now: datetime) -> bytes:
    """Write headers that say it is a machine's letter, then text, then HTML, all in 7 bits.

    What it encloses for a calendar is the last of them, and once more a file beside them; without
    it they are the whole mail.

    Args:
        sender: Name and address of From and Reply-To.
        now: For the Date header, given in Seoul's time.

    Raises:
        AddressMalformed: The recipient's address is none.
    """
    words, from_us = typeset(letter, sender[1]), _mailbox(*sender)
    headers = {
        "From": from_us,
        "To": _mailbox(letter.to.name, letter.to.email or ""),
        "Reply-To": from_us,
        "Subject": _text(words.subject, "Subject"),
        "Date": format_datetime(now.astimezone(SEOUL)),
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    parts, attached = [_text_part("plain", words.text), _text_part("html", words.html)], None
    if letter.attachment is not None:
        shown, attached = calendar_parts(letter.attachment, letter, sender)
        parts.append(shown.as_bytes(policy=_LINES))
    body = _multipart("alternative", parts)
    if attached is not None:
        body = _multipart("mixed", [body, attached.as_bytes(policy=_LINES)])
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{head}MIME-Version: 1.0\r\n".encode() + body


def _text_part(kind: str, text: str) -> bytes:
    """Write one text with its headers."""
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    return head.encode() + encodebytes(text.encode()).replace(b"\n", b"\r\n")


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    """Join parts, each in 7 bits of base64: no line of that can be the boundary."""
    boundary = f"=_ieum_{kind}"
    opening = f"--{boundary}\r\n".encode()
    return b"".join(
        (
            f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode(),
            *(opening + part + b"\r\n" for part in parts),
            f"--{boundary}--\r\n".encode(),
        )
    )


def _mailbox(name: str, address: str) -> str:
    """Write a name and an address; a name beyond ASCII as encoded words."""
    if not _ADDRESS.fullmatch(address):
        raise AddressMalformed
    shown = " ".join(name.split())
    if _is_plain(shown) and address.isascii():
        return formataddr((shown, address))
    return f"{_text(shown, 'Reply-To')} <{address}>" if shown else address


def _text(text: str, header: str) -> str:
    """Write one line of text; whatever it holds, it cannot begin another header."""
    line = " ".join(text.split())
    charset = "us-ascii" if _is_plain(line) else "utf-8"
    return Header(line, charset, header_name=header).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    """Say whether a text stands for itself.

    What looks like an encoded word would be read as what it encodes, line breaks too; beside `=?`
    a `?=` could join one that the fold of a line had parted. Other control characters go nowhere
    unencoded.
    """
    return text.isascii() and text.isprintable() and "=?" not in text and "?=" not in text
