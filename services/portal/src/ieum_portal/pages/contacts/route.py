"""연락처: people whom the office may write to; who is shown them is recorded (A-7)."""

from collections.abc import Mapping
from uuid import UUID

from changefeed.declared import Label
from changefeed.subjects.contact import Person
from changefeed.subjects.parts import Words
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import coded, declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

KEPT = {
    "true": Label("지난 사람", "over"),
    "false": Label("남은 사람", "not over"),
}
COLUMNS = (
    declared(Person, "name"),
    declared(Person, "at"),
    declared(Person, "email"),
    declared(Person, "phone"),
    declared(Person, "retain_until"),
    declared(Person, "language", is_usual=False),
    declared(Person, "consented_on", is_usual=False),
    declared(Person, "erased_on", is_usual=False),
)
CONTACTS = ListPage(
    Person,
    columns=COLUMNS,
    filters=(
        coded("expired", Label("보유 기한", "Kept until"), KEPT),
        declared_filter(Person, "at"),
    ),
    within={"department": "at"},
    hint=Label("이름이나 전자우편의 일부로 찾습니다.", "Part of a name or an e-mail address."),
    holds_people=True,
)


def _called(person: Person, _: Mapping[UUID, Words]) -> Words:
    """Call a person by name; of whom it is erased no key tells who it was."""
    return Words(person.name) if person.name else Words("이름 없음", "no name")


CONTACT = SubjectPage(
    Person,
    called=_called,
    shown=(*COLUMNS, declared(Person, "purpose")),
    begins=(
        Way("changing.contact", "contact_id"),
        Way("handover_form.of_person", "contact_id"),
        Way("contacts_erasure.erase", "contact_id"),
    ),
)
routes = CONTACT.add_to(CONTACTS.routes("contacts", "/contacts"), "/contacts")
