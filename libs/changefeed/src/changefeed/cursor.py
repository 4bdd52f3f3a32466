"""How far a follower has come, and whether the next page really follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from changefeed.chain import GENESIS
from changefeed.change import Change
from changefeed.log_id import LogId, same_log


class FeedGap(Exception):
    """The next entry is missing: stop and say so; nothing may be applied over a gap."""

    def __init__(self, expected: int, found: int) -> None:
        """Name the number that should have come and the one that did."""
        super().__init__(f"expected change {expected}, the feed gave {found}")
        self.expected = expected
        self.found = found


class FeedForked(Exception):
    """The feed tells another history than the one followed so far: rebuild from it."""

    def __init__(self, seq: int) -> None:
        """Name the number at which the two histories part."""
        super().__init__(f"change {seq} does not continue what was followed so far (feed.forked)")
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last entry applied: its number and hash; stored in the same transaction as the effect.

    Attributes:
        genesis: The hash of the log's first entry; None until it was told.
    """

    seq: int = 0
    hash: bytes = GENESIS
    genesis: bytes | None = None

    def within(self, log: LogId | None) -> "Cursor":
        """Give the cursor with the log that a page is of.

        Raises:
            OtherLog: It is another one than that followed so far.
        """
        return replace(self, genesis=same_log(self.genesis, log))

    def unseen(self, items: Sequence[Change]) -> tuple[Change, ...]:
        """Leave out what was applied before, and make sure that the rest follows on.

        A page given twice gives nothing the second time.

        Returns:
            The entries from `seq + 1` on, without gaps, each chained to the one before.

        Raises:
            FeedGap: A number is missing.
            FeedForked: An entry does not name the hash before it.
        """
        fresh = []
        seq, previous = self.seq, self.hash
        for change in items:
            if change.seq < self.seq:
                continue
            if change.seq == self.seq:
                if change.hash != self.hash:
                    raise FeedForked(change.seq)
                continue
            if change.seq != seq + 1:
                raise FeedGap(seq + 1, change.seq)
            if change.prev_hash != previous:
                raise FeedForked(change.seq)
            fresh.append(change)
            seq, previous = change.seq, change.hash
        return tuple(fresh)

    def moved_past(self, changes: Sequence[Change]) -> "Cursor":
        """Give the cursor after these entries were applied."""
        last = changes[-1] if changes else None
        return self if last is None else replace(self, seq=last.seq, hash=last.hash)
