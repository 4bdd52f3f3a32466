"""What a provider of OpenID Connect says of who signed in there, and when that is believed.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; docs/rules/access.md, A-21.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Literal
from unicodedata import normalize
from urllib.parse import urlsplit

from ieum_portal.domain.account import Account, folded_login

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""By a key pair alone: what is signed with a secret that several know proves nobody."""

SKEW = timedelta(minutes=1)
"""So far two clocks may differ."""

LASTS = timedelta(minutes=10)
"""How long somebody may take at the provider."""

LONGEST = 255

Why = Literal["state", "refused", "token", "unknown", "locked", "down"]


class NotSignedIn(Exception):
    """Nobody is signed in; `why` is a word for the page and the record of access.

    Attributes:
        account: Who would have been, where that is known: for the record alone.
    """

    def __init__(self, why: Why, detail: str = "", account: Account | None = None) -> None:
        super().__init__(f"{why}: {detail}")
        self.why = why
        self.account = account


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider of the settings.

    Attributes:
        issuer: Its address, under which it says of itself how it is asked.
        name: What the button calls it.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Started:
    """One signing in under way at the provider, known to the browser that began it.

    Attributes:
        state: Comes back with the answer, so that no other browser's answer is taken.
        nonce: Comes back in the token, so that no other token is taken.
        verifier: Proves to the provider that who takes the token is who asked (RFC 7636).
        ends_at: Unix time.
    """

    state: str
    nonce: str
    verifier: str
    next: str
    ends_at: float

    @property
    def challenge(self) -> str:
        """The form of the verifier that the provider is told first."""
        digest = sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    def takes(self, state: str, now: datetime) -> bool:
        """Whether an answer with this state is its own, and in time."""
        same = compare_digest(self.state.encode(), state.encode("utf-8", "replace"))
        return same and now.timestamp() < self.ends_at


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider knows.

    Attributes:
        subject: For ever the same and nobody else's, at this issuer.
        email: Folded as a login; None unless the provider says that it was verified.
    """

    issuer: str
    subject: str
    email: str | None


def identity_of(
    claims: Mapping[str, object], *, provider: Provider, nonce: str, now: datetime
) -> Identity:
    """Read a token whose signature is right.

    Raises:
        NotSignedIn: `token`: it is of another issuer, for somebody else, of another asking, or
            not of now.
    """
    audience = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    told_nonce, subject = claims.get("nonce"), claims.get("sub")
    _must(claims.get("iss") == provider.issuer, "iss")
    _must(provider.client_id in meant, "aud")
    _must(len(meant) == 1 or claims.get("azp") == provider.client_id, "azp")
    _must(claims.get("azp", provider.client_id) == provider.client_id, "azp")
    _must(
        isinstance(told_nonce, str) and compare_digest(told_nonce.encode(), nonce.encode()), "nonce"
    )
    instant = now.timestamp()
    skew = SKEW.total_seconds()
    _must(instant < _number(claims.get("exp"), "exp") + skew, "exp")
    issued = _number(claims.get("iat"), "iat")
    _must(instant - LASTS.total_seconds() - skew <= issued <= instant + skew, "iat")
    _must("nbf" not in claims or _number(claims["nbf"], "nbf") <= instant + skew, "nbf")
    _must(isinstance(subject, str) and 0 < len(subject) <= LONGEST and "\0" not in subject, "sub")
    email = claims.get("email")
    is_verified = claims.get("email_verified") is True and isinstance(email, str)
    if is_verified and normalize("NFKC", str(email)) != email:
        is_verified = False  # Another mailbox that only reads like the login.
    return Identity(
        provider.issuer, str(subject), folded_login(str(email)) if is_verified else None
    )


def is_safe_address(address: str) -> bool:
    """Whether what is asked there is seen by nobody on the way: https, or this very machine."""
    parts = urlsplit(address)
    here = parts.hostname in ("127.0.0.1", "::1", "localhost")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and here))


def _must(holds: bool, claim: str) -> None:  # noqa: FBT001  It reads as a sentence.
    if not holds:
        raise NotSignedIn("token", claim)


def _number(value: object, claim: str) -> float:
    _must(isinstance(value, int | float) and not isinstance(value, bool), claim)
    return float(str(value))
