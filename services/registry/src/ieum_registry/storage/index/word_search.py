# ruff: noqa: S608 - names come from the declarations in shelves.py; every value is bound.
"""Which subjects words find: by their own texts, and by the names of what they point at.

A rare piece of text begins a search, or the few texts that hold several common ones together. Where
these are many too, the list is walked in its own order and the texts are looked at one by one: it
will be full soon.

What points at a subject is found by every name that the subject has had by then, and so is the
subject itself where its declaration says so (`former`): whoever knows an old name finds both
still; renaming it touches nothing but its own text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from changefeed.finding import Word
from changefeed.searched import Reach
from ieum_registry.storage.database.database import Database

from .part import Part, alive, among, both
from .shelf import Shelf
from .shelves import shelf_of

RARE = 500
"""From how many subjects on a piece of text is too common to begin a search with.

To look at so many texts takes as long as to walk a list of 100,000 until it is full of them.
"""

FEW = RARE // 10
"""Up to how many texts are looked at without asking first which of them have other pieces too."""

COMMON = 12_000
"""From about how many subjects on several pieces together are as common as one of them."""

SLICE = 2**57
"""Texts have numbers below 2^63 that say nothing of them: one in 64 is below this."""

MOST_PIECES = 12
"""How many pieces of what is asked for are looked at; so many leave few subjects."""

TOGETHER = 3
"""How many pieces are looked for in the same texts."""


@dataclass(frozen=True, slots=True)
class Found:
    """What words find.

    Attributes:
        where: How it is said of a span `s` that it is found.
        is_walked: Whether the list has to be walked for it, as too many have each of the words.
    """

    where: Part
    is_walked: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which a word may find a subject.

    Attributes:
        ids: Those that it finds; None if they are many.
        where: How it is said of a span `s` that it is one of them.
    """

    ids: frozenset[str] | None
    where: Part


