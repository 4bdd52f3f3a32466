"""`python -m bench CASE [ROUNDS]`: run one case; its last line: figures, goal, `ok` or `short`."""

import importlib
import sys
from pathlib import Path

CASES = sorted(
    path.stem.replace("_", "-")
    for path in Path(__file__).parent.glob("*.py")
    if not path.stem.startswith("_")
)


def main() -> int:
    """Run the case named; each case is a module with `main(rounds: int | None) -> int`."""
    name, *rest = sys.argv[1:] or [""]
    if name not in CASES:
        print(f"make bench CASE=…: one of {', '.join(CASES)}", file=sys.stderr)
        return 2
    code: int = importlib.import_module(f"bench.{name.replace('-', '_')}").main(
        int(rest[0]) if rest else None
    )
    return code


if __name__ == "__main__":
    sys.exit(main())
