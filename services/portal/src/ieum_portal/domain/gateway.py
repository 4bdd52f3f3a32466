"""The city's sign-on gateway, which says in a header of its own who is at the browser.

Source: docs/rules/access.md, A-20.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from ieum_portal.domain.account import folded_login

HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
"""Without `-`: the web server takes X_Remote_User, which a browser may send and a gateway let
through, for X-Remote-User, and the one that comes last counts. RemoteUser has no such double."""

TAKEN = frozenset(
    (
        "accept",
        "authorization",
        "connection",
        "cookie",
        "date",
        "expect",
        "forwarded",
        "from",
        "host",
        "origin",
        "pragma",
        "range",
        "referer",
        "te",
        "traceparent",
        "tracestate",
        "trailer",
        "upgrade",
        "via",
    )
)
"""Headers that say something else already."""

LONGEST = 254
_ENDS = re.compile(r"[\x00-\x20\x7f,;]")
"""What no login holds; a comma stands where the header came twice."""


class NotToBeTrusted(Exception):
    """The header says nothing that may be believed; `why` is a word for the record of access."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Gateway:
    """Which header is believed, and from where alone.

    Attributes:
        header: Its name.
        networks: Where the gateway is.
    """

    header: str
    networks: tuple[IPv4Network | IPv6Network, ...]

    @property
    def key(self) -> str:
        """How the web server hands the header on."""
        return f"HTTP_{self.header.upper()}"

    def login(self, said: str, *, address: str | None, connection: str) -> str:
        """Give the login that the gateway vouches for.

        Args:
            said: What the header holds.
            address: Where the request comes from: the peer, or whom our own proxies saw.
            connection: The header Connection, which may name headers to be dropped on the way.

        Raises:
            NotToBeTrusted: `elsewhere`: it does not come from the gateway. `unclear`: it holds
                no single login, or was said to be for one hop alone.
        """
        if not self._is_at(address):
            raise NotToBeTrusted("elsewhere")
        dropped = {each.strip().lower() for each in connection.split(",")}
        login = folded_login(said)
        if (
            self.header.lower() in dropped
            or not 0 < len(login) <= LONGEST
            or _ENDS.search(said.strip(" \t")) is not None
        ):
            raise NotToBeTrusted("unclear")
        return login

    def _is_at(self, address: str | None) -> bool:
        try:
            place = ip_address(address or "")
        except ValueError:
            return False
        if isinstance(place, IPv6Address) and place.ipv4_mapped is not None:
            place = place.ipv4_mapped
        return any(place in each for each in self.networks)


def header_fault(name: str) -> str | None:
    """Say why a header cannot be the gateway's; None if it can."""
    if HEADER_NAME.fullmatch(name) is None:
        return "is no name of letters and figures alone, as RemoteUser (docs/adr/0045)"
    if name.lower() in TAKEN:
        return "says something else already; let the gateway use a name of its own"
    return None
