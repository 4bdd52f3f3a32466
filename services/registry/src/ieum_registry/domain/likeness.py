"""Which organisations look like the same one, and why: candidates for a person to decide.

Nothing is ever merged by it. Two names are the same if they are so without legal forms, signs and
blanks; near if they differ as a slip of the keyboard does, by few syllables that are much alike,
never by a part of the name: 산학협력단, 지사 or another region are other organisations.

Source: docs/rules/terms.md, T-61.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

from rapidfuzz.distance import Levenshtein

from changefeed.declared import Label
from changefeed.finding import grams_of, has_initial, initials_of
from ieum_registry.domain.naming import comparison_name

ReasonCode = Literal[
    "business_number",
    "corporate_number",
    "ror",
    "lei",
    "name",
    "alias",
    "english_name",
    "former_name",
    "short_name",
    "spelled_name",
    "website",
    "near_name",
]
REASONS: Mapping[ReasonCode, Label] = MappingProxyType(
    {
        "business_number": Label("사업자등록번호가 같음", "same business number"),
        "corporate_number": Label("법인등록번호가 같음", "same corporate registration number"),
        "ror": Label("ROR이 같음", "same ROR"),
        "lei": Label("LEI가 같음", "same LEI"),
        "name": Label("이름이 같음", "same name"),
        "alias": Label("다른 이름과 같음", "same as another name"),
        "english_name": Label("영문 이름이 같음", "same English name"),
        "former_name": Label("옛 이름과 같음", "same as a former name"),
        "short_name": Label("줄인 이름이 같음", "same when shortened"),
        "spelled_name": Label("영문자를 소리대로 적으면 같음", "same with its letters spelled out"),
        "website": Label("누리집이 같음", "same website"),
        "near_name": Label("이름이 비슷함", "nearly the same name"),
    }
)
"""Why two organisations may be one, in words, the strongest first."""

_WEIGHT: Mapping[ReasonCode, int] = MappingProxyType(
    {
        "business_number": 100,
        "corporate_number": 100,
        "ror": 100,
        "lei": 100,
        "name": 98,
        "alias": 96,
        "english_name": 95,
        "former_name": 94,
        "short_name": 92,
        "spelled_name": 91,
        "website": 80,
    }
)

NEAR = 80
"""From how many of a hundred jamo two names are near; measured by `make bench CASE=duplicates`."""

_SHORT = 3
"""Names of fewer syllables are never near: 로완 and 로안 are as different as any two words."""

_BRIEF, _PLACES = 4, ("시", "군", "구", "도", "읍", "면", "동")
"""Names of places so short are never near: 담양군 and 함양군 are two counties."""

_LONG = 6
"""Names of so many may differ in two places, or by a syllable more or less."""

_MOST_READ = 6_000
"""So many ids are looked at for a name; its commonest pieces are left out first."""

_MOST_SHARED = 50
"""So many of those that share most pieces of a name are held against it."""

_NUMBERS: tuple[ReasonCode, ...] = ("business_number", "corporate_number", "ror", "lei")
"""Fields that are called as what they are a reason for."""

_SIGNS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_DIGITS = re.compile(r"\D")
_IN_SHORT = (
    ("특별자치도", "도"),
    ("자치도", "도"),
    ("특별자치시", "시"),
    ("특별시", "시"),
    ("광역시", "시"),
    ("대학교", "대"),
    ("자동차", "차"),
    ("전라", "전"),
    ("경상", "경"),
    ("충청", "충"),
)
_LETTERS = MappingProxyType(
    {
        "더블유": "w",
        "에이치": "h",
        "에이": "a",
        "에프": "f",
        "에스": "s",
        "엑스": "x",
        "와이": "y",
        "제이": "j",
        "케이": "k",
        "아이": "i",
        "제트": "z",
        "브이": "v",
        "비": "b",
        "씨": "c",
        "시": "c",
        "디": "d",
        "이": "e",
        "지": "g",
        "엘": "l",
        "엠": "m",
        "엔": "n",
        "오": "o",
        "피": "p",
        "큐": "q",
        "알": "r",
        "아르": "r",
        "티": "t",
        "유": "u",
    }
)
"""How Latin letters are spelled in Hangul, the longest before what it ends or begins with."""

_SPELLED = re.compile("|".join(_LETTERS))
_SOUND = MappingProxyType({letter: sound for sound, letter in reversed(list(_LETTERS.items()))})


@dataclass(frozen=True, slots=True)
class Named:
    """What an organisation is told from others by.

    Attributes:
        former: What it was called once.
        numbers: Its ids by their field, digits and letters alone.
    """

    name: str
    english: str | None = None
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two organisations may be one.

    Attributes:
        text: What of the other is alike, as it is written there.
        score: How alike, of a hundred.
    """

    code: ReasonCode
    text: str
    score: int


