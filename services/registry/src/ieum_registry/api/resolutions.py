"""What a service asks just before it sends a letter: the facts as they stand, and to whom."""

import json
from typing import Any

from flask import Response

from changefeed.mapping import to_facts
from httpedge.access import allow, record_access
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.shapes.change import ResolutionsBody, ResolutionShape, ToResolve
from ieum_registry.api.wired import records, today
from ieum_registry.operations.ports.records import Reading
from ieum_registry.operations.resolve import FilledSeat, resolve

routes = Routes("resolutions", __name__, url_prefix="/v1/resolutions", description=__doc__)


@routes.route("", methods=["POST"])
@routes.arguments(ResolutionShape)
@routes.response(200, ResolutionsBody)
@allow("service", services=("notify",))
def resolve_now(asked: ToResolve) -> Response:
    """Give current facts of subjects and the people who hold seats today. Writes nothing."""
    found = resolve(asked.subjects, asked.seats, on=today(), records=records())
    people = {str(each.contact.id) for seat in found.seats for each in seat.people}
    if people:
        record_access(sorted(people))
    body = {
        "subjects": [_subject(kind, reading) for kind, reading in found.subjects],
        "seats": [_seat(each) for each in found.seats],
    }
    return json_answer(json.dumps(body, ensure_ascii=False))


def _subject(subject_type: str, reading: Reading) -> dict[str, Any]:
    facts = json.loads(reading.text)
    return {
        "type": subject_type,
        "id": facts["id"],
        "version": reading.version,
        "facts": facts,
    }


def _seat(filled: FilledSeat) -> dict[str, Any]:
    seat = filled.seat
    people = [
        {
            "contact_id": str(each.contact.id),
            "name": each.person.name,
            "language": each.contact.language,
            "email": each.person.email,
            "phone": each.person.phone,
        }
        for each in filled.people
    ]
    return {
        "id": str(seat.id),
        "role": seat.role,
        "language": seat.language,
        "at": to_facts(seat.at),
        "facts": to_facts(seat),
        "people": people,
    }
