"""Contacts on the wire: facts from the log, name and addresses from beside it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from marshmallow import ValidationError, fields, post_load, validate

from changefeed import limits
from changefeed.mapping import to_facts
from changefeed.subjects.parts import LANGUAGES, Place
from httpedge.day import Day
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.access import AccessRecordBody
from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import AtMost, Line, Passage, Shape, TupleOf, matching
from ieum_registry.api.shapes.subject import Patch
from ieum_registry.api.wired import new_id
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.naming import PHONE, is_email_address
from ieum_registry.operations.ports.ledger import Person

_PERSONAL = frozenset({"name", "email", "phone"})

NO_EMAIL = Message("올바른 전자우편 주소가 아닙니다.", "This is no e-mail address.")
NO_PHONE = Message(
    "전화번호는 숫자, 빈칸, +, -, 괄호로 적습니다.",
    "A telephone number has digits, blanks, +, - and brackets.",
)


def _must_be_address(text: str) -> None:
    if not is_email_address(text):
        raise ValidationError(NO_EMAIL)


@dataclass(frozen=True, slots=True)
class NamedContact:
    """A contact with its name and addresses: what the form says, before it is parted."""

    contact: Contact
    person: Person


ContactShape = subject_shape(
    "Contact",
    Contact,
    but={
        "language": fields.String(load_default="ko", validate=validate.OneOf(LANGUAGES)),
        "purpose": Passage(required=True),
    },
)


class NamedContactShape(ContactShape):  # type: ignore[valid-type, misc]  # Made from what is declared.
    """The same with what is kept outside the log."""

    name = Line(required=True)
    email = fields.String(required=True, validate=_must_be_address)
    phone = fields.String(
        load_default=None,
        allow_none=True,
        validate=matching(PHONE, NO_PHONE),
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> NamedContact:
        """Part what enters the log from what does not."""
        person = Person(data.pop("name"), data.pop("email"), data.pop("phone"))
        if self.over is None:
            return NamedContact(Contact(id=new_id(), **data), person)
        return NamedContact(replace(cast("Contact", self.over), **data), person)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person who is entered with the seat that they take: what is said of them, but where."""

    values: Mapping[str, Any]

    def at(self, place: Place) -> NamedContact:
        """Give the person as one of the seat's place.

        Raises:
            RuleBroken: As for `Contact`; it points into what the request calls `person`.
        """
        facts = dict(self.values)
        person = Person(facts.pop("name"), facts.pop("email"), facts.pop("phone"))
        try:
            return NamedContact(Contact(at=place, **facts), person)
        except RuleBroken as broken:
            pointer = None if broken.pointer is None else f"/person{broken.pointer}"
            raise RuleBroken(broken.code, pointer=pointer, **broken.facts) from broken


class NewcomerShape(NamedContactShape):
    """Somebody who is not on record yet; they belong where the seat is."""

    class Meta:
        """The place is the seat's own."""

        exclude = ("at",)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Newcomer:
        """Give the value, with an id of its own."""
        return Newcomer({"id": new_id(), **data})


class SuccessorShape(Shape):
    """Somebody who takes a seat, as a liaison names them; the rest the office says."""

    name = Line(required=True)
    email = fields.String(required=True, validate=_must_be_address)
    phone = fields.String(load_default=None, allow_none=True, validate=matching(PHONE, NO_PHONE))
    consented_on = Day(
        required=True,
        metadata={"description": "The person agreed on this day that the city keeps the data"},
    )


class ContactsTogetherShape(Shape):
    """Several people, registered together or not at all."""

    contacts = TupleOf(
        fields.Nested(NamedContactShape),
        required=True,
        validate=[validate.Length(min=1), AtMost(limits.TOGETHER)],
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[NamedContact, ...]:
        """Give them in their order."""
        found: tuple[NamedContact, ...] = data["contacts"]
        return found


class ContactBody(body_shape(ContactShape)):  # type: ignore[misc]  # As above.
    """A contact on record; name and addresses only for whom may see them."""

    purpose = Passage(required=True, allow_none=True)
    erased_on = Day(
        load_default=None,
        allow_none=True,
        metadata={"description": "Everything personal went on this day; null while kept"},
    )
    name = fields.String(allow_none=True, metadata={"description": "Null once it was erased"})
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Contact:
        """Give the facts alone."""
        for each in ("version", "name", "email", "phone"):
            data.pop(each, None)
        return Contact(**data)


def contact_change(
    patch: Patch,
) -> Callable[[Contact, Person | None], tuple[Contact, Person | None]]:
    """Give the change that a patch means; an erased name stays erased unless one is sent."""

    def change(contact: Contact, person: Person | None) -> tuple[Contact, Person | None]:
        if person is None and not _PERSONAL & patch.values.keys():
            facts_alone = ContactShape(exclude=patch.fixed)
            return replace(patch, shape=facts_alone).onto(contact), None
        known = {} if person is None else asdict(person)
        named: NamedContact = patch.over(contact, {**to_facts(contact), **known}, whole=_PERSONAL)
        return named.contact, named.person

    return change


@dataclass(frozen=True, slots=True)
class Erasure:
    """Why a person is erased."""

    reason: str


class ErasureShape(Shape):
    """Why a person is erased; it stays in the log, so it names nobody."""

    reason = Passage(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Erasure:
        """Give the value."""
        return Erasure(data["reason"])


class ContactExportBody(Shape):
    """Everything that is kept of one person."""

    contact = fields.Nested(ContactBody)
    seats = fields.List(fields.Dict())
    history = fields.List(
        fields.Dict(), metadata={"description": "Entries about the contact, newest first"}
    )
    access = fields.List(fields.Nested(AccessRecordBody))
    elsewhere = fields.List(
        fields.String(), metadata={"description": "Where else the person may be known"}
    )
