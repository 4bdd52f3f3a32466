"""The record over the wire: the registry's answers as the pages' own values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ieum_portal.domain.record import (
    Agreement,
    Commitment,
    Holding,
    Milestone,
    Partner,
    Person,
    Place,
    Seat,
    Source,
    Standing,
    Task,
)
from ieum_portal.domain.words import Words
from ieum_portal.outbound.told import registry_told
from registryclient import answers
from registryclient.client import RegistryClient, all_pages

FULL_PAGE = 200
MOST_COUNTED_PAGES = 5
"""A thousand commitments are counted while a reader waits; more is a report's work."""


@dataclass(frozen=True, slots=True)
class PartnerPageRead:
    """One page of partners; see `operations.ports.PartnerList`."""

    partners: Sequence[Partner]
    following: str | None


class RegistryOverHttp:
    """Reads the record in one viewer's name; see `operations.ports.Registry`."""

    def __init__(self, client: RegistryClient) -> None:
        self._client = client

    def partners(
        self, *, q: str | None, kind: str | None, on: date, after: str | None, limit: int
    ) -> PartnerPageRead:
        """List the partners that fit, the city itself left out."""
        with registry_told():
            found = self._client.partners(q=q, kind=kind, on=on, after=after, limit=limit)
            return PartnerPageRead([_partner(each) for each in found["items"]], found["next"])

    def partner(self, partner_id: UUID) -> Partner:
        """Give one partner, the city included."""
        with registry_told():
            return _partner(self._client.partner(partner_id))

    def names_of(
        self, partners: frozenset[UUID], departments: frozenset[UUID]
    ) -> dict[UUID, Words]:
        """Give the names behind ids; a list is read only until all of its ids are found."""
        names: dict[UUID, Words] = {}
        with registry_told():
            if partners:
                listed = all_pages(
                    lambda after: self._client.partners(own="any", limit=FULL_PAGE, after=after)
                )
                for partner in listed:
                    names[UUID(partner["id"])] = _words(partner["name"])
                    if partners <= names.keys():
                        break
            wanted = partners | departments
            if departments:
                for department in all_pages(
                    lambda after: self._client.departments(limit=FULL_PAGE, after=after)
                ):
                    names[UUID(department["id"])] = _words(department["name"])
        return {each: name for each, name in names.items() if each in wanted}

    def agreements_of(self, partner_id: UUID, *, on: date) -> Sequence[Agreement]:
        """List the agreements that a partner is party to, in the registry's order."""
        with registry_told():
            found = all_pages(
                lambda after: self._client.agreements(
                    partner=partner_id, on=on, limit=FULL_PAGE, after=after
                )
            )
            return [_agreement(each) for each in found]

    def agreement(self, agreement_id: UUID) -> Agreement:
        """Give one agreement."""
        with registry_told():
            return _agreement(self._client.agreement(agreement_id))

    def standing_of(self, agreement_id: UUID, *, on: date) -> Standing:
        """Say what an agreement and its parties are on the day."""
        with registry_told():
            found = self._client.agreement_standing(agreement_id, on=on)
            parties = {UUID(each["partner_id"]): each["state"] for each in found["parties"]}
            return Standing(found["state"], tuple(found["flags"]), parties)

    def commitments_of(self, partner_id: UUID, *, on: date) -> Sequence[Commitment]:
        """List a partner's commitments, past and future ones included."""
        with registry_told():
            found = all_pages(
                lambda after: self._client.collaborations(
                    partner=partner_id, on=on, limit=FULL_PAGE, after=after
                )
            )
            return [_commitment(each) for each in found]

    def commitment_counts(self, *, on: date) -> dict[UUID, int] | None:
        """Count the commitments in force by partner; None if there are too many to count here."""
        counts: Counter[UUID] = Counter()
        after: str | None = None
        with registry_told():
            for _ in range(MOST_COUNTED_PAGES):
                found = self._client.collaborations(
                    in_force=True, on=on, limit=FULL_PAGE, after=after
                )
                counts.update(UUID(each["partner_id"]) for each in found["items"])
                after = found["next"]
                if after is None:
                    return dict(counts)
        return None

    def milestones(
        self, *, state: str, on: date, due_to: date | None = None, owner: UUID | None = None
    ) -> Sequence[Milestone]:
        """List the milestones in a state on the day."""
        with registry_told():
            found = all_pages(
                lambda after: self._client.milestones(
                    state=state, on=on, due_to=due_to, owner=owner, limit=FULL_PAGE, after=after
                )
            )
            return [_milestone(each) for each in found]

    def tasks(self) -> Sequence[Task]:
        """List all tasks."""
        with registry_told():
            return [
                Task(UUID(each["id"]), each["key"], each["position"], _words(each["name"]))
                for each in all_pages(
                    lambda after: self._client.tasks(limit=FULL_PAGE, after=after)
                )
            ]

    def technologies(self) -> dict[UUID, Words]:
        """Give all technologies' names."""
        with registry_told():
            found = all_pages(lambda after: self._client.technologies(limit=FULL_PAGE, after=after))
            return {UUID(each["id"]): _words(each["name"]) for each in found}

    def service_fields(self) -> dict[UUID, Words]:
        """Give all fields' names."""
        with registry_told():
            found = all_pages(
                lambda after: self._client.service_fields(limit=FULL_PAGE, after=after)
            )
            return {UUID(each["id"]): _words(each["name"]) for each in found}

    def people_at(self, partner_id: UUID) -> Sequence[Person]:
        """List a partner's people."""
        with registry_told():
            found = all_pages(
                lambda after: self._client.contacts(at=partner_id, limit=FULL_PAGE, after=after)
            )
            return [_person(each) for each in found]

    def seats_at(self, partner_id: UUID, *, on: date) -> Sequence[Seat]:
        """List a partner's seats."""
        with registry_told():
            found = all_pages(
                lambda after: self._client.seats(at=partner_id, on=on, limit=FULL_PAGE, after=after)
            )
            return [_seat(each) for each in found]


