"""Events: meetings all over the world, each on the clock of its place."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from changefeed.mapping import from_facts, to_facts
from httpedge.access import allow
from ieum_registry.api.answers import (
    Routes,
    json_answer,
    listed,
    listing,
    one,
    recorded,
    tagged,
    with_more,
)
from ieum_registry.api.asked import Asked, OneAsked, OneQuery, StandingQuery, query_of
from ieum_registry.api.counts import add_counts
from ieum_registry.api.shapes.event import (
    EventBody,
    EventCancellation,
    EventCancellationShape,
    EventLineBody,
    EventReopening,
    EventReopeningShape,
    EventShape,
    EventStandingBody,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger, now, records, scope, seq_known, today
from ieum_registry.domain.civil_time import civil_text, instant_text
from ieum_registry.domain.event import Event
from ieum_registry.domain.event_standing import (
    EVENT_STATES,
    BothClocks,
    EventStanding,
    event_standing,
)
from ieum_registry.operations.event import (
    cancel_event,
    change_event,
    register_event,
    reopen_event,
)
from ieum_registry.operations.ports.condition import Condition, at_least, at_most, before, beyond
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.ports.records import Reading
from ieum_registry.operations.standing import standing_of_event

routes = Routes("events", __name__, url_prefix="/v1/events", description=__doc__)


class EventsQuery(StandingQuery):
    """Events by where they stand."""

    state = fields.String(
        validate=validate.OneOf([*EVENT_STATES, "ahead"]),
        metadata={
            "description": "Now, by the hour; with on=, on that day where it is. ahead is what is"
            " upcoming or under way"
        },
    )

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:
        """Turn the state into conditions; L-19 of docs/rules/lifecycle.md as ranges."""
        runs = _on_the_day(day) if "on" in data else _at_the_instant(now())
        stands = beyond("cancelled_on", day)
        states: dict[str | None, list[Condition]] = {
            "cancelled": [at_most("cancelled_on", day)],
            "upcoming": [runs.to_begin, stands],
            "under_way": [runs.begun, runs.not_over, stands],
            "ahead": [runs.not_over, stands],
            "past": [runs.over, stands],
        }
        return states.get(data.get("state"), [])


@dataclass(frozen=True, slots=True)
class _Runs:
    """How the run of an event lies to a day or an instant."""

    to_begin: Condition
    begun: Condition
    not_over: Condition
    over: Condition


def _on_the_day(day: date) -> _Runs:
    return _Runs(
        beyond("starts_on", day),
        at_most("starts_on", day),
        at_least("ends_on", day),
        before("ends_on", day),
    )


def _at_the_instant(instant: datetime) -> _Runs:
    this = instant_text(instant)
    following = instant_text(instant + timedelta(seconds=1))
    return _Runs(
        at_least("begins_at", following),
        at_most("begins_at", this),
        at_least("is_over_at", following),
        at_most("is_over_at", this),
    )


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Event, EventsQuery), location="query")
@routes.response(200, listed(EventLineBody))
@allow("public")
@on_a_sheet
def list_events(asked: Asked) -> Response:
    """List events by their first day."""
    dressed = partial(_with_standing, on=asked.on) if asked.with_standing else None
    return listing("event", asked, dressed=dressed)


add_counts(routes, Event, EventsQuery, "public")


def _with_standing(readings: Sequence[Reading], *, on: date | None) -> list[str]:
    return [
        with_more(each, {"standing": _standing(event_standing(event, now(), on=on))})
        for each in readings
        for event in [from_facts(Event, json.loads(each.text))]
    ]


@routes.route("", methods=["POST"])
@routes.arguments(EventShape)
@routes.response(201, EventBody)
@allow("office")
@recorded(201)
def register(event: Event) -> Entry:
    """Register an event."""
    return register_event(event, today=today(), ledger=ledger())


@routes.route("/<uuid:event_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, EventBody)
@allow("public")
@tagged
def show_event(asked: OneAsked, event_id: UUID) -> Response:
    """Show one event."""
    return one("event", event_id, asked)


@routes.route("/<uuid:event_id>", methods=["PATCH"])
@routes.arguments(patch_of(EventShape))
@routes.response(200, EventBody)
@allow("office")
@recorded(200)
def change(patch: Patch, event_id: UUID) -> Entry:
    """Change an event; at another time or place it is a revision on."""
    return change_event(
        event_id,
        patch.onto,
        reason=patch.reason,
        today=today(),
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:event_id>/cancellations", methods=["POST"])
@routes.arguments(EventCancellationShape)
@routes.response(201, EventBody)
@allow("office")
@recorded(201)
def cancel(cancellation: EventCancellation, event_id: UUID) -> Entry:
    """Call an event off, and say why."""
    return cancel_event(
        event_id,
        cancelled_on=cancellation.cancelled_on,
        reason=cancellation.reason,
        told=cancellation.cancelled_for,
        today=today(),
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:event_id>/reopenings", methods=["POST"])
@routes.arguments(EventReopeningShape)
@routes.response(201, EventBody)
@allow("office")
@recorded(201)
def reopen(reopening: EventReopening, event_id: UUID) -> Entry:
    """Take a cancellation back, and say why."""
    return reopen_event(
        event_id,
        reason=reopening.reason,
        now=now(),
        today=today(),
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:event_id>/standing", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, EventStandingBody)
@allow("public")
def show_standing(asked: OneAsked, event_id: UUID) -> Response:
    """Say where the event stands now or on a day, and what clocks show there and in Seoul."""
    found = standing_of_event(
        event_id,
        now=now(),
        on=asked.on,
        known_at=seq_known(asked.known_at),
        scope=scope(),
        records=records(),
    )
    return json_answer(json.dumps(_standing(found)))


def _standing(found: EventStanding) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "state": found.state,
        "days_left": found.days_left,
        "starts_at": _clocks(found.starts_at),
        "ends_at": _clocks(found.ends_at),
        "deadlines": [
            {
                **to_facts(each.deadline),
                "seoul": civil_text(each.seoul.replace(tzinfo=None)),
                "days_left": each.days_left,
                "passed": each.passed,
            }
            for each in found.deadlines
        ],
    }


def _clocks(found: BothClocks) -> dict[str, str]:
    return {
        "civil": civil_text(found.civil),
        "zone": found.zone,
        "seoul": civil_text(found.seoul.replace(tzinfo=None)),
        "utc": f"{civil_text(found.utc.replace(tzinfo=None))}:00Z",
    }
