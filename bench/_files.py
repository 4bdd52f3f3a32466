"""The feed of the case `catch-up`: files of pages as the registry would send them."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._made_up import MadeUpLog
from changefeed.page import page_from_wire
from ieum_graph.domain.changes import Edits, Tracing

PAGE = 1_000


class Files:
    """What a FeedReader asks of a session, answered from files."""

    def __init__(self, folder: Path, head: int) -> None:
        self._folder = folder
        self._head = head

    def get(self, _: str, *, params: Mapping[str, int], **__: object) -> "_Answer":
        """Answer with the page after an entry."""
        after = params["after"]
        if after >= self._head:
            return _Answer(json.dumps({"items": [], "next": after, "head": self._head}))
        return _Answer((self._folder / f"{after}.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str

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
        said = {"items": items, "next": after + len(items), "head": size}
        (folder / f"{after}.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        for change in page_from_wire(said).items:
            tracing.take(change)
    return tracing.edits
