"""Make sure that what a subject points at is there."""

from uuid import UUID

from changefeed.declared import Declaration, fields_of
from changefeed.subjects.department import Department
from changefeed.subjects.parts import Place
from ieum_registry.domain.errors import NotFound, RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.ports.ledger import Kind, LedgerTransaction


def must_exist(
    transaction: LedgerTransaction, kind_of: type[Kind], subject_id: UUID, *, pointer: str
) -> Kind:
    """Give what is pointed at.

    Args:
        pointer: JSON pointer of the field that names it.

    Raises:
        RuleBroken: `reference.unknown`; a caller who may write may see everything, so nothing is
            given away by saying so.
    """
    try:
        return transaction.take(kind_of, subject_id)
    except NotFound as error:
        raise RuleBroken(
            "reference.unknown", pointer=pointer, type=kind_of.subject_type, id=str(subject_id)
        ) from error


def named_must_exist(transaction: LedgerTransaction, subject: Declaration) -> None:
    """Make sure that every subject is on record that one names by an id, as it is declared.

    For a subject that holds no lists of ids and has no further bond with what it names.

    Raises:
        RuleBroken: `reference.unknown`.
    """
    for field in fields_of(type(subject)):
        named_id = getattr(subject, field.name)
        if field.fact.names is not None and named_id is not None:
            must_exist(transaction, SUBJECTS[field.fact.names], named_id, pointer=f"/{field.key}")


def place_must_exist(transaction: LedgerTransaction, place: Place, *, pointer: str) -> None:
    """Make sure that a place is a partner or department on record.

    Raises:
        RuleBroken: `reference.unknown`.
    """
    if place.type == "partner":
        must_exist(transaction, Partner, place.id, pointer=f"{pointer}/id")
    else:
        must_exist(transaction, Department, place.id, pointer=f"{pointer}/id")
