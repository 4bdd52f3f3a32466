"""Whether each process does its work, asked from outside, each in its own way."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import requests

from ieum.ports import Ports
from ieum.programs import Program
from ieum.reach import Reach

BOLT_HELLO = bytes.fromhex("6060b017" + "00000805" + "00000004" + "00000000" * 2)
"""The magic of Bolt and the versions offered; a server that is up answers with four bytes."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a follower is behind the registry's log.

    Attributes:
        state: `following`, `behind`, `rebuilding`, `stopped`; `alive` or `silent` for the sender.
        seconds: Since the oldest entry that is not applied; None where the service says nothing.
    """

    applied: int
    head: int
    state: str
    seconds: float | None = None
    detail: str = ""

    def missing(self) -> str | None:
        """Say what is missing for it to be up to date, or None."""
        if self.state in {"following", "alive"} and self.applied >= self.head:
            return None
        return f"{self.state}, {self.applied}/{self.head} {self.detail}".strip()


def missing(
    program: Program, reach: Reach, ports: Ports, *, up_to: int | None = None
) -> str | None:
    """Say what is missing for this process to do its work, or None if it does it.

    Neo4j answers Bolt, a service its /readyz, a follower has applied the log to the head that the
    registry names now: what a follower itself believes may be older.

    Args:
        up_to: The entry that a follower must have applied, instead of the newest one.
    """
    if program.name == "neo4j":
        return bolt(ports.of("neo4j"))
    if program.serves is not None:
        return reach.readiness(program.serves)
    try:
        lag = graph_lag(reach) if program.name == "graph-follow" else notify_lag(sender_of(reach))
        lag = replace(lag, head=head(reach) if up_to is None else up_to)
    except (requests.RequestException, KeyError, TypeError, ValueError) as error:
        return type(error).__name__
    return lag.missing()


def bolt(port: int) -> str | None:
    """Greet a Bolt server; None if it greets back."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(BOLT_HELLO)
            return None if len(connection.recv(4)) == 4 else "no Bolt"
    except OSError as error:
        return type(error).__name__


def graph_lag(reach: Reach) -> Lag:
    """Ask the graph how far its projection is."""
    said: dict[str, Any] = reach.get("graph", "/v1/projection")
    return Lag(
        said["applied_seq"],
        said["head_seq"] or 0,
        said["state"],
        said.get("lag_seconds"),
        str(said.get("detail") or ""),
    )


def sender_of(reach: Reach) -> dict[str, Any]:
    """Ask notify how its sender is doing, and what it raised."""
    said: dict[str, Any] = reach.get("notify", "/v1/sender")
    return said


def notify_lag(said: Mapping[str, Any]) -> Lag:
    """Read from the sender's answer how far notify's copy is and whether the sender ticks."""
    feed = said["feed"]
    return Lag(feed["applied_seq"], feed["head_seq"] or 0, "alive" if said["alive"] else "silent")


def head(reach: Reach) -> int:
    """Ask the registry for the number of its newest entry; 0 is an empty log."""
    return int(reach.get("registry", "/v1/head", role=None)["seq"])
