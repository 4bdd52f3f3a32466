"""Which answers are at hand already: for the very same question, clocks, scope and graph."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from changefeed.cursor import Cursor
from ieum_graph.domain.answers import Answer
from ieum_graph.domain.clocks import Clocks

MOST_ROWS = 5_000
"""In all answers that are kept together: some 25 MB where each row names ten things."""


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """All that an answer follows from: what is equal here is answered alike, for ever.

    Attributes:
        named: The ids that the parameters stand for, by parameter.
        scope: The agreements under which closed things are seen, themselves and not who asks.
        cursor: The last entry that the graph has applied: names are as known now.
        generation: Of the graph, which a rebuild moves on.
    """

    question: str
    named: frozenset[tuple[str, str]]
    clocks: Clocks
    scope: tuple[str, ...] | None
    limit: int
    cursor: Cursor
    generation: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An answer with its picture.

    Attributes:
        positions: x and y of each of the picture's nodes.
        is_cut: Whether rows or nodes were left out.
    """

    answer: Answer
    positions: Mapping[str, tuple[int, int]]
    is_cut: bool


class KeptAnswers:
    """The answers asked for last, as many as there is room for; for several threads."""

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._rows = 0
        self._kept: OrderedDict[AnswerKey, Drawn] = OrderedDict()
        self._lock = Lock()

    def find(self, key: AnswerKey) -> Drawn | None:
        """Give the answer, if it is here."""
        with self._lock:
            drawn = self._kept.get(key)
            if drawn is not None:
                self._kept.move_to_end(key)
            return drawn

    def keep(self, key: AnswerKey, drawn: Drawn) -> None:
        """Keep an answer; those not asked for longest make room."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = drawn
            self._rows += _size(drawn)
            while self._rows > self._most_rows:
                _, gone = self._kept.popitem(last=False)
                self._rows -= _size(gone)


def _size(drawn: Drawn) -> int:
    return 1 + len(drawn.answer.rows) + sum(map(len, drawn.answer.rings))
