"""Reading what is known, as stored text: now or as known then, to whoever may see it."""

import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from changefeed.chain import canonical
from changefeed.finding import Word, as_one_word, words
from changefeed.lists import filters_of
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import Place
from ieum_registry.domain.disclosure import is_told_whole_to_parties, told_to_parties
from ieum_registry.domain.errors import Destroyed, NotFound, Redacted, Refused, RuleBroken
from ieum_registry.operations.ports.condition import Condition, any_of, either
from ieum_registry.operations.ports.ledger import Person
from ieum_registry.operations.ports.records import (
    Candidates,
    Counts,
    FeedPage,
    Group,
    Groups,
    Head,
    HistoryPage,
    Holding,
    Listing,
    Reading,
    Sharing,
    Sought,
    Total,
)
from ieum_registry.operations.ports.scope import DISCLOSED, EVERYTHING, Scope
from ieum_registry.operations.verify import Verified
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.index.order import order_of
from ieum_registry.storage.index.part import OPEN
from ieum_registry.storage.index.shared_pieces import former_texts, sharing_most
from ieum_registry.storage.index.shelves import shelf_of
from ieum_registry.storage.index.spans import Counting, Selection, Sight, Spans
from ieum_registry.storage.kept_counts import KeptCounts
from ieum_registry.storage.log.log import Log
from ieum_registry.storage.log.log_notifier import LogNotifier
from ieum_registry.storage.log.people import people_of
from ieum_registry.storage.log.texts import there
from ieum_registry.storage.log.verification import last_verification

MOST_COUNTED = 20_000
"""Up to how many subjects a list is counted; of more it is said that they are more."""

MOST_GROUPS_KEPT, MOST_TOTALS_KEPT = 20_000, 2_000
"""So many groups of counts, and totals of lists, are kept until something is written: some 5 MB."""

MOST_FOUND = 1000
"""Up to how many a search says how many it found of a type."""

MOST_LOOKED_AT = 2000
"""In how many subjects of a type words are looked for that no index begins."""

MOST_WALKED = 200
"""Up to how many are counted where each text on the way is looked at: about four pages of work."""


