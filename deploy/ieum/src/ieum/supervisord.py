"""The supervisor's own process: supervisord, which a full disk does not end.

supervisord tells of a line that it could not write on standard error. That lies on the same disk:
telling fails too, and this second error ends it, or closes the pipe of the process that printed,
which the next line then kills. Here a line without room is left out, and nothing else happens.

Source: docs/survival.md, S-9.
"""

import contextlib
from pathlib import Path
from typing import IO

from supervisor import loggers, supervisord


class LeftOut(loggers.RotatingFileHandler):  # type: ignore[misc]  # supervisor is untyped.
    """A rotated log file; what finds no room is left out, and the file opened anew if need be."""

    stream: IO[bytes]

    def emit(self, record: object) -> None:
        """Write a line, and turn the file over once it is full."""
        try:
            super().emit(record)
        except (OSError, ValueError):  # Turning over failed in the midst: the file is closed.
            with contextlib.suppress(OSError):
                self.stream.close()
            with contextlib.suppress(OSError):
                self.stream = Path(self.baseFilename).open("ab")  # noqa: SIM115  It is kept open.

    def handleError(self) -> None:  # noqa: N802  supervisor's name
        """Tell nobody: who could be told writes to the same disk."""


def main() -> None:
    """Run supervisord with its arguments; each log file that it opens is one of these."""
    loggers.RotatingFileHandler = LeftOut
    supervisord.main()


if __name__ == "__main__":
    main()
