"""Which form a Korean particle takes after a name: 은/는, 이/가, 을/를, 과/와, 으로/로.

Source: 한글 맞춤법 (Korean orthography): the form follows the last sound that is read; what stands
in brackets is not.
"""

import re

_FIRST, _LAST = "가", "힣"
_ENDINGS = 28
_RIEUL = 8
"""The place of ㄹ among the endings of a syllable; 0 is none."""

_DIGITS_ENDING = "013678"
"""영 일 삼 육 칠 팔; ten, hundred and thousand end in 0 and in a consonant too."""

_DIGITS_RIEUL = "178"
_LETTERS_ENDING = "LMNR"
"""엘 엠 엔 알; the other letters' names end in a vowel."""

_LETTERS_RIEUL = "LR"
_BRACKETED = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
_LATIN = re.compile(r"[A-Za-z]+$")
_ENDS_IN_CONSONANT = re.compile(r"(?:[lmn]|[lmn]e|ng|[aeiou]c?[bckpt])$")
"""How most English words sound in Korean: 구글, 게임, 클럽, 로봇; but 네트워크, 서버."""

_ENDS_IN_RIEUL = re.compile(r"le?$")


def particle(name: str, forms: str) -> str:
    """Choose the form that follows a name.

    Args:
        name: Whatever a record holds; marks and brackets at its end are passed over.
        forms: After a consonant, a stroke, after a vowel: `은/는`.

    Returns:
        One of the two; both, as `은(는)`, where the name's sound cannot be told. `으로/로` is 로
        after ㄹ as well.
    """
    after_consonant, after_vowel = forms.split("/")
    ending = _ending(_read_aloud(name))
    if ending is None:
        return f"{after_consonant}({after_vowel})"
    if ending == "" or (ending == "ㄹ" and after_vowel == "로"):
        return after_vowel
    return after_consonant


def _read_aloud(name: str) -> str:
    """Take off what is not read: marks at the end, and brackets with something before them."""
    spoken = name
    while (shorter := _BRACKETED.sub("", spoken)) != spoken and shorter.strip():
        spoken = shorter
    while spoken and not spoken[-1].isalnum():
        spoken = spoken[:-1]
    return spoken


def _ending(spoken: str) -> str | None:
    """Give the last sound: empty for a vowel, `ㄹ`, `other`; None where it cannot be told."""
    last = spoken[-1:]
    if _FIRST <= last <= _LAST:
        place = (ord(last) - ord(_FIRST)) % _ENDINGS
        return "" if place == 0 else "ㄹ" if place == _RIEUL else "other"
    if last.isascii() and last.isdigit():
        return _of(last, _DIGITS_ENDING, _DIGITS_RIEUL)
    found = _LATIN.search(spoken)
    return None if found is None else _latin_ending(found[0])


def _latin_ending(word: str) -> str:
    """Read short capitals and what has no vowel letter by letter, the rest as a word."""
    is_spelt = len(word) <= 3 and sum(map(str.isupper, word)) >= len(word) / 2
    if is_spelt or not re.search("[AEIOUYaeiouy]", word):
        return _of(word[-1].upper(), _LETTERS_ENDING, _LETTERS_RIEUL)
    lower = word.lower()
    if not _ENDS_IN_CONSONANT.search(lower):
        return ""
    return "ㄹ" if _ENDS_IN_RIEUL.search(lower) else "other"


def _of(last: str, ending: str, rieul: str) -> str:
    return "" if last not in ending else "ㄹ" if last in rieul else "other"
