"""Milestones: dated promises, kept or not."""

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from httpedge.access import allow, caller
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
from ieum_registry.api.shapes.milestone import (
    Cancellation,
    CancellationShape,
    Completion,
    CompletionShape,
    MilestoneBody,
    MilestoneLineBody,
    MilestoneShape,
    MilestoneStandingBody,
    Reopening,
    ReopeningShape,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger, records, scope, seq_known, today
from ieum_registry.domain.lifecycle import MILESTONE_STATES, MilestoneStanding
from ieum_registry.domain.milestone import Milestone
from ieum_registry.operations.milestone import (
    cancel_milestone,
    change_milestone,
    complete_milestone,
    reopen_milestone,
    set_milestone,
)
from ieum_registry.operations.ports.condition import (
    Condition,
    any_of,
    at_least,
    at_most,
    before,
    beyond,
    either,
    every,
)
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.ports.records import Reading
from ieum_registry.operations.standing import standing_of_milestone, standings_of_milestones

ANY_ID = str(UUID(int=0))
"""The first of all: whatever has an id has this one or a later."""

routes = Routes("milestones", __name__, url_prefix="/v1/milestones", description=__doc__)


class MilestonesQuery(LookedAfterQuery):
    """Milestones by where they stand."""

    state = fields.String(validate=validate.OneOf(MILESTONE_STATES))

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:
        """Turn the state into conditions; L-9 of docs/rules/lifecycle.md as ranges."""
        still_open = [beyond("done_on", day), beyond("cancelled_on", day)]
        states: dict[str | None, list[Condition]] = {
            "done": [at_most("done_on", day)],
            "cancelled": [at_most("cancelled_on", day)],
            "overdue": [before("due_on", day), *still_open],
            "due": [at_least("due_on", day), *still_open],
        }
        found = states.get(data.get("state"), [])
        if "looked_after_by" not in data:
            return found
        owned = any_of("owner_id", data["looked_after_by"])
        if caller().role == "liaison":
            # Who leads an agreement that it does not see would show by which of its own are found.
            return [*found, owned]
        promised = every(
            at_least("owner_partner", ANY_ID), either(*led_by(data, "agreement_id", "led_by"))
        )
        return [*found, either(owned, promised)]


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Milestone, MilestonesQuery), location="query")
@routes.response(200, listed(MilestoneLineBody))
@allow("office", "department", "auditor", "service", "liaison")
@on_a_sheet
def list_milestones(asked: Asked) -> Response:
    """List milestones by due day."""
    dressed = partial(_with_standing, on=asked.on or today()) if asked.with_standing else None
    return listing("milestone", asked, dressed=dressed)


add_counts(
    routes, Milestone, MilestonesQuery, "office", "department", "auditor", "service", "liaison"
)


def _with_standing(readings: Sequence[Reading], *, on: date) -> list[str]:
    found = standings_of_milestones(readings, on=on)
    return [
        with_more(reading, {"standing": _standing(standing)})
        for reading, standing in zip(readings, found, strict=True)
    ]


@routes.route("", methods=["POST"])
@routes.arguments(MilestoneShape)
@routes.response(201, MilestoneBody)
@allow("office")
@recorded(201)
def set_one(milestone: Milestone) -> Entry:
    """Set a milestone."""
    return set_milestone(milestone, ledger=ledger())


@routes.route("/<uuid:milestone_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, MilestoneBody)
@allow("office", "department", "auditor", "service", "liaison")
@tagged
def show_milestone(asked: OneAsked, milestone_id: UUID) -> Response:
    """Show one milestone."""
    return one("milestone", milestone_id, asked)


@routes.route("/<uuid:milestone_id>", methods=["PATCH"])
@routes.arguments(patch_of(MilestoneShape))
@routes.response(200, MilestoneBody)
@allow("office")
@recorded(200)
def change(patch: Patch, milestone_id: UUID) -> Entry:
    """Change a milestone."""
    return change_milestone(
        milestone_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:milestone_id>/completions", methods=["POST"])
@routes.arguments(CompletionShape)
@routes.response(201, MilestoneBody)
@allow("office")
@recorded(201)
def complete(completion: Completion, milestone_id: UUID) -> Entry:
    """Record that a milestone was reached, with what proves it."""
    return complete_milestone(
        milestone_id,
        done_on=completion.done_on,
        evidence=completion.evidence,
        reason=completion.reason,
        today=today(),
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:milestone_id>/cancellations", methods=["POST"])
@routes.arguments(CancellationShape)
@routes.response(201, MilestoneBody)
@allow("office")
@recorded(201)
def cancel(cancellation: Cancellation, milestone_id: UUID) -> Entry:
    """Drop a milestone, and say why."""
    return cancel_milestone(
        milestone_id,
        cancelled_on=cancellation.cancelled_on,
        reason=cancellation.reason,
        today=today(),
        seen=if_match(),
        ledger=ledger(),
    )


@routes.route("/<uuid:milestone_id>/reopenings", methods=["POST"])
@routes.arguments(ReopeningShape)
@routes.response(201, MilestoneBody)
@allow("office")
@recorded(201)
def reopen(reopening: Reopening, milestone_id: UUID) -> Entry:
    """Take back that a milestone was done or cancelled, and say why."""
    return reopen_milestone(milestone_id, reason=reopening.reason, seen=if_match(), ledger=ledger())


@routes.route("/<uuid:milestone_id>/standing", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, MilestoneStandingBody)
@allow("office", "department", "auditor", "service", "liaison")
def show_standing(asked: OneAsked, milestone_id: UUID) -> Response:
    """Say where the milestone stands on a day."""
    found = standing_of_milestone(
        milestone_id,
        on=asked.on or today(),
        known_at=seq_known(asked.known_at),
        scope=scope(),
        records=records(),
    )
    return json_answer(json.dumps(_standing(found)))


def _standing(found: MilestoneStanding) -> dict[str, Any]:
    return {"on": found.on.isoformat(), "state": found.state, "days_left": found.days_left}
