"""Handovers (인사이동): what one person or department answers for goes to another, in one act."""

import json
from uuid import UUID

from flask import Response

from changefeed.subjects.handover import Handover
from changefeed.subjects.parts import Place
from httpedge.access import allow
from httpedge.documented import also_answers
from httpedge.problems import MEDIA_TYPE
from ieum_registry.api.answers import Routes, json_answer, listed, listing, one, recorded, tagged
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.shapes.contact import Newcomer
from ieum_registry.api.shapes.handover import (
    HandoverBody,
    HeldAsked,
    HeldPage,
    HeldQuery,
    TakingBack,
    TakingBackShape,
    WantedHandover,
    WantedHandoverShape,
)
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger, new_id, records, today
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.handover import Whom
from ieum_registry.operations import handover as operations
from ieum_registry.operations.handover import (
    AskedHandover,
    record_handover,
    take_back_handover,
)
from ieum_registry.operations.held import held_by
from ieum_registry.operations.ports.ledger import Entry, Person

routes = Routes("handovers", __name__, url_prefix="/v1/handovers", description=__doc__)


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Handover, ListQuery), location="query")
@routes.response(200, listed(HandoverBody))
@allow("office", "auditor", "service")
@on_a_sheet
def list_handovers(asked: Asked) -> Response:
    """List handovers, the latest day first."""
    return listing("handover", asked)


@routes.route("", methods=["POST"])
@routes.arguments(WantedHandoverShape)
@routes.response(201, HandoverBody)
@allow("office")
@also_answers(412, "A matter has another version than that which was seen", media_type=MEDIA_TYPE)
@recorded(201)
def hand_over(wanted: WantedHandover) -> Entry:
    """Hand over all that is named or nothing; what has no days changes when the day has come."""
    return record_handover(
        AskedHandover(wanted.giver, _taker(wanted.taker), wanted.on, wanted.reason, wanted.matters),
        handover_id=new_id(),
        today=today(),
        ledger=ledger(),
    )


@routes.route("/held", methods=["GET"])
@routes.arguments(HeldQuery, location="query")
@routes.response(200, HeldPage)
@allow("office", "service")
def list_held(asked: HeldAsked) -> Response:
    """List what a person or a department answers for on a day: what a handover may name."""
    held = held_by(asked.whom, on=asked.on or today(), records=records())
    items = ",".join(
        f'{{"type":{json.dumps(each.type)},"is_over":{json.dumps(each.is_over)},"starts_on":'
        f'{json.dumps(each.starts_on and each.starts_on.isoformat())},"resource":'
        f"{each.reading.resource}}}"
        for each in held
    )
    return json_answer(f'{{"items":[{items}]}}')


@routes.route("/<uuid:handover_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, HandoverBody)
@allow("office", "auditor", "service")
@tagged
def show_handover(asked: OneAsked, handover_id: UUID) -> Response:
    """Show one handover."""
    return one("handover", handover_id, asked)


@routes.route("/<uuid:handover_id>/undos", methods=["POST"])
@routes.arguments(TakingBackShape)
@routes.response(201, HandoverBody)
@allow("office")
@recorded(201)
def take_back(asked: TakingBack, handover_id: UUID) -> Entry:
    """Take it back, by entries of its own, for what nobody has touched since."""
    return take_back_handover(
        handover_id, reason=asked.reason, seen=if_match(), today=today(), ledger=ledger()
    )


def _taker(taker: Whom | Newcomer) -> Whom | operations.Newcomer:
    if isinstance(taker, Whom):
        return taker

    def entered(place: Place) -> tuple[Contact, Person]:
        named = taker.at(place)
        return named.contact, named.person

    return entered
