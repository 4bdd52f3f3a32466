"""What of the record is over on a day: searches give what lives before it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from changefeed.bounds import last_day
from changefeed.mapping import from_facts
from changefeed.subjects.agreement import Agreement


def has_ended(subject_type: str, facts: Mapping[str, Any], on: date) -> bool:
    """Say whether a subject is over on a day, as far as its facts are told; most never are.

    Source: docs/rules/terms.md, T-39.
    """
    is_over = _OVER.get(subject_type)
    return is_over is not None and is_over(facts, on)


def _agreement(facts: Mapping[str, Any], on: date) -> bool:
    agreement = from_facts(Agreement, facts)
    if agreement.end.rule == "auto_renews":
        return False
    last = last_day(agreement) or agreement.end.ends_on
    return last is not None and last < on


def _milestone(facts: Mapping[str, Any], _: date) -> bool:
    return facts["done_on"] is not None or facts["cancelled_on"] is not None


def _event(facts: Mapping[str, Any], on: date) -> bool:
    return facts["cancelled_on"] is not None or facts["ends_at"][:10] < on.isoformat()


_OVER: Mapping[str, Callable[[Mapping[str, Any], date], bool]] = {
    "agreement": _agreement,
    "milestone": _milestone,
    "event": _event,
}
