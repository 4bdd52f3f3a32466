"""`ieum load FILE…`: all files or none, into the running registry."""

import argparse
from pathlib import Path

from ieum.loading import send
from ieum.reach import Reach
from ieum.say import both, line, table
from ieum.verbs.place import language, made


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "load",
        help="load YAML files into the registry, all or none (자료 불러오기)",
        description="Send files like data/gwangju-2021.yaml to the registry in one call. Records "
        "are found again by key: loading twice changes nothing. Every fault is listed with file, "
        "line and remedy, and then nothing at all is changed.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--dry-run", action="store_true", help="check everything and change nothing"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Send the files and say what came of it."""
    home, ports = made()
    answer = send(Reach(home, ports, language()), arguments.files, is_trial=arguments.dry_run)
    parts = (answer["recorded"], answer["changed"], answer["unchanged"])
    kinds = sorted({kind for part in parts for kind in part})
    rows = [[kind, *(str(part.get(kind, 0)) for part in parts)] for kind in kinds]
    heads = ("", "새로 · recorded", "바뀜 · changed", "그대로 · unchanged")
    line(table(heads, rows))
    for each in answer.get("doubts", []):
        line(f"{each['file']}:{each['line']} {each['detail']}")
    line()
    if arguments.dry_run:
        line(both("시험이었습니다. 바뀐 것은 없습니다", "a trial: nothing was changed"))
    else:
        line(both(f"기준일 {answer['anchor_on']}", f"anchor day {answer['anchor_on']}"))
        line(both(f"변경 이력 {answer['head']}건", f"the log now has {answer['head']} entries"))
    return 0
