"""The moves of an agreement's life, and which of them may be made."""

import json
from typing import Any
from uuid import UUID

from flask import Response

from changefeed.mapping import from_facts
from httpedge.access import allow
from ieum_registry.api.answers import Routes, json_answer, recorded
from ieum_registry.api.problems import sentence
from ieum_registry.api.shapes.agreement import AgreementBody
from ieum_registry.api.shapes.agreement_moves import (
    AgreementEndingShape,
    JoiningShape,
    MovesBody,
    MoveShape,
    NextTermShape,
    ProposedAgreementShape,
    ReasonedMoveShape,
    SignatureShape,
    WithdrawalShape,
)
from ieum_registry.api.wired import account, if_match, ledger, records, scope, today
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.moves import moves_on
from ieum_registry.operations.agreement_moves import (
    Mover,
    approve_agreement,
    end_agreement,
    join_agreement,
    leave_agreement,
    propose_agreement,
    renew_agreement,
    reopen_agreement,
    return_agreement,
    review_agreement,
    sign_agreement,
)
from ieum_registry.operations.ports.ledger import Entry

routes = Routes("agreement_moves", __name__, url_prefix="/v1/agreements", description=__doc__)


@routes.route("/proposals", methods=["POST"])
@routes.arguments(ProposedAgreementShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def propose(agreement: Agreement) -> Entry:
    """Propose an agreement: nobody has signed it yet."""
    return propose_agreement(agreement, ledger=ledger())


@routes.route("/<uuid:agreement_id>/moves", methods=["GET"])
@routes.response(200, MovesBody)
@allow("office", "auditor", "service")
def show_moves(agreement_id: UUID) -> Response:
    """Say which moves may be made today, and what would make the others lawful."""
    found = records().one("agreement", agreement_id, known_at=None, scope=scope())
    agreement = from_facts(Agreement, json.loads(found.text))
    standings = moves_on(agreement, today(), account())
    moves: list[dict[str, Any]] = [
        {
            "move": each.move,
            "lawful": each.hindered_by is None,
            "code": each.hindered_by,
            "detail": None if each.hindered_by is None else sentence(each.hindered_by, {}),
        }
        for each in standings
    ]
    return json_answer(json.dumps({"on": today().isoformat(), "moves": moves}, ensure_ascii=False))


@routes.route("/<uuid:agreement_id>/reviews", methods=["POST"])
@routes.arguments(MoveShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def review(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Record that a proposal was reviewed, by somebody else than who proposed it."""
    return review_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/approvals", methods=["POST"])
@routes.arguments(MoveShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def approve(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Record that a reviewed proposal was approved, by somebody else than who proposed it."""
    return approve_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/returns", methods=["POST"])
@routes.arguments(ReasonedMoveShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def give_back(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Give a reviewed or approved proposal back to be drafted again, and say why."""
    return return_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/signatures", methods=["POST"])
@routes.arguments(SignatureShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def sign(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Record that parties signed."""
    return sign_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/joinings", methods=["POST"])
@routes.arguments(JoiningShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def join(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Record that a partner came in after the others."""
    return join_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/withdrawals", methods=["POST"])
@routes.arguments(WithdrawalShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def withdraw(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Record that a partner leaves; its commitments end with it."""
    return leave_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/renewals", methods=["POST"])
@routes.arguments(NextTermShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def renew(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Record a further term."""
    return renew_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/endings", methods=["POST"])
@routes.arguments(AgreementEndingShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def end(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Record its last day in force and how it ended; commitments end with it."""
    return end_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


@routes.route("/<uuid:agreement_id>/reopenings", methods=["POST"])
@routes.arguments(ReasonedMoveShape)
@routes.response(201, AgreementBody)
@allow("office")
@recorded(201)
def reopen(said: dict[str, Any], agreement_id: UUID) -> Entry:
    """Take back that it was ended, and say why."""
    return reopen_agreement(agreement_id, **said, by=_mover(), ledger=ledger())


def _mover() -> Mover:
    return Mover(account(), today(), if_match())
