"""How many failed attempts to sign in are taken before the next one has to wait.

Three limits over fifteen minutes: five for one account from one address, which stops a guesser at
his desk; twenty for one account from anywhere, which stops many desks, and is high enough that a
stranger cannot lock somebody out by mistyping; forty from one address, which stops one desk that
tries many accounts, and leaves an office behind one address room for its Monday morning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures within the window, and the next attempt waits."""

    most: int

    def wait_s(self, failed_at: Sequence[datetime], now: datetime) -> int:
        """Give the seconds until an attempt is taken, 0 if at once.

        Args:
            failed_at: When attempts failed, in any order; older ones than the window do not count.
        """
        counted = sorted(at for at in failed_at if at > now - WINDOW)
        if len(counted) < self.most:
            return 0
        return max(1, ceil((counted[-self.most] + WINDOW - now).total_seconds()))


ACCOUNT_AT_ADDRESS = Limit(5)
ACCOUNT_ANYWHERE = Limit(20)
ADDRESS = Limit(40)


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed attempt: the fingerprints of what was tried, and when."""

    account: str
    address: str
    at: datetime


def wait_s(failures: Sequence[Failure], *, account: str, address: str, now: datetime) -> int:
    """Give the seconds until this account may be tried from this address, 0 if at once.

    Args:
        failures: Those within the window that touch the account or the address.
    """
    here = [each.at for each in failures if (each.account, each.address) == (account, address)]
    of_account = [each.at for each in failures if each.account == account]
    of_address = [each.at for each in failures if each.address == address]
    return max(
        ACCOUNT_AT_ADDRESS.wait_s(here, now),
        ACCOUNT_ANYWHERE.wait_s(of_account, now),
        ADDRESS.wait_s(of_address, now),
    )
