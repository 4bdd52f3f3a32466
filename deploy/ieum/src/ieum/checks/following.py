"""Whether graph and notify follow the record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ieum.checks.finding import Finding


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the followers were at one look: numbers of entries, None if nobody said."""

    graph: int | None = None
    notify: int | None = None


def reached(projection: Mapping[str, Any] | None, sender: Mapping[str, Any] | None) -> Reached:
    """Read how far they are from what `/v1/projection` and `/v1/sender` said."""
    return Reached(
        None if projection is None else projection["applied_seq"],
        None if sender is None else sender["feed"]["applied_seq"],
    )


def graph(
    projection: Mapping[str, Any] | None, head: int | None, *, before: int | None
) -> Iterator[Finding]:
    """Say whether the graph follows.

    Args:
        projection: What `/v1/projection` said; None if it said nothing, which others tell.
        head: The registry's newest entry, None if it did not answer.
        before: How far it was at an earlier look, None if this is the first.
    """
    if projection is None:
        return
    applied, detail = projection["applied_seq"], str(projection.get("detail") or "")
    newest = max(head or 0, projection["head_seq"] or 0)
    if projection["state"] == "stopped":
        yield Finding(
            "graph.forked" if "forked" in detail else "graph.stopped",
            "graph-follow",
            f"{applied}번에서 멈추었습니다: {detail}\n하십시오: ieum registry verify, 그다음 "
            "ieum graph rebuild",
            f"It stopped at entry {applied}: {detail}\nDo: ieum registry verify, then "
            "ieum graph rebuild",
        )
    elif applied < newest or projection["state"] == "behind":
        yield _behind("graph.behind", "graph-follow", applied, newest, before)


def notify(
    sender: Mapping[str, Any] | None, head: int | None, *, before: int | None
) -> Iterator[Finding]:
    """Say whether notify's copy of the record follows.

    Args:
        sender: What `/v1/sender` said; None if it said nothing, which others tell.
        head: The registry's newest entry, None if it did not answer.
        before: How far it was at an earlier look, None if this is the first.
    """
    if sender is None:
        return
    feed = sender["feed"]
    newest = max(head or 0, feed["head_seq"] or 0)
    if feed["applied_seq"] < newest:
        yield _behind("notify.behind", "notify-work", feed["applied_seq"], newest, before)


def _behind(code: str, follower: str, applied: int, newest: int, before: int | None) -> Finding:
    """Tell of a lag; only one that stands still needs the operator."""
    if before is not None and applied != before:  # A rebuild begins at 0: it moves as well.
        return Finding(
            code,
            follower,
            f"{newest}번까지 있고 {applied}번까지 반영했습니다. 반영 중이니 기다리면 됩니다.",
            f"The log reaches to {newest}, it to {applied}. It is catching up: only wait.",
            needs="nobody",
        )
    return Finding(
        code,
        follower,
        f"{newest}번까지 있으나 {applied}번에서 더 반영되지 않습니다. logs/{follower}.log 를 "
        "보십시오. 대장이 답하지 않으면 그것부터 고치십시오.",
        f"The log reaches to {newest}, it stands still at {applied}. Read logs/{follower}.log; "
        "if the registry does not answer, mend that first.",
    )
