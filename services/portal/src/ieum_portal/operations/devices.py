"""Browsers that have signed in before: known by a cookie of their own, for one account each.

Failures in a known browser count apart, so that strangers who mistype on purpose lock nobody out
of the browsers that they use.

Source: docs/adr/0013-people-accounts-and-who-looked.md.
"""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac

from ieum_portal.domain.account import Account

KNOWN_FOR = timedelta(days=180)
"""How long a browser stays known after signing in."""


def device_mark(account: Account, *, nonce: str, now: datetime, secret: bytes) -> str:
    """Make what a browser keeps after signing in: the day, a nonce, and a signature over both.

    It is worth nothing for another account, and nothing once the password has been changed.
    """
    day = now.astimezone(UTC).date().isoformat()
    return f"{day}.{nonce}.{_signature(account, day, nonce, secret)}"


def device_of(
    mark: str | None, account: Account | None, *, now: datetime, secret: bytes
) -> str | None:
    """Give the nonce of a known browser; None if it never signed in to this account."""
    if mark is None or account is None:
        return None
    day, _, rest = mark.partition(".")
    nonce, _, signature = rest.partition(".")
    if not compare_digest(signature.encode(), _signature(account, day, nonce, secret).encode()):
        return None
    began_on = date.fromisoformat(day)  # Signed, so it was written here.
    return nonce if now.astimezone(UTC).date() <= began_on + KNOWN_FOR else None


def _signature(account: Account, day: str, nonce: str, secret: bytes) -> str:
    text = "|".join(("device", str(account.id), account.password_hash, day, nonce))
    return hmac(secret, text.encode(), sha256).hexdigest()
