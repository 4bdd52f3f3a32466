"""Has a document opened by a process of its own, within time and memory, a few at once."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore

from changefeed.subjects.document import MediaType
from ieum_registry.domain.media_type import READ
from ieum_registry.operations.ports.document_reader import Looked, Passage, Unreadable

from .reader import SECONDS

MOST_AT_ONCE = 2
MOST_OUTPUT = 32 * 2**20


class DocumentReader:
    """Opens documents; satisfies the port of the same name."""

    def __init__(self, at_once: int = MOST_AT_ONCE) -> None:
        self._places = BoundedSemaphore(at_once)

    def look(self, media_type: MediaType, path: Path) -> Looked:
        """Say what a file is; of what shows it in its first bytes nothing needs to be opened."""
        if media_type not in READ:
            return Looked(is_that=True, is_locked=False, pages=None)
        found = json.loads(self._run("look", media_type, path))
        return Looked(found["is"], found["locked"], found["pages"], found.get("macros"))

    def passages(self, media_type: MediaType, path: Path) -> Sequence[Passage]:
        """Give the text of a document in pieces."""
        found = json.loads(self._run("text", media_type, path))
        return [Passage(page, text) for page, text in found["passages"]]

    def page(self, path: Path, number: int) -> bytes:
        """Draw one page of a PDF as a PNG."""
        return self._run("page", "application/pdf", path, str(number))

    def _run(self, verb: str, media_type: str, path: Path, *more: str) -> bytes:
        command = [sys.executable, "-I", "-m", _READER, verb, media_type, str(path), *more]
        with self._places:
            try:
                done = subprocess.run(  # noqa: S603  Our own program; the path is our own too.
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    timeout=SECONDS[verb] * 3,
                    env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
                    check=False,
                )
            except subprocess.TimeoutExpired as error:
                raise Unreadable(verb) from error
        if done.returncode != 0 or len(done.stdout) > MOST_OUTPUT:
            raise Unreadable(verb)
        return done.stdout


_READER = "ieum_registry.storage.documents.reader"
