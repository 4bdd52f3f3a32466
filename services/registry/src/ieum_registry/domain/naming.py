"""Names: how text is taken in, and when two names are compared as one.

What is stored is what was written (composed, nothing stripped); stripping is for comparing only.
"""

import re
import unicodedata
from functools import cache

from changefeed import limits

# Longest first, so that 사회적협동조합 is not left with 사회적. Never 산학협력단 or 학교법인: those
# are other legal persons than the university whose name they carry.
LEGAL_FORMS = (
    "사회적협동조합",
    "유한책임회사",
    "농업회사법인",
    "영농조합법인",
    "주식회사",
    "유한회사",
    "합자회사",
    "합명회사",
    "협동조합",
    "재단법인",
    "사단법인",
    "(주)",
    "(유)",
    "(재)",
    "(사)",
)
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A key: letters, digits, dot, underscore, hyphen, 1 to 64 of them."""

HTTPS = re.compile(r"https://[\w.-]+(:\d{1,5})?([/?#]\S*)?")
WEB = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]\S*)?")
PHONE = re.compile(rf"[0-9+() -]{{3,{limits.PHONE}}}")

_BLANKS = re.compile(r"\s+")
_ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
# Control characters but the line break, halves of surrogate pairs, other kinds of line break, and
# marks and letters that turn the reading direction or show nothing at all, as the Hangul fillers
# do: a name can be forged with those. Joiners (U+200C, U+200D) and variation selectors stay: they
# shape Persian words and emoji. Source: Unicode 16, Default_Ignorable_Code_Point and categories
# Cc, Cs, Zl, Zp.
_UNWRITABLE = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "]"
)
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
_BRAILLE_BLANK = "\u2800"


def composed(text: str) -> str:
    """Give the text in NFC: Hangul that a Mac sent in pieces becomes whole syllables.

    Source: docs/rules/terms.md, T-12.
    """
    return unicodedata.normalize("NFC", text)


def unwritable(text: str) -> int | None:
    """Find the first character that no name or sentence may hold.

    Line breaks are left to the field: a title has none, a purpose may.

    Returns:
        Its position from 0: a control character, half a surrogate pair, a hidden mark. None if
        there is none.

    Source: docs/rules/terms.md, T-13.
    """
    found = _UNWRITABLE.search(text)
    return None if found is None else found.start()


def shows_nothing(text: str) -> bool:
    """Say whether nobody would see this text: it holds no letter, digit, sign or symbol.

    Blanks of every kind, joiners, and marks that want a letter to sit on show nothing by
    themselves.

    Source: docs/rules/terms.md, T-13.
    """
    return not any(
        unicodedata.category(each)[0] in "LNPS" and each != _BRAILLE_BLANK for each in text
    )


def is_email_address(text: str) -> bool:
    """Say whether letters can be sent there at all: one @, a dotted domain, no blanks."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


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


def comparison_name(name: str) -> str:
    """Give the form in which two names are compared, for a person to decide; never stored.

    Compatibility forms are opened (㈜ becomes (주)), legal forms go from either end, blanks, case
    and the marks of letters do not count. A name that is nothing but a legal form stays as it is.

    Source: docs/rules/terms.md, T-14.
    """
    opened = unicodedata.normalize("NFKC", name)
    found = without_marks(_BLANKS.sub(" ", opened).strip().casefold())
    while (shorter := _without_one_form(found)) not in {found, ""}:
        found = shorter
    return found.replace(" ", "")


def _without_one_form(name: str) -> str:
    for form in LEGAL_FORMS:
        if name.startswith(form):
            return name.removeprefix(form).strip()
        if name.endswith(form):
            return name.removesuffix(form).strip()
    return name
