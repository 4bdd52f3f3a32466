"""Bringing a spreadsheet to the registry: what it would change, and what came of it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from ieum.say import OperatorError, both, line, table
from registryclient.imported import Import, Remark
from registryclient.imports import ImportsClient

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"})
"""Files by these endings are spreadsheets; all others are files of records."""

_LOOKS_EVERY_S = 1.0
_SHOWN = 40
_STATES = {
    "new": both("새로", "new"),
    "changed": both("바뀜", "changed"),
    "same": both("그대로", "same"),
    "question": both("물음", "question"),
    "fault": both("고칠 줄", "fault"),
    "passed": both("협약 아님", "no agreement"),
}


def carry_in(
    imports: ImportsClient,
    path: Path,
    *,
    new_names: bool,
    only_clean: bool,
    is_trial: bool,
    pause: Callable[[float], None] = time.sleep,
) -> int:
    """Bring a sheet, say what it would change, and write it if nothing is left to be asked.

    Args:
        new_names: Names that nothing on record resembles become partners and departments.
        only_clean: Write what is clear, and leave lines with questions or faults.
        is_trial: Only say what would be; nothing of the sheet is kept.

    Returns:
        0 if all that was wanted was done, 1 if lines have to be answered or mended first.

    Raises:
        OperatorError: `load.unreadable`.
        RegistryRefused, RegistryUnavailable: What the registry says; a sheet that cannot be read.
    """
    this = _settled(imports, imports.bring(path.name, _read(path), once=uuid4().hex), pause)
    if new_names:
        decided = imports.decide(
            this.id, {"new_partners": True, "new_departments": True}, seen=this.version
        )
        this = _settled(imports, decided, pause)
    rows = [[_STATES[state], str(many)] for state, many in this.counts.items()]
    line(table(("", both("줄", "lines")), rows))
    for text in (*this.told, *_asked(imports, this)):
        line(text)
    if this.left_out:
        headings = ", ".join(this.left_out)
        line(both(f"옮기지 않는 열: {headings}", f"columns not taken over: {headings}"))
    if is_trial:
        imports.erase(this.id, seen=this.version)
        line(both("시험이었습니다. 바뀐 것은 없습니다", "a trial: nothing was changed"))
        return 0
    if _open(this) and not only_clean:
        line(
            both(
                "포털의 가져오기에서 답하거나, --new-names, --only-clean 으로 다시 하십시오",
                "answer at the desk, or run it again with --new-names or --only-clean",
            )
        )
        return 1
    if not this.records:
        line(both("넣을 것이 없습니다", "there is nothing to write"))
        return 0
    done = _settled(imports, imports.approve(this.id, only_clean=True, seen=this.version), pause)
    return _told(imports, done)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperatorError(
            "load.unreadable",
            f"{path} 파일을 읽을 수 없습니다({error.strerror}). 이름과 권한을 확인하십시오.",
            f"Cannot read {path} ({error.strerror}). Check its name and permissions.",
        ) from error


def _settled(imports: ImportsClient, this: Import, pause: Callable[[float], None]) -> Import:
    """Wait until the worker is through."""
    while this.state in ("checking", "committing"):
        if this.total:
            line(f"  {this.done:,} / {this.total:,}")
        pause(_LOOKS_EVERY_S)
        this = imports.one(this.id)
    return this


def _open(this: Import) -> int:
    return this.counts.get("question", 0) + this.counts.get("fault", 0)


def _asked(imports: ImportsClient, this: Import) -> Iterator[str]:
    """Give the first lines that ask something or have a fault."""
    shown = 0
    for state in ("fault", "question"):
        for row in imports.rows(this.id, state=state, limit=_SHOWN).items:
            remarks: tuple[Remark, ...] = (*row.faults, *row.questions)
            for each in remarks:
                shown += 1
                yield f"{row.sheet}:{each.cell or row.line} {each.detail}"
    if shown > _SHOWN or _open(this) > _SHOWN:
        yield both("나머지는 포털의 가져오기에서 보십시오", "see the others at the desk")


def _told(imports: ImportsClient, done: Import) -> int:
    left = imports.outcomes(done.id, state="left", limit=_SHOWN).items
    for each in left:
        line(f"{each.line or '–'} {each.title.ko}: {each.detail}")
    written = ", ".join(f"{kind} {many:,}" for kind, many in done.records.items())
    line(both(f"넣었습니다: {written}", f"written: {written}"))
    return 1 if left else 0
