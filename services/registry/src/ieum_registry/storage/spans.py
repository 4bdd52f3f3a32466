# ruff: noqa: S608 - names come from the declarations in shelves.py; every value is bound.
"""Every query over spans, and every change to them.

A span says from which entry (`seq_from`, which holds the text) up to before which (`seq_to`) a
version was the latest. What holds now ends at `OPEN`, which stands in each statement as a literal:
as a bound value PostgreSQL's general plan could not use the partial indexes (500 times slower).

Writing keeps one order: all touched spans are closed before any is opened. So two subjects may
swap a unique value in one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ieum_registry.operations.ports import Condition, Scope

from .database import Database
from .dialect import ColumnType
from .search import Searched, Word, searched
from .shelves import Filled, Shelf, as_stored, filled, shelf_of
from .writing import Row, Writing

OPEN = 2**53 - 1
"""`seq_to` of what holds now: the largest whole number that JSON readers agree on."""
RARE = 3000
"""From how many subjects on a piece of text is too common to begin a search with."""
_SPAN = ("id", "version", "seq_from", "seq_to", "disclosed")
_TEXT = ("sid", "id", "seq_from", "seq_to", "norm", "initials")
_LINK = ("id", "other_id", "from_on", "to_on", "seq_from", "seq_to")


@dataclass(slots=True)
class Part:
    """A piece of SQL with the values of its marks, in order."""

    sql: str
    values: list[Any] = field(default_factory=list)

    def __add__(self, other: "Part") -> "Part":
        return Part(self.sql + other.sql, [*self.values, *other.values])


def both(parts: Iterable[Part], word: str = " AND ") -> Part:
    """Join conditions by a word."""
    parts = list(parts)
    return Part(
        word.join(part.sql for part in parts), [value for part in parts for value in part.values]
    )


def alive(alias: str, known_at: int | None) -> Part:
    """Say that a span holds now, or held when the log reached `known_at`."""
    if known_at is None:
        return Part(f"{alias}.seq_to = {OPEN}")
    return Part(f"{alias}.seq_from <= ? AND {alias}.seq_to > ?", [known_at, known_at])


# ---- reading -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sight:
    """A scope with what it comes to: which agreements the partners are party to, as ids."""

    agreements: tuple[str, ...]
    partners: tuple[str, ...]


class Spans:
    """The span queries of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect = database.dialect

    def sight(self, scope: Scope) -> Sight | None:
        """Find out what a scope comes to; None sees everything."""
        if scope.partners is None:
            return None
        partners = tuple(sorted(str(each) for each in scope.partners))
        if not partners:
            return Sight((), ())
        rows = self._database.rows(
            "SELECT DISTINCT k.id FROM agreement_partner_link k"
            f" WHERE {self._dialect.in_list('k.other_id', 'uuid')} AND k.seq_to = {OPEN}"
            " AND k.to_on >= ?",
            [self._dialect.listed(partners), scope.on.isoformat()],
        )
        return Sight(tuple(str(each) for (each,) in rows), partners)

    def whole(self, shelf: Shelf, sight: Sight) -> Part:
        """Say that the span `s` is seen in full by partners."""
        parts = []
        for under in shelf.under:
            if under.what == "collaboration":
                inside = self.among("c.agreement_id", sight.agreements)
                parts.append(
                    Part(
                        f"s.{under.column} IN (SELECT c.id FROM collaboration_span c"
                        f" WHERE c.seq_to = {OPEN} AND "
                    )
                    + inside
                    + Part(")")
                )
            else:
                ids = sight.agreements if under.what == "agreement" else sight.partners
                if ids:
                    parts.append(self.among(f"s.{under.column}", ids))
        if not parts or sight == Sight((), ()):
            return Part("1 = 0")
        joined = both(parts, " OR ")
        return Part(f"({joined.sql})", joined.values)

    def one(
        self, shelf: Shelf, subject_id: UUID, *, known_at: int | None, sight: Sight | None
    ) -> Row | None:
        """Give (version, text, whether it is whole) of one subject, or None."""
        text, visible = self._shown(shelf, sight)
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

    def page(
        self,
        shelf: Shelf,
        conditions: Sequence[Condition],
        words: Sequence[Word],
        *,
        known_at: int | None,
        limit: int,
        after: tuple[Any, str] | None,
        sight: Sight | None,
    ) -> list[Row]:
        """Give (version, text, whether it is whole, id, value sorted by) of the next subjects."""
        where = self._where(shelf, conditions, words, known_at)
        if where is None:
            return []
        text, visible = self._shown(shelf, sight)
        column = f's."{shelf.sorted_by}"'
        way, sign = (" DESC", "<") if shelf.is_descending else ("", ">")
        if after is not None and shelf.sorted_by == "id":
            where.append(Part(f"s.id {sign} ?", [after[1]]))
        elif after is not None:
            where.append(Part(f"({column}, s.id) {sign} (?, ?)", [after[0], after[1]]))
        order = f"s.id{way}" if shelf.sorted_by == "id" else f"{column}{way}, s.id{way}"
        query = (
            Part("SELECT s.version, ")
            + text
            + Part(f", s.id, {column}")
            + _from(shelf)
            + both([*where, *visible])
            # A literal too, so that PostgreSQL's general plan knows how few are wanted.
            + Part(f" ORDER BY {order} LIMIT {int(limit)}")
        )
        return self._database.rows(query.sql, query.values)

    def current(self, shelf: Shelf, conditions: Sequence[Condition]) -> list[Row]:
        """Give (id, version, text) of all subjects that meet the conditions now, by id."""
        where = [alive("s", None), *(self._condition(shelf, each, None) for each in conditions)]
        query = (
            Part("SELECT s.id, s.version, l.body")
            + _from(shelf)
            + both(where)
            + Part(" ORDER BY s.id")
        )
        return self._database.rows(query.sql, query.values)

    def seen_whole(self, subject_type: str, ids: Sequence[str], sight: Sight) -> set[str]:
        """Give those of the subjects that partners see in full as things stand."""
        shelf = shelf_of(subject_type)
        query = Part(f"SELECT s.id FROM {shelf.span_table} s WHERE ") + both(
            [self.among("s.id", ids), alive("s", None), self.whole(shelf, sight)]
        )
        return {str(each) for (each,) in self._database.rows(query.sql, query.values)}

    def _where(
        self,
        shelf: Shelf,
        conditions: Sequence[Condition],
        words: Sequence[Word],
        known_at: int | None,
    ) -> list[Part] | None:
        where = [alive("s", known_at)]
        where += [self._condition(shelf, each, known_at) for each in conditions]
        if words:
            found = self._found(shelf, words, known_at)
            if found is None:
                return None
            where.append(found)
        return where

    def _shown(self, shelf: Shelf, sight: Sight | None) -> tuple[Part, list[Part]]:
        if sight is None:
            return Part("l.body, 1"), []
        whole = self.whole(shelf, sight)
        if whole.sql == "1 = 0":
            return Part("l.disclosed, 0"), [Part("s.disclosed = 1")]
        text = Part("CASE WHEN ") + whole + Part(" THEN l.body ELSE l.disclosed END, CASE WHEN ")
        return (
            text + whole + Part(" THEN 1 ELSE 0 END"),
            [Part("(s.disclosed = 1 OR ") + whole + Part(")")],
        )

    def _condition(self, shelf: Shelf, asked: Condition, known_at: int | None) -> Part:
        if asked.test == "linked":
            return self._linked(shelf, asked, known_at)
        for name, through in shelf.through:
            if name == asked.field:
                other = shelf_of(through.shelf)
                inner = Condition(through.field, asked.test, asked.value)
                return (
                    Part(f's."{through.column}" IN (SELECT t.id FROM {other.span_table} t WHERE ')
                    + both([alive("t", known_at), self._plain(other, inner, "t")])
                    + Part(")")
                )
        return self._plain(shelf, asked, "s")

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

    def _linked(self, shelf: Shelf, asked: Condition, known_at: int | None) -> Part:
        table = shelf.link_table(shelf.link(asked.field))
        where = [Part("k.other_id = ?", [as_stored(asked.value)]), alive("k", known_at)]
        if asked.on is not None:
            day = asked.on.isoformat()
            where.append(Part("k.from_on <= ? AND k.to_on >= ?", [day, day]))
        return Part(f"s.id IN (SELECT k.id FROM {table} k WHERE ") + both(where) + Part(")")

    def _found(self, shelf: Shelf, words: Sequence[Word], known_at: int | None) -> Part | None:
        """Say that a subject's text holds all words; None if surely nothing does.

        A rare piece of text begins the search. Where all pieces are common, the list is walked in
        its own order and the texts are looked at one by one: it will be full soon.
        """
        if shelf.texts is None:
            raise ValueError(f"{shelf.subject_type} is not searched")
        holds = both(
            [alive("t", known_at)]
            + [
                Part(
                    self._dialect.holds("t.initials" if word.by_initials else "t.norm"), [word.text]
                )
                for word in words
            ]
        )
        rarest = self._rarest(shelf, words)
        if rarest is None or rarest[1] > RARE:
            inside = Part(f"EXISTS (SELECT 1 FROM {shelf.text_table} t WHERE t.id = s.id AND ")
            return inside + holds + Part(")")
        gram, times = rarest
        if times == 0:
            return None
        sids = self._database.rows(
            f"SELECT g.sid FROM {shelf.gram_table} g WHERE g.gram = ?", [gram]
        )
        query = Part(f"SELECT DISTINCT t.id FROM {shelf.text_table} t WHERE ") + both(
            [
                Part(
                    self._dialect.in_list("t.sid", "integer"),
                    [self._dialect.listed(sid for (sid,) in sids)],
                ),
                holds,
            ]
        )
        ids = [str(each) for (each,) in self._database.rows(query.sql, query.values)]
        return self.among("s.id", ids) if ids else None

    def _rarest(self, shelf: Shelf, words: Sequence[Word]) -> tuple[str, int] | None:
        """Give a rare piece of the words and how often it occurs; None if they have no pieces."""
        best: tuple[str, int] | None = None
        for gram in sorted({gram for word in words for gram in word.grams()}):
            ((times,),) = self._database.rows(
                f"SELECT count(*) FROM (SELECT 1 FROM {shelf.gram_table} g WHERE g.gram = ?"
                f" LIMIT {RARE + 1}) few",
                [gram],
            )
            if best is None or times < best[1]:
                best = (gram, int(times))
            if best[1] <= RARE // 100:
                break
        return best

    def among(self, expression: str, ids: Sequence[str]) -> Part:
        """Say that an id is one of these."""
        return Part(self._dialect.in_list(expression, "uuid"), [self._dialect.listed(ids)])


