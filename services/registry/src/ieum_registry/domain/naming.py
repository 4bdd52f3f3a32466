"""Names: how text is taken in, and when two names are compared as one.

What is stored is what was written (composed, nothing stripped); stripping is for comparing only.
"""

import re
import unicodedata

from changefeed import limits
from changefeed.finding import without_marks

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
