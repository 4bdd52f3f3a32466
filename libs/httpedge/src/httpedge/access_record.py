"""Who looked at people, whose call was denied: collected here, handed over to be kept each second.

What happens again within a minute is one record with a count. Denials are bounded as well: a
flood of them from anywhere fills no disk. An answer never waits for its record; a process that is
killed loses the last second's.

Source: docs/rules/access.md, A-7 and A-8.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Event, Lock, Thread

MOST_DENIED = 30
"""How many different denials are kept of one account, or of all strangers, in one minute."""
MOST_WAITING = 5_000
"""How many records wait to be kept while they cannot be; beyond them only counts grow."""
EVERY_S = 1.0
AT_MOST_EVERY_S = 60.0
"""How long is waited between tries while the store fails: each failure doubles the wait to this."""
ANY = "*"
"""Stands for several that are no longer told apart."""
STRANGER = "anonymous"


@dataclass(frozen=True, slots=True)
class Access:
    """One look at people, one denied call, or one attempt to sign in.

    Attributes:
        account: `issuer:subject` of the token, an account's id at the portal, or `anonymous`.
        address: Where the caller is, as far as can be known.
        act: What was asked for, as `GET /v1/contacts`; never anything that a caller typed.
        outcome: `200`, `401`, `403`, `404` …, or a word of the portal's.
        subjects: Whose data, or what was not the caller's to see; ids alone.
        reason: Why the data were taken out, as who took them said; empty if they were looked at.
    """

    account: str
    role: str
    address: str
    act: str
    outcome: str
    subjects: tuple[str, ...] = ()
    is_denial: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """An access with how often it happened within one minute."""

    access: Access
    first_at: datetime
    last_at: datetime
    times: int

    @property
    def key(self) -> str:
        """The same for the same access in the same minute, whoever counts it."""
        return _key(self.access, self.first_at)


Keep = Callable[[Sequence[Counted]], None]
"""Stores records; one whose key is there adds to it. May raise: they are handed over again."""


class AccessLog:
    """Collects accesses and hands them over.

    Args:
        keep: Called from a thread of its own, a second after the first that it was not told of,
            and more seldom while it fails.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._lock, self._keeping = Lock(), Lock()
        self._waiting: dict[str, Counted] = {}
        self._denied: dict[tuple[str, str], set[str]] = {}
        self._thread: Thread | None = None
        self._closed = Event()

    def note(self, access: Access, at: datetime) -> None:
        """Count one access."""
        with self._lock:
            if access.is_denial:
                access = self._bounded(access, at)
            key = _key(access, at)
            if key not in self._waiting and len(self._waiting) >= MOST_WAITING:
                access = replace(access, account=ANY, address=ANY, act=ANY, subjects=(), reason="")
                key = _key(access, at)
            before = self._waiting.get(key)
            self._waiting[key] = _merged(before, Counted(access, at, at, 1))
            if self._thread is None and not self._closed.is_set():
                self._thread = Thread(target=self._hand_over, name="access records", daemon=True)
                self._thread.start()

    def flush(self) -> bool:
        """Hand over what waits, and say whether nothing waits on for want of a store."""
        with self._keeping:
            with self._lock:
                taken, self._waiting = self._waiting, {}
            if not taken:
                return True
            try:
                self._keep(tuple(taken.values()))
            except Exception:
                # Whatever is wrong with the store, requests go on; it is tried again soon.
                logging.getLogger("access").exception("access records wait: they were not kept")
                with self._lock:
                    for key, each in taken.items():
                        self._waiting[key] = _merged(self._waiting.get(key), each)
                return False
            return True

    def close(self) -> None:
        """Hand over what waits for the last time, and let the thread end.

        For a store about to close: what it does not take now is told of in the log and gone.
        """
        self._closed.set()
        self.flush()

    def _bounded(self, access: Access, at: datetime) -> Access:
        """Tell so many denials of a caller apart in a minute, and count the others together."""
        minute = _minute(at)
        if len(self._denied) >= MOST_WAITING or any(each != minute for each, _ in self._denied):
            self._denied.clear()
        seen = self._denied.setdefault((minute, access.account), set())
        key = _key(access, at)
        if key in seen or len(seen) < MOST_DENIED:
            seen.add(key)
            return access
        return replace(access, address=ANY, act=ANY, subjects=())

    def _hand_over(self) -> None:
        wait = EVERY_S
        while not self._closed.wait(wait):
            wait = EVERY_S if self.flush() else min(2 * wait, AT_MOST_EVERY_S)
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return


def _merged(before: Counted | None, more: Counted) -> Counted:
    if before is None:
        return more
    return Counted(
        before.access,
        min(before.first_at, more.first_at),
        max(before.last_at, more.last_at),
        before.times + more.times,
    )


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%MZ")


def _key(access: Access, at: datetime) -> str:
    parts = (
        _minute(at),
        access.account,
        access.role,
        access.address,
        access.act,
        access.outcome,
        *access.subjects,
        *((f"why: {access.reason}",) if access.reason else ()),
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:40]