def _words(words: answers.Words) -> Words:
    return Words(words["ko"], words.get("en"))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _place(place: answers.Place) -> Place:
    return Place(place["type"], UUID(place["id"]))


def _partner(facts: answers.Partner) -> Partner:
    sources = facts["provenance"]["source"]
    return Partner(
        UUID(facts["id"]),
        facts["key"],
        facts["kind"],
        _words(facts["name"]),
        tuple(facts["aliases"]),
        facts["own"],
        facts["business_number"],
        facts["website"],
        tuple(Source(each["title"], _day(each.get("published_on"))) for each in sources),
        facts["provenance"]["illustrative"],
    )


def _agreement(facts: answers.Agreement) -> Agreement:
    return Agreement(
        UUID(facts["id"]),
        facts["number"],
        facts["kind"],
        _words(facts["title"]),
        _day(facts["signed_on"]),
        _day(facts["effective_on"]),
        facts["end"]["rule"],
        _day(facts["end"]["ends_on"]),
        len(facts["parties"]),
        facts["provenance"]["illustrative"],
    )


def _commitment(facts: answers.Collaboration) -> Commitment:
    field = facts["service_field_id"]
    return Commitment(
        UUID(facts["id"]),
        UUID(facts["partner_id"]),
        UUID(facts["agreement_id"]),
        UUID(facts["task_id"]),
        tuple(UUID(each) for each in facts["technology_ids"]),
        UUID(field) if field else None,
        facts["role"],
        date.fromisoformat(facts["starts_on"]),
        _day(facts["ends_on"]),
        date.fromisoformat(facts["holds_from"]),
        _day(facts["holds_until"]),
        len(facts["evidence"]),
        max((date.fromisoformat(each["on"]) for each in facts["evidence"]), default=None),
        facts["provenance"]["illustrative"],
    )


def _milestone(facts: answers.Milestone) -> Milestone:
    agreement = facts["agreement_id"]
    return Milestone(
        UUID(facts["id"]),
        _words(facts["title"]),
        date.fromisoformat(facts["due_on"]),
        _place(facts["owner"]),
        UUID(agreement) if agreement else None,
        facts["provenance"]["illustrative"],
    )


def _person(facts: answers.Contact) -> Person:
    return Person(
        UUID(facts["id"]),
        facts.get("name"),
        facts.get("email"),
        facts.get("phone"),
        facts["language"],
        facts["purpose"],
        _day(facts["consented_on"]),
        _day(facts["retain_until"]),
        facts["provenance"]["illustrative"],
    )


def _seat(facts: answers.Seat) -> Seat:
    return Seat(
        UUID(facts["id"]),
        _place(facts["at"]),
        facts["role"],
        facts["language"],
        tuple(
            Holding(UUID(each["contact_id"]), date.fromisoformat(each["from"]), _day(each["to"]))
            for each in facts["holders"]
        ),
    )