def _from(shelf: Shelf) -> Part:
    return Part(f" FROM {shelf.span_table} s JOIN change_log l ON l.seq = s.seq_from WHERE ")


def meets(shelf: Shelf, subject_id: UUID, content: Filled, conditions: Sequence[Condition]) -> bool:
    """Say whether a subject that is not on the shelf yet meets conditions."""
    row = dict(zip((column.name for column in shelf.columns), content.columns, strict=True))
    row["id"] = str(subject_id)
    return all(_meets_one(row, content, each) for each in conditions)


def _meets_one(row: Mapping[str, Any], content: Filled, asked: Condition) -> bool:
    if asked.test == "linked":
        day = None if asked.on is None else asked.on.isoformat()
        return any(
            other == str(asked.value) and (day is None or first <= day <= last)
            for other, first, last in content.links[asked.field]
        )
    if asked.field not in row:
        raise ValueError(f"no field {asked.field!r} to look for on an open page")
    value: Any = row[asked.field]
    if asked.test == "any_of":
        values = asked.value if isinstance(asked.value, tuple) else (asked.value,)
        return value in [as_stored(each) for each in values]
    wanted: Any = as_stored(asked.value)
    if asked.test == "equal":
        return bool(value == wanted)
    if value is None:
        return False
    return bool(value <= wanted if asked.test == "at_most" else value >= wanted)


