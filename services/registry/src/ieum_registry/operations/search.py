"""One search over every type: what words find, ranked, each with why it was found."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from changefeed.declared import Field, fields_of
from changefeed.finding import MATCH_KINDS, Match, Word, as_one_word, match, normal, words
from changefeed.searched import pointed_at, told_texts
from changefeed.subjects.all import DECLARED
from changefeed.subjects.document import FoundDocument
from changefeed.words import SHOWN
from ieum_registry.domain.ended import has_ended
from ieum_registry.operations.ports.condition import any_of
from ieum_registry.operations.ports.records import Candidates, Reading, Records, Total
from ieum_registry.operations.ports.scope import Scope

MOST_RANKED = 200
"""So many of a type are ranked; more than these are found by common words only."""

MOST_NAMED = 3
"""Of several ids in one place so many are named beside a hit."""

_AROUND = 40
"""So many letters are shown before and after what was met in a long text."""

_LONG = 160

_PART = 240

_READ = "text"
"""Where the pieces of a document's text stand beside its facts; they are told as reasons alone."""

How = Literal["exact", "beginning", "word", "inside", "initials", "former", "pointed"]
HOW: tuple[How, ...] = (*MATCH_KINDS, "former", "pointed")
"""In which way a hit was found, the best first (T-39)."""


