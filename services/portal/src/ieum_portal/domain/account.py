"""An account of the portal: who may sign in, and in which role."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal, Self
from unicodedata import normalize
from uuid import UUID

from ieum_portal.domain.viewer import Role, Viewer
from ieum_portal.domain.words import Language

AccountState = Literal["invited", "open", "locked", "ended"]

ADMINISTRATING = frozenset({"office", "department"})
"""Roles of the city's staff: nobody else becomes an administrator."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person's way in.

    Attributes:
        login: As `folded_login` gives it; unique. Letters about the account go to it.
        password_hash: Argon2id in PHC form, salt and cost included; empty until one is chosen.
        closed_at: From when on nobody may sign in with it; None while open.
        ended_at: When it ended for good; login, name and contact went then.
        is_administrator: Whether it may invite, lock and end accounts, its role aside.
    """

    id: UUID
    login: str
    name: str
    role: Role
    language: Language
    password_hash: str
    made_at: datetime
    contact_id: UUID | None = None
    department: UUID | None = None
    closed_at: datetime | None = None
    ended_at: datetime | None = None
    is_administrator: bool = False

    @property
    def state(self) -> AccountState:
        """Say how it stands."""
        if self.ended_at is not None:
            return "ended"
        if self.closed_at is not None:
            return "locked"
        return "open" if self.password_hash else "invited"

    @property
    def administers(self) -> bool:
        """Whether it may act as an administrator now."""
        return self.is_administrator and self.state == "open"

    def viewer(self) -> Viewer:
        """Give the person as the pages know them."""
        return Viewer(self.id, self.role, self.name, self.contact_id, self.department)

    def seal(self) -> str:
        """Give a short form of all that a session rests on; it ends when this changes.

        So it does whoever changed it: the portal, an operator's verb, or a hand in the database.
        """
        rests_on = (self.password_hash, self.role, self.contact_id, self.department)
        return sha256("|".join(map(str, rests_on)).encode()).hexdigest()

    def ended(self, now: datetime) -> Self:
        """Give it without anything of the person; only that there was one, and its role."""
        return replace(
            self,
            login=f"ended:{self.id}",
            name="",
            password_hash="",
            contact_id=None,
            is_administrator=False,
            closed_at=self.closed_at or now,
            ended_at=now,
        )


def folded_login(text: str) -> str:
    """Make one spelling of a login out of all that a person may type for it."""
    return normalize("NFKC", text).strip().casefold()
