"""Promises: what parties said they would bring, in figures."""

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from changefeed.promised import PromiseStanding
from changefeed.subjects.promise import PROMISE_STATES
from httpedge.access import allow
from httpedge.caller import Role
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
from ieum_registry.api.asked import Asked, OneAsked, OneQuery, query_of
from ieum_registry.api.counts import add_counts
from ieum_registry.api.looked_after import LookedAfterQuery, led_by
from ieum_registry.api.shapes.promise import (
    PromiseBody,
    PromiseLineBody,
    PromiseRevision,
    PromiseRevisionShape,
    PromiseShape,
    PromiseStandingBody,
    SaidWhy,
    SaidWhyShape,
    Settlement,
    SettlementShape,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger, records, scope, seq_known, today
from ieum_registry.domain.promise import Promise
from ieum_registry.domain.promise_index import state_id
from ieum_registry.operations.ports.condition import Condition, either, linked
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.ports.records import Reading
from ieum_registry.operations.promise import (
    change_promise,
    make_promise,
    reopen_promise,
    retract_promise,
    revise_promise,
    settle_promise,
)
from ieum_registry.operations.standing import standing_of_promise, standings_of_promises

routes = Routes("promises", __name__, url_prefix="/v1/promises", description=__doc__)

READERS: tuple[Role, ...] = ("office", "department", "auditor", "service", "liaison")


class PromisesQuery(LookedAfterQuery):
    """Promises by where they stand."""

    state = fields.String(validate=validate.OneOf([*PROMISE_STATES, "overdue"]))

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:
        """Turn the state into a condition; L-62 of docs/rules/lifecycle.md."""
        found: list[Condition] = []
        if "state" in data:
            found.append(linked("state", state_id(data["state"]), on=day))
        if "looked_after_by" in data:
            found.append(either(*led_by(data, "led_by")))
        return found


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Promise, PromisesQuery), location="query")
@routes.response(200, listed(PromiseLineBody))
@allow(*READERS)
@on_a_sheet
def list_promises(asked: Asked) -> Response:
    """List promises by by-day."""
    dressed = partial(_with_standing, on=asked.on or today()) if asked.with_standing else None
    return listing("promise", asked, dressed=dressed)


add_counts(routes, Promise, PromisesQuery, *READERS)


def _with_standing(readings: Sequence[Reading], *, on: date) -> list[str]:
    found = standings_of_promises(readings, on=on)
    return [
        with_more(reading, {"standing": _standing(standing)})
        for reading, standing in zip(readings, found, strict=True)
    ]


@routes.route("", methods=["POST"])
@routes.arguments(PromiseShape)
@routes.response(201, PromiseBody)
@allow("office")
@recorded(201)
def make(promise: Promise) -> Entry:
    """Record a promise of a party."""
    return make_promise(promise, ledger=ledger())


@routes.route("/<uuid:promise_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, PromiseBody)
@allow(*READERS)
@tagged
def show_promise(asked: OneAsked, promise_id: UUID) -> Response:
    """Show one promise."""
    return one("promise", promise_id, asked)


@routes.route("/<uuid:promise_id>", methods=["PATCH"])
@routes.arguments(patch_of(PromiseShape))
@routes.response(200, PromiseBody)
@allow("office")
@recorded(200)
def change(patch: Patch, promise_id: UUID) -> Entry:
    """Set a promise right; another figure that was agreed is a revision."""
    return change_promise(
        promise_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:promise_id>/revisions", methods=["POST"])
@routes.arguments(PromiseRevisionShape)
@routes.response(201, PromiseBody)
@allow("office")
@recorded(201)
def revise(revision: PromiseRevision, promise_id: UUID) -> Entry:
    """Record another target or by-day from a day on; what held before stays beside it."""
    return revise_promise(
        promise_id,
        on=revision.on,
        target=revision.target,
        due_on=revision.due_on,
        reason=revision.reason,
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:promise_id>/settlements", methods=["POST"])
@routes.arguments(SettlementShape)
@routes.response(201, PromiseBody)
@allow("office")
@recorded(201)
def settle(settlement: Settlement, promise_id: UUID) -> Entry:
    """Record what became of a promise that will not be delivered as made."""
    return settle_promise(
        promise_id,
        outcome=settlement.outcome,
        settled_on=settlement.settled_on,
        reason=settlement.reason,
        today=today(),
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:promise_id>/reopenings", methods=["POST"])
@routes.arguments(SaidWhyShape)
@routes.response(201, PromiseBody)
@allow("office")
@recorded(201)
def reopen(said: SaidWhy, promise_id: UUID) -> Entry:
    """Take back what is recorded of its outcome, and say why."""
    return reopen_promise(promise_id, reason=said.reason, seen=if_match(), ledger=ledger())


@routes.route("/<uuid:promise_id>/retractions", methods=["POST"])
@routes.arguments(SaidWhyShape)
@routes.response(201, PromiseBody)
@allow("office")
@recorded(201)
def retract(said: SaidWhy, promise_id: UUID) -> Entry:
    """Take back a promise that was never made, and say why; then it is gone."""
    return retract_promise(promise_id, reason=said.reason, seen=if_match(), ledger=ledger())


@routes.route("/<uuid:promise_id>/standing", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, PromiseStandingBody)
@allow(*READERS)
def show_standing(asked: OneAsked, promise_id: UUID) -> Response:
    """Say where the promise stands on a day."""
    found = standing_of_promise(
        promise_id,
        on=asked.on or today(),
        known_at=seq_known(asked.known_at),
        scope=scope(),
        records=records(),
    )
    return json_answer(json.dumps(_standing(found)))


def _standing(found: PromiseStanding) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "state": found.state,
        "target": found.target,
        "due_on": found.due_on.isoformat(),
        "reached": found.reached,
        "reached_on": None if found.reached_on is None else found.reached_on.isoformat(),
        "is_overdue": found.is_overdue,
        "days_left": found.days_left,
    }
