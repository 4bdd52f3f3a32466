"""Whether what a transaction rests on still stands, asked under the lock of the numbers.

Only what was written since it was opened is read, and each of it is held against what the
transaction had read: so nothing else can refuse it, however much is written beside it.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from changefeed.mapping import from_facts, to_facts
from ieum_registry.domain.errors import Overtaken, Stale
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.storage.database.writing import WriteTransaction
from ieum_registry.storage.index.meets import meets
from ieum_registry.storage.index.shelf import Shelf, filled
from ieum_registry.storage.index.shelves import SHELVES
from ieum_registry.storage.index.spans import Spans

from .texts import there
from .transaction import Listed, Transaction


def must_still_stand(
    transaction: Transaction, writing: WriteTransaction, spans: Spans, *, since: int
) -> None:
    """Refuse the transaction if anything that it read has been changed.

    Args:
        since: How far the log reached when the transaction was opened.

    Raises:
        Stale: A subject was changed whose version the caller had sent.
        Overtaken: Another subject was changed that the transaction read, or one has come into, or
            gone from, what the transaction asked for.
    """
    # Ungrouped: SQLite would walk the index of all subjects to group them.
    changed = {
        (UUID(str(raw_id)), subject_type): int(version)
        for raw_id, subject_type, version in writing.rows(
            "SELECT subject_id, subject_type, version FROM change_log WHERE seq > ? ORDER BY seq",
            [since],
        )
    }
    for (subject_id, subject_type), version in changed.items():
        known = transaction.known.get(subject_id)
        if known is None or known.read_version == version:
            continue
        if known.seen is not None:
            raise Stale(known.seen, version)
        raise Overtaken(subject_type, subject_id, _name(to_facts(known.subject)))
    asked_for = {each.subject_type for each in transaction.listed} | {
        type_ for type_, _ in transaction.held
    }
    for subject_type in sorted(asked_for):
        shelf = SHELVES[subject_type]
        ids = [subject_id for subject_id, type_ in changed if type_ == subject_type]
        # Another connection: what was committed before the lock was given is there.
        for raw_id, _, text in spans.many(shelf, ids) if ids else ():
            facts = json.loads(there(subject_type, raw_id, text))
            _must_be_as_listed(transaction, shelf, UUID(str(raw_id)), facts)


def _must_be_as_listed(
    transaction: Transaction, shelf: Shelf, subject_id: UUID, facts: Mapping[str, Any]
) -> None:
    """Refuse it if a changed subject has come into what it asked for, or gone from it."""
    content = filled(shelf, facts)
    for listed in transaction.listed:
        if listed.subject_type == shelf.subject_type:
            is_in = meets(shelf, subject_id, content, listed.conditions)
            if is_in != (subject_id in listed.ids) and _is_heeded(listed, shelf, facts):
                raise Overtaken(shelf.subject_type, subject_id, _name(facts))
    for (subject_type, field_name), held in transaction.held.items():
        if subject_type == shelf.subject_type:
            value = content.columns[_place(shelf, field_name)]
            had = [each for each, holder in held.items() if holder == subject_id]
            if held.get(value, subject_id) != subject_id or any(each != value for each in had):
                raise Overtaken(shelf.subject_type, subject_id, _name(facts))


def _is_heeded(listed: Listed, shelf: Shelf, facts: Mapping[str, Any]) -> bool:
    return listed.heeding(from_facts(SUBJECTS[shelf.subject_type], facts))


def _place(shelf: Shelf, field_name: str) -> int:
    return shelf.columns.index(shelf.column(field_name))


def _name(facts: Mapping[str, Any]) -> str:
    """Give what a person knows the subject by: its key, or what it is called; perhaps nothing."""
    called = facts.get("name") or facts.get("title") or {}
    return str(facts.get("key") or called.get("ko") or "")
