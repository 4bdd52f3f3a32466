"""Contacts: people whom the office may write to, with name and addresses for whom may see them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from changefeed.subjects.contact import Contact
from httpedge.access import allow, caller, record_access
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
from ieum_registry.api.asked import Asked, ListQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.reasons import WHY, require_reason
from ieum_registry.api.shapes.contact import (
    ContactBody,
    ContactExportBody,
    ContactsTogetherShape,
    Erasure,
    ErasureShape,
    NamedContact,
    NamedContactShape,
    contact_change,
)
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.api.sheets import on_a_sheet, wants_csv
from ieum_registry.api.wired import (
    READERS,
    if_match,
    ledger,
    new_id,
    records,
    scope,
    today,
    wiring,
)
from ieum_registry.operations.contact import change_contact, register_contact, register_contacts
from ieum_registry.operations.erasure import erase_contact
from ieum_registry.operations.export import ELSEWHERE, export_contact
from ieum_registry.operations.ports.condition import Condition, any_of, at_least, before
from ieum_registry.operations.ports.ledger import Entry
from ieum_registry.operations.ports.records import Reading

routes = Routes("contacts", __name__, url_prefix="/v1/contacts", description=__doc__)

SEES_NAMES = frozenset({"office", "department", "liaison"})
"""Scope says whose; auditors and services see no names."""


class ContactsQuery(ListQuery):
    """Contacts by how long they may be kept."""

    expired = fields.Boolean(
        metadata={"description": "Kept though their last day of retention is before the day"}
    )

    def conditions(self, data: dict[str, Any], day: date) -> list[Condition]:
        """Have had the last day of retention, or have it still."""
        if "expired" not in data:
            return []
        return [before("retain_until", day) if data["expired"] else at_least("retain_until", day)]


def with_names(readings: Sequence[Reading]) -> list[str]:
    """Give the resources of contacts, with name and addresses if the caller's role sees them."""
    ids = [UUID(json.loads(each.text)["id"]) for each in readings]
    if ids:
        record_access([str(each) for each in ids])
    if caller().role not in SEES_NAMES:
        return [each.resource for each in readings]
    people = records().people(_shown_now(ids))
    texts: list[str] = []
    for contact_id, each in zip(ids, readings, strict=True):
        person = people.get(contact_id)
        told = dict.fromkeys(("name", "email", "phone")) if person is None else asdict(person)
        texts.append(with_more(each, told))
    return texts


def _shown_now(ids: Sequence[UUID]) -> Sequence[UUID]:
    """Judge by today's place: names and addresses are today's, whatever version is read."""
    if caller().role == "office" or not ids:
        return ids
    now = records().list("contact", [any_of("id", ids)], limit=len(ids), scope=scope())
    return [UUID(json.loads(each.text)["id"]) for each in now.items]


@routes.route("", methods=["GET"])
@routes.arguments(query_of(Contact, ContactsQuery), location="query")
@routes.response(200, listed(ContactBody))
@allow("office", "department", "auditor", "service", "liaison", services=READERS)
@routes.doc(parameters=[WHY])
@on_a_sheet
def list_contacts(asked: Asked) -> Response:
    """List contacts in the order in which they were registered; a sheet of them is taken out."""
    if wants_csv():
        require_reason()
    return listing("contact", asked, dressed=with_names)


@routes.route("", methods=["POST"])
@routes.arguments(NamedContactShape)
@routes.response(201, ContactBody)
@allow("office")
@recorded(201, dressed=with_names)
def register(named: NamedContact) -> Entry:
    """Register a person at a partner or department, with consent and purpose."""
    return register_contact(named.contact, named.person, ledger=ledger())


@routes.route("/batches", methods=["POST"])
@routes.arguments(ContactsTogetherShape)
@routes.response(201, ContactBody)
@allow("office")
@recorded(201, dressed=with_names)
def register_together(people: tuple[NamedContact, ...]) -> Entry:
    """Register several people, all or none; answers with the first of them."""
    return register_contacts([(each.contact, each.person) for each in people], ledger=ledger())


@routes.route("/<uuid:contact_id>", methods=["GET"])
@routes.arguments(OneQuery, location="query")
@routes.response(200, ContactBody)
@allow("office", "department", "auditor", "service", "liaison", services=READERS)
@tagged
def show_contact(asked: OneAsked, contact_id: UUID) -> Response:
    """Show one contact."""
    return one("contact", contact_id, asked, dressed=with_names)


@routes.route("/<uuid:contact_id>/export", methods=["GET"])
@routes.response(200, ContactExportBody)
@routes.doc(parameters=[WHY])
@allow("office")
def export(contact_id: UUID) -> Response:
    """Give everything that is kept of one person: to be handed to that person, say."""
    require_reason()
    wiring().access_log.flush()
    found = export_contact(contact_id, records=records(), access=wiring().access)
    [contact] = with_names([found.contact])
    told = {
        "contact": json.loads(contact),
        "seats": [json.loads(each.resource) for each in found.seats],
        "history": [json.loads(each) for each in found.history],
        "access": [asdict(each) for each in found.access],
        "elsewhere": list(ELSEWHERE),
    }
    return json_answer(json.dumps(told, ensure_ascii=False))


@routes.route("/<uuid:contact_id>/erasures", methods=["POST"])
@routes.arguments(ErasureShape)
@routes.response(201, ContactBody)
@allow("office")
@recorded(201, dressed=with_names)
def erase(erasure: Erasure, contact_id: UUID) -> Entry:
    """Erase a person for good; the reason stays in the log, so it names nobody."""
    return erase_contact(
        contact_id,
        reason=erasure.reason,
        on=today(),
        seen=if_match(),
        new_id=new_id,
        ledger=ledger(),
    )


@routes.route("/<uuid:contact_id>", methods=["PATCH"])
@routes.arguments(patch_of(NamedContactShape))
@routes.response(200, ContactBody)
@allow("office")
@recorded(200, dressed=with_names)
def change(patch: Patch, contact_id: UUID) -> Entry:
    """Change a contact's facts, name or addresses."""
    return change_contact(
        contact_id, contact_change(patch), reason=patch.reason, seen=if_match(), ledger=ledger()
    )
