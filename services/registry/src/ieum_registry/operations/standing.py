"""Say where agreements, milestones, promises and events stand on a day, as known at an entry."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from changefeed.mapping import from_facts
from changefeed.promised import PromiseStanding, standing_on
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.event import Event
from ieum_registry.domain.event_standing import EventStanding, event_standing
from ieum_registry.domain.lifecycle import (
    AgreementStanding,
    MilestoneStanding,
    agreement_standing,
    milestone_standing,
)
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.promise import Promise
from ieum_registry.domain.sign_of_life import days_proved
from ieum_registry.operations.ports.condition import any_of
from ieum_registry.operations.ports.records import Reading, Records
from ieum_registry.operations.ports.scope import Scope


def standing_of_agreement(
    agreement_id: UUID, *, on: date, known_at: int | None, scope: Scope, records: Records
) -> AgreementStanding:
    """Say where an agreement and its parties stand.

    What the caller may not see is no sign of life for them either.

    Raises:
        NotFound: No such agreement, or none that the scope shows.
    """
    reading = records.one("agreement", agreement_id, known_at=known_at, scope=scope)
    (found,) = standings_of_agreements(
        [reading], on=on, known_at=known_at, scope=scope, records=records
    )
    return found


def standings_of_agreements(
    readings: Sequence[Reading], *, on: date, known_at: int | None, scope: Scope, records: Records
) -> list[AgreementStanding]:
    """Say where agreements that were read, and their parties, stand; in their order."""
    agreements = [from_facts(Agreement, json.loads(each.text)) for each in readings]
    last_signs: dict[UUID, date] = {}
    for subject_type in ("collaboration", "milestone", "journal", "promise_report"):
        under = _under([each.id for each in agreements], subject_type, known_at, scope, records)
        for facts in under:
            agreement_id = UUID(facts["agreement_id"])
            known = [last_signs[agreement_id]] if agreement_id in last_signs else []
            signs = [*known, *(day for day in days_proved(facts) if day <= on)]
            if signs:
                last_signs[agreement_id] = max(signs)
    return [
        agreement_standing(each, on, last_sign_on=last_signs.get(each.id)) for each in agreements
    ]


def standing_of_milestone(
    milestone_id: UUID, *, on: date, known_at: int | None, scope: Scope, records: Records
) -> MilestoneStanding:
    """Say where a milestone stands.

    Raises:
        NotFound: No such milestone, or none that the scope shows.
    """
    reading = records.one("milestone", milestone_id, known_at=known_at, scope=scope)
    (found,) = standings_of_milestones([reading], on=on)
    return found


def standings_of_milestones(readings: Sequence[Reading], *, on: date) -> list[MilestoneStanding]:
    """Say where milestones stand, in the order of what was read."""
    read = (from_facts(Milestone, json.loads(each.text)) for each in readings)
    return [milestone_standing(each, on) for each in read]


def standing_of_promise(
    promise_id: UUID, *, on: date, known_at: int | None, scope: Scope, records: Records
) -> PromiseStanding:
    """Say where a promise stands.

    Raises:
        NotFound: No such promise, or none that the scope shows.
    """
    reading = records.one("promise", promise_id, known_at=known_at, scope=scope)
    (found,) = standings_of_promises([reading], on=on)
    return found


def standings_of_promises(readings: Sequence[Reading], *, on: date) -> list[PromiseStanding]:
    """Say where promises stand, in the order of what was read."""
    read = (from_facts(Promise, json.loads(each.text)) for each in readings)
    return [standing_on(each, on) for each in read]


def standing_of_event(
    event_id: UUID,
    *,
    now: datetime,
    on: date | None,
    known_at: int | None,
    scope: Scope,
    records: Records,
) -> EventStanding:
    """Say where an event stands: at the instant, or on a whole day of its own calendar.

    Raises:
        NotFound: No such event.
    """
    reading = records.one("event", event_id, known_at=known_at, scope=scope)
    return event_standing(from_facts(Event, json.loads(reading.text)), now, on=on)


def _under(
    agreement_ids: Sequence[UUID],
    subject_type: str,
    known_at: int | None,
    scope: Scope,
    records: Records,
) -> Iterator[dict[str, Any]]:
    after: str | None = None
    while True:
        page = records.list(
            subject_type,
            [any_of("agreement_id", agreement_ids)],
            known_at=known_at,
            limit=200,
            after=after,
            scope=scope,
        )
        yield from (json.loads(reading.text) for reading in page.items)
        if page.next is None:
            return
        after = page.next
