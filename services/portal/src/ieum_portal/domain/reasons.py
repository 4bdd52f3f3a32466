"""Why somebody takes data of people out, as they say it.

Source: docs/rules/access.md, A-19.
"""

import re
from datetime import timedelta
from typing import Literal, get_args
from unicodedata import normalize

TakenOut = Literal["people", "document", "import"]
"""What is taken out: lists of people, the file of a closed document, lines of a ledger."""

TAKEN_OUT: tuple[TakenOut, ...] = get_args(TakenOut)

SHORTEST, LONGEST = 5, 100
KEPT_FOR = timedelta(minutes=10)
"""For so long one reason holds in a session, for one kind."""

Fault = Literal["short", "long", "address"]

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.|(?=[\d .()‐–·/-]{9})\d(?:[ .()‐–·/-]*\d){6,}")
"""An e-mail address or a telephone number: the reason is kept longer than those may be."""
_NUMBER_OR_DAY = re.compile(
    r"[가-힣A-Za-z]+-\d{1,9}(?![\d-])"
    r"|(?<![\d-])(?:19|20)\d\d(?:"
    r"[-./] ?(?:1[0-2]|0?[1-9])(?:[-./] ?(?:3[01]|[12]\d|0?[1-9]))?(?![\d-])|-\d{1,6}호)"
)
"""인공지능정책과-12345, 공고 제2026-123호 and days, as 2026. 12. 1., are none."""


def reason_fault(reason: str) -> Fault | None:
    """Say what is wrong with a reason that is tidy; None if it will do."""
    if sum(each.isalnum() for each in reason) < SHORTEST:
        return "short"
    if len(reason) > LONGEST:
        return "long"
    plain = _NUMBER_OR_DAY.sub("#", normalize("NFKC", reason))
    return "address" if _ADDRESS.search(plain) else None
