"""Why somebody takes data of people out, as they say it.

Source: docs/rules/access.md, A-19.
"""

import re
from datetime import timedelta
from typing import Literal, get_args

TakenOut = Literal["people", "document", "import"]
"""What is taken out: lists of people, the file of a closed document, lines of a ledger."""

TAKEN_OUT: tuple[TakenOut, ...] = get_args(TakenOut)

SHORTEST, LONGEST = 5, 100
KEPT_FOR = timedelta(minutes=10)
"""For so long one reason holds in a session, for one kind."""

Fault = Literal["short", "long", "address"]

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.|\d[\d .()-]{7,}\d")
"""An e-mail address or a telephone number: the reason is kept longer than those may be."""
_DOCUMENT_NUMBER = re.compile(r"[가-힣A-Za-z]+-\d{1,9}\b|\d{4}-\d{1,2}(?:-\d{1,2})?\b")
"""A number such as 인공지능정책과-12345 and a day are none."""


def reason_fault(reason: str) -> Fault | None:
    """Say what is wrong with a reason that is tidy; None if it will do."""
    if sum(each.isalnum() for each in reason) < SHORTEST:
        return "short"
    if len(reason) > LONGEST:
        return "long"
    return "address" if _ADDRESS.search(_DOCUMENT_NUMBER.sub("#", reason)) else None
