"""What a token claims, read strictly: a claim that is not of its own type is none.

Source: DESIGN section 4; RFC 7519 section 4.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

LONGEST_NAME = 255
"""Most characters of `iss`, `sub`, `role` and of one of `aud` (OpenID Connect Core, section 2)."""


class ClaimsInvalid(ValueError):
    """A claim is missing, or is not what it has to be."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one token; whether they may be made is not said here.

    Attributes:
        not_before: None if the token does not say.
        partners: Whose liaison; empty if none is named.
    """

    issuer: str
    subject: str
    role: str
    audience: frozenset[str]
    issued_at: datetime
    expires_at: datetime
    not_before: datetime | None
    partners: tuple[UUID, ...]
    department: UUID | None
    contact_id: UUID | None


def read_claims(said: Mapping[str, object]) -> Claims:
    """Read what a token says; claims that are not ours are left alone.

    Raises:
        ClaimsInvalid: Also for null, which stands for no value.
    """
    meant = said.get("aud")
    partners = said.get("partners", [])
    if not isinstance(partners, list):
        raise ClaimsInvalid
    return Claims(
        issuer=_name(said.get("iss")),
        subject=_name(said.get("sub")),
        role=_name(said.get("role")),
        audience=frozenset(map(_name, meant)) if isinstance(meant, list) else _only(meant),
        issued_at=_instant(said.get("iat")),
        expires_at=_instant(said.get("exp")),
        not_before=_instant(said["nbf"]) if "nbf" in said else None,
        partners=tuple(map(_id, partners)),
        department=_id(said["department"]) if "department" in said else None,
        contact_id=_id(said["contact_id"]) if "contact_id" in said else None,
    )


def _only(meant: object) -> frozenset[str]:
    return frozenset({_name(meant)})


def _name(value: object) -> str:
    """Take a text that can stand in the log: what it names may have written something there."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME:
        raise ClaimsInvalid
    if not value.isprintable() or not value.strip():
        raise ClaimsInvalid
    return value


def _instant(value: object) -> datetime:
    """Take seconds since 1970; true is none, nor is a number beyond the calendar."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ClaimsInvalid
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ClaimsInvalid from error


def _id(value: object) -> UUID:
    """Take an id in the one form in which ids are written, large letters or small."""
    if not isinstance(value, str):
        raise ClaimsInvalid
    try:
        found = UUID(value)
    except ValueError as error:
        raise ClaimsInvalid from error
    if str(found) != value.lower():
        raise ClaimsInvalid
    return found
