"""What the public may read of a subject: a pure function of its facts and its declaration."""

from collections.abc import Mapping
from typing import Any

from changefeed.bounds import is_unsigned
from changefeed.change import Facts
from changefeed.declared import Opened, opened, opened_to_parties
from changefeed.mapping import from_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.all import DECLARED


def disclosed(subject_type: str, facts: Facts) -> Facts | None:
    """Give what the public may read, in the shape of the facts, or None for nothing.

    A field that its declaration does not open is not in it at all. What is closed only while its
    subject is open in part is there as null. Of a proposal that nobody has signed there is nothing.

    Source: docs/changes.md, "What is disclosed"; docs/rules/lifecycle.md, L-12 and L-42.
    """
    if facts.get("drafting") is not None and is_unsigned(from_facts(Agreement, facts)):
        return None
    declares = DECLARED[subject_type].declares
    by = declares.opened_by
    code = facts[by] if by is not None else "public" if declares.public else "closed"
    open_ = _OPEN[subject_type].get(str(code))
    return None if open_ is None else _shown(open_, facts)


def told_to_parties(subject_type: str, facts: Facts) -> Facts:
    """Give what those may read whom the subject concerns, in the shape of the facts.

    Source: docs/access-of-fields.md; docs/rules/access.md, A-3.
    """
    open_ = _TO_PARTIES[subject_type]
    return facts if open_ is None else _shown(open_, facts)


def is_told_whole_to_parties(subject_type: str) -> bool:
    """Say whether they may read all of it."""
    return _TO_PARTIES[subject_type] is None


_TO_PARTIES: Mapping[str, Opened | None] = {
    name: opened_to_parties(kind_of) for name, kind_of in DECLARED.items()
}

_OPEN: Mapping[str, Mapping[str, Opened]] = {
    name: {"public": opened(kind_of), "partly": opened(kind_of, in_part=True)}
    for name, kind_of in DECLARED.items()
}


def _shown(open_: Opened, facts: Mapping[str, Any]) -> Facts:
    return {
        key: None if key in open_.nulled else _part(parts, facts[key])
        for key, parts in open_.keys.items()
        if key in facts
    }


def _part(open_: Opened | None, value: Any) -> Any:  # noqa: ANN401  JSON values.
    if open_ is None or value is None:
        return value
    if isinstance(value, list):
        return [_shown(open_, each) for each in value]
    return _shown(open_, value)
