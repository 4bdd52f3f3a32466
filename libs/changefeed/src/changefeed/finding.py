"""How words find texts: one normal form, and where in a text a word stands.

Two-syllable words inside names, 초성, spacing, hyphens, middle dots and ㈜ variants, and letters
without their marks must all be found. Nothing of this form is ever stored as what was written.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

_BLANKS = re.compile(r"\s+")
# Hyphens and middle dots, which people set or leave out as they please; one that Korean keyboards
# write is a letter to NFKC (U+119E).
_JOINTS = re.compile("[-·‧•∙⋅・\u119e]")
# Initial consonants in the order of Unicode's syllable block.
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _LAST_SYLLABLE, _PER_INITIAL = 0xAC00, 0xD7A3, 588
# Two consonants that a keyboard joins when they are typed one after the other: ㄱㅅ arrives as ㄳ.
_JOINED = str.maketrans(
    {
        "ㄳ": "ㄱㅅ",
        "ㄵ": "ㄴㅈ",
        "ㄶ": "ㄴㅎ",
        "ㄺ": "ㄹㄱ",
        "ㄻ": "ㄹㅁ",
        "ㄼ": "ㄹㅂ",
        "ㄽ": "ㄹㅅ",
        "ㄾ": "ㄹㅌ",
        "ㄿ": "ㄹㅍ",
        "ㅀ": "ㄹㅎ",
        "ㅄ": "ㅂㅅ",
    }
)
# Forms that people add or leave out as they please. The cooperatives' are part of the name.
_FORMS = ("유한책임회사", "주식회사", "유한회사", "재단법인", "사단법인")
_SHORT_FORMS = ("(주)", "(유)", "(재)", "(사)")
# Combining marks of Latin, Greek and Cyrillic letters.
_MARK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Letters that Unicode does not take apart, and signs that keyboards write in several ways.
_PLAIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ȷ": "j",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "ĸ": "k",
    "ƀ": "b",
    "ɓ": "b",
    "ƈ": "c",
    "ɖ": "d",
    "ɗ": "d",
    "ə": "e",
    "ɛ": "e",
    "ǝ": "e",
    "ɠ": "g",
    "ǥ": "g",
    "ɨ": "i",
    "ƙ": "k",
    "ɲ": "n",
    "ɔ": "o",
    "ɵ": "o",
    "ƥ": "p",
    "ƭ": "t",
    "ʉ": "u",
    "ʋ": "v",
    "ƴ": "y",
    "ƶ": "z",
    **dict.fromkeys("‘’ʻʼʽʹ´`′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
}

MatchKind = Literal["exact", "beginning", "word", "inside", "initials"]
MATCH_KINDS: tuple[MatchKind, ...] = ("exact", "beginning", "word", "inside", "initials")
"""How a word stands in a text, the best first (docs/rules/terms.md, T-38)."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word that is asked for.

    Attributes:
        text: In normal form.
        by_initials: Whether it is to be looked for among the initial consonants.
    """

    text: str
    by_initials: bool

    def grams(self) -> set[str]:
        """Give the pieces that a text with this word has; none if the word is too short."""
        if not self.by_initials:
            return grams_of(self.text, 2)
        return {gram for gram in grams_of(self.text, 3) if has_initial(gram)}


@dataclass(frozen=True, slots=True)
class Match:
    """How and where a word stands in a text.

    Attributes:
        first: The place of its first letter in the text as it is written.
        last: One behind that of its last letter.
    """

    kind: MatchKind
    first: int
    last: int

    @property
    def rank(self) -> tuple[int, bool]:
        """What it is ordered by: its kind, then whether the text begins with it."""
        return MATCH_KINDS.index(self.kind), self.first > 0


def words(q: str) -> tuple[Word, ...]:
    """Read what is asked for: words that must all occur.

    A legal form at either end is left out, unless nothing else is asked for: ㈜네이버 finds
    네이버 주식회사.
    """
    parts = [part for part in _BLANKS.split(folded(q.translate(_JOINED))) if part]
    kept = [short for part in parts if (short := _without_form(part))]
    return tuple(_word(part) for part in kept or parts)


def asks_for_something(q: str) -> bool:
    """Say whether any letter or digit is asked for: signs and blanks alone find nothing."""
    return any(unicodedata.category(each)[0] in "LN" for word in words(q) for each in word.text)


def as_one_word(asked: Iterable[Word]) -> Word:
    """Give what is asked for as one word, as blanks do not count within a name."""
    return _word("".join(each.text for each in asked))


def match(word: Word, text: str) -> Match | None:
    """Find where a word stands in a text, at the best of its places; None if nowhere."""
    found = normal(text)
    letters = initials_of(found) if word.by_initials else found
    if word.text not in letters:
        return None
    places = [at for at, letter in enumerate(text) for _ in _normal_letter(letter)]
    if len(places) != len(found):  # Letters that fold together: the text is marked as a whole.
        return Match("inside", 0, len(text))
    stands = (
        Match(
            "initials" if word.by_initials else _kind(word, found, text, at, places[at]),
            places[at],
            places[at + len(word.text) - 1] + 1,
        )
        for at in _places(word.text, letters)
    )
    return min(stands, key=lambda each: each.rank, default=None)


@lru_cache(maxsize=30_000)
def _normal_letter(letter: str) -> str:
    return normal(letter)


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _kind(word: Word, found: str, text: str, at: int, written_at: int) -> MatchKind:
    if at == 0:
        return "exact" if word.text == found else "beginning"
    return "inside" if text[written_at - 1].isalnum() else "word"


def _word(text: str) -> Word:
    if has_initial(text):
        return Word(initials_of(text), by_initials=True)
    return Word(text, by_initials=False)


def normal(text: str) -> str:
    """Give the form in which texts are searched."""
    return _BLANKS.sub("", folded(text))


def folded(text: str) -> str:
    """Give the same with its blanks."""
    return _JOINTS.sub("", without_marks(unicodedata.normalize("NFKC", text).casefold()))


def _without_form(word: str) -> str:
    for form in (*_FORMS, *_SHORT_FORMS):
        word = word.removeprefix(form).removesuffix(form)
    return word


def initials_of(text: str) -> str:
    """Give a text in normal form with each Hangul syllable replaced by its first consonant."""
    return "".join(map(_initial, text))


def _initial(character: str) -> str:
    code = ord(character)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return _INITIALS[(code - _FIRST_SYLLABLE) // _PER_INITIAL]
    # NFKC turns the consonants of the keyboard into the conjoining ones of the same order.
    if 0x1100 <= code <= 0x1112:
        return _INITIALS[code - 0x1100]
    return character


def has_initial(text: str) -> bool:
    """Say whether a consonant stands in a text by itself."""
    return any(character in _INITIALS or 0x1100 <= ord(character) <= 0x1112 for character in text)


def grams_of(text: str, length: int) -> set[str]:
    """Give all pieces of a length."""
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def without_marks(text: str) -> str:
    """Give a text with its letters as a keyboard without their marks has them; never stored.

    Accents, dots and strokes go (`são`, `łódź`, `đà nẵng`), joined letters are parted (`æ`), and
    apostrophes and hyphens are of one kind. Marks that make other letters, as those of Japanese
    and of Indian scripts, stay; Hangul stays whole.

    Args:
        text: Folded by case already: `İ` and `ß` are opened by that.

    Source: docs/rules/terms.md, T-14.
    """
    return text if text.isascii() else "".join(map(_without_mark, text))


@cache
def _without_mark(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    if "가" <= letter <= "힣":
        return letter
    parts = unicodedata.normalize("NFD", letter)
    kept = "".join(_PLAIN.get(each, each) for each in parts if not _MARK.match(each))
    return unicodedata.normalize("NFC", kept)
