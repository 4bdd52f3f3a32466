"""`ieum backup FILE|FOLDER`: everything that cannot be made again, in one file, while it runs."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from ieum.backing_up import back_up
from ieum.lock import held
from ieum.say import both, line
from ieum.verbs.place import made


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "backup",
        help="copy everything into one file while it runs (백업)",
        description="Copy the stores of registry, notify and portal and all documents into one "
        "file that its owner alone can read. Nobody who works is made to wait. The graph is not "
        "copied: it is drawn anew from the record. Keys and passwords of programs are left out "
        "unless asked for: a restored home makes its own, people's passwords stay.",
    )
    parser.add_argument(
        "target", type=Path, metavar="FILE|FOLDER", help="in a folder the file gets a name"
    )
    parser.add_argument(
        "--with-secrets",
        action="store_true",
        help="also keys and secrets: whoever has the file can then act as the house (키 포함)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the file and say what it holds."""
    home, ports = made()
    with held(home):
        path, said = back_up(
            home,
            ports,
            arguments.target,
            with_secrets=arguments.with_secrets,
            now=datetime.now(UTC),
        )
    log = said["stores"]["registry"]
    line(f"  {path}")
    line(f"  {path.stat().st_size:,} bytes")
    line(
        both(f"변경 이력 {log['seq']}건까지 담았습니다", f"the log up to entry {log['seq']}")
        + (f"  {log['hash']}" if log["hash"] else "")
    )
    if not said["has_secrets"]:
        line(both("키와 비밀번호는 담지 않았습니다", "without keys and passwords of programs"))
    return 0
