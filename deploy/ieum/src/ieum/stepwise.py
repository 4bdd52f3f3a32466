"""Several verbs of one service's program, one after the other in one process.

`python -m ieum.stepwise ieum-registry migrate serve` is `ieum-registry migrate && ieum-registry
serve` with the imports paid for once: they are most of what a start costs (ADR 0009). Only the
entry point is called, as the installed program would.
"""

import io
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from datetime import UTC, datetime
from importlib.metadata import entry_points

Main = Callable[[Sequence[str]], int]


class Lines(io.TextIOBase):
    """What verbs print for people, as lines of the log that all of it lands in."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._begun = ""

    def write(self, text: str) -> int:
        """Write each line that is whole as one JSON object."""
        *whole, self._begun = (self._begun + text).split("\n")
        for line in whole:
            at = datetime.now(UTC).isoformat()
            said = {"event": line, "level": "info", "timestamp": at, "service": self._service}
            print(json.dumps(said, ensure_ascii=False), file=sys.stderr, flush=True)
        return len(text)


def main() -> int:
    """Carry the verbs out until one fails; give its exit status, or that of the last."""
    name, *verbs = sys.argv[1:]
    [found] = entry_points(group="console_scripts", name=name)
    run: Main = found.load()
    with redirect_stdout(Lines(name.removeprefix("ieum-"))):
        return next((status for verb in verbs if (status := run([verb]))), 0)


if __name__ == "__main__":
    sys.exit(main())
