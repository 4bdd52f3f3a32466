"""Reading: stored text, now or as known at an earlier entry, for who may see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from changefeed.finding import Word
from ieum_registry.operations.ports.condition import Condition
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.ports.scope import EVERYTHING, Scope
from ieum_registry.operations.verify import Verified


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log reaches; `hash` is the hash of entry `seq` in hex, zeros if there is none."""

    seq: int
    hash: str


class Reading(NamedTuple):
    """Stored text of one subject, as far as the caller may see it.

    Attributes:
        text: Canonical JSON of the facts, or of what is disclosed of them.
        version: The subject's version then.
        whole: Whether `text` is all the facts, or all of them that its reader may ever read.
    """

    version: int
    text: str
    whole: bool

    @property
    def resource(self) -> str:
        """The text with `version` put in: the resource on the wire."""
        return f'{self.text[:-1]},"version":{self.version}}}'


@dataclass(frozen=True, slots=True)
class Total:
    """How many subjects a list holds for who asks; more than `count` if it is not exact."""

    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list.

    Attributes:
        next: The cursor that goes on after it, None at the end.
        previous: The cursor that goes back before it; None where the list begins.
        total: How many the list holds in all; None if that was not asked for.
    """

    items: tuple[Reading, ...]
    next: str | None
    total: Total | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """How many subjects of a list have the same values; None is to have none."""

    values: tuple[str | int | None, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Groups:
    """A list counted by some columns.

    Attributes:
        items: The largest first.
        has_more: Whether there are smaller ones than these.
    """

    items: tuple[Group, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """A list counted in several ways, each as it was asked for; `total` counts all of it."""

    total: int
    by: tuple[Groups, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What words find of one type, to be ranked.

    Attributes:
        total: How many are found; not exact if they were not all looked for.
    """

    items: tuple[Reading, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class Holding:
    """What a subject says, or said, where a word stands in it.

    Attributes:
        text: Canonical JSON of what everybody may read of it.
        is_former: Whether it says so no longer.
    """

    subject_id: UUID
    text: str
    is_former: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """A subject that has pieces of a name in common with what was asked.

    Attributes:
        text: Canonical JSON of its facts; all of them, whoever asks.
        former: The same of its versions that were searched by other texts.
    """

    version: int
    text: str
    former: tuple[str, ...]


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
    """The cursor was not made by this list, or by it in another order."""

    def __init__(self, why: str, *, is_of_another_order: bool = False) -> None:
        super().__init__(why)
        self.is_of_another_order = is_of_another_order


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

    def standing_for(
        self, subject_type: str, subject_id: UUID, *, known_at: int | None = None
    ) -> UUID | None:
        """Give the subject that stands for a merged one; None if it was not merged."""
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
        before: str | None = None,
        sort: str | None = None,
        count: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Listing:
        """Give a page of the subjects that meet all conditions and may be seen.

        Args:
            q: Words that must all be met, each by its names, numbers or aliases or by a name of
                what it points at: parts of words, initial consonants (ㄱㅈ), with or without
                spaces and hyphens. A blank one asks nothing.
            limit: 1 to 200; the caller checks it.
            after: The cursor that the page before gave, under the same `sort`.
            before: Instead of it the cursor by which a page goes back: those just before it.
            sort: A column of the shelf, `-` before it for descending; None is the shelf's own
                order. What has no value there comes last; ids settle ties.
            count: Whether to say also how many there are in all.

        Raises:
            CursorRefused: `after` is not a cursor of this list.
            ValueError: A field that the shelf does not know.
        """
        ...

    def counts(
        self,
        subject_type: str,
        conditions: Sequence[Condition] = (),
        *,
        by: Sequence[Sequence[str]] = (),
        distinct: str | None = None,
        q: str | None = None,
        known_at: int | None = None,
        limit: int = 200,
        scope: Scope = EVERYTHING,
    ) -> Counts:
        """Count the subjects that a list is of, as far as they may be seen.

        Partners that were merged count as the one that stands for them.

        Args:
            by: Columns and links of the shelf, some for each way of counting. Who has several of
                a link is counted under each.
            distinct: The column or link of which different ones are counted, in place of subjects.
            limit: So many groups of each way of counting.
        """
        ...

    def is_searched(self, subject_type: str) -> bool:
        """Say whether words find subjects of a type."""
        ...

    def candidates(
        self, subject_type: str, asked: Sequence[Word], *, limit: int, scope: Scope
    ) -> Candidates:
        """Give what words find of a type as things stand, as far as it may be seen.

        Where more is found than `limit`, it is what begins with the words and then the first of
        the type's list. Words that no index begins are looked for in so many only, in that order.
        """
        ...

    def people_found(self, asked: Sequence[Word], *, limit: int, scope: Scope) -> Candidates:
        """Give the contacts that words find by what is kept of them beside the log."""
        ...

    def texts_found(self, asked: Sequence[Word], *, limit: int, scope: Scope) -> Candidates:
        """Give the documents of which each word stands in title or text, the newest first."""
        ...

    def passages(self, document_ids: Sequence[UUID], word: Word) -> Mapping[UUID, str]:
        """Give the first piece of each document's text with a word in it; others are absent."""
        ...

    def holding(
        self, subject_type: str, subject_ids: Sequence[UUID], word: Word
    ) -> Sequence[Holding]:
        """Give what some subjects of a public type say or said with a word in it, today's first."""
        ...

    def sharing(
        self, subject_type: str, pieces: Collection[str], *, ids: Collection[UUID] = (), most: int
    ) -> Sequence[Sharing]:
        """Give those whose searched texts, or former ones, have most of some pieces in common.

        Args:
            pieces: Two letters that follow each other, or three initial consonants.
            ids: Subjects that are given whatever they have in common.
            most: So many at most, those that share most.
        """
        ...

    def people(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        """Give how contacts are called and reached; the erased and the unknown are absent."""
        ...

    def head(self) -> Head:
        """Give how far the log reaches."""
        ...

    def genesis(self) -> bytes | None:
        """Give the hash of the log's first entry, by which it is known; None if it is empty."""
        ...

    def verified(self) -> Verified | None:
        """Give what the last verification of the log found; None if there was none yet."""
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
