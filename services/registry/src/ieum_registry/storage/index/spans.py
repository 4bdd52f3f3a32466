# ruff: noqa: S608 - names come from the declarations in shelves.py; every value is bound.
"""Every query over spans but those of words: one subject, lists, and what a scope shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from changefeed.finding import Word
from ieum_registry.operations.ports.condition import Condition
from ieum_registry.operations.ports.scope import Scope
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.dialect import ColumnType
from ieum_registry.storage.database.writing import Row

from .derived import led, silent
from .order import Order
from .part import OPEN, Part, alive, among, both
from .shelf import Shelf, as_stored
from .shelves import SHELVES, shelf_of
from .word_search import MOST_PIECES, WordSearch

MOST_READ = 500
"""Up to how many documents are looked through for a word, wherever they stand in the list."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A scope with what it comes to.

    Attributes:
        agreements: The question (as `SELECT k.id … WHERE …`) which ones the partners are party to,
            or the department leads; None if they are none. Never their ids: a partner may have
            thousands, and each read would fetch them and send them along.
        places: The partners themselves, or the department.
        beside: The partners whom the department works with.
        seats: The liaison seats there; `contacts` hold one of them.
        has_many: Whether there are more than `MANY` agreements.
    """

    agreements: Part | None = None
    places: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    has_many: bool = False

    def ids(self, what: str) -> tuple[str, ...]:
        """Give the ids that a column is held against; see `Under`."""
        return {"place": self.places, "seat": self.seats, "contact": self.contacts}[what]

    def tells_of(self, subject_type: str, facts: Mapping[str, Any]) -> bool:
        """Say whether facts are of people in sight; whatever is no contact or seat is."""
        if subject_type not in ("contact", "seat"):
            return True
        at = facts["at"]["id"]
        if at in self.places:
            return True
        return at in self.beside and facts.get("role", "liaison") == "liaison"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which spans a list is of, and in which order.

    Attributes:
        where: What each span `s` meets, for who takes the first of them in order.
        counted: The same for who takes all of them.
        text: What is told of each, and whether that is all of it.
        is_walked: Whether the list is walked for words, each text looked at on the way.
        listed: What each span meets, words apart; `words` is what these ask of it.
    """

    shelf: Shelf
    where: Part
    text: Part
    order: Order
    is_walked: bool
    listed: Part
    words: Part | None
    counted: Part


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted of a list.

    Attributes:
        distinct: The column or link of which different ones are counted; None counts subjects.
        merging: Columns and links in which who stands for a merged partner is meant.
    """

    of: Selection
    distinct: str | None
    known_at: int | None
    merging: frozenset[str]


MANY = 1_000
"""Of so many that are linked or in sight a page of a list is walked in its order, each looked at by
itself; fewer are worked out first and lead to the list."""

_NAMES_ONE = frozenset({"id", "key"})
"""What a list is asked by of whoever means the very records, merged ones too."""


def _fields_in(conditions: Iterable[Condition]) -> Iterator[str]:
    for each in conditions:
        yield each.field
        yield from _fields_in(each.others)


def _among_those(column: str, alias: str, those: Part, *, few: bool) -> Part:
    """Say that a column is one of the ids of a `SELECT <alias>.id … WHERE …`."""
    if few:
        return Part("EXISTS (") + those + Part(f" AND {alias}.id = {column})")
    return Part(f"{column} IN (") + those + Part(")")


class Spans:
    """The span queries of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect = database.dialect
        self._words = WordSearch(database)

    def sight(self, scope: Scope) -> Sight | None:
        """Find out what a scope comes to; None sees everything."""
        if scope.partners is None:
            return None
        if scope.department is not None:
            return self._of_department(str(scope.department), scope.on.isoformat())
        partners = tuple(sorted(str(each) for each in scope.partners))
        if not partners:
            return Sight()
        partners = self.one_with(partners, None)
        agreements = Part("SELECT k.id FROM agreement_partner_link k WHERE ") + both(
            [
                self.among("k.other_id", partners),
                alive("k", None),
                Part("k.to_on >= ?", [scope.on.isoformat()]),
            ]
        )
        return Sight(agreements, partners, has_many=self._are_many(agreements))

    def _of_department(self, department: str, on: str) -> Sight:
        """Find what a department leads, and with which partners and liaisons it does so."""
        agreements = Part(
            "SELECT k.id FROM agreement_span k WHERE k.lead_department_id = ? AND ", [department]
        ) + alive("k", None)
        beside = self._ids(
            Part("SELECT DISTINCT p.id FROM agreement_partner_link l JOIN partner_span p ON ")
            + both(
                [
                    Part("p.id = l.other_id AND p.own = 0"),
                    alive("p", None),
                    _among_those("l.id", "k", agreements, few=False),
                    alive("l", None),
                    Part("l.to_on >= ?", [on]),
                ]
            )
        )
        beside = self.one_with(beside, None)
        seats = self._ids(
            Part("SELECT s.id FROM seat_span s WHERE s.role = 'liaison' AND ")
            + both([self.among("s.at_id", beside), alive("s", None)])
        )
        contacts = self._ids(
            Part("SELECT DISTINCT k.other_id FROM seat_holder_link k WHERE ")
            + both(
                [
                    self.among("k.id", seats),
                    alive("k", None),
                    Part("k.from_on <= ? AND k.to_on >= ?", [on, on]),
                ]
            )
        )
        many = self._are_many(agreements)
        return Sight(agreements, (department,), beside, seats, contacts, has_many=many)

    def _are_many(self, ids: Part) -> bool:
        """Say whether a question gives more than `MANY` ids."""
        query = Part("SELECT count(*) FROM (") + ids + Part(f" LIMIT {MANY + 1}) c")
        ((times,),) = self._database.rows(query.sql, query.values)
        return int(times) > MANY

    def standing_for(self, shelf: Shelf, subject_id: UUID, known_at: int | None) -> str | None:
        """Give the id of the subject that stands for a merged one; None if it was not merged."""
        if shelf.merged is None:
            return None
        table = shelf.link_table(shelf.link(shelf.merged))
        query = Part(f"SELECT k.id FROM {table} k WHERE ") + both(
            [
                Part("k.other_id = ?", [str(subject_id)]),
                alive("k", known_at),
                self._unmerged(shelf, "k", known_at),
            ]
        )
        found = self._ids(query)
        return found[0] if found else None

    def one_with(self, partners: Sequence[str], known_at: int | None) -> tuple[str, ...]:
        """Give the ids of all records that are the same organisations as these, these included."""
        if not partners:
            return ()
        table, shown = "partner_merged_link", alive("k", known_at)
        holding = Part(f"SELECT k.id FROM {table} k WHERE ") + both(
            [self.among("k.other_id", partners), shown]
        )
        holders = {*partners, *self._ids(holding)}
        held = Part(f"SELECT k.other_id FROM {table} k WHERE ") + both(
            [self.among("k.id", sorted(holders)), shown]
        )
        return tuple(sorted({*holders, *self._ids(held)}))

    def _unmerged(self, shelf: Shelf, alias: str, known_at: int | None) -> Part:
        """Say of a row that no other subject stands for its own."""
        assert shelf.merged is not None  # noqa: S101  Its callers have asked.
        table = shelf.link_table(shelf.link(shelf.merged))
        merged = Part(f"NOT EXISTS (SELECT 1 FROM {table} m WHERE m.other_id = {alias}.id AND ")
        return merged + alive("m", known_at) + Part(")")

    def _ids(self, query: Part) -> tuple[str, ...]:
        return tuple(str(each) for (each,) in self._database.rows(query.sql, query.values))

    def whole(self, shelf: Shelf, sight: Sight, *, few: bool = False) -> Part:
        """Say that the span `s` is seen in full by partners or a department.

        Args:
            few: Whether so few spans are looked at that each is looked for by itself; otherwise
                what is theirs is worked out once, and may lead to the spans.
        """
        parts = []
        for under in shelf.under:
            column = f"s.{under.column}"
            if under.what not in ("agreement", "collaboration"):
                if ids := sight.ids(under.what):
                    parts.append(self.among(column, ids))
            elif sight.agreements is not None and under.what == "agreement":
                parts.append(_among_those(column, "k", sight.agreements, few=few))
            elif sight.agreements is not None:
                inside = _among_those("c.agreement_id", "k", sight.agreements, few=few)
                work = Part("SELECT c.id FROM collaboration_span c WHERE ")
                work += both([alive("c", None), inside])
                parts.append(_among_those(column, "c", work, few=few))
        if not parts:
            return Part("1 = 0")
        joined = both(parts, " OR ")
        return Part(f"({joined.sql})", joined.values)

    def one(
        self, shelf: Shelf, subject_id: UUID, *, known_at: int | None, sight: Sight | None
    ) -> Row | None:
        """Give (version, text, whether it is whole) of one subject, or None."""
        if known_at is None and sight is None:
            rows = self._database.rows(_whole_and_newest(shelf.span_table), [str(subject_id)])
            return rows[0] if rows else None
        text, visible = self._shown(shelf, sight, few=True)
        what = Part("s.version, ") + text
        if known_at is None:
            where = both([Part("s.id = ?", [str(subject_id)]), alive("s", None), *visible])
            query = Part("SELECT ") + what + _from(shelf) + where
        else:
            # The newest span that began by then; a look by `seq_to` would need a wider index.
            where = Part("s.id = ? AND s.seq_from <= ?", [str(subject_id), known_at])
            newest = Part(
                f"s.seq_from = (SELECT max(n.seq_from) FROM {shelf.span_table} n"
                " WHERE n.id = ? AND n.seq_from <= ?) AND s.seq_to > ?",
                [str(subject_id), known_at, known_at],
            )
            query = Part("SELECT ") + what + _from(shelf) + both([where, newest, *visible])
        rows = self._database.rows(query.sql, query.values)
        return rows[0] if rows else None

    def many(self, shelf: Shelf, subject_ids: Sequence[UUID]) -> list[Row]:
        """Give (id, version, text) of several subjects as they stand."""
        query = (
            Part("SELECT s.id, s.version, l.body")
            + _from(shelf)
            + both([self.among("s.id", [str(each) for each in subject_ids]), alive("s", None)])
        )
        return self._database.rows(query.sql, query.values)

    def selection(
        self,
        shelf: Shelf,
        conditions: Sequence[Condition],
        words: Sequence[Word],
        *,
        order: Order,
        known_at: int | None,
        sight: Sight | None,
        reaching: bool = True,
        at_once: bool = False,
        counted_by: Iterable[str] = (),
    ) -> Selection | None:
        """Give which subjects a list is of, as far as they are in sight; None if surely of none.

        Args:
            counted_by: Columns that tell their values, as those do that it is asked by.
            reaching: Whether words find them by the names of what they point at, too.
            at_once: As for `WordSearch.found`.
        """
        asked_by = {*_fields_in(conditions), order.name.removeprefix("-"), *counted_by}
        is_closed = sight is not None and not asked_by.isdisjoint(shelf.closed)
        is_one = any(each.field in _NAMES_ONE for each in conditions)

        def meeting(*, walked: bool) -> list[Part]:
            """Give what a span meets, words and sight apart."""
            found = [alive("s", known_at)]
            found += [
                self._condition(shelf, each, known_at, sight, walked=walked) for each in conditions
            ]
            if shelf.merged is not None and not is_one:
                found.append(self._unmerged(shelf, "s", known_at))
            return found

        def in_sight(*, walked: bool) -> list[Part]:
            if sight is None:
                return []
            few = walked and sight.has_many
            found = self._visible(shelf, sight, few=few)
            return [found, self.whole(shelf, sight, few=few)] if is_closed else [found]

        sought, is_walked = None, False
        if words:
            found = self._words.found(shelf, words, known_at, reaching=reaching, at_once=at_once)
            if found is None:
                return None
            sought, is_walked = found.where, found.is_walked
        its_words = [] if sought is None else [sought]
        walked, seen = meeting(walked=True), in_sight(walked=True)
        return Selection(
            shelf,
            both([*walked, *its_words, *seen]),
            self._text(shelf, sight),
            order,
            is_walked=is_walked,
            listed=both([*walked, *seen]),
            words=sought,
            counted=both([*meeting(walked=False), *its_words, *in_sight(walked=False)]),
        )

    def page(self, of: Selection, *, limit: int, after: tuple[Any, str] | None) -> list[Row]:
        """Give (version, text, whether it is whole, id, value sorted by) of the next subjects."""
        return self._walk(of, of.order, of.order.stretches(after), limit)

    def page_back(self, of: Selection, *, limit: int, before: tuple[Any, str]) -> list[Row]:
        """Give the same of the subjects before a place, in the list's own order."""
        back = self._walk(of, of.order.backwards(), of.order.stretches_back(before), limit)
        return back[::-1]

    def page_at(
        self,
        of: Selection,
        *,
        limit: int,
        after: tuple[Any, str] | None,
        before: tuple[Any, str] | None,
    ) -> tuple[list[Row], bool, bool]:
        """Give the rows of a page, and whether something stands before and after it.

        What leads back to less than a page gives the first page, so that no page is cut short.
        """
        if before is not None:
            rows = self.page_back(of, limit=limit + 1, before=before)
            if len(rows) > limit:
                last = (rows[-1][4], str(rows[-1][3]))
                return rows[1:], True, bool(self.page(of, limit=1, after=last))
        begins_after = None if before is not None else after
        rows = self.page(of, limit=limit + 1, after=begins_after)
        is_less = begins_after is not None and bool(
            # The subject that led here may be gone, or moved to another place.
            self.page_back(
                of,
                limit=1,
                before=(rows[0][4], str(rows[0][3])) if rows else begins_after,
            )
        )
        return rows[:limit], is_less, len(rows) > limit

    def _walk(
        self, of: Selection, order: Order, stretches: Iterable[list[Part]], limit: int
    ) -> list[Row]:
        found: list[Row] = []
        for stretch in stretches:
            query = (
                Part("SELECT s.version, ")
                + of.text
                + Part(f", s.id, {order.value}")
                + _from(of.shelf)
                + both([of.where, *stretch])
                # A literal too, so that PostgreSQL's general plan knows how few are wanted.
                + Part(f" ORDER BY {order.clause} LIMIT {int(limit) - len(found)}")
            )
            found += self._database.rows(query.sql, query.values)
            if len(found) == limit:
                break
        return found

    def walked(self, of: Selection, *, limit: int, most: int) -> list[Row]:
        """Give the same of the first of a list, looking for words in so many of it only."""
        first = Part(f"(SELECT s.* FROM {of.shelf.span_table} s WHERE ") + of.listed
        first += Part(f" ORDER BY {of.order.clause} LIMIT {int(most)}) s")
        query = (
            Part("SELECT s.version, ")
            + of.text
            + Part(f", s.id, {of.order.value} FROM ")
            + first
            + Part(" JOIN change_log l ON l.seq = s.seq_from WHERE ")
            + (of.words or Part("1 = 1"))
            + Part(f" ORDER BY {of.order.clause} LIMIT {int(limit)}")
        )
        return self._database.rows(query.sql, query.values)

    def some(self, of: Selection, words: Sequence[Word], *, limit: int, most: int) -> list[Row]:
        """Give the same of some that say common words themselves, wherever on the list they are."""
        ids = sorted(self._words.some(of.shelf, words, most=most))
        query = (
            Part("SELECT s.version, ")
            + of.text
            + Part(f", s.id, {of.order.value}")
            + _from(of.shelf)
            + both([self.among("s.id", ids), of.listed])
            + Part(f" ORDER BY {of.order.clause} LIMIT {int(limit)}")
        )
        return self._database.rows(query.sql, query.values)

    def is_longer(self, of: Selection, most: int) -> bool:
        """Say whether more stand on a list than so many, words apart."""
        query = Part(f"SELECT 1 FROM {of.shelf.span_table} s WHERE ") + of.listed
        query += Part(f" LIMIT 1 OFFSET {int(most)}")
        return bool(self._database.rows(query.sql, query.values))

    def beginning(self, of: Selection, word: Word, *, limit: int) -> list[Row]:
        """Give the same of those whose name or title begins with a word, where an index has it.

        As it is written in normal form: Hangul and figures, not capitals or hyphens.
        """
        names = {of.shelf.sorted_by, *of.shelf.sorts} & {"name", "title"}
        if word.by_initials or not names:
            return []
        column = f's."{names.pop()}"'
        query = (
            Part("SELECT s.version, ")
            + of.text
            + Part(f", s.id, {of.order.value}")
            + _from(of.shelf)
            + both(
                [
                    of.listed,
                    Part(f"{column} >= ? AND {column} < ?", [word.text, f"{word.text}\U0010ffff"]),
                ]
            )
            + Part(f" ORDER BY {column}, s.id LIMIT {int(limit)}")
        )
        return self._database.rows(query.sql, query.values)

    def people(self, words: Sequence[Word], *, sight: Sight | None, limit: int) -> list[Row]:
        """Give the same of contacts in sight whose name or address holds all words."""
        shelf = shelf_of("contact")
        text, visible = self._shown(shelf, sight)
        named = Part("s.id IN (SELECT p.contact_id FROM person p WHERE ")
        named += both([self._words.holds(each, "p") for each in words]) + Part(")")
        query = (
            Part("SELECT s.version, ")
            + text
            + Part(", s.id, s.id")
            + _from(shelf)
            + both([alive("s", None), named, *visible])
            + Part(f" ORDER BY s.id LIMIT {int(limit)}")
        )
        return self._database.rows(query.sql, query.values)

    def texts_holding(self, words: Sequence[Word], *, sight: Sight | None, limit: int) -> list[Row]:
        """Give the same of documents in sight whose title or text holds each word, newest first."""
        shelf = shelf_of("document")
        text, visible = self._shown(shelf, sight)
        query = (
            Part("SELECT s.version, ")
            + text
            + Part(", s.id, s.id")
            + _from(shelf)
            + both([alive("s", None), *visible, *(self._in_document(each) for each in words)])
            + Part(f" ORDER BY s.id DESC LIMIT {int(limit)}")
        )
        return self._database.rows(query.sql, query.values)

    def _in_document(self, word: Word) -> Part:
        found = Part("(EXISTS (SELECT 1 FROM document_text t WHERE t.id = s.id AND ")
        found += both([alive("t", None), self._words.holds(word, "t")]) + Part(")")
        ids = frozenset[str]() if word.by_initials else self._read_with(word)
        if ids is None or ids:
            found += Part(" OR (")
            found += Part("1 = 1") if ids is None else self.among("s.id", sorted(ids))
            found += Part(" AND EXISTS (SELECT 1 FROM document_passage p")
            found += Part(" WHERE p.document_id = s.id AND ")
            found += self._words.holds(word, "p") + Part("))")
        return found + Part(")")

    def _read_with(self, word: Word) -> frozenset[str] | None:
        """Give the few documents whose texts have all pieces of a word; None if they are many.

        Where they are many, the newest are looked at one by one: enough of them will have it soon.
        """
        counted = "SELECT count(*) FROM (SELECT 1 FROM passage_gram WHERE gram = ? LIMIT ?) few"
        times = sorted(
            (int(self._database.rows(counted, [piece, MOST_READ + 1])[0][0]), piece)
            for piece in sorted(word.grams())[:MOST_PIECES]
        )
        if not times:
            return None
        (_, rarest), *others = times
        query = Part("SELECT r.document_id FROM passage_gram g JOIN document_reading r")
        query += Part(" ON r.number = g.number WHERE g.gram = ?", [rarest])
        for _, piece in others:
            query += Part(
                " AND EXISTS (SELECT 1 FROM passage_gram o"
                " WHERE o.gram = ? AND o.number = g.number)",
                [piece],
            )
        query += Part(f" LIMIT {MOST_READ + 1}")
        found = self._database.rows(query.sql, query.values)
        return None if len(found) > MOST_READ else frozenset(str(each) for (each,) in found)

    def passages(self, ids: Sequence[str], word: Word) -> list[Row]:
        """Give (id, text) of the first piece of each document's text with a word in it."""
        if word.by_initials:
            return []
        query = (
            Part(
                "SELECT p.document_id, p.text FROM document_passage p JOIN"
                " (SELECT q.document_id, min(q.place) AS place FROM document_passage q WHERE "
            )
            + both([self.among("q.document_id", ids), self._words.holds(word, "q")])
            + Part(
                " GROUP BY q.document_id) f ON f.document_id = p.document_id AND f.place = p.place"
            )
        )
        return self._database.rows(query.sql, query.values)

    def holding(self, shelf: Shelf, ids: Sequence[str], word: Word) -> list[Row]:
        """Give (id, text, end) of what subjects say or said with a word in it, today's first."""
        query = (
            Part(
                f"SELECT t.id, l.disclosed, t.seq_to FROM {shelf.text_table} t"
                " JOIN change_log l ON l.seq = t.seq_from WHERE "
            )
            + both([self.among("t.id", ids), self._words.holds(word, "t")])
            + Part(" ORDER BY t.seq_to DESC, t.seq_from DESC")
        )
        return self._database.rows(query.sql, query.values)

    def count(self, of: Selection, *, at_most: int) -> int:
        """Count the subjects of a list, up to so many."""
        query = (
            Part(f"SELECT count(*) FROM (SELECT 1 FROM {of.shelf.span_table} s WHERE ")
            + of.counted
            + Part(f" LIMIT {int(at_most)}) counted")
        )
        ((times,),) = self._database.rows(query.sql, query.values)
        return int(times)

    def counted(self, what: Counting, ways: Sequence[Sequence[str]], *, limit: int) -> list[Row]:
        """Give (number of the way, each value, how many) of a list, the largest groups first.

        What is counted is looked at once, whatever the ways: who may see it is the dearest of it.

        Returns:
            Values of all that any way groups by, in order; those that a way does not group by are
            null. The way after the last one is the total.
        """
        names = list(dict.fromkeys(each for way in ways for each in way))
        links = [each.name for each in what.of.shelf.links]
        joined = [
            each
            for each in dict.fromkeys([*names, *([what.distinct] if what.distinct else [])])
            if each in links
        ]
        values = [
            self._value_of(what, each, joined) + Part(f" AS v{at}") for at, each in enumerate(names)
        ]
        one = Part("s.id") if what.distinct is None else self._value_of(what, what.distinct, joined)
        is_plain = what.distinct is None and not joined
        query = Part(f"WITH c AS MATERIALIZED (SELECT {'' if is_plain else 'DISTINCT '}")
        query += both([*values, one + Part(" AS one")], ", ")
        query += Part(f" FROM {what.of.shelf.span_table} s")
        for number, name in enumerate(joined):
            table = what.of.shelf.link_table(what.of.shelf.link(name))
            query += Part(f" LEFT JOIN {table} g{number} ON g{number}.id = s.id AND ")
            query += alive(f"g{number}", what.known_at)
        query += Part(" WHERE ") + what.of.counted + Part(") ")
        count = f"count({'' if is_plain else 'DISTINCT '}c.one) AS times"
        nothing = [f"(SELECT c.v{at} FROM c WHERE 1 = 0) AS v{at}" for at in range(len(names))]
        selects = [f"SELECT {', '.join([f'{len(ways)} AS way', *nothing, count])} FROM c"]
        for number, way in enumerate(ways):
            places = [names.index(each) for each in way]
            told = [f"c.v{at}" if at in places else each for at, each in enumerate(nothing)]
            grouped = ", ".join(f"c.v{at}" for at in places)
            selects.append(
                f"SELECT * FROM (SELECT {', '.join([f'{number} AS way', *told, count])} FROM c"
                f" GROUP BY {grouped} ORDER BY times DESC, {grouped} LIMIT {int(limit)}) w{number}"
            )
        query += Part(" UNION ALL ".join(selects))
        return self._database.rows(query.sql, query.values)

    def _value_of(self, what: Counting, name: str, joined: Sequence[str]) -> Part:
        """Give what a subject is counted under."""
        column = f"g{joined.index(name)}.other_id" if name in joined else f's."{name}"'
        if name not in what.merging:
            return Part(column)
        merged = Part(
            f"coalesce((SELECT k.id FROM partner_merged_link k WHERE k.other_id = {column} AND "
        )
        shown = [alive("k", what.known_at), self._unmerged(shelf_of("partner"), "k", what.known_at)]
        return merged + both(shown) + Part(f"), {column})")

    def has_merged(self, known_at: int | None) -> bool:
        """Say whether any partner stands for another."""
        query = Part("SELECT 1 FROM partner_merged_link k WHERE ") + alive("k", known_at)
        query += Part(" LIMIT 1")
        return bool(self._database.rows(query.sql, query.values))

    def current(self, shelf: Shelf, conditions: Sequence[Condition]) -> list[Row]:
        """Give (id, version, text) of all subjects that meet the conditions now, by id."""
        asked = [self._condition(shelf, each, None, None) for each in conditions]
        where = [alive("s", None), *asked]
        query = (
            Part("SELECT s.id, s.version, l.body")
            + _from(shelf)
            + both(where)
            + Part(" ORDER BY s.id")
        )
        return self._database.rows(query.sql, query.values)

    def newest(self, shelf: Shelf, asked: Condition | None) -> list[Row]:
        """Give (id, version, text) of the one with the highest id, perhaps of those linked.

        Ids grow with time; both indexes end with them, so one step finds it however many there are.
        """
        table, where = shelf.span_table, [alive("n", None)]
        if asked is not None:
            table = shelf.link_table(shelf.link(asked.field))
            where.insert(0, Part("n.other_id = ?", [as_stored(asked.value)]))
        query = (
            Part("SELECT s.id, s.version, l.body")
            + _from(shelf)
            + alive("s", None)
            + Part(f" AND s.id = (SELECT n.id FROM {table} n WHERE ")
            + both(where)
            + Part(" ORDER BY n.id DESC LIMIT 1)")
        )
        return self._database.rows(query.sql, query.values)

    def keys_beside(self, shelf: Shelf, key: str, *, most: int) -> list[str]:
        """Give the keys before and after one, so many at most on each side, in their order."""
        found: list[str] = []
        for sign, way in (("<", "DESC"), (">=", "ASC")):
            query = Part(f"SELECT s.key FROM {shelf.span_table} s WHERE s.key {sign} ? AND ", [key])
            query += alive("s", None) + Part(f" ORDER BY s.key {way} LIMIT {int(most)}")
            found += (str(each) for (each,) in self._database.rows(query.sql, query.values))
        return sorted(found)

    def seen_whole(self, subject_type: str, ids: Sequence[str], sight: Sight) -> set[str]:
        """Give those of the subjects that a sight shows in full as things stand."""
        shelf = shelf_of(subject_type)
        query = Part(f"SELECT s.id FROM {shelf.span_table} s WHERE ") + both(
            [self.among("s.id", ids), alive("s", None), self.whole(shelf, sight, few=True)]
        )
        return {str(each) for (each,) in self._database.rows(query.sql, query.values)}

    def told_of(self, sight: Sight) -> Part:
        """Say of an entry `l` of the log that it disclosed something, or its subject is in sight.

        Source: docs/rules/access.md, A-1.
        """
        parts = [Part("l.disclosed_hash IS NOT NULL")]
        for shelf in SHELVES.values():
            whole = self.whole(shelf, sight)
            if whole.sql != "1 = 0":
                inside = Part(f"l.subject_id IN (SELECT s.id FROM {shelf.span_table} s WHERE ")
                parts.append(inside + both([alive("s", None), whole]) + Part(")"))
        found = both(parts, " OR ")
        return Part(f"({found.sql})", found.values)

    def _shown(
        self, shelf: Shelf, sight: Sight | None, *, few: bool = False
    ) -> tuple[Part, list[Part]]:
        visible = [] if sight is None else [self._visible(shelf, sight, few=few)]
        return self._text(shelf, sight), visible

    def _text(self, shelf: Shelf, sight: Sight | None) -> Part:
        """Give what is told of a span `s`, and whether that is all of it."""
        if sight is None:
            return Part("l.body, 1")
        # Only of what is given out it is asked which text.
        told = self.whole(shelf, sight, few=True)
        if told.sql == "1 = 0":
            return Part("l.disclosed, 0")
        text = Part("CASE WHEN ") + told + Part(" THEN l.body ELSE l.disclosed END, CASE WHEN ")
        return text + told + Part(" THEN 1 ELSE 0 END")

    def _visible(self, shelf: Shelf, sight: Sight, *, few: bool = False) -> Part:
        """Say that a span `s` is told of at all."""
        whole = self.whole(shelf, sight, few=few)
        if whole.sql == "1 = 0":
            return Part("s.disclosed = 1")
        return Part("(s.disclosed = 1 OR ") + whole + Part(")")

    def _seen(self, shelf: Shelf, sight: Sight | None) -> Part | None:
        """Say that the span `s` is seen at all; None if everything is."""
        if sight is None:
            return None
        whole = self.whole(shelf, sight)
        return Part("(s.disclosed = 1 OR ") + whole + Part(")")

    def _condition(
        self,
        shelf: Shelf,
        asked: Condition,
        known_at: int | None,
        sight: Sight | None,
        *,
        walked: bool = False,
    ) -> Part:
        if asked.test == "silent" and asked.on is not None:
            return silent(asked.on, known_at, lambda of: self._seen(of, sight))
        if asked.test == "led":
            return led(asked, known_at, lambda of: self._seen(of, sight))
        if asked.test in ("linked", "unlinked"):
            return self._linked(shelf, asked, known_at, walked=walked)
        if asked.test in ("either", "every"):
            each_of = [
                self._condition(shelf, each, known_at, sight, walked=walked)
                for each in asked.others
            ]
            found = both(each_of, " OR " if asked.test == "either" else " AND ")
            if any(each.test == "equal" and each.value is None for each in asked.others):
                # Most may have none there: no index is to be taken for it, nor one by an OR.
                return Part(f"CASE WHEN {found.sql} THEN 1 ELSE 0 END = 1", found.values)
            return Part(f"({found.sql})", found.values)
        return self._of_column(shelf, asked, "s", known_at)

    def _of_column(self, shelf: Shelf, asked: Condition, alias: str, known_at: int | None) -> Part:
        """Say it of a column of its own, or of one that it has through others."""
        for name, through in shelf.through:
            if name == asked.field:
                other, its = shelf_of(through.shelf), f"{alias}t"
                inner = Condition(through.field, asked.test, asked.value)
                shown = [alive(its, known_at), self._of_column(other, inner, its, known_at)]
                those = Part(f"SELECT {its}.id FROM {other.span_table} {its} WHERE ") + both(shown)
                # What has some value leads to few; what has none, or one from here on, does not.
                few = inner.value is None or inner.test in ("at_least", "at_most")
                return _among_those(f'{alias}."{through.column}"', its, those, few=few)
        return self._plain(shelf, asked, alias)

    def _plain(self, shelf: Shelf, asked: Condition, alias: str) -> Part:
        column = f'{alias}."{asked.field}"'
        kind: ColumnType = "uuid" if asked.field == "id" else shelf.column(asked.field).type
        if asked.test == "any_of":
            values = asked.value if isinstance(asked.value, tuple) else (asked.value,)
            stored = [as_stored(value) for value in values]
            return Part(self._dialect.in_list(column, kind), [self._dialect.listed(stored)])
        if asked.value is None:
            return Part(f"{column} IS NULL")
        sign = {"equal": "=", "at_most": "<=", "at_least": ">="}[asked.test]
        return Part(f"{column} {sign} ?", [as_stored(asked.value)])

    def _linked(
        self, shelf: Shelf, asked: Condition, known_at: int | None, *, walked: bool
    ) -> Part:
        table = shelf.link_table(shelf.link(asked.field))
        where = [alive("k", known_at)]
        if asked.value is not None:
            where.insert(0, Part("k.other_id = ?", [as_stored(asked.value)]))
        if asked.on is not None:
            day = asked.on.isoformat()
            where.append(Part("k.from_on <= ? AND k.to_on >= ?", [day, day]))
        those = Part(f"SELECT k.id FROM {table} k WHERE ") + both(where)
        if asked.test == "unlinked":
            return Part("s.id NOT IN (") + those + Part(")")
        few = walked and asked.value is not None and self._are_many(those)
        return _among_those("s.id", "k", those, few=few)

    def among(self, expression: str, ids: Sequence[str]) -> Part:
        """Say that an id is one of these."""
        return among(self._dialect, expression, ids)


@cache
def _whole_and_newest(span_table: str) -> str:
    """Give the statement that most readings of one subject are."""
    return (
        f"SELECT s.version, l.body, 1 FROM {span_table} s JOIN change_log l ON l.seq = s.seq_from"
        f" WHERE s.id = ? AND s.seq_to = {OPEN}"
    )


def _from(shelf: Shelf) -> Part:
    return Part(f" FROM {shelf.span_table} s JOIN change_log l ON l.seq = s.seq_from WHERE ")
