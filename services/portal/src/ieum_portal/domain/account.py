"""An account of the portal: who may sign in, and in which role."""

from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize
from uuid import UUID

from ieum_portal.domain.viewer import Role, Viewer
from ieum_portal.domain.words import Language


@dataclass(frozen=True, slots=True)
class Account:
    """One person's way in.

    Attributes:
        login: As `folded_login` gives it; unique.
        password_hash: Argon2id in PHC form, salt and cost included.
        closed_at: From when on nobody may sign in with it; None while open.
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

    def viewer(self) -> Viewer:
        """Give the person as the pages know them."""
        return Viewer(self.id, self.role, self.name, self.contact_id, self.department)


def folded_login(text: str) -> str:
    """Make one spelling of a login out of all that a person may type for it."""
    return normalize("NFKC", text).strip().casefold()
