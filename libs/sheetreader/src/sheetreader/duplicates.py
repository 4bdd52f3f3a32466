"""Which agreement of a file is perhaps the same as one before it: a person decides."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from changefeed.declared import Label
from changefeed.finding import as_one_word, words
from changefeed.subjects.parts import PartDay
from sheetreader.cells import At

SAME_DAY = Label("같은 날, 같은 기관, 다른 협약명", "the same day and partners, another title")
ALIKE = Label("같은 날, 비슷한 협약명과 기관", "the same day, a like title and partner")
SAME_TITLE = Label("같은 협약명과 기관", "the same title and partners")
NAMED = Label("비고에 적힌 번호", "the number said beside it")

# How Latin letters are spelled out in names: NHN is 엔에이치엔 on paper. Longest first.
_LETTERS = {
    "w": "더블유",
    "h": "에이치",
    "a": "에이",
    "b": "비",
    "c": "씨",
    "d": "디",
    "e": "이",
    "f": "에프",
    "g": "지",
    "i": "아이",
    "j": "제이",
    "k": "케이",
    "l": "엘",
    "m": "엠",
    "n": "엔",
    "o": "오",
    "p": "피",
    "q": "큐",
    "r": "알",
    "s": "에스",
    "t": "티",
    "u": "유",
    "v": "브이",
    "x": "엑스",
    "y": "와이",
    "z": "제트",
}
_SPELLED = str.maketrans(_LETTERS)
_EMPTY_WORDS = re.compile(r"업무|협약|체결|서$|mou|투자|상호|협력|조성|구축|사업|관한|위한|의|및")
_SAME_AS = re.compile(
    r"(?:연번|순번|번호|제)?\s*(\d{1,5})\s*번?(?:호|항)?\s*(?:과|와|의|이?랑)?\s*(?:동일|중복"
    r"|같음|같은\s*협약|상동)"
    r"|(?:중복|동일)\s*\(?\s*(?:연번|순번|제)?\s*(\d{1,5})\s*번?"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What an agreement is recognised by."""

    at: At
    title: str
    day: date | PartDay | None
    parties: frozenset[str]
    sequence: str
    section: str
    note: str


class Known:
    """The agreements of a file that were read so far."""

    def __init__(self) -> None:
        self._by_day: dict[date, list[Signature]] = {}
        self._by_title: dict[tuple[str, frozenset[str]], list[Signature]] = {}
        self._by_sequence: dict[tuple[str, str, str], Signature] = {}

    def add(self, new: Signature) -> None:
        """Keep one."""
        if isinstance(new.day, date):
            self._by_day.setdefault(new.day, []).append(new)
        self._by_title.setdefault((_plain(new.title), new.parties), []).append(new)
        if new.sequence:
            self._by_sequence[new.at.sheet, new.section, new.sequence] = new

    def find(self, new: Signature) -> tuple[Signature, Label] | None:
        """Find one that is perhaps the same, with the reason."""
        if (said := _SAME_AS.search(new.note)) is not None:
            named = self._by_sequence.get((new.at.sheet, new.section, said[1] or said[2]))
            if named is not None:
                return named, NAMED
        same_day = self._by_day.get(new.day, ()) if isinstance(new.day, date) else ()
        for old in same_day:
            if old.parties & new.parties and are_alike(old.title, new.title):
                return old, ALIKE
        for old in same_day:
            if new.parties and old.parties == new.parties:
                return old, SAME_DAY
        for old in self._by_title.get((_plain(new.title), new.parties), ()):
            if new.parties and _may_be_one_day(old.day, new.day):
                return old, SAME_TITLE
        return None


@lru_cache(maxsize=8192)
def compared(text: str) -> str:
    """Give a name as it is compared: without legal form, blanks and case, letters spelled out."""
    return as_one_word(words(text)).text.replace("인공지능", "ai").translate(_SPELLED)


def _plain(title: str) -> str:
    return "".join(normalize("NFKC", title).casefold().split())


def compared_all(names: Iterable[str]) -> frozenset[str]:
    """Give several names so."""
    return frozenset(compared(each) for each in names)


def are_alike(first: str, second: str) -> bool:
    """Say whether two titles share most of the pieces of the shorter one."""
    one, other = _pieces(first), _pieces(second)
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= 0.6 * shorter


@lru_cache(maxsize=8192)
def _pieces(title: str) -> frozenset[str]:
    text = _EMPTY_WORDS.sub("", re.sub(r"\([^)]*\)", "", title.casefold())).replace(
        "인공지능", "ai"
    )
    return frozenset(_pairs(re.sub(r"[^\w]", "", text)))


def _pairs(text: str) -> Iterator[str]:
    for index in range(len(text) - 1):
        yield text[index : index + 2]


def _may_be_one_day(one: date | PartDay | None, other: date | PartDay | None) -> bool:
    first, second = _span(one), _span(other)
    return first[0] <= second[1] and second[0] <= first[1]


def _span(day: date | PartDay | None) -> tuple[date, date]:
    if isinstance(day, date):
        return day, day
    if day is None:
        return date.min, date.max
    return day.from_on or date.min, day.to_on or date.max