def named(facts: Mapping[str, Any], former: Iterable[Mapping[str, Any]] = ()) -> Named:
    """Give what a partner is told from others by.

    Args:
        facts: Of the partner, as the log has them: many are read at once, so not as an object.
        former: What it was before.
    """
    now = tuple(_names(facts))
    once = (name for each in former for name in _names(each) if name not in now)
    return Named(
        facts["name"]["ko"],
        facts["name"].get("en"),
        tuple(facts.get("aliases", ())),
        tuple(dict.fromkeys(once)),
        {name: bare_number(name, facts[name]) for name in _NUMBERS if facts.get(name)},
        facts.get("website"),
    )


def _names(facts: Mapping[str, Any]) -> Iterator[str]:
    yield facts["name"]["ko"]
    if facts["name"].get("en"):
        yield facts["name"]["en"]
    yield from facts.get("aliases", ())


def bare_number(name: str, written: str) -> str:
    """Give an id without its signs, blanks and address."""
    if name == "ror":
        return written.strip().casefold().rsplit("/", 1)[-1]
    if name == "lei":
        return re.sub(r"[\s-]", "", written).casefold()
    return _DIGITS.sub("", written)


def likeness(asked: Named, other: Named) -> tuple[Reason, ...]:
    """Say why two organisations may be the same one, the strongest reason first.

    Two that have different business numbers are not asked about for being nearly called the same;
    a branch has its own, so the same name is still a reason.

    Returns:
        Each code once; nothing if they do not look alike.
    """
    found: dict[ReasonCode, Reason] = {}
    for code, text, score in _reasons(asked, other):
        if code not in found or found[code].score < score:
            found[code] = Reason(code, text, score)
    if found.keys() & {"name", "alias", "english_name", "former_name"}:
        for code in ("short_name", "spelled_name", "near_name"):
            found.pop(code, None)
    return tuple(sorted(found.values(), key=lambda each: -each.score))


def score_of(reasons: Iterable[Reason]) -> int:
    """Give how alike two are for all reasons together: the strongest counts."""
    return max((each.score for each in reasons), default=0)


def _reasons(asked: Named, other: Named) -> Iterator[tuple[ReasonCode, str, int]]:
    for code in _NUMBERS if asked.numbers else ():
        if asked.numbers.get(code) and asked.numbers[code] == other.numbers.get(code):
            yield code, other.numbers[code], _WEIGHT[code]
    yield from _same_names(asked, other)
    site = _site(asked.website)
    if site and site == _site(other.website):
        yield "website", other.website or "", _WEIGHT["website"]
    ours, theirs = (each.numbers.get("business_number") for each in (asked, other))
    if ours and theirs and ours != theirs:
        return
    for mine in (asked.name, *asked.aliases):
        for its in (other.name, *other.aliases):
            yield from _alike(mine, its)


