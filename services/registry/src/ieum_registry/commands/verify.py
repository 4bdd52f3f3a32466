"""`ieum-registry verify`: is the log what was written?"""

from collections.abc import Callable, Iterable

from ieum_registry.operations.verify import StoredChange, Verification, Witness, verify

FAULTS = {
    "gap": "its number is not the next one: an entry is missing or was put in",
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


def say_whether_whole(
    stored: Iterable[StoredChange],
    say: Callable[[str], None],
    *,
    witnesses: Iterable[Witness] = (),
    keep: Callable[[Verification], None] = lambda _: None,
) -> int:
    """Verify the whole log and say what was found.

    Args:
        witnesses: What others have seen of it.
        keep: Takes the result, for those who look later.

    Returns:
        0 if every entry fits, 1 if one does not.
    """
    found = verify(
        stored,
        witnesses=witnesses,
        progress=lambda entries: say(f"{entries:,} entries fit so far"),
    )
    keep(found)
    redacted = f", {found.redacted:,} of them redacted" if found.redacted else ""
    if found.is_whole:
        say(f"The log is whole: {found.entries:,} entries{redacted}, head {found.head_hash.hex()}")
        return 0
    say(f"Entry {found.bad_seq} does not fit: {FAULTS[found.fault or 'hash']}.")
    say(f"The {found.entries:,} entries before it do{redacted}, up to {found.head_hash.hex()}.")
    say(NEXT_STEP)
    return 1
