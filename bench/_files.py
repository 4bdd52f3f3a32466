"""A feed of files: pages as the registry would send them, written before anything is measured."""

import json
import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._made_up import AGREEMENTS, MadeUpLog
from changefeed.page import from_wire
from ieum_graph.domain.changes import Edits, Tracing

PAGE = 1_000


class Files:
    """What a FeedReader asks of a session, answered from files.

    Args:
        head: How far the log is to reach: the end of a page.
    """

    def __init__(self, folder: Path, head: int) -> None:
        self._folder = folder
        self._head = head
        self._starts = sorted(int(each.stem) for each in folder.glob("*.items"))

    def get(self, _: str, *, params: Mapping[str, int], **__: object) -> "_Answer":
        """Answer with the page that holds the entry after a given one."""
        after = params["after"]
        if after >= self._head:
            return _Answer(f'{{"items": [], "next": {after}, "head": {self._head}}}')
        at = bisect_right(self._starts, after)
        start, upto = self._starts[at - 1], [*self._starts[at:], self._head][0]
        items = (self._folder / f"{start}.items").read_text("utf-8")
        return _Answer(f'{{"items": {items}, "next": {upto}, "head": {self._head}}}')


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    status_code: int = 200

    def raise_for_status(self) -> None:
        """Always well."""

    def json(self) -> Any:  # noqa: ANN401  As `requests` has it.
        """Read the text."""
        return json.loads(self.text)


def write_log(folder: Path, size: int, *, page: int = PAGE) -> Edits:
    """Write a log of so many entries as pages; give what they draw all together."""
    log, tracing = MadeUpLog(random.Random(7)), Tracing(())
    for after in range(0, size, page):
        items = [log.next() for _ in range(min(page, size - after))]
        _write(folder, after, items)
        for item in items:
            tracing.take(from_wire(item))
    return tracing.edits


def write_register(folder: Path, sizes: Sequence[int]) -> dict[int, int]:
    """Write the log of an office that goes on recording agreements.

    Args:
        sizes: Numbers of agreements, ascending.

    Returns:
        For each size the entry by which so many are recorded.
    """
    log = MadeUpLog(random.Random(7), AGREEMENTS, most_parties=4)
    heads = {}
    for size in sizes:
        while len(log.ids.get("agreement", ())) < size:
            after = log.seq
            items: list[dict[str, Any]] = []
            while len(items) < PAGE and len(log.ids.get("agreement", ())) < size:
                items.append(log.next())
            _write(folder, after, items)
        heads[size] = log.seq
    return heads


def _write(folder: Path, after: int, items: list[dict[str, Any]]) -> None:
    text = json.dumps(items, ensure_ascii=False)
    (folder / f"{after}.items").write_text(text, "utf-8")
