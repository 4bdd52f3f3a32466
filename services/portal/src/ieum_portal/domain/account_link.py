"""A link by letter that lets one person choose a password, once and not for long.

The link itself is kept nowhere: it is the key's id and a MAC over it, made anew whenever the letter
is written. Who reads the database alone cannot make one.

Source: docs/rules/access.md, A-12.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from typing import Literal
from uuid import UUID

Purpose = Literal["invitation", "reset"]

LASTS = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}
"""For how long a link opens, by what it is for."""

MOST_WAITING = 3
"""While so many links of one account open, asking makes no more: they would bury each other."""

KEPT = timedelta(days=30)
"""For how long it is kept that there was a link."""


@dataclass(frozen=True, slots=True)
class AccountLink:
    """One link.

    Attributes:
        account_id: None for a reset asked for a login that is nobody's: it leads nowhere.
        account_seal: Of the account as it was; once that changes, the link opens no more.
        inviter: The name of whoever invites: each invitation has one.
        used_at: When a password was chosen by it.
        sent_at: When the mail server took its letter.
        refused_at: When the mail server said that it never takes it.
    """

    id: UUID
    account_id: UUID | None
    purpose: Purpose
    account_seal: str
    inviter: str | None
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None
    sent_at: datetime | None = None
    refused_at: datetime | None = None

    def opens(self, seal: str, now: datetime) -> bool:
        """Whether a password may be chosen by it."""
        return self.used_at is None and now < self.ends_at and self.account_seal == seal


def link_text(link_id: UUID, secret: bytes) -> str:
    """Write a link's last part: the id, and what only we can make of it."""
    digest = hmac(secret, b"account-link|" + link_id.bytes, sha256).digest()
    return f"{link_id.hex}.{urlsafe_b64encode(digest).decode().rstrip('=')}"


def read_link(text: str, secret: bytes) -> UUID | None:
    """Read a link's last part; None if we never made it."""
    name, _, _ = text.partition(".")
    try:
        link_id = UUID(hex=name)
    except ValueError:
        return None
    return link_id if compare_digest(link_text(link_id, secret).encode(), text.encode()) else None
