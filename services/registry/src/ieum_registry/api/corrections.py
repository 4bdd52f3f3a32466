"""How the record of any type is corrected: by the very verb and shape that its own route uses."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from werkzeug.exceptions import HTTPException

from changefeed.subjects.reply import AnsweredRecord, AnsweredType
from ieum_registry.api.shapes.agreement import AgreementShape
from ieum_registry.api.shapes.collaboration import CollaborationShape
from ieum_registry.api.shapes.contact import NamedContactShape, contact_change
from ieum_registry.api.shapes.milestone import MilestoneShape
from ieum_registry.api.shapes.partner import PartnerShape
from ieum_registry.api.shapes.seat import SeatShape
from ieum_registry.api.shapes.subject import Patch, PatchShape, patch_of
from ieum_registry.operations.agreement import change_agreement
from ieum_registry.operations.collaboration import change_collaboration
from ieum_registry.operations.contact import change_contact
from ieum_registry.operations.milestone import change_milestone
from ieum_registry.operations.partner import change_partner
from ieum_registry.operations.ports.ledger import Entry, Ledger
from ieum_registry.operations.seat import change_seat


def _onto(patch: Patch) -> Callable[[Any], Any]:
    return patch.onto


_BY_TYPE: Mapping[
    AnsweredType, tuple[PatchShape, Callable[[Patch], Callable[..., Any]], Callable[..., Entry]]
] = {
    "partner": (patch_of(PartnerShape), _onto, change_partner),
    "contact": (patch_of(NamedContactShape), contact_change, change_contact),
    "seat": (patch_of(SeatShape), _onto, change_seat),
    "agreement": (patch_of(AgreementShape), _onto, change_agreement),
    "collaboration": (
        patch_of(CollaborationShape, fixed=("partner_id", "agreement_id")),
        _onto,
        change_collaboration,
    ),
    "milestone": (patch_of(MilestoneShape), _onto, change_milestone),
}


def correct(
    record: AnsweredRecord,
    values: Mapping[str, Any],
    *,
    reason: str,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Lay values over a record, as the office would by the record's own route.

    Raises:
        HTTPException: 422, naming each place that does not fit, under `/changes`.
    """
    shape, change_of, verb = _BY_TYPE[record.type]
    patch = shape.over(values, reason)
    try:
        return verb(record.id, change_of(patch), reason=reason, seen=seen, ledger=ledger)
    except HTTPException as error:
        told = cast("Any", error).data["messages"]
        told["json"] = {"changes": told["json"]}
        raise
