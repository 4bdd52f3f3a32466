"""Replies: what liaisons say of what is on record of their partner, and what came of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from httpedge.access import allow, caller, record_access
from ieum_registry.api.answers import Routes, listed, listing, one, recorded, tagged, with_more
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.corrections import correct
from ieum_registry.api.shapes.reply import (
    Confirmation,
    ConfirmationShape,
    Proposal,
    ProposalShape,
    Refusal,
    RefusalShape,
    ReplyBody,
    Successor,
    SuccessorReplyShape,
)
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import dry_ledger, if_match, ledger, new_id, records, scope, today
from ieum_registry.domain.reply import Reply
from ieum_registry.operations.own_records import Asker
from ieum_registry.operations.ports.condition import Condition, linked
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.ports.records import Reading
from ieum_registry.operations.reply import (
    accept_reply,
    confirm_records,
    propose_correction,
    propose_successor,
    refuse_reply,
    withdraw_reply,
)

routes = Routes("replies", __name__, url_prefix="/v1/replies", description=__doc__)


class RepliesQuery(ListQuery):
    """Replies by what they are about."""

    record = fields.UUID(metadata={"description": "About this record, by its id"})

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:  # noqa: ARG002
        """Be about one record."""
        return [linked("record", data["record"])] if "record" in data else []


def with_people(readings: Sequence[Reading]) -> list[str]:
    """Give the resources, with what is proposed of a person for whom may see names."""
    facts = [json.loads(each.text) for each in readings]
    about = {
        UUID(each["id"]): whom
        for each in facts
        if each["state"] == "open" and (whom := _whom(each)) is not None
    }
    people = records().people(list(about)) if about and caller().role in _SEES_NAMES else {}
    if people:
        record_access([about[each] for each in people])
    found = (
        (each, people.get(UUID(told["id"]))) for each, told in zip(readings, facts, strict=True)
    )
    return [
        each.resource if person is None else with_more(each, {"person": asdict(person)})
        for each, person in found
    ]


def _whom(reply: Mapping[str, Any]) -> str | None:
    """Give the contact whose data a reply may propose: on record, or who takes a seat."""
    record = reply["records"][0]
    if record["type"] == "contact":
        return str(record["id"])
    taking = (json.loads(each["right"] or "null") for each in reply["changes"])
    named = (each["contact_id"] for each in taking if isinstance(each, dict) and "from" in each)
    return next(named, None) if record["type"] == "seat" else None


_SEES_NAMES = frozenset({"office", "liaison"})


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Reply, RepliesQuery), location="query")
@routes.response(200, listed(ReplyBody))
@allow("office", "department", "auditor", "service", "liaison")
@on_a_sheet
def list_replies(asked: Asked) -> Response:
    """List replies, the latest first."""
    return listing("reply", asked, dressed=with_people)


@routes.route("/<uuid:reply_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, ReplyBody)
@allow("office", "department", "auditor", "service", "liaison")
@tagged
def show_reply(asked: OneAsked, reply_id: UUID) -> Response:
    """Show one reply."""
    return one("reply", reply_id, asked, dressed=with_people)


@routes.route("/confirmations", methods=["POST"])
@routes.arguments(ConfirmationShape)
@routes.response(201, ReplyBody)
@allow("liaison")
@recorded(201, dressed=with_people)
def confirm(confirmation: Confirmation) -> Entry:
    """Confirm that records are right as they were looked at; several at once, all or none."""
    return confirm_records(confirmation.reply(new_id(), today()), asker=_asker(), ledger=ledger())


@routes.route("/proposals", methods=["POST"])
@routes.arguments(ProposalShape)
@routes.response(201, ReplyBody)
@allow("liaison")
@recorded(201, dressed=with_people)
def propose(proposal: Proposal) -> Entry:
    """Propose a correction of one record; it is tried before it is taken."""
    return propose_correction(
        proposal.reply(new_id(), today()),
        proposal.changes,
        correct=correct,
        asker=_asker(),
        dry=dry_ledger(),
        ledger=ledger(),
    )


@routes.route("/successions", methods=["POST"])
@routes.arguments(SuccessorReplyShape)
@routes.response(201, ReplyBody)
@allow("liaison")
@recorded(201, dressed=with_people)
def succeed(successor: Successor) -> Entry:
    """Say that somebody else holds a seat; the office registers them as it accepts."""
    return propose_successor(
        successor.reply(new_id(), today()),
        successor.succession,
        asker=_asker(),
        dry=dry_ledger(),
        ledger=ledger(),
    )


@routes.route("/<uuid:reply_id>/acceptances", methods=["POST"])
@routes.response(201, ReplyBody)
@allow("office")
@recorded(201, dressed=with_people)
def accept(reply_id: UUID) -> Entry:
    """Record what a reply proposes, and that it is accepted."""
    return accept_reply(reply_id, correct=correct, on=today(), seen=if_match(), ledger=ledger())


@routes.route("/<uuid:reply_id>/refusals", methods=["POST"])
@routes.arguments(RefusalShape)
@routes.response(201, ReplyBody)
@allow("office")
@recorded(201, dressed=with_people)
def refuse(refusal: Refusal, reply_id: UUID) -> Entry:
    """Refuse a correction, and say why."""
    return refuse_reply(
        reply_id, answer=refusal.reason, on=today(), seen=if_match(), ledger=ledger()
    )


@routes.route("/<uuid:reply_id>/withdrawals", methods=["POST"])
@routes.response(201, ReplyBody)
@allow("liaison")
@recorded(201, dressed=with_people)
def withdraw(reply_id: UUID) -> Entry:
    """Take a correction back that nobody has answered yet."""
    return withdraw_reply(reply_id, asker=_asker(), on=today(), seen=if_match(), ledger=ledger())


def _asker() -> Asker:
    return Asker(scope(), records())
