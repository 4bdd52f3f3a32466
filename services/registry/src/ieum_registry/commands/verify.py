"""`ieum-registry verify`: is the log what was written?"""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from ieum_registry.operations.ports.records import Records
from ieum_registry.operations.verify import (
    UNREAD,
    StoredChange,
    Unreadable,
    Verification,
    Witness,
    verify,
)

FAULTS = {
    "gap": (
        "번호가 앞 항목에 이어지지 않습니다. 빠졌거나 끼워 넣은 항목이 있습니다",
        "its number is not the next one: an entry is missing or was put in",
    ),
    "form": (
        "대장이 쓰는 형식이 아닌 열이 있습니다",
        "one of its columns is not in the form in which the registry writes it",
    ),
    "time": ("앞 항목보다 이른 시각입니다", "it is earlier than the entry before it"),
    "previous": (
        "앞 항목의 해시를 가리키지 않습니다",
        "it does not name the hash of the entry before it",
    ),
    "half": (
        "내용의 일부가 없어지고 일부만 남아 있습니다",
        "part of what it says is gone and part of it is left",
    ),
    "body": (
        "내용이나 사유가 기록할 때의 해시와 맞지 않습니다",
        "its facts or reason are not what was hashed when it was written",
    ),
    "disclosed": (
        "공개 내용이 기록할 때의 해시와 맞지 않습니다",
        "what it discloses is not what was hashed when it was written",
    ),
    "version": (
        "판 번호가 그 대상의 다음 번호가 아닙니다",
        "its version is not the next one of its subject",
    ),
    "hash": (
        "머리글이 기록할 때의 해시와 맞지 않습니다",
        "its header is not what was hashed when it was written",
    ),
    "redaction": (
        "삭제할 수 없거나 이미 삭제한 항목을 삭제했다고 합니다",
        "it redacts no entry that it could have redacted, or one redacted before",
    ),
    "kept": (
        "삭제했다고 한 항목의 내용이 그대로 남아 있습니다",
        "it says that an entry was redacted, and what that one said is still there",
    ),
    "destroyed": (
        "내용이 없어졌는데 삭제한 기록이 없습니다",
        "what it said is gone, and no redaction says why",
    ),
    "witness": (
        "해시가 증인이 본 것과 다릅니다",
        "its hash is not the one that a witness has seen",
    ),
    "cut": (
        "증인이 본 항목인데 이력이 그 앞에서 끝납니다. 끝이 잘렸습니다",
        "a witness has seen it, and the log ends before it: the end was cut off",
    ),
}
NEXT_STEP = (
    "이 저장소에 쓰기를 멈추고 그대로 복사한 뒤, 그 항목을 백업이나 전에 인쇄한 해시와 "
    "비교하십시오(deploy/RUNBOOK.md) · "
    "Stop writing to this store, keep a copy of it as it is, and compare the entry with a backup "
    "or with a head hash printed earlier (deploy/RUNBOOK.md)."
)


class LogUnread(Exception):
    """The log could not be read through; that was kept as the result, if it could be."""


def say_found(found: Verification, say: Callable[[str], None]) -> int:
    """Say what a verification found.

    Returns:
        0 if every entry fits, 1 if one does not.
    """
    entries, redacted, head = found.entries, found.redacted, found.head_hash.hex()
    gone_ko = f" (내용 파기 {redacted:,}건)" if redacted else ""
    gone = f", {redacted:,} of them redacted" if redacted else ""
    if found.is_whole:
        say(
            f"변경 이력이 온전합니다: {entries:,}건{gone_ko} · "
            f"The log is whole: {entries:,} entries{gone}, head {head}"
        )
        return 0
    korean, english = FAULTS[found.fault or "hash"]
    say(
        f"{found.bad_seq}번 항목이 맞지 않습니다: {korean} · "
        f"Entry {found.bad_seq} does not fit: {english}."
    )
    say(
        f"그 앞의 {entries:,}건{gone_ko}은 맞습니다 · "
        f"The {entries:,} entries before it do{gone}, up to {head}."
    )
    say(NEXT_STEP)
    return 1


def witness(text: str) -> Witness:
    """Read `SEQ:HASH`.

    Raises:
        ArgumentTypeError: It is none.
    """
    number, _, digest = text.partition(":")
    if not (number.isascii() and number.isdigit() and re.fullmatch("[0-9a-f]{64}", digest)):
        raise ArgumentTypeError(f"{text!r} is not SEQ:HASH, a number and 64 hex digits")
    return Witness(int(number), bytes.fromhex(digest))


class Verifiable(Protocol):
    """A store whose log is verified, and which keeps the result."""

    @property
    def records(self) -> Records:
        """What is known."""

    def stored_changes(self) -> Iterable[StoredChange | Unreadable]:
        """Give the whole log in order."""

    def keep_verification(self, found: Verification, at: datetime) -> None:
        """Keep a result in place of the one before."""


def verify_store(
    store: Verifiable,
    witnesses: Iterable[Witness],
    *,
    now: Callable[[], datetime],
    say: Callable[[str], None],
) -> int:
    """Verify a store's log, keep the result and say it.

    Returns:
        0 if every entry fits, 1 if one does not or if the log cannot be read.
    """
    try:
        found = verify_log(
            store,
            witnesses,
            now=now,
            entries=store.stored_changes(),
            progress=lambda entries: say(
                f"{entries:,}건까지 맞습니다 · {entries:,} entries fit so far"
            ),
        )
    except LogUnread as error:
        say(
            "변경 이력을 읽을 수 없습니다. 데이터베이스를 그대로 복사한 뒤 deploy/RUNBOOK.md 의 "
            "'기록이 맞지 않을 때'를 따르십시오 · The log cannot be read. Copy the database as it "
            f"is, then follow deploy/RUNBOOK.md, 'The log is not whole': {error}"
        )
        return 1
    return say_found(found, say)


def verify_log(
    store: Verifiable,
    witnesses: Iterable[Witness],
    *,
    now: Callable[[], datetime],
    entries: Iterable[StoredChange | Unreadable],
    progress: Callable[[int], None] = lambda _: None,
) -> Verification:
    """Verify a log, also against how far it was whole before, and keep the result.

    Args:
        witnesses: What others have seen of it.
        entries: The store's whole log.

    Raises:
        LogUnread: It could not be read to its end, or the result not be kept.
    """
    try:
        last = store.records.verified()
        seen = [*witnesses, *([] if last is None else [last.witness])]
        known = [each for each in seen if each.seq > 0]
        found = verify(entries, witnesses=known, progress=progress)
    except Exception as error:
        _keep(store, UNREAD, now())
        raise LogUnread(_words(error)) from error
    _keep(store, found, now())
    return found


def _keep(store: Verifiable, found: Verification, at: datetime) -> None:
    try:
        store.keep_verification(found, at)
    except Exception as error:
        raise LogUnread(_words(error)) from error


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
