"""`ieum load FILE…`: files of records, all or none, or one spreadsheet, into the registry."""

import argparse
from pathlib import Path

from ieum.archive import opened
from ieum.importing import SHEETS, carry_in
from ieum.loading import refusal, send
from ieum.reach import Reach, unreachable
from ieum.say import OperatorError, both, line, table
from ieum.verbs import restore
from ieum.verbs.place import language, made
from registryclient.errors import RegistryRefused, RegistryUnavailable


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "load",
        help="load YAML files, or one spreadsheet, into the registry (자료 불러오기)",
        description="Send files like data/gwangju-2021.yaml to the registry in one call. Records "
        "are found again by key: loading twice changes nothing. Every fault is listed with file, "
        "line and remedy, and then nothing at all is changed. One spreadsheet (xlsx, xls, csv) "
        "is imported: what it would change and what it asks is printed, and it is written if "
        "nothing is left to be asked. An archive of ieum export, or of GET /v1/archive, is taken "
        "into an empty home, as by ieum restore.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--dry-run", action="store_true", help="check everything and change nothing"
    )
    parser.add_argument(
        "--new-names",
        action="store_true",
        help="of a spreadsheet: names that nothing on record resembles become records",
    )
    parser.add_argument(
        "--only-clean",
        action="store_true",
        help="of a spreadsheet: write clear lines, leave those that ask something",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Send the files and say what came of it."""
    if any(each.suffix.lower() == ".zip" for each in arguments.files):
        return _take_in(arguments)
    home, ports = made()
    if any(each.suffix.lower() in SHEETS for each in arguments.files):
        return _import(Reach(home, ports, language()), arguments)
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


def _take_in(arguments: argparse.Namespace) -> int:
    """Take an archive into an empty home, as `ieum restore` does.

    Raises:
        OperatorError: `load.one_archive`, or what `restore` raises.
    """
    if len(arguments.files) > 1:
        raise OperatorError(
            "load.one_archive",
            "묶음 파일(zip)은 하나만, 다른 파일 없이 빈 이음에 불러옵니다. 하나만 적으십시오.",
            "An archive (zip) is taken alone, into an empty home. Name that one file.",
        )
    if arguments.dry_run:
        archive = opened(arguments.files[0])
        line(f"  {archive.path} ({archive.said['format']}, {archive.said['made_at']})")
        line(both("시험이었습니다. 바뀐 것은 없습니다", "a trial: nothing was changed"))
        return 0
    return restore.take(arguments.files[0])


def _import(reach: Reach, arguments: argparse.Namespace) -> int:
    """Bring one spreadsheet.

    Raises:
        OperatorError: `load.one_sheet`, or what the registry says.
    """
    if len(arguments.files) > 1:
        raise OperatorError(
            "load.one_sheet",
            "표 파일은 한 번에 하나만 가져옵니다. 하나씩 하십시오.",
            "One spreadsheet is imported at a time. Do them one by one.",
        )
    try:
        return carry_in(
            reach.registry().imports,
            arguments.files[0],
            new_names=arguments.new_names,
            only_clean=arguments.only_clean,
            is_trial=arguments.dry_run,
        )
    except RegistryUnavailable as error:
        raise unreachable("registry", reach.ports, str(error)) from error
    except RegistryRefused as refused:
        raise refusal(refused.problem) from refused
