"""What the public may read of a subject: a pure function of its facts."""

from changefeed.change import Facts

_WHOLLY = frozenset(
    {
        "partner",
        "department",
        "programme",
        "strategy",
        "task",
        "service_field",
        "technology",
        "event",
        "calendar_day",
        "redaction",
    }
)


def disclosed(subject_type: str, facts: Facts) -> Facts | None:
    """Give what the public may read, in the shape of the facts, or None for nothing.

    Source: docs/changes.md, "What is disclosed"; docs/rules/lifecycle.md, L-12.
    """
    if subject_type in _WHOLLY:
        return facts
    if subject_type == "agreement":
        return _disclosed_agreement(facts)
    if subject_type == "collaboration":
        return facts if facts["disclosure"] == "public" else None
    return None


def _disclosed_agreement(facts: Facts) -> Facts | None:
    if facts["disclosure"] == "public":
        return facts
    if facts["disclosure"] != "partly":
        return None
    end = facts["end"]
    assert isinstance(end, dict)  # noqa: S101 - facts come from `Agreement.facts` alone.
    return {**facts, "purpose": None, "end": {**end, "note": None}}