# ---- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Content:
    """What one version shows on its shelf; None in place of it is a version without facts."""

    filled: Filled
    searched: Searched | None
    is_disclosed: bool


def content_of(shelf: Shelf, facts: Mapping[str, Any], *, is_disclosed: bool) -> Content:
    """Make what a version shows from its facts: the only way anything gets onto a shelf."""
    text = None if shelf.texts is None else searched(shelf.texts(facts))
    return Content(filled(shelf, facts), text, is_disclosed)


@dataclass(frozen=True, slots=True)
class Shelving:
    """One numbered version on its way to the shelf.

    Attributes:
        before: The content of the version before it; None if there is none, or none was shown.
    """

    shelf: Shelf
    seq: int
    subject_id: UUID
    version: int
    content: Content | None
    before: Content | None


def write_grams(
    writing: Writing, shelf: Shelf, contents: Iterable[tuple[UUID, Content]], *, prefix: str = ""
) -> None:
    """Write the pieces of searched texts; they do no harm before their text is there.

    In a fixed order, so that two writers never wait for each other crosswise.
    """
    rows = sorted(
        {
            (gram, content.searched.text_id(subject_id))
            for subject_id, content in contents
            if content.searched is not None
            for gram in content.searched.grams()
        }
    )
    writing.insert(f"{prefix}{shelf.gram_table}", ("gram", "sid"), rows, or_ignore=True)


