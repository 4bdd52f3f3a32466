"""A ledger beside which somebody else writes before each of its pages is closed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ieum_registry.operations.ports.ledger import Ledger, LedgerTransaction


class Interfered:
    """The same ledger; `write` is called at the end of each transaction with its number."""

    def __init__(self, ledger: Ledger, write: Callable[[int], object]) -> None:
        self._ledger = ledger
        self._write = write
        self.tries = 0

    @contextmanager
    def open(self) -> Iterator[LedgerTransaction]:
        self.tries += 1
        with self._ledger.open() as transaction:
            yield transaction
            self._write(self.tries)
