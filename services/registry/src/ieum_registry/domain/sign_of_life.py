"""Which days show that an agreement is alive: proof, completions, talks, and its own beginning.

Source: docs/rules/lifecycle.md, L-7.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from changefeed.subjects.journal import REMARK

SILENCE_DAYS = 365
"""So long after the last sign nobody asks yet whether anything goes on."""


def days_proved(facts: Mapping[str, Any]) -> Iterator[date]:
    """Give the days on which something proves that something went on.

    A commitment, a milestone, a talk, or a report of what was reached of a promise.
    """
    if "reached" in facts:
        yield from _days_reported(facts)
        return
    if "evidence" not in facts:  # Of a talk the day itself; nobody talked where a ledger remarks.
        if facts["kind"] != REMARK:
            yield date.fromisoformat(facts["on"])
        return
    yield from (date.fromisoformat(each["on"]) for each in facts["evidence"])
    if facts.get("done_on"):
        yield date.fromisoformat(facts["done_on"])


def _days_reported(facts: Mapping[str, Any]) -> Iterator[date]:
    """Give the days of a report's proofs, and its own if it says that something was reached.

    What the office has not confirmed proves nothing yet.
    """
    if facts["state"] != "confirmed":
        return
    yield from (date.fromisoformat(each["on"]) for each in facts["evidence"])
    if facts["reached"] > 0:
        yield date.fromisoformat(facts["on"])


def heeded_until(sign_on: date) -> date:
    """Give the last day on which a sign still counts."""
    return sign_on + min(timedelta(days=SILENCE_DAYS), date.max - sign_on)
