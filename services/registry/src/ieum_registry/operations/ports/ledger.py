"""Writing: one transaction in one caller's name.

`Ledger.open()` gives a `LedgerTransaction`; what is recorded on it is numbered, chained and
committed together when the block ends well, and nothing of it stays when the block raises.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from changefeed.change import Change
from changefeed.declared import Declaration
from ieum_registry.domain.redaction import LoggedEntry
from ieum_registry.operations.ports.condition import Condition, Value
from ieum_registry.operations.ports.imports import Page

Kind = TypeVar("Kind", bound=Declaration)


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
            RuntimeError: The transaction is still open.
        """
        ...

    @property
    def change(self) -> Change:
        """The whole entry as the feed would give it; raises as `seq` does."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """How a contact is called and reached. Kept outside the log, so that it can be erased.

    Attributes:
        email: None where a ledger told none: no letter reaches them until somebody enters one.
    """

    name: str
    email: str | None
    phone: str | None = None


class LedgerTransaction(Protocol):
    """One transaction.

    Everything that is read here is remembered: if any of it was changed by somebody else before
    the block ends, the whole transaction is refused: as `Stale` if the caller had sent the version
    of what was changed, else as `Overtaken`. So a rule that was checked on what was read here still
    holds when the entries are numbered; what was not read here never refuses a transaction.
    """

    @property
    def entries(self) -> Sequence[Entry]:
        """What was recorded so far, in order."""
        ...

    def take(self, kind_of: type[Kind], subject_id: UUID, seen: int | None = None) -> Kind:
        """Give a subject as it stands, entries of this transaction included.

        Args:
            kind_of: Its class; the class knows how to read the facts.
            seen: The version that the caller last read; None skips the check.

        Raises:
            NotFound: There is none of that type.
            Stale: It has another version than `seen`.
        """
        ...

    def find(self, kind_of: type[Kind], **fields: Value) -> Kind | None:
        """Give the one subject whose fields have these values (`key="naver"`), or None."""
        ...

    def those(
        self,
        kind_of: type[Kind],
        *conditions: Condition,
        heeding: Callable[[Kind], bool] = ...,
    ) -> list[Kind]:
        """Give all subjects that meet the conditions, in order of id; no limit.

        Entries of this transaction count too. Meant for what one change bounds.

        Args:
            heeding: Whether the transaction rests on a subject's coming into this list, or going
                from it, before the block ends; on each one's, if it is not given.
        """
        ...

    def holding(
        self, kind_of: type[Kind], field_name: str, values: Iterable[str]
    ) -> Mapping[str, Kind]:
        """Give by value which subjects have these values in a unique field on record.

        Values that nobody has are absent. They too are remembered: if somebody takes one before
        the block ends, the transaction is refused.

        Args:
            values: As columns have them: a day as `YYYY-MM-DD`.
        """
        ...

    def newest(
        self,
        kind_of: type[Kind],
        asked: Condition | None = None,
        *,
        heeding: Callable[[Kind], bool] = ...,
    ) -> Kind | None:
        """Give the subject on record that was recorded last, or None; however many there are.

        Args:
            asked: `linked` with another: the last of those.
            heeding: As of `those`; the transaction rests on there being no newer one.
        """
        ...

    def keys_beside(self, kind_of: type[Kind], key: str, *, most: int) -> Sequence[str]:
        """Give keys on record on both sides of one in their order, so many on each at most.

        Nothing rests on them: they are words to show.
        """
        ...

    def version(self, subject_id: UUID) -> int:
        """Give the version of a subject that was read or recorded here; 0 if it was neither."""
        ...

    def record(self, kind: str, aggregate: Declaration, reason: str | None = None) -> Entry:
        """Collect one change. Nothing is written before the block ends.

        A subject that was not read here is new and gets version 1. The same subject may be
        recorded several times.

        Raises:
            RuleBroken: `change.reason_missing`, if the kind demands one.
            Taken: Not here but when the block ends: a unique field has that value elsewhere.
        """
        ...

    def record_change(self, kind: str, aggregate: Declaration, reason: str | None = None) -> Entry:
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

    def entry(self, seq: int) -> LoggedEntry | None:
        """Give what is always there of an entry of the log, or None if there is none such."""
        ...

    def entries_of(self, subject_id: UUID) -> Sequence[LoggedEntry]:
        """Give the same of every entry about a subject that the log has already, in order."""
        ...

    def destroy(self, entry: LoggedEntry) -> None:
        """Destroy texts and salts of an entry when the transaction closes; its header stays.

        Its subject's spans and search keys are made anew without it.
        """
        ...

    def person(self, contact_id: UUID) -> Person | None:
        """Give how a contact is reached, or None if erased or never kept."""
        ...

    def keep_person(self, contact_id: UUID, person: Person) -> None:
        """Keep how a contact is called and reached, in place of what was kept before."""
        ...

    def forget_text(self, document_id: UUID) -> None:
        """Forget what was read in a document's file to be searched."""
        ...

    def erase_person(self, contact_id: UUID) -> None:
        """Forget how a contact is called and reached; the log stays whole."""
        ...

    def settle(self, page: Page) -> None:
        """Write what becomes of staged records together with the entries, when the block ends.

        Raises:
            LeaseLost: Not here but when the block ends: another worker has taken the import.
        """
        ...


class Ledger(Protocol):
    """Opens transactions in one caller's name, at one instant; perhaps a dry run."""

    def open(self) -> AbstractContextManager[LedgerTransaction]:
        """Open a transaction; it is committed when the block ends well.

        Raises:
            Stale: Somebody changed a subject whose version the caller had sent.
            Overtaken: Somebody changed what else was read in the transaction before the block
                ended.
            Taken: A unique field of a recorded subject has the same value elsewhere.
        """
        ...
