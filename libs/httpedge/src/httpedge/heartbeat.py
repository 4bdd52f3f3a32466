"""A life sign in a file: what works without listening touches it at each turn.

`python -m httpedge.heartbeat FILE SECONDS` is the health check of its container: 0 if the file was
touched within that time, else 1, with why on standard error.
"""

import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

log = logging.getLogger(__name__)

Beat = Callable[[], None]
"""Give a life sign now."""


def heartbeat(file: Path | None) -> Beat:
    """Give what touches a file; nothing, if there is none to touch.

    One that cannot be touched is told and stops no work.
    """

    def beat() -> None:
        if file is None:
            return
        try:
            file.touch()
        except OSError as error:
            log.warning("no heartbeat", extra={"file": str(file), "reason": str(error)})

    return beat


def main(arguments: Sequence[str]) -> int:
    """Look once."""
    file, within_s = Path(arguments[0]), float(arguments[1])
    try:
        age_s = time.time() - file.stat().st_mtime
    except OSError as error:
        sys.stderr.write(f"no sign of life: {error}\n")
        return 1
    if age_s > within_s:
        sys.stderr.write(f"the sign of life is {age_s:.0f} s old; {within_s:.0f} s are meant\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
