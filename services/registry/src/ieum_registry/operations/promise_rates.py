"""Read the promises that rates are made of, as of a day and as known at an entry."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

from changefeed.mapping import from_facts
from changefeed.promised import PromiseStanding
from changefeed.subjects.promise import Promise
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.promise_rates import Group, Key, KeyOf, quarter_ends, rates, total
from ieum_registry.operations.ports.condition import Condition, any_of, linked
from ieum_registry.operations.ports.records import Reading, Records
from ieum_registry.operations.ports.scope import EVERYTHING, Scope

By = Literal["agreement", "partner", "kind", "department", "year", "task"]
WAYS: tuple[By, ...] = get_args(By)

MOST_PROMISES = 20_000
"""So many are added up for one question; it is asked of fewer then."""

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Rates:
    """What was promised and what came, in groups and in all, as known at one entry."""

    known_at: int
    groups: tuple[Group, ...]
    total: Group


def rates_of(
    conditions: Sequence[Condition],
    *,
    by: By | None,
    on: date,
    known_at: int | None,
    scope: Scope,
    records: Records,
    q: str | None = None,
) -> Rates:
    """Add up the promises that meet conditions and that the scope shows.

    Args:
        by: In which groups; None is in none, only all together.
        q: Words by which they are found, as lists are.

    Raises:
        RuleBroken: `promise.too_many`.

    Source: docs/rules/lifecycle.md, L-66 and L-67.
    """
    seq = records.head().seq if known_at is None else known_at
    promises = _promises(conditions, seq, scope, records, q)
    in_all = total(promises, on=on)
    if by is None:
        return Rates(seq, (), in_all)
    key_of = _key_of(by, promises, seq, scope, records)
    return Rates(seq, tuple(rates(promises, on=on, key_of=key_of)), in_all)


def trend_of(
    conditions: Sequence[Condition],
    *,
    on: date,
    quarters: int,
    known_at: int | None,
    scope: Scope,
    records: Records,
    q: str | None = None,
) -> list[tuple[date, Group]]:
    """Add up the same at the end of each of some quarters, the last one on the day itself.

    Raises:
        RuleBroken: `promise.too_many`.
    """
    seq = records.head().seq if known_at is None else known_at
    promises = _promises(conditions, seq, scope, records, q)
    return [(day, total(promises, on=day)) for day in quarter_ends(on, quarters)]


def _promises(
    conditions: Sequence[Condition], seq: int, scope: Scope, records: Records, q: str | None
) -> list[Promise]:
    found: list[Promise] = []
    for reading in _all("promise", conditions, seq, scope, records, q):
        if len(found) == MOST_PROMISES:
            raise RuleBroken("promise.too_many", most=MOST_PROMISES)
        found.append(from_facts(Promise, json.loads(reading.text)))
    return found


def _key_of(by: By, promises: Iterable[Promise], seq: int, scope: Scope, records: Records) -> KeyOf:
    match by:
        case "partner":
            stands = _standing_for(seq, records)
            return lambda promise, _: stands.get(str(promise.partner_id), str(promise.partner_id))
        case "kind" | "department":
            field = "kind" if by == "kind" else "lead_department_id"
            under = _agreements({each.agreement_id for each in promises}, seq, scope, records)
            return lambda promise, _: under.get(promise.agreement_id, {}).get(field)
        case "agreement":
            return lambda promise, _: str(promise.agreement_id)
        case "task":
            return lambda promise, _: None if promise.task_id is None else str(promise.task_id)
        case "year":
            return _year


def _year(_: Promise, standing: PromiseStanding) -> Key:
    return f"{standing.due_on.year:04}"


def _standing_for(seq: int, records: Records) -> Mapping[str, str]:
    """Give who stands for each merged partner, as known then."""
    holders = [
        json.loads(each.text)
        for each in _all("partner", [linked("merged", None)], seq, EVERYTHING, records)
    ]
    found: dict[str, str] = {}
    # Whoever holds most holds what was merged into the others, too.
    for holder in sorted(holders, key=lambda each: len(each["merged_ids"])):
        found |= dict.fromkeys(holder["merged_ids"], holder["id"])
    return found


def _agreements(
    ids: Iterable[UUID], seq: int, scope: Scope, records: Records
) -> Mapping[UUID, Mapping[str, Any]]:
    asked, found = sorted(ids), {}
    for start in range(0, len(asked), _AT_ONCE):
        these = [any_of("id", asked[start : start + _AT_ONCE])]
        for each in _all("agreement", these, seq, scope, records):
            facts = json.loads(each.text)
            found[UUID(facts["id"])] = facts
    return found


def _all(
    subject_type: str,
    conditions: Sequence[Condition],
    seq: int,
    scope: Scope,
    records: Records,
    q: str | None = None,
) -> Iterator[Reading]:
    after: str | None = None
    while True:
        page = records.list(
            subject_type,
            conditions,
            q=q,
            known_at=seq,
            limit=_AT_ONCE,
            after=after,
            scope=scope,
        )
        yield from page.items
        if page.next is None:
            return
        after = page.next
