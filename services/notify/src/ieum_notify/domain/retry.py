"""When to try again: full jitter over hours, so that a relay that was away is not stormed.

Source: docs/rules/reminders.md, R-9. A relay that throttled for 75 s lost the mail of a sender
    after 31 s; a letter of ours is tried as long as the planner owes it.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long to wait between tries.

    Attributes:
        first_s: Upper bound of the first wait; it doubles with each try.
        longest_s: No wait is longer.
        least_s: No wait is shorter, however small the draw.
    """

    first_s: int
    longest_s: int
    least_s: int = 5

    def wait(self, tries: int, draw: float) -> timedelta:
        """Give the wait after a number of failed tries.

        Args:
            tries: From 1.
            draw: A random number from 0 to 1: full jitter.
        """
        # Beyond 20 doublings every bound is reached; the limit keeps the power small.
        bound = min(self.longest_s, self.first_s * 2 ** min(tries - 1, 20))
        return timedelta(seconds=max(self.least_s, bound * draw))


MAIL = RetryPolicy(first_s=60, longest_s=3600)
"""After a mail server put a letter off."""

MAIL_AWAY = RetryPolicy(first_s=10, longest_s=1800)
"""While the mail server takes nothing from anybody: one connection is tried for a whole batch."""

REGISTRY = RetryPolicy(first_s=10, longest_s=300)
"""While nobody can say who sits in a seat."""

FAULT = RetryPolicy(first_s=600, longest_s=6 * 3600, least_s=60)
"""After a fault of our own with one letter: it steps aside so that the others go on."""
