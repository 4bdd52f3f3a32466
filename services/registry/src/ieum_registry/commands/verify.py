"""`ieum-registry verify`: is the log what was written?"""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from ieum_registry.operations.ports.records import Records
from ieum_registry.operations.verify import StoredChange, Unreadable, Verification, Witness, verify

FAULTS = {
    "gap": "its number is not the next one: an entry is missing or was put in",
    "form": "one of its columns is not in the form in which the registry writes it",
    "time": "it is earlier than the entry before it",
    "previous": "it does not name the hash of the entry before it",
    "half": "part of what it says is gone and part of it is left",
    "body": "its facts or reason are not what was hashed when it was written",
    "disclosed": "what it discloses is not what was hashed when it was written",
    "version": "its version is not the next one of its subject",
    "hash": "its header is not what was hashed when it was written",
    "redaction": "it redacts no entry that it could have redacted, or one redacted before",
    "kept": "it says that an entry was redacted, and what that one said is still there",
    "destroyed": "what it said is gone, and no redaction says why",
    "witness": "its hash is not the one that a witness has seen",
    "cut": "a witness has seen it, and the log ends before it: the end was cut off",
}
NEXT_STEP = (
    "Stop writing to this store, keep a copy of it as it is, and compare the entry with a backup "
    "or with a head hash printed earlier (deploy/RUNBOOK.md)."
)


def say_found(found: Verification, say: Callable[[str], None]) -> int:
    """Say what a verification found.

    Returns:
        0 if every entry fits, 1 if one does not.
    """
    redacted = f", {found.redacted:,} of them redacted" if found.redacted else ""
    if found.is_whole:
        say(f"The log is whole: {found.entries:,} entries{redacted}, head {found.head_hash.hex()}")
        return 0
    say(f"Entry {found.bad_seq} does not fit: {FAULTS[found.fault or 'hash']}.")
    say(f"The {found.entries:,} entries before it do{redacted}, up to {found.head_hash.hex()}.")
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
        0 if every entry fits, 1 if one does not.
    """
    found = verify_log(
        store,
        witnesses,
        now=now,
        entries=store.stored_changes(),
        progress=lambda entries: say(f"{entries:,} entries fit so far"),
    )
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
    """
    last = store.records.verified()
    seen = [*witnesses, *([] if last is None else [last.witness])]
    found = verify(entries, witnesses=[each for each in seen if each.seq > 0], progress=progress)
    store.keep_verification(found, now())
    return found
