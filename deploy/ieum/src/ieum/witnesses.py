"""What the followers have seen of the log: the number of an entry and its hash, each.

The registry asks no other service; whoever verifies its log asks them for it.
"""

from dataclasses import dataclass

import requests

from ieum.reach import Reach, answer_of
from ieum.readiness import sender_of


@dataclass(frozen=True, slots=True)
class Seen:
    """How far one follower has come, or had come before it began anew on another history.

    Attributes:
        who: `graph`, `notify`, or `graph (before)`.
        hash: In hex.
    """

    who: str
    seq: int
    hash: str

    @property
    def argument(self) -> str:
        """What `ieum-registry verify --witness` takes."""
        return f"{self.seq}:{self.hash}"


def witnesses(reach: Reach) -> list[Seen]:
    """Ask the followers; one that gives no answer, or has seen nothing yet, is no witness."""
    projection = answer_of(lambda: reach.get("graph", "/v1/projection"))
    sender = answer_of(lambda: sender_of(reach))
    found = []
    if projection is not None:
        found.append(Seen("graph", projection["applied_seq"], projection["applied_hash"]))
        if projection["lost_seq"] is not None:
            found.append(Seen("graph (before)", projection["lost_seq"], projection["lost_hash"]))
    if sender is not None:
        feed = sender["feed"]
        found.append(Seen("notify", feed["applied_seq"], feed["applied_hash"]))
    return [each for each in found if each.seq > 0]


def hash_in_log(reach: Reach, seq: int) -> str | None:
    """Give the hash that the registry's log has at a number; None if it ends before it.

    Raises:
        requests.RequestException: It does not answer.
    """
    try:
        page = reach.get("registry", f"/v1/changes?after={seq - 1}&limit=1")
    except requests.HTTPError as error:
        if error.response.status_code == requests.codes.unprocessable_entity:
            return None
        raise
    items = page["items"]
    return str(items[0]["hash"]) if items and items[0]["seq"] == seq else None