class WordSearch:
    """The searches of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect = database.dialect

    def found(
        self,
        shelf: Shelf,
        words: Sequence[Word],
        known_at: int | None,
        *,
        reaching: bool = True,
        at_once: bool = False,
    ) -> Found | None:
        """Say which subjects are found by all words; None if surely none is.

        Args:
            reaching: Whether also by the names of what they point at.
            at_once: Whether what points there is worked out once, not for each subject on the
                way: where more of a list is walked than one page.
        """
        if shelf.texts is None:
            raise ValueError(f"{shelf.subject_type} is not searched")
        reached = {
            word: self._reached(shelf, word, known_at, at_once=at_once) if reaching else []
            for word in words
        }
        alone = [word for word in words if all(each.ids == frozenset() for each in reached[word])]
        if shelf.is_found_by_former:  # One word may stand in an old text, the other in today's.
            alone = []
        ways = [[self._own(shelf, alone, known_at)]] if alone else []
        ways += [
            [self._own(shelf, [word], known_at), *reached[word]]
            for word in words
            if word not in alone
        ]
        few = [_all_ids(each) for each in ways]
        begun = [each for each in few if each is not None]
        parts = [_either(each) for each, ids in zip(ways, few, strict=True) if ids is None]
        if begun:
            ids = frozenset.intersection(*begun)
            if not ids:
                return None
            parts.insert(0, self._among("s.id", ids))
        return Found(both(parts), is_walked=not begun)

    def _own(self, shelf: Shelf, words: Sequence[Word], known_at: int | None) -> _Way:
        """Find subjects by their own texts."""
        stands = self._by_then if shelf.is_found_by_former else self._alive
        holds = both([*stands(known_at), *map(self._holds, words)])
        ids = self._texted(shelf, words, holds)
        if ids is not None:
            return _Way(ids, self._among("s.id", ids))
        inside = Part(f"EXISTS (SELECT 1 FROM {shelf.text_table} t WHERE t.id = s.id AND ")
        return _Way(None, inside + holds + Part(")"))

    def _reached(
        self, shelf: Shelf, word: Word, known_at: int | None, *, at_once: bool
    ) -> list[_Way]:
        return [
            self._by_names(shelf, each, word, known_at, at_once=at_once) for each in shelf.reaches
        ]

    def _by_names(
        self, shelf: Shelf, reach: Reach, word: Word, known_at: int | None, *, at_once: bool
    ) -> _Way:
        """Find subjects by a name that what they point at has, or has had."""
        other = shelf_of(reach.names)
        holds = both([*self._by_then(known_at), self._holds(word)])
        named = self._one_with(other, self._texted(other, [word], holds), known_at)
        if named == frozenset():
            return _Way(named, Part("1 = 0"))
        if reach.is_link:
            table, column = shelf.link_table(shelf.link(reach.column)), "other_id"
        else:
            table, column = shelf.span_table, reach.column
        pointing = alive("k", known_at)
        if named is None:
            inside = f"EXISTS (SELECT 1 FROM {table} k JOIN {other.text_table} t"
            joined = Part(f'{inside} ON t.id = k."{column}" WHERE k.id = s.id AND ')
            if at_once:
                joined = Part(
                    f"s.id IN (SELECT k.id FROM {other.text_table} t JOIN {table} k"
                    f' ON t.id = k."{column}" WHERE '
                )
            return _Way(None, joined + both([pointing, holds]) + Part(")"))
        theirs = both([self._among(f'k."{column}"', named), pointing])
        query = Part(f"SELECT DISTINCT k.id FROM {table} k WHERE ") + theirs
        query += Part(f" LIMIT {RARE + 1}")
        ids = frozenset(str(each) for (each,) in self._database.rows(query.sql, query.values))
        if len(ids) <= RARE:
            return _Way(ids, self._among("s.id", ids))
        inside = f"EXISTS (SELECT 1 FROM {table} k WHERE k.id = s.id AND "
        if at_once:
            inside = f"s.id IN (SELECT k.id FROM {table} k WHERE "
        return _Way(None, Part(inside) + theirs + Part(")"))

    def _one_with(
        self, shelf: Shelf, ids: frozenset[str] | None, known_at: int | None
    ) -> frozenset[str] | None:
        """Give with some subjects those that stand for them, and those that these stand for."""
        if shelf.merged is None or not ids:
            return ids
        table = shelf.link_table(shelf.link(shelf.merged))
        found = set(ids)
        for given, sought in (("other_id", "id"), ("id", "other_id")):
            query = Part(f"SELECT k.{sought} FROM {table} k WHERE ") + both(
                [self._among(f"k.{given}", frozenset(found)), alive("k", known_at)]
            )
            found |= {str(each) for (each,) in self._database.rows(query.sql, query.values)}
        return frozenset(found)

    def _texted(self, shelf: Shelf, words: Sequence[Word], holds: Part) -> frozenset[str] | None:
        """Give those whose texts hold the words; None if they are many."""
        sids = self._few_texts(shelf, words)
        if sids is None:
            return None
        if not sids:
            return frozenset()
        among = Part(self._dialect.in_list("t.sid", "integer"), [self._dialect.listed(sids)])
        query = Part(f"SELECT DISTINCT t.id FROM {shelf.text_table} t WHERE ") + both(
            [among, holds]
        )
        return frozenset(str(each) for (each,) in self._database.rows(query.sql, query.values))

    def _alive(self, known_at: int | None) -> list[Part]:
        return [alive("t", known_at)]

    def _by_then(self, known_at: int | None) -> list[Part]:
        return [] if known_at is None else [Part("t.seq_from <= ?", [known_at])]

    def _holds(self, word: Word) -> Part:
        return self.holds(word, "t")

    def holds(self, word: Word, alias: str) -> Part:
        """Say that the searched text of a row holds a word."""
        text = f"{alias}.initials" if word.by_initials else f"{alias}.norm"
        return Part(self._dialect.holds(text), [word.text])

    def _among(self, expression: str, ids: frozenset[str]) -> Part:
        return among(self._dialect, expression, sorted(ids))

    def _few_texts(self, shelf: Shelf, words: Sequence[Word]) -> list[int] | None:
        """Give the few texts that may hold the words, by their pieces; None if they are many."""
        pieces = sorted({gram for word in words for gram in word.grams()})[:MOST_PIECES]
        if not pieces:
            return None
        counted: list[tuple[int, str]] = []
        for piece in pieces:
            counted.append((self._times(shelf, piece, "LIMIT ?", RARE + 1), piece))
            if counted[-1][0] <= RARE // 100:
                break
        if min(counted)[0] > RARE:
            counted = [
                (64 * self._times(shelf, piece, "AND g.sid < ?", SLICE), piece) for piece in pieces
            ]
            if len(counted) == 1 or min(counted)[0] > COMMON:
                return None
            return self._together(shelf, [piece for _, piece in sorted(counted)])
        (times, rarest), *others = sorted(counted)
        if times == 0:
            return []
        also = [piece for _, piece in others] if times > FEW else []
        return self._together(shelf, [rarest, *also])

    def some(self, shelf: Shelf, words: Sequence[Word], *, most: int) -> frozenset[str]:
        """Give some of those whose texts hold common words, out of so many with their pieces."""
        pieces = sorted({gram for word in words for gram in word.grams()})[:MOST_PIECES]
        if not pieces:
            return frozenset()
        rarest = sorted(
            (self._times(shelf, piece, "AND g.sid < ?", SLICE), piece) for piece in pieces
        )
        sids = self._sids(shelf, [piece for _, piece in rarest], most)
        among_them = Part(self._dialect.in_list("t.sid", "integer"), [self._dialect.listed(sids)])
        query = Part(f"SELECT DISTINCT t.id FROM {shelf.text_table} t WHERE ")
        query += both([among_them, alive("t", None), *map(self._holds, words)])
        return frozenset(str(each) for (each,) in self._database.rows(query.sql, query.values))

    def _times(self, shelf: Shelf, piece: str, which: str, value: int) -> int:
        """Count the texts that have a piece, as many of them as are asked for."""
        ((times,),) = self._database.rows(
            f"SELECT count(*) FROM (SELECT 1 FROM {shelf.gram_table} g WHERE g.gram = ?"
            f" {which}) counted",
            [piece, value],
        )
        return int(times)

    def _together(self, shelf: Shelf, pieces: Sequence[str]) -> list[int] | None:
        """Give the texts that have the first pieces together; None if they are many."""
        sids = self._sids(shelf, pieces, RARE + 1)
        return None if len(sids) > RARE else sids

    def _sids(self, shelf: Shelf, pieces: Sequence[str], most: int) -> list[int]:
        """Give so many of the texts that have the first pieces together."""
        query = Part(f"SELECT g.sid FROM {shelf.gram_table} g WHERE g.gram = ?", [pieces[0]])
        for piece in pieces[1:TOGETHER]:
            query += Part(
                f" AND EXISTS (SELECT 1 FROM {shelf.gram_table} o"
                " WHERE o.gram = ? AND o.sid = g.sid)",
                [piece],
            )
        query += Part(f" LIMIT {int(most)}")
        return [int(sid) for (sid,) in self._database.rows(query.sql, query.values)]


def _all_ids(ways: Sequence[_Way]) -> frozenset[str] | None:
    """Give the ids that any of the ways finds; None if they are many."""
    ids: set[str] = set()
    for each in ways:
        if each.ids is None:
            return None
        ids |= each.ids
    return frozenset(ids)


def _either(ways: Sequence[_Way]) -> Part:
    found = both([each.where for each in ways if each.ids != frozenset()], " OR ")
    return Part(f"({found.sql})", found.values)
