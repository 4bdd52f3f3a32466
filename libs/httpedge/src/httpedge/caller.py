"""Who is calling: tokens made, checked and refused.

Source: DESIGN section 4; docs/adr/0003-who-may-ask-what.md.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Literal, get_args
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import extract_compact

from httpedge.claims import Claims, ClaimsInvalid, read_claims

Role = Literal["office", "department", "liaison", "auditor", "service", "public"]
ROLES: tuple[Role, ...] = get_args(Role)

LIFETIME_S = 600
"""How long a token lives: ten minutes."""

MOST_CHECKED = 1024
"""How many tokens are remembered; the oldest is forgotten first."""

LEEWAY = timedelta(seconds=30)
"""How far two machines' clocks may be apart."""

LONGEST = timedelta(days=1)
"""The oldest token that is taken whatever its own `exp` says; an operator's may live this long."""


class Refused(Exception):
    """The token is not accepted.

    Attributes:
        code: `token.malformed`, `token.unknown_key`, `token.wrong_issuer`, `token.bad_signature`,
            `token.wrong_audience`, `token.expired`, `token.not_yet_valid`, `token.role_not_allowed`
            or `token.claims_invalid`.
    """

    def __init__(self, code: str) -> None:
        """Name the fault; nothing of the token is repeated."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as far as the token says.

    Attributes:
        subject: Opaque account or service id.
        partners: Whose liaison the caller is; empty for every other role.
        issuer: Who vouched for it.
    """

    subject: str
    role: Role
    issuer: str
    partners: tuple[UUID, ...] = ()
    department: UUID | None = None
    contact_id: UUID | None = None


PUBLIC = Caller("anonymous", "public", "nobody")
"""The caller without a token."""


class Signer:
    """Makes tokens with one private key.

    Args:
        key_file: A private Ed25519 JWK with `kid`; the kid is the issuer too.
    """

    def __init__(self, key_file: Path) -> None:
        self._key = OKPKey.import_key(json.loads(key_file.read_text(encoding="utf-8")))
        self.issuer = str(self._key.kid)

    def token(
        self,
        role: Role,
        audience: Sequence[str],
        *,
        now: datetime,
        subject: str | None = None,
        partners: Sequence[UUID] = (),
        department: UUID | None = None,
        contact_id: UUID | None = None,
        lifetime_s: int = LIFETIME_S,
    ) -> str:
        """Sign a token.

        Args:
            audience: The services meant, of `registry`, `graph`, `notify`.
            now: Aware instant of issue.
            subject: Opaque account id; the issuer itself if left out.
        """
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": subject or self.issuer,
            "role": role,
            "aud": list(audience),
            "iat": int(now.timestamp()),
            "exp": int(now.timestamp()) + lifetime_s,
            "partners": [str(partner) for partner in partners],
        }
        if department is not None:
            claims["department"] = str(department)
        if contact_id is not None:
            claims["contact_id"] = str(contact_id)
        header = {"alg": "Ed25519", "kid": self.issuer}
        return jwt.encode(header, claims, self._key, algorithms=["Ed25519"])


