"""Which log this is: a city's own, told from every other by its first entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LogId:
    """What a log is called, and the hash of its first entry.

    Attributes:
        name: For people; a log that is renamed stays the same log.
        genesis: Hash of entry 1; None while the log has no entry.
    """

    name: str
    genesis: bytes | None

    def to_wire(self) -> dict[str, str | None]:
        """Give `{"name", "genesis": hex or null}`."""
        return {"name": self.name, "genesis": None if self.genesis is None else self.genesis.hex()}


def log_from_wire(told: Mapping[str, Any] | None) -> LogId | None:
    """Read what `to_wire` gave; None from a registry of a release that did not tell.

    Raises:
        KeyError, ValueError, TypeError: It is no id.
    """
    if told is None:
        return None
    genesis = told["genesis"]
    return LogId(str(told["name"]), None if genesis is None else bytes.fromhex(genesis))


class OtherLog(Exception):
    """The feed is another log than the one followed so far: stop, whatever it says."""

    def __init__(self, followed: bytes, met: LogId) -> None:
        """Name both."""
        told = "none yet" if met.genesis is None else met.genesis.hex()[:16]
        super().__init__(
            f"feed.other_log: followed {followed.hex()[:16]}, met {met.name} {told}: "
            "point at the right registry, or rebuild to follow this one"
        )


def same_log(followed: bytes | None, met: LogId | None) -> bytes | None:
    """Make sure that a page is of the log followed so far.

    Args:
        followed: Its genesis; None before the first entry, or of a release that kept none.

    Returns:
        The genesis to go on with.

    Raises:
        OtherLog: It begins with another entry, or with none where one was followed.
    """
    if met is None:
        return followed
    if followed is not None and met.genesis != followed:
        raise OtherLog(followed, met)
    return met.genesis