def _same_names(asked: Named, other: Named) -> Iterator[tuple[ReasonCode, str, int]]:
    if not any((*asked.aliases, *asked.former, asked.english, *other.aliases, *other.former)) and (
        not other.english
    ):  # As in a sheet, whose names are held against one another by the thousand.
        if same(asked.name) == same(other.name):
            yield "name", other.name, _WEIGHT["name"]
        return
    mine = {same(asked.name)}
    also = {same(each) for each in asked.aliases}
    english = {same(asked.english)} if asked.english else set()
    lists: tuple[tuple[ReasonCode, tuple[str, ...], set[str]], ...] = (
        ("name", (other.name,), mine),
        ("alias", other.aliases, mine | also | english),
        ("alias", (other.name, *((other.english,) if other.english else ())), also),
        ("english_name", (other.english,) if other.english else (), mine | english),
        ("english_name", (other.name,), english),
        ("former_name", other.former, mine | also | english),
    )
    for code, texts, wanted in lists:
        for text in texts:
            if same(text) in wanted:
                yield code, text, _WEIGHT[code]
    theirs = {same(other.name), *map(same, other.aliases)}
    for text in asked.former:
        if same(text) in theirs:
            yield "former_name", text, _WEIGHT["former_name"]


def _alike(mine: str, its: str) -> Iterator[tuple[ReasonCode, str, int]]:
    ours, theirs = same(mine), same(its)
    if ours == theirs or not ours or not theirs:
        return
    if _in_short(ours) == _in_short(theirs):
        yield "short_name", its, _WEIGHT["short_name"]
    elif _spelled_out(ours) == _spelled_out(theirs):
        yield "spelled_name", its, _WEIGHT["spelled_name"]
    else:
        score = _near(ours, theirs)
        if score is not None:
            yield "near_name", its, score


@lru_cache(maxsize=50_000)
def same(name: str) -> str:
    """Give the form in which names are the same: without legal forms, signs and blanks.

    What stands in brackets within a name says it again, in other letters.
    """
    found = comparison_name(name)
    found = _BRACKETS.sub("", found) or found
    return _SIGNS.sub("", found) or found


@lru_cache(maxsize=50_000)
def _in_short(name: str) -> str:
    """Give a name with what people shorten in it shortened."""
    found = name.removeprefix("한국") if len(name) >= _LONG else name
    for long, short in _IN_SHORT:
        found = found.replace(long, short)
    return found[:-1] if len(found) == _SHORT and found.endswith(("시", "도")) else found


@lru_cache(maxsize=50_000)
def _spelled_out(name: str) -> str:
    """Give a name with its Latin letters in Hangul, as they are spelled: dh오토 → 디에이치오토."""
    return "".join(_SOUND.get(each, each) for each in name)


@lru_cache(maxsize=50_000)
def _in_letters(name: str) -> str:
    """Give a name with what may be spelled letters in Latin ones: 에스제이메탈 → sj메탈."""
    return _SPELLED.sub(lambda found: _LETTERS[found[0]], name)


def _near(ours: str, theirs: str) -> int | None:
    """Say how near two names are, if they differ as a slip of the keyboard does; None if not."""
    mine, its = _in_letters(ours), _in_letters(theirs)
    length = min(len(mine), len(its))
    if length < _SHORT:
        return None
    is_long, is_latin = length >= _LONG, mine.isascii() and its.isascii()
    if length <= _BRIEF and ours[-1] == theirs[-1] and ours.endswith(_PLACES):
        return None
    most = 2 if is_long else 1
    # As many steps as the loop below would count: most pairs end here.
    if Levenshtein.distance(mine, its, score_cutoff=most) > most:
        return None
    slips, added = 0, 0
    for step in Levenshtein.opcodes(mine, its):
        if step.tag == "equal":
            continue
        was, now = mine[step.src_start : step.src_end], its[step.dest_start : step.dest_end]
        slips += max(len(was), len(now))
        if any(each.isdigit() for each in was + now):
            return None
        if step.tag == "replace" and not is_latin and not all(map(_is_slip, was, now)):
            return None
        added += abs(len(was) - len(now))
        if added > (1 if is_long else 0):
            return None
    if slips > most:
        return None
    score = round(100 * Levenshtein.normalized_similarity(_jamo(ours), _jamo(theirs)))
    return score if score >= NEAR else None


