"""How many failed attempts to sign in are taken before the next one has to wait.

Three limits over fifteen minutes: five for one account from one address, which stops a guesser at
his desk; twenty for one account from anywhere, which stops many desks; forty from one address,
which stops one desk that tries many accounts. A browser that signed in to the account before is
held to the first alone: whatever strangers do, at their addresses or at its own, does not keep its
owner out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
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


def place_of(address: str) -> str:
    """Give what counts as one place: an IPv4 address, or the /64 that a site has of IPv6.

    Anybody who has one address of IPv6 has 2^64 of them.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    inner: IPv4Address | IPv6Address = getattr(found, "ipv4_mapped", None) or found
    if inner.version == 4:
        return str(inner)
    return str(ip_network((int(inner), 64), strict=False))


def wait_s(
    failures: Sequence[Failure],
    *,
    account: str,
    address: str,
    now: datetime,
    is_known: bool = False,
) -> int:
    """Give the seconds until this account may be tried from this address, 0 if at once.

    Args:
        address: Of a stranger's browser its address, of a known one the browser itself.
        failures: Those within the window that touch the account or the address.
        is_known: Whether the browser signed in to the account before.
    """
    here = [each.at for each in failures if (each.account, each.address) == (account, address)]
    if is_known:
        return ACCOUNT_AT_ADDRESS.wait_s(here, now)
    of_account = [each.at for each in failures if each.account == account]
    of_address = [each.at for each in failures if each.address == address]
    return max(
        ACCOUNT_AT_ADDRESS.wait_s(here, now),
        ACCOUNT_ANYWHERE.wait_s(of_account, now),
        ADDRESS.wait_s(of_address, now),
    )