def write_spans(writing: Writing, shelvings: Iterable[Shelving], *, prefix: str = "") -> None:
    """Put numbered versions on their shelves: close everything touched, then open.

    Args:
        shelvings: In order of `seq`; several versions of one subject may follow each other.
        prefix: Schema of the tables, with its dot; empty for the live ones.

    Raises:
        UniqueClash: A unique value stands on another open span.
    """
    tables: dict[str, _Table] = {}
    for shelving in shelvings:
        _shelve(tables, shelving)
    for name, table in tables.items():
        which = " AND ".join(f"{column} = ?" for column in table.key)
        writing.change_each(
            f"UPDATE {prefix}{name} SET seq_to = ? WHERE {which} AND seq_to = {OPEN}", table.closed
        )
    for name, table in tables.items():
        writing.insert(f"{prefix}{name}", table.columns, table.opened)


@dataclass(slots=True)
class _Table:
    """The rows of one table in one batch.

    Attributes:
        key: What an open row is found by.
        closed: (seq_to, key…) of rows opened before this batch.
        opened: Rows to insert; one that ends within the batch is born closed.
        fresh: The row opened last under each key.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    closed: list[Row] = field(default_factory=list)
    opened: list[list[Any]] = field(default_factory=list)
    fresh: dict[tuple[Any, ...], list[Any]] = field(default_factory=dict)

    def close(self, key: tuple[Any, ...], seq: int) -> None:
        row = self.fresh.pop(key, None)
        if row is None:
            self.closed.append((seq, *key))
        else:
            row[self.columns.index("seq_to")] = seq

    def open(self, key: tuple[Any, ...], row: list[Any]) -> None:
        self.opened.append(row)
        self.fresh[key] = row


def _shelve(tables: dict[str, _Table], this: Shelving) -> None:
    shelf, key, now, before = this.shelf, (str(this.subject_id),), this.content, this.before
    columns = (*_SPAN, *(column.name for column in shelf.columns))
    spans = tables.setdefault(shelf.span_table, _Table(columns, ("id",)))
    if before is not None:
        spans.close(key, this.seq)
    if now is not None:
        row = [*key, this.version, this.seq, OPEN, int(now.is_disclosed), *now.filled.columns]
        spans.open(key, row)
    old_text = None if before is None else before.searched
    new_text = None if now is None else now.searched
    if old_text != new_text:
        texts = tables.setdefault(shelf.text_table, _Table(_TEXT, ("id",)))
        if old_text is not None:
            texts.close(key, this.seq)
        if new_text is not None:
            sid = new_text.text_id(this.subject_id)
            texts.open(key, [sid, *key, this.seq, OPEN, new_text.norm, new_text.initials])
    for link in shelf.links:
        old = frozenset() if before is None else before.filled.links[link.name]
        new = frozenset() if now is None else now.filled.links[link.name]
        links = tables.setdefault(shelf.link_table(link), _Table(_LINK, _LINK[:4]))
        for value in sorted(old - new):
            links.close((*key, *value), this.seq)
        for value in sorted(new - old):
            links.open((*key, *value), [*key, *value, this.seq, OPEN])