class ServiceTokens:
    """A service's own token for its calls, made anew a minute before it would expire.

    It ages by the steady clock, and no token outlives the wall clock that stamped it: after that
    was set back, or forth, whoever checks would refuse it as one of another hour.

    Args:
        clock: The wall clock, which stamps.
        steady: Seconds that only ever go forward.
    """

    def __init__(
        self,
        signer: Signer,
        audience: Sequence[str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = monotonic,
    ) -> None:
        self._signer = signer
        self._audience = tuple(audience)
        self._clock = clock
        self._steady = steady
        self._kept: tuple[str, datetime, float] | None = None

    def __call__(self) -> str:
        """Give a token with at least a minute to live."""
        now, steady = self._clock(), self._steady()
        if self._kept is not None:
            token, made_at, made = self._kept
            age_s = steady - made
            strayed_s = abs((now - made_at).total_seconds() - age_s)
            if age_s < LIFETIME_S - 60 and strayed_s < LEEWAY.total_seconds() / 2:
                return token
        token = self._signer.token("service", self._audience, now=now)
        self._kept = token, now, steady
        return token

    def renew(self) -> None:
        """Sign another one at the next call: the one before was not accepted."""
        self._kept = None


@dataclass(frozen=True, slots=True)
class _PublicKey:
    issuer: str
    roles: frozenset[str]
    key: OKPKey


_Look = tuple[int, int, int]
"""What tells one state of a key's file from another: when written, which file, how long."""


@dataclass(frozen=True, slots=True)
class _Vouched:
    """A token whose signature held, and who is calling by it.

    Attributes:
        key: What it was checked by; while the folder holds another one it proves nothing.
    """

    kid: str
    key: _PublicKey
    claims: Claims
    caller: Caller


@dataclass(slots=True)
class KeyRing:
    """The public keys of a folder, each with the roles that its tokens may claim.

    A key that is not known is looked for in the folder again, so that a new one needs no restart;
    a key taken out of the folder is refused from the next look on.

    Checking a signature costs more than all the rest of a short answer, and a caller shows the
    same token for minutes: a token that was found good is remembered by its hash, together with
    the very key that it was checked by. What the hour and the place decide is looked at every
    time: whether the key still lies there, the audience, and the token's age.

    Args:
        folder: Holds `<kid>.json` = `{"kid", "issuer", "roles", "jwk"}`.
    """

    folder: Path
    _keys: dict[str, tuple[_Look, _PublicKey]] = field(default_factory=dict)
    _vouched: dict[bytes, _Vouched] = field(default_factory=dict)
    _vouching: Lock = field(default_factory=Lock)

    def identify(self, token: str, audience: str, now: datetime) -> Caller:
        """Say who is calling.

        Raises:
            Refused: With the code of what is wrong.
        """
        mark = sha256(token.encode()).digest()
        known = self._vouched.get(mark)
        if known is None or known.key is not self._key(known.kid):
            known = self._vouch(token)
            self._remember(mark, known)
        _require_current(known.claims, audience, now)
        return known.caller

    def _vouch(self, token: str) -> _Vouched:
        kid = _kid(token)
        key = self._key(kid)
        try:
            decoded = jwt.decode(token, key.key, algorithms=["Ed25519"])
        except (JoseError, ValueError, RecursionError) as error:
            raise Refused("token.bad_signature") from error
        try:
            claims = read_claims(decoded.claims)
        except ClaimsInvalid as error:
            raise Refused("token.claims_invalid") from error
        return _Vouched(kid, key, claims, _caller(claims, key))

    def _remember(self, mark: bytes, token: _Vouched) -> None:
        with self._vouching:
            self._vouched.pop(mark, None)
            while len(self._vouched) >= MOST_CHECKED:
                del self._vouched[next(iter(self._vouched))]
            self._vouched[mark] = token

    def _key(self, kid: str) -> _PublicKey:
        path = f"{self.folder}/{kid}.json"
        try:
            found = os.stat(path)  # noqa: PTH116 - at every request; a Path costs ten times as much
            look = (found.st_mtime_ns, found.st_ino, found.st_size)
            known = self._keys.get(kid)
            if known is None or known[0] != look:
                known = self._keys[kid] = (look, _read_public(Path(path)))
        except (OSError, ValueError, KeyError, TypeError, JoseError) as error:
            self._keys.pop(kid, None)
            raise Refused("token.unknown_key") from error
        return known[1]


def _read_public(path: Path) -> _PublicKey:
    record = json.loads(path.read_text(encoding="utf-8"))
    return _PublicKey(
        record["issuer"], frozenset(record["roles"]), OKPKey.import_key(record["jwk"])
    )


def _kid(token: str) -> str:
    """Read the key's name from the header; only plain names, as it becomes a file's name."""
    try:
        kid = extract_compact(token.encode()).headers()["kid"]
    except (JoseError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused("token.malformed") from error
    if not isinstance(kid, str) or not kid.replace("-", "").replace("_", "").isalnum():
        raise Refused("token.unknown_key")
    return kid


def _caller(claims: Claims, key: _PublicKey) -> Caller:
    """Say who is calling, if the key may vouch for it."""
    if claims.issuer != key.issuer:
        raise Refused("token.wrong_issuer")
    role = next((each for each in ROLES if each == claims.role), None)
    if role is None or role not in key.roles or role == "public":
        raise Refused("token.role_not_allowed")
    if (role == "liaison") != bool(claims.partners):
        raise Refused("token.claims_invalid")
    return Caller(
        claims.subject, role, claims.issuer, claims.partners, claims.department, claims.contact_id
    )


def _require_current(claims: Claims, audience: str, now: datetime) -> None:
    """Refuse a token that is meant for others, or for another hour."""
    if audience not in claims.audience:
        raise Refused("token.wrong_audience")
    starts_at = max(claims.issued_at, claims.not_before or claims.issued_at)
    if starts_at > now + LEEWAY:
        raise Refused("token.not_yet_valid")
    if now - claims.expires_at >= LEEWAY or now - claims.issued_at >= LONGEST:
        raise Refused("token.expired")
