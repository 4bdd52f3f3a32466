"""Agreements with their parties, and where they stand."""

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, get_args
from uuid import UUID

from flask import Response
from marshmallow import fields, validate

from changefeed.mapping import to_facts
from httpedge.access import allow
from httpedge.day import Day
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
from ieum_registry.api.ledger_sheet import ledger_sheet
from ieum_registry.api.looked_after import LookedAfterQuery, led_by
from ieum_registry.api.shapes.agreement import (
    AgreementBody,
    AgreementLineBody,
    AgreementShape,
    AgreementStandingBody,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger, records, scope, seq_known, today
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.lifecycle import (
    AGREEMENT_FLAGS,
    AGREEMENT_STATES,
    AgreementStanding,
    DayName,
)
from ieum_registry.domain.term import day_text
from ieum_registry.operations.agreement import change_agreement, record_agreement
from ieum_registry.operations.ports.condition import (
    Condition,
    at_least,
    at_most,
    before,
    beyond,
    either,
    led,
    linked,
    silent,
    unlinked,
    within,
)
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.ports.records import Reading
from ieum_registry.operations.standing import standing_of_agreement, standings_of_agreements

routes = Routes("agreements", __name__, url_prefix="/v1/agreements", description=__doc__)

_SEATED = "Led by the department where this contact is, on that day and to who may see it,"
_LAST = "in force, or of the running term where it renews by itself"


class AgreementsQuery(LookedAfterQuery):
    """Agreements by where they stand and when they end."""

    state = fields.String(validate=validate.OneOf(AGREEMENT_STATES))
    flag = fields.String(
        validate=validate.OneOf(AGREEMENT_FLAGS),
        metadata={"description": "In force, and marked so on that day (L-5 to L-7)"},
    )
    officer = fields.UUID(metadata={"description": f"{_SEATED} an officer (담당자)"})
    deputy = fields.UUID(metadata={"description": f"{_SEATED} a deputy (대직자)"})
    ends_from = Day(
        metadata={"description": f"Last day ({_LAST}) on this day or later"},
    )
    ends_to = Day(metadata={"description": f"Last day ({_LAST}) on this day or before"})

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:
        """Turn state and last days into conditions; L-4, L-25 and L-39 as ranges."""
        flagged = _flagged(data["flag"], day) if "flag" in data else []
        seats = [led(role, data[role], on=day) for role in ("officer", "deputy") if role in data]
        theirs = [either(*led_by(data, "lead_department_id"))] if "looked_after_by" in data else []
        return [*_standing_at(data.get("state"), day), *flagged, *_ending(data), *seats, *theirs]


def _standing_at(state: str | None, day: date) -> list[Condition]:
    match state:
        case "draft":
            return [beyond("signed_from", day), beyond("reviewed_from", day)]
        case "reviewed":
            reviewed = at_most("reviewed_from", day)
            return [beyond("signed_from", day), reviewed, beyond("approved_from", day)]
        case "approved":
            approved = at_most("approved_from", day)
            return [beyond("signed_from", day), approved, beyond("signing_from", day)]
        case "signing":
            return [beyond("signed_from", day), at_most("signing_from", day)]
        case "in_force":
            between = unlinked("gap", on=day)
            return [at_most("signed_from", day), at_least("in_force_until", day), between]
        case "unknown_end":
            unknown = [before("in_force_until", day), at_least("lasts_until", day)]
            return [at_most("signed_from", day), *unknown, unlinked("gap", on=day)]
        case "ended":
            over = either(before("lasts_until", day), linked("gap", None, on=day))
            return [at_most("signed_from", day), over]
    return []


def _flagged(flag: str, day: date) -> list[Condition]:
    """Turn a flag into conditions; L-5 to L-7 as ranges."""
    in_force = _standing_at("in_force", day)
    match flag:
        case "not_yet_effective":
            return [*in_force, beyond("in_force_from", day)]
        case "overdue":
            # What does not renew by itself is in force to its last day and not beyond it.
            return [*in_force, at_most("in_force_from", day), before("last_on", day)]
    return [*in_force, at_most("in_force_from", day), silent(day)]


def _ending(data: dict[str, Any]) -> list[Condition]:
    """Have a last day within some days; what has none is never meant."""
    if not data.keys() & {"ends_from", "ends_to"}:
        return []
    return [*within("last_on", data.get("ends_from"), data.get("ends_to"))]


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Agreement, AgreementsQuery), location="query")
@routes.response(200, listed(AgreementLineBody))
@allow("public")
@on_a_sheet
def list_agreements(asked: Asked) -> Response:
    """List agreements, the latest signed first."""
    dressed = partial(_with_standing, asked) if asked.with_standing else None
    return listing("agreement", asked, sheet=ledger_sheet(), dressed=dressed)


add_counts(routes, Agreement, AgreementsQuery, "public")


def _with_standing(asked: Asked, readings: Sequence[Reading]) -> list[str]:
    known_at = seq_known(asked.known_at)
    found = standings_of_agreements(
        readings, on=asked.on or today(), known_at=known_at, scope=scope(), records=records()
    )
    return [
        with_more(reading, {"standing": _standing(standing, known_at)})
        for reading, standing in zip(readings, found, strict=True)
    ]


@routes.route("", methods=["POST"])
@routes.arguments(AgreementShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def record(agreement: Agreement) -> Entry:
    """Record an agreement with all its parties."""
    return record_agreement(agreement, ledger=ledger())


@routes.route("/<uuid:agreement_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, AgreementBody)
@allow("public")
@tagged
def show_agreement(asked: OneAsked, agreement_id: UUID) -> Response:
    """Show one agreement."""
    return one("agreement", agreement_id, asked)


@routes.route("/<uuid:agreement_id>", methods=["PATCH"])
@routes.arguments(patch_of(AgreementShape))
@routes.response(200, AgreementBody)
@allow("office")
@recorded(200)
def change(patch: Patch, agreement_id: UUID) -> Entry:
    """Change an agreement; commitments that it bounds are changed with it. A reason is required."""
    return change_agreement(
        agreement_id, patch.onto, reason=patch.reason, seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:agreement_id>/standing", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, AgreementStandingBody)
@allow("public")
def show_standing(asked: OneAsked, agreement_id: UUID) -> Response:
    """Say where the agreement and each party stand on a day."""
    known_at = seq_known(asked.known_at)
    found = standing_of_agreement(
        agreement_id, on=asked.on or today(), known_at=known_at, scope=scope(), records=records()
    )
    return json_answer(json.dumps(_standing(found, known_at)))


def _standing(found: AgreementStanding, known_at: int | None) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "known_at": records().head().seq if known_at is None else known_at,
        "state": found.state,
        "flags": list(found.flags),
        "signed_from": _known(found.signed_from),
        "in_force_from": _known(found.run.first_on if found.run else None),
        "in_force_until": day_text(found.run.last_on if found.run else None),
        "unknown_from": _known(found.unknown_from),
        "last_on": day_text(found.last_on),
        **{
            f"{name}_as": to_facts(part) if (part := found.parts.get(name)) else None
            for name in get_args(DayName)
        },
        "parties": [
            {"partner_id": str(each.partner_id), "state": each.state} for each in found.parties
        ],
    }


def _known(day: date | None) -> str | None:
    """Give a day; of one that lies before every other, nothing is known."""
    return None if day == date.min else day_text(day)
