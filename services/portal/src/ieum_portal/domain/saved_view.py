"""A view of a list that somebody keeps under a name: the list, and what its address says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

MOST_VIEWS = 50
"""So many an account keeps, over all lists; and so many the office together."""

LONGEST_NAME = 60
LONGEST_QUERY = 2000


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view.

    Attributes:
        account_id: Whose it is; None is the office's, seen and kept by everybody who is office.
        of: The list, by the name of its pages.
        query: What stands after `?` in its address.
    """

    id: UUID
    account_id: UUID | None
    of: str
    name: str
    query: str
    made_at: datetime


class ViewRefused(Exception):
    """A view is not kept, and why; the code picks the sentence."""

    def __init__(self, code: str) -> None:
        """Name the reason."""
        super().__init__(code)
        self.code = code