class StoredRecords:
    """The records of one store; satisfies `Records`."""

    def __init__(self, database: Database, log_notifier: LogNotifier) -> None:
        self._database = database
        self._spans = Spans(database)
        self._log = Log(database, self._spans)
        self._notifier = log_notifier
        self._kept_counts = KeptCounts[Counts](MOST_GROUPS_KEPT, _size_of)
        self._kept_totals = KeptCounts[Total](MOST_TOTALS_KEPT, lambda _: 1)

    def one(
        self,
        subject_type: str,
        subject_id: UUID,
        *,
        known_at: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> Reading:
        """Give one subject."""
        sight = self._spans.sight(scope)
        row = self._spans.one(shelf_of(subject_type), subject_id, known_at=known_at, sight=sight)
        if row is None:
            raise self._why_absent(subject_type, subject_id, known_at, sight)
        reading = _reading(subject_type, subject_id, row)
        return reading if sight is None else _to_parties(subject_type, reading)

    def standing_for(
        self, subject_type: str, subject_id: UUID, *, known_at: int | None = None
    ) -> UUID | None:
        """Give the subject that stands for a merged one; None if it was not merged."""
        found = self._spans.standing_for(shelf_of(subject_type), subject_id, known_at)
        return None if found is None else UUID(found)

    def _of_each_record(
        self, subject_type: str, conditions: Sequence[Condition], known_at: int | None
    ) -> Sequence[Condition]:
        """Ask by a partner for what names any record of the same organisation."""
        pointing = _pointing_at_partners(subject_type)
        asked = {
            str(value)
            for each in _within(conditions)
            if each.field in pointing
            for value in _values(each)
        }
        if not asked:
            return conditions
        same = {each: self._spans.one_with([each], known_at) for each in asked}
        return [_widened(each, pointing, same) for each in conditions]

    def many(self, subject_type: str, subject_ids: Sequence[UUID]) -> Mapping[UUID, Reading]:
        """Give several subjects as they stand."""
        rows = self._spans.many(shelf_of(subject_type), subject_ids)
        return {
            UUID(str(each)): _reading(subject_type, each, (version, text, 1))
            for each, version, text in rows
        }

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
        """Give a page of the subjects that meet all conditions and may be seen."""
        shelf, sought = shelf_of(subject_type), words(q) if q else ()
        if scope == DISCLOSED and sought and not any(word.grams() for word in sought):
            # No index begins such a search: each would look through every name there is.
            raise RuleBroken("search.too_short", pointer="/q")
        # Before anything is read that a total follows from: who writes meanwhile changes the head.
        head = self._log.head() if count else None
        sight = self._spans.sight(scope)
        conditions = self._of_each_record(subject_type, conditions, known_at)
        order = order_of(shelf, sort)
        begins_after = None if after is None else order.place(after)
        ends_before = None if before is None else order.place(before)
        selection = self._spans.selection(
            shelf, conditions, sought, order=order, known_at=known_at, sight=sight
        )
        if selection is None:
            return Listing((), None, Total(0, is_exact=True) if count else None)
        rows, is_less, is_more = self._spans.page_at(
            selection, limit=limit, after=begins_after, before=ends_before
        )
        further = order.cursor(rows[-1][4], rows[-1][3]) if is_more else None
        # Where all that came after is gone, one still comes back from the place itself.
        back = order.cursor(rows[0][4], rows[0][3]) if rows else after
        found = _readings(subject_type, rows)
        if sight is not None and not is_told_whole_to_parties(subject_type):
            found = [_to_parties(subject_type, each) for each in found]
        total = None
        if head is not None:
            asked = (subject_type, tuple(conditions), q, known_at, scope)
            total = self._total(selection, asked, head)
        return Listing(tuple(found), further, total, back if is_less else None)

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
        """Count the subjects that a list is of, in several ways; once as long as nobody writes."""
        head, ways = self._log.head(), tuple(map(tuple, by))
        key = (head, subject_type, tuple(conditions), ways, distinct, q, known_at, limit, scope)
        found = self._kept_counts.find(key)
        if found is None:
            found = self._counted(
                subject_type,
                conditions,
                by=ways,
                distinct=distinct,
                q=q,
                known_at=known_at,
                limit=limit,
                scope=scope,
            )
            if self._log.head() == head:
                self._kept_counts.keep(key, found)
        return found

    def _counted(
        self,
        subject_type: str,
        conditions: Sequence[Condition],
        *,
        by: Sequence[Sequence[str]],
        distinct: str | None,
        q: str | None,
        known_at: int | None,
        limit: int,
        scope: Scope,
    ) -> Counts:
        shelf, sight = shelf_of(subject_type), self._spans.sight(scope)
        conditions = self._of_each_record(subject_type, conditions, known_at)
        asked_by = {name for names in by for name in names} | ({distinct} if distinct else set())
        selection = self._spans.selection(
            shelf,
            conditions,
            words(q) if q else (),
            order=order_of(shelf, None),
            known_at=known_at,
            sight=sight,
            counted_by=asked_by,
        )
        if selection is None:
            return Counts(0, tuple(Groups((), has_more=False) for _ in by))
        counting = Counting(
            selection,
            distinct,
            known_at,
            merging=_pointing_at_partners(subject_type)
            if asked_by & _pointing_at_partners(subject_type) and self._spans.has_merged(known_at)
            else frozenset(),
        )
        rows = self._spans.counted(counting, by, limit=limit + 1)
        [total] = (int(row[-1]) for row in rows if row[0] == len(by))
        names = list(dict.fromkeys(name for way in by for name in way))
        return Counts(
            total,
            tuple(
                _groups(
                    [
                        (*(row[1 + names.index(name)] for name in way), row[-1])
                        for row in rows
                        if row[0] == number
                    ],
                    limit,
                )
                for number, way in enumerate(by)
            ),
        )

    def _total(self, selection: Selection, asked: Hashable, head: Head) -> Total:
        """Count a list as far as that costs no more than its first pages do; once, until a write.

        Args:
            asked: All that the list follows from beside the log.
            head: How far the log reached before the selection was made.
        """
        most = MOST_WALKED if selection.is_walked else MOST_COUNTED
        found = self._kept_totals.find((head, most, asked))
        if found is None:
            times = self._spans.count(selection, at_most=most + 1)
            found = Total(min(times, most), is_exact=times <= most)
            if self._log.head() == head:
                self._kept_totals.keep((head, most, asked), found)
        return found

    def _why_absent(
        self, subject_type: str, subject_id: UUID, known_at: int | None, sight: Sight | None
    ) -> Refused:
        """Tell those who could read the subject that the version which counts was redacted."""
        found = self._log.redaction_of(subject_type, subject_id, known_at)
        if found is None:
            return NotFound(subject_type, subject_id)
        is_seen = (
            sight is None
            or found.was_disclosed
            or self._spans.seen_whole(subject_type, [str(subject_id)], sight)
        )
        if not is_seen:
            return NotFound(subject_type, subject_id)
        return Redacted(subject_type, subject_id, found.seq, found.by)

    def is_searched(self, subject_type: str) -> bool:
        """Say whether words find subjects of a type."""
        return shelf_of(subject_type).texts is not None

    def candidates(
        self, subject_type: str, asked: Sequence[Word], *, limit: int, scope: Scope
    ) -> Candidates:
        """Give what words find of a type as things stand."""
        shelf, sight = shelf_of(subject_type), self._spans.sight(scope)
        has_pieces = any(word.grams() for word in asked)
        selection = self._spans.selection(
            shelf,
            (),
            asked,
            order=order_of(shelf, None),
            known_at=None,
            sight=sight,
            reaching=has_pieces,
            at_once=True,
        )
        if selection is None:
            return Candidates((), Total(0, is_exact=True))
        if selection.is_walked:
            rows = self._spans.walked(selection, limit=limit + 1, most=MOST_LOOKED_AT)
            is_all = not self._spans.is_longer(selection, MOST_LOOKED_AT)
            if not is_all and len(rows) <= limit:
                more = self._spans.some(selection, asked, limit=limit, most=MOST_LOOKED_AT)
                rows = list({str(row[3]): row for row in (*rows, *more)}.values())[: limit + 1]
            total = Total(min(len(rows), limit), is_exact=is_all and len(rows) <= limit)
        else:
            rows = self._spans.page(selection, limit=limit + 1, after=None)
            total = Total(len(rows), is_exact=True)
            if len(rows) > limit:
                times = self._spans.count(selection, at_most=MOST_FOUND + 1)
                total = Total(min(times, MOST_FOUND), is_exact=times <= MOST_FOUND)
        if len(rows) > limit:
            begin = self._spans.beginning(selection, as_one_word(asked), limit=limit)
            rows = list({str(row[3]): row for row in (*begin, *rows[:limit])}.values())
        return Candidates(tuple(self._told(subject_type, rows, sight)), total)

    def people_found(self, asked: Sequence[Word], *, limit: int, scope: Scope) -> Candidates:
        """Give the contacts that words find."""
        sight = self._spans.sight(scope)
        rows = self._spans.people(asked, sight=sight, limit=limit + 1)
        found = self._told("contact", rows[:limit], sight)
        total = Total(min(len(rows), limit), is_exact=len(rows) <= limit)
        return Candidates(tuple(found), total)

    def texts_found(self, asked: Sequence[Word], *, limit: int, scope: Scope) -> Candidates:
        """Give the documents that words find by their texts."""
        sight = self._spans.sight(scope)
        rows = self._spans.texts_holding(asked, sight=sight, limit=limit + 1)
        found = self._told("document", rows[:limit], sight)
        total = Total(min(len(rows), limit), is_exact=len(rows) <= limit)
        return Candidates(tuple(found), total)

    def passages(self, document_ids: Sequence[UUID], word: Word) -> Mapping[UUID, str]:
        """Give the first piece of each document's text with a word in it."""
        rows = self._spans.passages([str(each) for each in document_ids], word)
        return {UUID(str(each)): str(text) for each, text in rows}

    def holding(
        self, subject_type: str, subject_ids: Sequence[UUID], word: Word
    ) -> Sequence[Holding]:
        """Give what some subjects of a public type say or said with a word in it."""
        rows = self._spans.holding(
            shelf_of(subject_type), [str(each) for each in subject_ids], word
        )
        return [
            Holding(UUID(str(subject_id)), text, seq_to != OPEN)
            for subject_id, text, seq_to in rows
            if text is not None
        ]

    def sharing(
        self, subject_type: str, pieces: Collection[str], *, ids: Collection[UUID] = (), most: int
    ) -> Sequence[Sharing]:
        """Give those that have most of some pieces in common with what was asked."""
        shelf = shelf_of(subject_type)
        found = sharing_most(self._database, shelf, pieces, most)
        wanted = dict.fromkeys((*(UUID(each) for each in found), *ids))
        rows = {UUID(str(row[0])): row for row in self._spans.many(shelf, list(wanted))}
        former: dict[UUID, list[str]] = {}
        for raw_id, text in former_texts(self._database, shelf, [str(each) for each in rows]):
            former.setdefault(UUID(str(raw_id)), []).append(text)
        return [
            Sharing(
                int(rows[each][1]),
                there(subject_type, each, rows[each][2]),
                tuple(former.get(each, ())),
            )
            for each in wanted
            if each in rows
        ]

    def _told(
        self, subject_type: str, rows: Sequence[Sequence[Any]], sight: Sight | None
    ) -> Sequence[Reading]:
        found = _readings(subject_type, rows)
        if sight is None or is_told_whole_to_parties(subject_type):
            return found
        return [_to_parties(subject_type, each) for each in found]

    def people(self, contact_ids: Sequence[UUID]) -> Mapping[UUID, Person]:
        """Give how contacts are called and reached."""
        return people_of(self._database, contact_ids)

    def head(self) -> Head:
        """Give how far the log reaches."""
        return self._log.head()

    def genesis(self) -> bytes | None:
        """Give the hash of the log's first entry."""
        return self._log.genesis()

    def verified(self) -> Verified | None:
        """Give what the last verification of the log found."""
        return last_verification(self._database)

    def seq_at(self, instant: datetime) -> int:
        """Give the last entry made at or before an instant, 0 if there is none yet."""
        return self._log.seq_at(instant)

    def feed(self, after: int, *, limit: int = 1000, scope: Scope = EVERYTHING) -> FeedPage:
        """Give the entries after a number, in order."""
        return self._log.feed(after, limit=limit, scope=scope)

    def history(
        self, sought: Sought, *, before: int | None, limit: int, scope: Scope = EVERYTHING
    ) -> HistoryPage:
        """Give the entries that are looked for, the newest first."""
        return self._log.history(sought, before=before, limit=limit, scope=scope)

    def wait_beyond(self, seq: int, timeout_s: float) -> bool:
        """Wait until the log reaches further than `seq`; whether it does."""
        return self._notifier.wait_beyond(seq, timeout_s)


@cache
def _pointing_at_partners(subject_type: str) -> frozenset[str]:
    """Give by which columns and links subjects point at partners, as places or by id."""
    if subject_type == "partner":
        return frozenset()
    return frozenset(
        each.column
        for each in filters_of(DECLARED[subject_type])
        if each.field.fact.names == "partner" or each.field.holds is Place
    )


def _within(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for each in conditions:
        yield each
        yield from _within(each.others)


def _values(asked: Condition) -> Iterator[UUID]:
    several = asked.value if isinstance(asked.value, tuple) else (asked.value,)
    yield from (each for each in several if isinstance(each, UUID))


def _widened(
    asked: Condition, pointing: frozenset[str], same: Mapping[str, Sequence[str]]
) -> Condition:
    if asked.others:
        return replace(asked, others=tuple(_widened(each, pointing, same) for each in asked.others))
    ids = [UUID(each) for value in _values(asked) for each in same.get(str(value), ())]
    if asked.field not in pointing or len(ids) < 2:
        return asked
    if asked.test == "linked":
        return either(*(replace(asked, value=each) for each in ids))
    if asked.test in ("equal", "any_of"):
        return any_of(asked.field, ids)
    return asked


def _size_of(counts: Counts) -> int:
    return 1 + sum(len(each.items) for each in counts.by)


def _groups(rows: Sequence[Sequence[Any]], limit: int) -> Groups:
    """Put groups of equal size in the order of their values, on each database alike."""
    found = [
        Group(tuple(None if each is None else _value(each) for each in values), int(times))
        for *values, times in rows[:limit]
    ]
    in_order = sorted(found, key=lambda each: (-each.count, [str(it) for it in each.values]))
    return Groups(tuple(in_order), len(rows) > limit)


def _value(stored: Any) -> str | int:  # noqa: ANN401  As the database's driver gives it.
    return stored if isinstance(stored, int) else str(stored)


def _reading(subject_type: str, subject_id: UUID | str, row: Sequence[Any]) -> Reading:
    return Reading(row[0], there(subject_type, subject_id, row[1]), row[2] == 1)


def _to_parties(subject_type: str, reading: Reading) -> Reading:
    """Leave out what even those may not read whom the subject concerns."""
    if not reading.whole or is_told_whole_to_parties(subject_type):
        return reading
    told = told_to_parties(subject_type, json.loads(reading.text))
    return reading._replace(text=canonical(told))


def _readings(subject_type: str, rows: Sequence[Sequence[Any]]) -> list[Reading]:
    """Read the rows of a page; they are many, so without a call for each."""
    found = []
    for version, text, whole, subject_id, _ in rows:
        if text is None:
            raise Destroyed(subject_type, subject_id)
        found.append(Reading(version, text, whole == 1))
    return found
