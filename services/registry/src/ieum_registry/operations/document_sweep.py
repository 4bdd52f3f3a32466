"""What a stop in the middle left among the files of documents is put right, or taken away."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from ieum_registry.operations.ports.document_files import DocumentFiles

AFTER = timedelta(days=1)
"""How long what nothing names is left alone: what is arriving is named when it is there."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files were put back, and how many taken away."""

    put_back: int
    taken_away: int


def sweep(files: DocumentFiles, named: Callable[[], Collection[str]], now: datetime) -> Swept:
    """Put back what the log names and is missing but arrived; take away what it does not name.

    Args:
        named: Gives the hashes of all documents on record whose files are to be there. Asked again
            before anything is taken away.

    Source: docs/adr/0036.
    """
    put_back = taken_away = 0
    wanted = named()
    for arrived, path, since in files.left_over():
        if arrived is not None and arrived.sha256 in wanted and not files.is_kept(arrived.sha256):
            files.keep(arrived)
            put_back += 1
        if now - since > AFTER:
            with suppress(FileNotFoundError):
                path.unlink()
                taken_away += 1
    old = [name for name, since in files.kept() if name not in wanted and now - since > AFTER]
    still_wanted = named() if old else wanted
    for name in old:
        if name not in still_wanted:
            files.forget(name)
            taken_away += 1
    return Swept(put_back, taken_away)
