"""What operations and routes need from the store, named for the need.

Writing: `Ledger.open()` gives a `LedgerPage`; what is recorded on it is numbered, chained and
committed together when the block ends well, and nothing of it stays when the block raises.
Reading: `Records` hands out stored text, now or as known at an earlier entry, to who may see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Literal, Protocol, Self, TypeVar
from uuid import UUID

from changefeed.change import Change, Facts

Value = str | int | bool | date | UUID | None


class Aggregate(Protocol):
    """A subject with its facts: the only mapping between the domain and the log."""

    subject_type: ClassVar[str]

    @property
    def id(self) -> UUID:
        """UUIDv7, drawn by whoever made the subject."""
        ...

    def facts(self) -> Facts:
        """Give everything that is true of it whatever the day (docs/changes.md)."""
        ...

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        ...


Subject = TypeVar("Subject", bound=Aggregate)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that listed subjects have in common; use the functions below to make one.

    Attributes:
        field: A field of the subject's shelf (storage/shelves.py names them all): mostly a fact's
            name; places are `at_id`, `owner_id`; links are `partner`, `technology`, `holder`.
        on: For a link: it holds on that day. None is any time.
    """

    field: str
    test: Literal["equal", "at_most", "at_least", "any_of", "linked"]
    value: Value | tuple[Value, ...]
    on: date | None = None


def equal(field: str, value: Value) -> Condition:
    """Have this value; None asks for subjects without one."""
    return Condition(field, "equal", value)


def at_most(field: str, value: date | int | str) -> Condition:
    """Have this value or a smaller one. A day that is null counts as after every day."""
    return Condition(field, "at_most", value)


def at_least(field: str, value: date | int | str) -> Condition:
    """Have this value or a larger one. A day that is null counts as after every day."""
    return Condition(field, "at_least", value)


def any_of(field: str, values: Iterable[Value]) -> Condition:
    """Have one of these values; none of them finds nothing."""
    return Condition(field, "any_of", tuple(values))


