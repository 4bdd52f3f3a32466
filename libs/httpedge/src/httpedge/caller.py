"""Who is calling: tokens made, checked and refused.

Source: DESIGN section 4; docs/adr/0003-who-may-ask-what.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Literal, get_args
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import extract_compact

Role = Literal["office", "department", "liaison", "auditor", "service", "public"]
ROLES: tuple[str, ...] = get_args(Role)

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
    """A service's own token for its calls, made anew a minute before it would expire."""

    def __init__(self, signer: Signer, audience: Sequence[str]) -> None:
        self._signer = signer
        self._audience = tuple(audience)
        self._token = ""
        self._until = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> str:
        """Give a token with at least a minute to live."""
        now = datetime.now(UTC)
        if now >= self._until:
            self._token = self._signer.token("service", self._audience, now=now)
            self._until = now + timedelta(seconds=LIFETIME_S - 60)
        return self._token


@dataclass(frozen=True, slots=True)
class _PublicKey:
    issuer: str
    roles: frozenset[str]
    key: OKPKey


@dataclass(frozen=True, slots=True)
class _Checked:
    """A token whose signature held.

    Attributes:
        key: What it was checked by; while the folder holds another one it proves nothing.
    """

    kid: str
    key: _PublicKey
    claims: dict[str, Any]


@dataclass(slots=True)
class KeyRing:
    """The public keys of a folder, each with the roles that its tokens may claim.

    A key that is not known is looked for in the folder again, so that a new one needs no restart;
    a key taken out of the folder is refused from the next look on.

    Checking a signature costs more than all the rest of a short answer, and a caller shows the
    same token for minutes: a token whose signature held is remembered by its hash, together with
    the very key that it was checked by. Key, audience, role and age are looked at every time.

    Args:
        folder: Holds `<kid>.json` = `{"kid", "issuer", "roles", "jwk"}`.
    """

    folder: Path
    _keys: dict[str, tuple[float, _PublicKey]] = field(default_factory=dict)
    _checked: dict[bytes, _Checked] = field(default_factory=dict)
    _checking: Lock = field(default_factory=Lock)

    def identify(self, token: str, audience: str, now: datetime) -> Caller:
        """Say who is calling.

        Raises:
            Refused: With the code of what is wrong.
        """
        mark = sha256(token.encode()).digest()
        known = self._checked.get(mark)
        if known is None or known.key is not self._key(known.kid):
            known = self._check(token, mark)
        return _caller(known.claims, known.key, audience, now)

    def _check(self, token: str, mark: bytes) -> _Checked:
        kid = _kid(token)
        key = self._key(kid)
        try:
            decoded = jwt.decode(token, key.key, algorithms=["Ed25519"])
        except (JoseError, ValueError) as error:
            raise Refused("token.bad_signature") from error
        found = _Checked(kid, key, decoded.claims)
        with self._checking:
            self._checked.pop(mark, None)
            while len(self._checked) >= MOST_CHECKED:
                del self._checked[next(iter(self._checked))]
            self._checked[mark] = found
        return found

    def _key(self, kid: str) -> _PublicKey:
        path = self.folder / f"{kid}.json"
        try:
            changed_at = path.stat().st_mtime
            known = self._keys.get(kid)
            if known is None or known[0] != changed_at:
                known = (changed_at, _read_public(path))
                self._keys[kid] = known
        except (OSError, ValueError, KeyError, TypeError) as error:
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
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Refused("token.malformed") from error
    if not isinstance(kid, str) or not kid.replace("-", "").replace("_", "").isalnum():
        raise Refused("token.unknown_key")
    return kid


def _caller(claims: dict[str, Any], key: _PublicKey, audience: str, now: datetime) -> Caller:
    try:
        issued = datetime.fromtimestamp(claims["iat"], UTC)
        expires = datetime.fromtimestamp(claims["exp"], UTC)
        meant = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        role = claims["role"]
        caller = Caller(
            str(claims["sub"]),
            role,
            str(claims["iss"]),
            tuple(UUID(each) for each in claims.get("partners", ())),
            UUID(claims["department"]) if claims.get("department") else None,
            UUID(claims["contact_id"]) if claims.get("contact_id") else None,
        )
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise Refused("token.claims_invalid") from error
    if caller.issuer != key.issuer:
        raise Refused("token.wrong_issuer")
    if audience not in meant:
        raise Refused("token.wrong_audience")
    if issued > now + LEEWAY:
        raise Refused("token.not_yet_valid")
    if now - expires >= LEEWAY or now - issued >= LONGEST:
        raise Refused("token.expired")
    if role not in ROLES or role not in key.roles or role == "public":
        raise Refused("token.role_not_allowed")
    if (role == "liaison") != bool(caller.partners):
        raise Refused("token.claims_invalid")
    return caller