@dataclass(frozen=True, slots=True)
class Why:
    """Where a word was met.

    Attributes:
        field: That of the hit, or, if `of` says so, of what the hit points at.
        text: As it is written, or a part of it if it is long.
        first: Where the word begins in it; `last` is one behind where it ends.
        is_former: Whether the text was so once, and is no longer.
        of: What the hit points at: type, id, facts. None if it was met in the hit itself.
    """

    field: Field
    text: str
    first: int
    last: int
    is_former: bool = False
    of: tuple[str, UUID, Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found.

    Attributes:
        facts: As far as the asker may read them; of people with their name.
        why: For each word the first place where it was met.
    """

    facts: Mapping[str, Any]
    how: How
    has_ended: bool
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one type, the best first."""

    subject_type: str
    hits: tuple[Hit, ...]
    total: Total


def search(
    q: str, types: Sequence[str], *, limit: int, on: date, records: Records, scope: Scope
) -> tuple[Group, ...]:
    """Search some types, as things stand; those of which nothing is found are left out.

    A hit is found by what its reader is told alone: what no told fact explains is no hit.

    Args:
        types: Searched ones, and `contact` for people by their names.
        limit: So many hits of each type.
        on: The day for which it is said what is over.

    Source: docs/rules/terms.md, T-39 and T-40.
    """
    asked = words(q)
    groups = (_Search(each, asked, on, records, scope).group(limit) for each in types)
    return tuple(each for each in groups if each.hits)


def names_beside(
    hits: Sequence[tuple[str, Hit]], *, records: Records, scope: Scope
) -> Mapping[UUID, Mapping[str, Any]]:
    """Give the names or titles of what hits point at, as far as the asker may read them.

    Of several ids in one place the first three, and whatever explains the hit.
    """
    wanted: dict[str, dict[UUID, None]] = {}
    for subject_type, hit in hits:
        for of in (each.of for each in hit.why if each.of is not None):
            wanted.setdefault(of[0], {})[of[1]] = None
        for named_type, subject_id in _beside(SHOWN[subject_type], hit.facts):
            wanted.setdefault(named_type, {})[UUID(subject_id)] = None
    named: dict[UUID, Mapping[str, Any]] = {}
    for named_type, ids in wanted.items():
        asked = tuple(ids)
        found = records.list(named_type, [any_of("id", asked)], limit=len(asked), scope=scope)
        for each in found.items:
            facts = json.loads(each.text)
            name = facts.get("name") or facts.get("title")
            if name:
                named[UUID(facts["id"])] = name
    return named


def _beside(kind_of: type[object], facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in fields_of(kind_of):
        value = facts.get(field.key)
        several = value if isinstance(value, list) else [value]
        for each in several[:MOST_NAMED]:
            if each is None:
                continue
            if field.fact.names in DECLARED and field.fact.names not in _NAMELESS:
                yield str(field.fact.names), each
            elif isinstance(each, dict) and each.get("type") in DECLARED and "id" in each:
                yield each["type"], each["id"]
            elif field.parts is not None and isinstance(each, dict):
                yield from _beside(field.parts, each)


_NAMELESS = frozenset({"contact", "collaboration"})
"""Types without a name of their own to give; people are named by their own hits alone."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    facts: Mapping[str, Any]
    how: How
    is_inside: bool
    has_ended: bool
    missed: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Search:
    """A search of one type."""

    subject_type: str
    asked: tuple[Word, ...]
    on: date
    records: Records
    scope: Scope

    @property
    def _shown(self) -> type[object]:
        return FoundDocument if self.subject_type == "document" else SHOWN[self.subject_type]

    @property
    def _has_former(self) -> bool:
        return DECLARED[self.subject_type].declares.former

    def group(self, limit: int) -> Group:
        """Rank what is found, and say of the best why."""
        found = self._candidates()
        ranked = sorted(
            (self._ranked(each) for each in self._facts(found.items)),
            key=lambda each: (HOW.index(each.how), each.has_ended, each.is_inside),
        )
        hits: list[Hit] = []
        for each in ranked:
            if len(hits) == limit:
                break
            why = self._why(each)
            if why:
                how = "former" if any(it.is_former and it.of is None for it in why) else each.how
                told = {key: value for key, value in each.facts.items() if key != _READ}
                hits.append(Hit(told, how, each.has_ended, why))
        return Group(self.subject_type, tuple(hits), found.total)

    def _candidates(self) -> Candidates:
        if self.subject_type == "contact":
            return self.records.people_found(self.asked, limit=MOST_RANKED, scope=self.scope)
        found = self.records.candidates(
            self.subject_type, self.asked, limit=MOST_RANKED, scope=self.scope
        )
        if self.subject_type != "document":
            return found
        more = self.records.texts_found(self.asked, limit=MOST_RANKED, scope=self.scope)
        items = tuple(dict.fromkeys((*found.items, *more.items)))[:MOST_RANKED]
        is_exact = found.total.is_exact and more.total.is_exact
        return Candidates(items, Total(len(items), is_exact))

    def _facts(self, readings: Sequence[Reading]) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = [json.loads(each.resource) for each in readings]
        if self.subject_type == "document":
            ids = [UUID(each["id"]) for each in found]
            read = [self.records.passages(ids, word) for word in self.asked]
            return [
                {
                    **each,
                    _READ: [
                        near(word, it[of])
                        for word, it in zip(self.asked, read, strict=True)
                        if (of := UUID(each["id"])) in it
                    ],
                }
                for each in found
            ]
        if self.subject_type != "contact":
            return found
        people = self.records.people([UUID(each["id"]) for each in found])
        return [
            {**each, "name": person.name, "email": person.email}
            for each in found
            if (person := people.get(UUID(each["id"]))) is not None
        ]

    def _ranked(self, facts: Mapping[str, Any]) -> _Ranked:
        """Rank by the whole of what is asked, or else by the word that stands worst."""
        texts = [text for _, text in told_texts(self._shown, facts)]
        ends = has_ended(self.subject_type, facts, self.on)
        at_once = _best(as_one_word(self.asked), texts) if len(self.asked) > 1 else None
        each = {word: _best(word, texts) for word in self.asked}
        missed = tuple(word for word, found in each.items() if found is None)
        if at_once is not None:
            return _Ranked(facts, at_once.kind, at_once.first > 0, ends, ())
        if missed:
            return _Ranked(facts, "former" if self._has_former else "pointed", True, ends, missed)
        worst = max((found for found in each.values() if found), key=lambda it: it.rank)
        return _Ranked(facts, worst.kind, worst.first > 0, ends, ())

    def _why(self, ranked: _Ranked) -> tuple[Why, ...]:
        """Say where each word was met; nothing if one was met nowhere that may be told."""
        at_once = self._own(as_one_word(self.asked), ranked.facts)
        if at_once is not None:
            return (at_once,)
        found = []
        for word in self.asked:
            why = self._own(word, ranked.facts)
            why = why or self._former(word, ranked.facts) or self._pointed(word, ranked.facts)
            if why is None:
                return ()
            found.append(why)
        return _each_once(found)

    def _own(self, word: Word, facts: Mapping[str, Any]) -> Why | None:
        return _met(word, told_texts(self._shown, facts))

    def _former(self, word: Word, facts: Mapping[str, Any]) -> Why | None:
        if not self._has_former:
            return None
        said = self.records.holding(self.subject_type, [UUID(facts["id"])], word)
        for each in said:
            why = _met(word, told_texts(self._shown, json.loads(each.text)))
            if why is not None:
                return replace(why, is_former=True)
        return None

    def _pointed(self, word: Word, facts: Mapping[str, Any]) -> Why | None:
        kind_of = DECLARED[self.subject_type]
        by_type: dict[str, list[UUID]] = {}
        for field, subject_id in pointed_at(kind_of, facts):
            by_type.setdefault(str(field.fact.names), []).append(UUID(subject_id))
        for named_type, ids in by_type.items():
            for said in self.records.holding(named_type, ids, word):
                told = json.loads(said.text)
                why = _met(word, told_texts(DECLARED[named_type], told))
                if why is not None:
                    of = (named_type, said.subject_id, told)
                    return replace(why, is_former=said.is_former, of=of)
        return None


def near(word: Word, text: str) -> str:
    """Give a part of a long text with the first place of a word, and some of what is before it.

    So is not each letter of a whole page brought into normal form to be ranked.
    """
    for start in range(0, len(text), _PART // 2):
        part = text[start : start + _PART]
        if word.text in normal(part):
            return part
    return text


def _each_once(found: Sequence[Why]) -> tuple[Why, ...]:
    seen: dict[tuple[str, str, int], Why] = {}
    for each in found:
        seen.setdefault((each.field.key, each.text, each.first), each)
    return tuple(seen.values())


def _best(word: Word, texts: Sequence[str]) -> Match | None:
    found = (met for text in texts if (met := match(word, text)) is not None)
    return min(found, key=lambda each: each.rank, default=None)


def _met(word: Word, texts: Iterator[tuple[Field, str]]) -> Why | None:
    met = (
        (found, field, text) for field, text in texts if (found := match(word, text)) is not None
    )
    best = min(met, key=lambda each: each[0].rank, default=None)
    return None if best is None else _shortened(*best)


def _shortened(met: Match, field: Field, text: str) -> Why:
    if len(text) <= _LONG:
        return Why(field, text, met.first, met.last)
    first, last = max(met.first - _AROUND, 0), min(met.last + _AROUND, len(text))
    before, after = "…" if first else "", "…" if last < len(text) else ""
    shift = len(before) - first
    return Why(field, f"{before}{text[first:last]}{after}", met.first + shift, met.last + shift)
