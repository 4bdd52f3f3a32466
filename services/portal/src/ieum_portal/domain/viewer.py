"""Who is looking, and which parts of a page are for them.

The services decide what is read; these answers only spare the portal from asking for what it
would be refused, and its pages from showing an empty heading.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Role = Literal["office", "department", "liaison", "auditor"]
ROLES: tuple[Role, ...] = ("office", "department", "liaison", "auditor")


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person.

    Attributes:
        account_id: Opaque; the change log knows the person by it.
        name: As shown in the page's head.
        contact_id: A liaison's own contact; the partners follow from the seats that it holds.
        department: A department member's own.
    """

    account_id: UUID
    role: Role
    name: str
    contact_id: UUID | None = None
    department: UUID | None = None

    @property
    def may_see_people(self) -> bool:
        """Whether there is any point in asking for people; a liaison sees its own side's."""
        return self.role != "auditor"

    @property
    def may_see_colleagues(self) -> bool:
        """Whether accounts of the city's staff are called by name; others see the role alone."""
        return self.role != "liaison"

    @property
    def may_see_reasons(self) -> bool:
        """Whether the log tells this viewer why something was changed."""
        return self.role != "liaison"

    @property
    def may_read_all(self) -> bool:
        """Whether the log withholds nothing from this viewer."""
        return self.role in ("office", "auditor")

    @property
    def may_see_operation(self) -> bool:
        """Whether the state of sender and projection is this viewer's business."""
        return self.role != "liaison"

    @property
    def may_resend_letters(self) -> bool:
        """Whether notify takes this viewer's word that letters go out again."""
        return self.role == "office"

    @property
    def may_see_planned_letters(self) -> bool:
        """Whether notify tells this viewer what it will send."""
        return self.role != "liaison"
