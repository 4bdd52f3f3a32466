"""Several verbs of one service's program, one after the other in one process.

`python -m ieum.stepwise ieum-registry migrate serve` is `ieum-registry migrate && ieum-registry
serve` with the imports paid for once: they are most of what a start costs (ADR 0009). Only the
entry point is called, as the installed program would.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points

Main = Callable[[Sequence[str]], int]


def main() -> int:
    """Carry the verbs out until one fails; give its exit status, or that of the last."""
    name, *verbs = sys.argv[1:]
    [found] = entry_points(group="console_scripts", name=name)
    run: Main = found.load()
    return next((status for verb in verbs if (status := run([verb]))), 0)


if __name__ == "__main__":
    sys.exit(main())
