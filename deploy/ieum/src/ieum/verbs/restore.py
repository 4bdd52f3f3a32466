"""`ieum restore FILE`: a backup, or an archive of the register, into an empty installation."""

import argparse
from pathlib import Path

from ieum.lock import held
from ieum.restoring import restore
from ieum.say import both, line
from ieum.verbs.place import here


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "restore",
        help="bring a backup or an archive into an empty home (복구)",
        description="Check every part of the file, then fill the stores of a home in which nothing "
        "was recorded yet, and verify the whole log. What was due before now and is not surely "
        "sent waits for a person: it may have gone out since the backup. All sessions end.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="of ieum backup or ieum export")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Restore, and say how it stands."""
    return take(arguments.file)


def take(file: Path) -> int:
    """Take a file into this home, and say how it stands."""
    home, ports = here()
    home.make()
    with held(home):
        stands = restore(home, ports, file)
    head = f"{stands.seq}:{stands.hash}" if stands.hash else "0"
    line(
        both(
            f"복구했습니다: 변경 이력 {stands.seq}건, 온전함 확인",
            f"restored: {stands.seq} log entries, verified whole",
        )
    )
    line(f"  {head}")
    line(f"  {both(f'문서 {stands.documents}개', f'{stands.documents} documents')}")
    if stands.held:
        line(
            both(
                f"메일 {stands.held}통은 이미 나갔을 수 있어 보내지 않고 둡니다(할 일에서 정함)",
                f"{stands.held} letters may have gone out: they wait for a person, under 할 일",
            )
        )
    line(both("다음: ieum up", "next: ieum up"))
    return 0
