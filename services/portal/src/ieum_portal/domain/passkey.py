"""Passkeys: what an account signs in with besides its password, kept by somebody's own device.

Source: W3C Web Authentication, level 3; docs/rules/access.md, A-22.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from ieum_portal.domain.account import Account

LASTS = timedelta(minutes=5)
"""So long a challenge holds."""

MOST = 10
LONGEST_NAME = 60


class PasskeyRefused(Exception):
    """A passkey is not taken, or not removed; `why` is a word for the page and the record.

    Attributes:
        account: Whose passkey it is, as far as is known: for the record alone.
    """

    def __init__(self, why: str, account: Account | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.account = account


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """For which site passkeys are: the portal as people reach it."""

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of an account's.

    Attributes:
        id: The credential's, base64url.
        public_key: COSE; what only the device knows is its other half.
        sign_count: How often it was used, as the device counts; 0 if it does not count.
    """

    id: str
    account_id: UUID
    name: str
    public_key: bytes
    sign_count: int
    made_at: datetime
    used_at: datetime | None = None


def relying_party_at(url: str) -> RelyingParty | None:
    """Give the site of an address; None where browsers know no passkeys: no name, or no https."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        is_safe = parts.scheme == "https" or host == "localhost"
        return RelyingParty(host, f"{parts.scheme}://{parts.netloc}") if host and is_safe else None
    return None
