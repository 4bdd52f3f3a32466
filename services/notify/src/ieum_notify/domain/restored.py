"""What may have gone out between a backup and the day it was restored: nobody here can know."""

from dataclasses import dataclass
from datetime import datetime

from ieum_notify.domain.occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Restored:
    """The store was put back from a backup.

    Attributes:
        at: When it was put back.
        seq: How far the registry's log reached that was put back with it.
    """

    at: datetime
    seq: int

    def may_have_gone_out(self, occurrence: Occurrence, follows_from: int) -> bool:
        """Say whether the installation that the backup is of may have sent a letter since.

        Args:
            follows_from: The newest entry of the log that the letter is owed by.

        Source: docs/rules/terms.md, T-66.
        """
        return occurrence.due_at <= self.at and follows_from <= self.seq
