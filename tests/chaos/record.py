"""What a run leaves behind: what clients asked and heard, what was killed, what was mailed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Facts = Mapping[str, Any]
"""A subject's facts, as JSON has them."""

MARK = re.compile(r"chaos-\d+-\d+")
"""A client's name and a count: one for each write, so that the log tells whose work an entry is."""

Ending = Literal["acknowledged", "found", "refused", "unknown"]
"""What a client knows of a write at the end: it was answered 2xx; it was not, but a look at the
subject showed it; it was answered with a refusal; the subject belongs to several clients and
others have changed it since, so it may have happened once or not."""


@dataclass(frozen=True, slots=True)
class Write:
    """One write that a client meant, however often it had to be sent.

    Attributes:
        mark: Stands in the facts or the reason of every entry that the write makes.
        entries: How many entries it makes: 1, or the records of a file and the load itself.
        answers: (subject id, version, number in the log) of each 2xx; more than one if it was
            repeated by its key after it had been answered.
        facts: As answered; None where the answer holds no single subject, as that of a load.
        refusal: `status code` of the answer that ended it.
        tries: How often it was sent.
    """

    mark: str
    what: str
    ending: Ending
    entries: int = 1
    answers: tuple[tuple[str, int, int], ...] = ()
    facts: Facts | None = None
    refusal: str = ""
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry of the change log."""

    seq: int
    kind: str
    subject_type: str
    subject_id: str
    version: int
    facts: Facts
    text: str

    @classmethod
    def from_wire(cls, entry: Mapping[str, Any], text: str) -> "Logged":
        """Read an entry of the feed; `text` is its body and reason, where marks are looked for."""
        return cls(
            entry["seq"],
            entry["kind"],
            entry["subject_type"],
            entry["subject_id"],
            entry["version"],
            entry["body"],
            text,
        )


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter that the mail server took: from that moment on it is out of our hands."""

    message_id: str
    recipient: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt in notify's book.

    Attributes:
        outcome: None if it never ended: the sender died in the middle of it.
    """

    message_id: str
    outcome: str | None
    started_at: datetime
    finished_at: datetime | None

    @property
    def is_cut(self) -> bool:
        """Whether nobody can know if the mail server took the letter."""
        return self.outcome in (None, "in_doubt")


@dataclass(frozen=True, slots=True)
class Kill:
    """One SIGKILL.

    Attributes:
        name: Of the program, as `ieum status` lists it.
        part: `itself`, or `worker` for a process of its web server.
    """

    name: str
    part: str
    pid: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Book:
    """Notify's own account at the end.

    Attributes:
        told: Message-IDs of deliveries that it holds to be sent.
        states: Message-IDs of all deliveries that it ever began, each with the state of what was
            owed by it.
        waiting: Keys of occurrences that are due and were not sent.
    """

    told: frozenset[str]
    states: Mapping[str, str]
    attempts: tuple[Attempt, ...]
    waiting: tuple[str, ...]


def marks_in(texts: Iterable[str]) -> frozenset[str]:
    """Give every mark in some texts."""
    return frozenset(mark for text in texts for mark in MARK.findall(text))
