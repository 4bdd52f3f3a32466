"""`make chaos KILLS=N [ON=sqlite|postgresql|both]`: what survives when processes are killed.

docs/survival.md says what is promised and how each promise is shown.
"""

import argparse
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.chaos.installation import Broken, free_base
from tests.chaos.run import Outcome, run

HEADS = (
    *("database", "kills", "acknowledged", "lost", "owed by hand", "untold"),
    *("booked", "sent", "doubled", "in doubt", "graph = rebuild", "chain"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run on each database, and print the table.

    Returns:
        0 if every promise was kept, 1 with each broken one named, 2 for wrong usage.
    """
    asked = _parser().parse_args(argv)
    databases = ("sqlite", "postgresql") if asked.on == "both" else (asked.on,)
    wanted = os.environ.get("IEUM_PORT_BASE")
    try:
        base = free_base(int(wanted) if wanted else None)
    except Broken as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"chaos: {asked.kills} kills on each of {', '.join(databases)}; seed {asked.seed}",
        flush=True,
    )
    began = time.monotonic()
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    with ThreadPoolExecutor(len(databases) if asked.together else 1) as workers:
        outcomes = list(
            workers.map(
                lambda each: run(
                    each[1],
                    asked.kills,
                    asked.seed,
                    base + 40 * each[0],
                    moment_s=asked.mail_moment,
                    say=_say,
                    interrupted=interrupted,
                ),
                enumerate(databases),
            )
        )
    print(f"\n{table(outcomes)}")
    for outcome in outcomes:
        _tell_more(outcome)
    print(f"seed {asked.seed}, {time.monotonic() - began:.0f} s")
    return 1 if any(outcome.faults for outcome in outcomes) else 0


def table(outcomes: Sequence[Outcome]) -> str:
    """Write the table, one line for each database."""
    rows = [HEADS] + [
        (
            outcome.on,
            str(len(outcome.kills)),
            str(outcome.acknowledged),
            str(outcome.lost),
            str(outcome.owed.total()),
            str(outcome.untold),
            str(outcome.booked),
            str(outcome.sent),
            str(outcome.doubled),
            str(outcome.in_doubt),
            "yes" if outcome.is_rebuilt_equal else "NO",
            "whole" if outcome.is_chain_whole else "BROKEN",
        )
        for outcome in outcomes
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )


def _tell_more(outcome: Outcome) -> None:
    endings = [write.ending for write in outcome.writes]
    repeated = sum(1 for write in outcome.writes if write.tries > 1)
    print(f"\n{outcome.on}: killed {outcome.by_process}; {outcome.took_s:.0f} s")
    print(
        f"  writes: {outcome.acknowledged} acknowledged, {endings.count('found')} found done, "
        f"{endings.count('refused')} refused as stale, {endings.count('unknown')} open to doubt; "
        f"{repeated} sent more than once, {outcome.not_once} not once; {outcome.entries} entries"
    )
    print(
        f"  owed by hand: {_listed(outcome.owed)}; {outcome.untold} untold\n"
        f"  letters: {outcome.sent} sent, {outcome.booked} of them booked as sent; "
        f"of the others what was owed is {_listed(outcome.surplus) or 'nothing'} by now"
    )
    for fault in outcome.faults[:40]:
        print(f"  BROKEN {fault}")
    if len(outcome.faults) > 40:
        print(f"  … and {len(outcome.faults) - 40} more")
    if outcome.faults:
        print(f"  the logs: test-results/chaos-logs-{outcome.on}")


def _listed(count: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(count.items()))


_SAYING = threading.Lock()


def _say(text: str) -> None:
    with _SAYING:
        print(f"  {time.strftime('%H:%M:%S')} {text}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="on each database (50)")
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="as a run printed it")
    parser.add_argument("--together", action="store_true", help="both databases at the same time")
    parser.add_argument(
        "--mail-moment",
        type=float,
        default=0.3,
        metavar="S",
        help="the longest that the mail server takes to answer (0.3 s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
