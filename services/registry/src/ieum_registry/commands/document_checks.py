"""`ieum-registry verify-documents`, and the same once a day beside serving."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Protocol

from ieum_registry.operations.document_check import EVERY, check_files
from ieum_registry.operations.ports.document_checks import DocumentChecks
from ieum_registry.operations.ports.document_files import DocumentFiles

LOOKS_EVERY_S = 600.0
MOST_BYTES_A_SECOND = 20 * 2**20
"""So fast files are read beside serving: 100 GB take an hour and a half."""

TOLD = 20
FAULTS = {
    "missing": ("파일이 없습니다", "its file is missing"),
    "altered": ("파일이 등록한 것과 다릅니다", "its file is not the one on record"),
}

log = logging.getLogger("documents")


class Stopped(Exception):
    """The service stops; the rest of the files is looked at after it begins again."""


class Checked(Protocol):
    """Keeps what was found of files."""

    @property
    def checks(self) -> DocumentChecks:
        """What was found."""


def verify_documents(
    store: Checked,
    files: DocumentFiles,
    *,
    now: Callable[[], datetime],
    say: Callable[[str], None],
) -> int:
    """Look at the files of all documents, at full speed, and say what was found.

    Returns:
        0 if all are whole, 1 if one is not.
    """
    check_files(files, store.checks, before=now(), now=now)
    found = store.checks.standing(examples=TOLD)
    if not found.damaged:
        say(f"문서 파일이 모두 온전합니다: {found.files:,}개 · All {found.files:,} files are whole")
        return 0
    say(
        f"온전하지 않은 문서가 {found.damaged:,}건 있습니다 · "
        f"{found.damaged:,} documents are not whole"
    )
    for each in found.examples:
        korean, english = FAULTS[each.fault]
        whole = each.whole_at.date().isoformat() if each.whole_at else "-"
        say(
            f"  {each.title} ({each.id}): {korean}, 마지막으로 온전한 날 {whole} · "
            f"{english}, last whole {whole}"
        )
    say(
        "백업의 문서 폴더나 원본 파일로 되돌리십시오(deploy/RUNBOOK.md, '문서 파일이 온전하지 "
        "않을 때') · Put them back from a backup or from the original (deploy/RUNBOOK.md, 'A "
        "document's file is not whole')"
    )
    return 1


def verify_documents_daily(
    store: Checked,
    files: DocumentFiles,
    *,
    now: Callable[[], datetime],
    stopping: Event,
    first_after_s: float,
    wait: Callable[[float], object] = time.sleep,
) -> None:
    """Look at each file once a day, at a bounded pace, until the service stops.

    Several processes may do so at the same time; that costs time and nothing else.

    Args:
        wait: Called with seconds after each piece, so that not more than `MOST_BYTES_A_SECOND`
            are read.
    """

    def paced(length: int) -> None:
        if stopping.is_set():
            raise Stopped
        wait(length / MOST_BYTES_A_SECOND)

    wait_s = first_after_s
    while not stopping.wait(wait_s):
        wait_s = LOOKS_EVERY_S
        try:
            count = check_files(files, store.checks, before=now() - EVERY, now=now, read=paced)
            if count:
                _tell(store, count)
        except Stopped:
            return
        except Exception:  # The database or the disk may be away; the next look tries again.
            log.exception("the files of documents could not be verified")


def _tell(store: Checked, count: int) -> None:
    found = store.checks.standing(examples=TOLD)
    said = {"looked_at": count, "files": found.files, "damaged": found.damaged}
    if found.damaged:
        documents = [str(each.id) for each in found.examples]
        log.error("files of documents are not whole", extra={**said, "documents": documents})
    else:
        log.info("files of documents are whole", extra=said)