def _is_slip(one: str, other: str) -> bool:
    """Say whether a syllable was easily written for another: half of its letters are the same.

    Two Latin letters are as different as any: 에스제이 and 에스케이 are two firms.
    """
    if one.isascii() and other.isascii():
        return False
    mine, its = _jamo(_SOUND.get(one, one)), _jamo(_SOUND.get(other, other))
    met = sum(each == also for each, also in zip(mine, its, strict=False))
    return 2 * met >= max(len(mine), len(its))


def _jamo(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _site(website: str | None) -> str:
    if not website:
        return ""
    return re.sub(r"^https?://(www\.)?|/+$", "", website.strip().casefold())


def pieces_of(asked: Named) -> frozenset[str]:
    """Give the pieces of names by which what may look alike is looked for, as indexes have them.

    Two letters that follow each other, and three initial consonants: the first find what has the
    same syllables somewhere, the others what has a slip in each.
    """
    written = (asked.name, asked.english, *asked.aliases)
    return frozenset().union(*(_pieces(same(each)) for each in written if each))


@lru_cache(maxsize=50_000)
def _pieces(name: str) -> frozenset[str]:
    found: set[str] = set()
    for form in {name, _in_short(name), _spelled_out(name), _in_letters(name)}:
        found |= grams_of(form, 2)
    initials = initials_of(_spelled_out(name))
    return frozenset(found | {each for each in grams_of(initials, 3) if has_initial(each)})


class LikenessIndex:
    """Many organisations in memory, to be asked which look like one; for imports and batches."""

    def __init__(self) -> None:
        # By their place, as they came: places are counted a hundred times for each that is found.
        self._ids: list[UUID] = []
        self._named: list[Named] = []
        self._by_piece: dict[str, list[int]] = {}
        self._by_number: dict[tuple[str, str], list[int]] = {}

    def add(self, partner_id: UUID, each: Named) -> None:
        """Take an organisation in; one that is there already must not come twice."""
        place = len(self._ids)
        self._ids.append(partner_id)
        self._named.append(each)
        for name in (each.name, *each.aliases, *each.former):
            for piece in pieces_of(Named(name)):
                places = self._by_piece.setdefault(piece, [])
                if not places or places[-1] != place:
                    places.append(place)
        if each.english:
            for piece in pieces_of(Named(each.english)):
                self._by_piece.setdefault(piece, []).append(place)
        for number in (*each.numbers.items(), ("website", _site(each.website))):
            if number[1]:
                self._by_number.setdefault(number, []).append(place)

    def like(
        self, asked: Named, *, limit: int, but: UUID | None = None
    ) -> list[tuple[UUID, tuple[Reason, ...]]]:
        """Give who looks like it and why, the most alike first.

        Args:
            but: Itself, if it is there.
        """
        shared: Counter[int] = Counter()
        lists = sorted((self._by_piece.get(each, []) for each in pieces_of(asked)), key=len)
        read = 0
        for places in lists:
            if read and read + len(places) > _MOST_READ:
                break
            read += len(places)
            shared.update(places)
        held = {each for each, _ in shared.most_common(_MOST_SHARED)}
        for number in (*asked.numbers.items(), ("website", _site(asked.website))):
            held.update(self._by_number.get(number, ()))
        found = [
            (self._ids[each], likeness(asked, self._named[each]))
            for each in held
            if self._ids[each] != but
        ]
        return most_alike(((each, why) for each, why in found if why), limit=limit)


def most_alike(
    found: Iterable[tuple[UUID, tuple[Reason, ...]]], *, limit: int
) -> list[tuple[UUID, tuple[Reason, ...]]]:
    """Give the first of those that look alike, the most alike first; ids settle ties."""
    return sorted(found, key=lambda each: (-score_of(each[1]), each[0]))[:limit]