def linked(field: str, value: UUID, *, on: date | None = None) -> Condition:
    """Be linked with that subject, on that day or, without one, at any time."""
    return Condition(field, "linked", value, on)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller may see; lists, counts and single reads obey the same one.

    Make one by `EVERYTHING`, `DISCLOSED` or `Scope.of_partners`.

    Attributes:
        partners: None sees everything. Otherwise the caller sees what is disclosed, and in full
            what lies under agreements that one of these is party to, those partners' own seats
            and contacts, and milestones that they own.
        on: The day on which a party must not have left yet. Access is judged as known today even
            when an older state is read.
    """

    partners: frozenset[UUID] | None = None
    on: date = date.min

    @classmethod
    def of_partners(cls, partners: Iterable[UUID], on: date) -> Self:
        """See what partners see on a day; none of them sees what the public sees."""
        return cls(frozenset(partners), on)


EVERYTHING = Scope()
"""The scope of office, department, auditor and service."""
DISCLOSED = Scope(frozenset())
"""The scope of the public."""


class Entry(Protocol):
    """One change that was recorded. What it says is known at once, its number after commit."""

    @property
    def kind(self) -> str:
        """One of `changefeed.kinds.KINDS`."""
        ...

    @property
    def subject_type(self) -> str:
        """Whose facts `text` holds."""
        ...

    @property
    def subject_id(self) -> UUID:
        """Which subject."""
        ...

    @property
    def version(self) -> int:
        """The version that this change made, from 1."""
        ...

    @property
    def text(self) -> str:
        """Canonical JSON of the facts after the change."""
        ...

    @property
    def seq(self) -> int:
        """The entry's number; in a dry run the one that it would get.

        Raises:
            RuntimeError: The page is still open.
        """
        ...

    @property
    def change(self) -> Change:
        """The whole entry as the feed would give it; raises as `seq` does."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """How a contact is called and reached. Kept outside the log, so that it can be erased."""

    name: str
    email: str
    phone: str | None = None


class LedgerPage(Protocol):
    """One transaction.

    Everything that is read here is remembered: if any of it was changed by somebody else before
    the block ends, the whole page is refused as `Stale`. So a rule that was checked on what was
    read here still holds when the entries are numbered.
    """

    @property
    def entries(self) -> Sequence[Entry]:
        """What was recorded so far, in order."""
        ...

    def take(self, kind_of: type[Subject], subject_id: UUID, seen: int | None = None) -> Subject:
        """Give a subject as it stands, entries of this page included.

        Args:
            kind_of: Its class; the class knows how to read the facts.
            seen: The version that the caller last read; None skips the check.

        Raises:
            NotFound: There is none of that type.
            Stale: It has another version than `seen`.
        """
        ...

    def find(self, kind_of: type[Subject], **fields: Value) -> Subject | None:
        """Give the one subject whose fields have these values (`key="naver"`), or None."""
        ...

    def those(self, kind_of: type[Subject], *conditions: Condition) -> list[Subject]:
        """Give all subjects that meet the conditions, in order of id; no limit.

        Entries of this page count too. Meant for what one change bounds, and for loading.
        """
        ...

    def version(self, subject_id: UUID) -> int:
        """Give the version of a subject that was read or recorded here; 0 if it was neither."""
        ...

    def record(self, kind: str, aggregate: Aggregate, reason: str | None = None) -> Entry:
        """Collect one change. Nothing is written before the block ends.

        A subject that was not read here is new and gets version 1. The same subject may be
        recorded several times.

        Raises:
            RuleBroken: `change.reason_missing`, if the kind demands one.
            Taken: Not here but when the block ends: a unique field has that value elsewhere.
        """
        ...

    def record_change(self, kind: str, aggregate: Aggregate, reason: str | None = None) -> Entry:
        """Collect one change of a subject that was read here, unless it stands so already.

        Returns:
            The entry; without a difference one that is never written, with the version and text
            that stand. It wants no reason and has no number.

        Raises:
            RuleBroken, Taken: As `record`.

        Source: docs/rules/terms.md, T-23.
        """
        ...

    def answer_with(self, entry: Entry) -> None:
        """Say which entry a repeated Idempotency-Key is answered with; the first if never said."""
        ...

    def person(self, contact_id: UUID) -> Person | None:
        """Give how a contact is reached, or None if erased or never kept."""
        ...

    def keep_person(self, contact_id: UUID, person: Person) -> None:
        """Keep how a contact is called and reached, in place of what was kept before."""
        ...

    def erase_person(self, contact_id: UUID) -> None:
        """Forget how a contact is called and reached; the log stays whole."""
        ...


class Ledger(Protocol):
    """Opens transactions in one caller's name, at one instant; perhaps a dry run."""

    def open(self) -> AbstractContextManager[LedgerPage]:
        """Open a page; it is committed when the block ends well.

        Raises:
            Stale: Somebody changed what was read on the page before the block ended.
            Taken: A unique field of a recorded subject has the same value elsewhere.
        """
        ...


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log reaches; `hash` is the hash of entry `seq` in hex, zeros if there is none."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Stored text of one subject, as far as the caller may see it.

    Attributes:
        text: Canonical JSON of the facts, or of what is disclosed of them.
        version: The subject's version then.
        whole: Whether `text` is all the facts.
    """

    version: int
    text: str
    whole: bool

    @property
    def resource(self) -> str:
        """The text with `version` put in: the resource on the wire."""
        return f'{self.text[:-1]},"version":{self.version}}}'


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `next` is the cursor that goes on after it, None at the end."""

    items: tuple[Reading, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of the feed, each entry as the JSON text that travels (docs/changes.md)."""

    items: tuple[str, ...]
    next: int
    head: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries of the log are looked for; what is empty or None does not narrow.

    Attributes:
        since: The first instant that counts.
        until: The first instant that no longer counts.
    """

    subjects: tuple[UUID, ...] = ()
    subject_type: str | None = None
    kind: str | None = None
    role: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Entries, the newest first, each with what its subject was before.

    Attributes:
        items: JSON texts `{"entry": …, "previous": …}` (docs/changes.md).
        next: The number to go on before; None if nothing older was found.
    """

    items: tuple[str, ...]
    next: int | None
    head: int


class CursorRefused(ValueError):
    """The cursor was not made by this list."""


class Records(Protocol):
    """What is known, as text. Never waits for writers."""

    def one(
        self,
        subject_type: str,
        subject_id: UUID,
        *,
        known_at: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Reading:
        """Give one subject.

        Args:
            known_at: The last entry that counts; None is now.

        Raises:
            NotFound: None, none yet, or none that the scope shows.
        """
        ...

    def many(self, subject_type: str, subject_ids: Sequence[UUID]) -> Mapping[UUID, Reading]:
        """Give several subjects as they stand, everything of them; unknown ids are absent."""
        ...

    def list(
        self,
        subject_type: str,
        conditions: Sequence[Condition] = (),
        *,
        q: str | None = None,
        known_at: int | None = None,
        limit: int = 50,
        after: str | None = None,
        scope: Scope = EVERYTHING,
    ) -> Listing:
        """Give a page of the subjects that meet all conditions and may be seen, in shelf order.

        Args:
            q: Words that must all occur in its names, numbers or aliases: parts of words, initial
                consonants (ㄱㅈ), with or without spaces. A blank one asks nothing.
            limit: 1 to 200; the caller checks it.
            after: The cursor that the page before gave.

        Raises:
            CursorRefused: `after` is not a cursor of this list.
            ValueError: A field that the shelf does not know.
        """
        ...

    def people(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        """Give how contacts are called and reached; the erased and the unknown are absent."""
        ...

    def head(self) -> Head:
        """Give how far the log reaches."""
        ...

    def seq_at(self, instant: datetime) -> int:
        """Give the last entry made at or before an instant, 0 if there is none yet."""
        ...

    def feed(self, after: int, *, limit: int = 1000, scope: Scope = EVERYTHING) -> FeedPage:
        """Give the entries after a number, in order; what the scope hides travels as header."""
        ...

    def history(
        self, sought: Sought, *, before: int | None, limit: int, scope: Scope = EVERYTHING
    ) -> HistoryPage:
        """Give the entries that are looked for, the newest first.

        Args:
            before: Only entries with a smaller number; None begins at the head.
        """
        ...

    def wait_beyond(self, seq: int, timeout_s: float) -> bool:
        """Wait until the log reaches further than `seq`.

        Holds no database connection while waiting. Only so many may wait at once: the next one
        is answered at once.

        Returns:
            Whether there is more to read.
        """
        ...


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One use of an Idempotency-Key: who sent which key where, and a hash of what was sent."""

    issuer: str
    subject: str
    route: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a key was answered with: the subject, and the version and entry it had then."""

    subject_type: str
    subject_id: UUID
    version: int
    seq: int


class IdempotencyKeys(Protocol):
    """Remembers for 24 hours what a key was answered with.

    `claim` before anything else; a ledger that was given the `KeyUse` settles it in the same
    transaction as the entries; `release` when nothing was written.
    """

    def claim(self, use: KeyUse, *, at: datetime) -> Remembered | None:
        """Take the key for this request.

        Returns:
            None if the request is to be carried out, else what it was answered with before.

        Raises:
            RuleBroken: `idempotency.reused` if it came with another fingerprint,
                `idempotency.in_flight` while the first request is still being carried out.
        """
        ...

    def release(self, use: KeyUse) -> None:
        """Give up a claim, so that the same key may be tried again."""
        ...
