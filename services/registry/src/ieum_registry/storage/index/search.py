"""How names are found by parts of words: one normal form, and the short pieces (grams) it has.

Two-syllable words inside names, 초성, spacing, hyphens, middle dots and ㈜ variants, and letters
without their marks must all be found, which the databases' own text searches cannot do. Pieces of
two characters find candidates, of three among the initial consonants, of which there are only
nineteen; then the whole word is looked for in the candidates' text. Shorter words have no pieces:
they are in so many texts that a walk finds them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ieum_registry.domain.naming import without_marks

BETWEEN = "\n"
"""What parts two texts of one subject; no piece reaches across it."""

_BLANKS = re.compile(r"\s+")
# Hyphens and middle dots, which people set or leave out as they please; one that Korean keyboards
# write is a letter to NFKC (U+119E).
_JOINTS = re.compile("[-·‧•∙⋅・\u119e]")
# Initial consonants in the order of Unicode's syllable block.
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _LAST_SYLLABLE, _PER_INITIAL = 0xAC00, 0xD7A3, 588
# Forms that people add or leave out as they please. The cooperatives' are part of the name.
_FORMS = ("유한책임회사", "주식회사", "유한회사", "재단법인", "사단법인")
_SHORT_FORMS = ("(주)", "(유)", "(재)", "(사)")


@dataclass(frozen=True, slots=True)
class Searched:
    """The searched text of one subject.

    Attributes:
        norm: Its names in normal form, parted by `BETWEEN`.
        initials: The same with each Hangul syllable replaced by its first consonant.
    """

    norm: str
    initials: str

    def text_id(self, subject_id: UUID) -> int:
        """Name this text of this subject by a number below 2^63, the same whenever it recurs."""
        digest = hashlib.sha256(subject_id.bytes + self.norm.encode()).digest()
        return int.from_bytes(digest[:8]) >> 1

    def grams(self) -> set[str]:
        """Give all pieces that can be asked for."""
        found = _grams(self.norm, 2)
        found.update(gram for gram in _grams(self.initials, 3) if _has_initial(gram))
        return found


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
            return _grams(self.text, 2)
        return {gram for gram in _grams(self.text, 3) if _has_initial(gram)}


def searched(texts: Iterable[str | None]) -> Searched:
    """Bring the texts by which a subject is to be found into the form that is searched."""
    norm = BETWEEN.join(dict.fromkeys(_normal(text) for text in texts if text))
    return Searched(norm, "".join(_initial(character) for character in norm))


def words(q: str) -> tuple[Word, ...]:
    """Read what is asked for: words that must all occur.

    A legal form at either end is left out, unless nothing else is asked for: ㈜네이버 finds
    네이버 주식회사.
    """
    whole = _folded(q)
    parts = [part for part in _BLANKS.split(whole) if part]
    kept = [short for part in parts if (short := _without_form(part))]
    return tuple(_word(part) for part in kept or parts)


def _word(text: str) -> Word:
    if any(_has_initial(character) for character in text):
        return Word("".join(_initial(character) for character in text), by_initials=True)
    return Word(text, by_initials=False)


def _normal(text: str) -> str:
    return _BLANKS.sub("", _folded(text))


def _folded(text: str) -> str:
    return _JOINTS.sub("", without_marks(unicodedata.normalize("NFKC", text).casefold()))


def _without_form(word: str) -> str:
    for form in (*_FORMS, *_SHORT_FORMS):
        word = word.removeprefix(form).removesuffix(form)
    return word


def _initial(character: str) -> str:
    code = ord(character)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return _INITIALS[(code - _FIRST_SYLLABLE) // _PER_INITIAL]
    # NFKC turns the consonants of the keyboard into the conjoining ones of the same order.
    if 0x1100 <= code <= 0x1112:
        return _INITIALS[code - 0x1100]
    return character


def _has_initial(text: str) -> bool:
    return any(character in _INITIALS or 0x1100 <= ord(character) <= 0x1112 for character in text)


def _grams(text: str, length: int) -> set[str]:
    found = {text[start : start + length] for start in range(len(text) - length + 1)}
    return {gram for gram in found if BETWEEN not in gram}
