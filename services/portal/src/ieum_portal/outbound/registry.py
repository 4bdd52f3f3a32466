"""The record over the wire: the registry's answers as the pages' own values."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from ieum_portal.domain.programme import Programme, ServiceField, Strategy
from ieum_portal.domain.record import (
    Agreement,
    Commitment,
    Evidence,
    Holding,
    Milestone,
    Partner,
    Party,
    Person,
    Place,
    Seat,
    Source,
    Standing,
    Task,
)
from ieum_portal.domain.wanted import Foretold, Recorded, Wanted
from ieum_portal.domain.words import Words
from ieum_portal.outbound.recording import record, try_out
from ieum_portal.outbound.told import registry_told
from registryclient import answers
from registryclient.client import RegistryClient
from registryclient.pages import all_pages, whole

MOST_READ_PAGES = 25
"""Five thousand commitments are read for a table while a reader waits; more needs the graph."""
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
                listed = all_pages(partial(self._client.partners, own="any"))
                for partner in listed:
                    names[UUID(partner["id"])] = _words(partner["name"])
                    if partners <= names.keys():
                        break
            wanted = partners | departments
            if departments:
                for department in all_pages(self._client.departments):
                    names[UUID(department["id"])] = _words(department["name"])
        return {each: name for each, name in names.items() if each in wanted}

    def agreements_of(self, partner_id: UUID, *, on: date) -> Sequence[Agreement]:
        """List the agreements that a partner is party to, in the registry's order."""
        with registry_told():
            found = all_pages(partial(self._client.agreements, partner=partner_id, on=on))
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
            return Standing(
                found["state"],
                tuple(found["flags"]),
                parties,
                _day(found.get("signed_from")),
                _day(found.get("in_force_from")),
                _day(found.get("in_force_until")),
            )

    def commitments_of(self, partner_id: UUID, *, on: date) -> Sequence[Commitment]:
        """List a partner's commitments, past and future ones included."""
        with registry_told():
            found = all_pages(partial(self._client.collaborations, partner=partner_id, on=on))
            return [_commitment(each) for each in found]

    def commitment_counts(self, *, on: date) -> dict[UUID, int] | None:
        """Count the commitments in force by partner; None if there are too many to count here."""
        with registry_told():
            found = self._in_force(on, at_most=MOST_COUNTED_PAGES)
            return None if found is None else Counter(UUID(each["partner_id"]) for each in found)

    def milestones(
        self, *, state: str, on: date, due_to: date | None = None, owner: UUID | None = None
    ) -> Sequence[Milestone]:
        """List the milestones in a state on the day."""
        with registry_told():
            found = all_pages(
                partial(self._client.milestones, state=state, on=on, due_to=due_to, owner=owner)
            )
            return [_milestone(each) for each in found]

    def commitments_in_force(self, *, on: date) -> Sequence[Commitment] | None:
        """List all commitments that hold on the day; None if there are too many to read here."""
        with registry_told():
            found = self._in_force(on, at_most=MOST_READ_PAGES)
            return None if found is None else [_commitment(each) for each in found]

    def _in_force(self, on: date, *, at_most: int) -> list[answers.Collaboration] | None:
        return whole(partial(self._client.collaborations, in_force=True, on=on), at_most=at_most)

    def programmes(self) -> Sequence[Programme]:
        """List all programmes."""
        with registry_told():
            found = all_pages(self._client.programmes)
            return [Programme(UUID(each["id"]), _words(each["name"])) for each in found]

    def strategies(self) -> Sequence[Strategy]:
        """List all strategies, by position."""
        with registry_told():
            return [
                Strategy(
                    UUID(each["id"]),
                    UUID(each["programme_id"]),
                    each["position"],
                    _words(each["name"]),
                )
                for each in all_pages(self._client.strategies)
            ]

    def fields(self) -> Sequence[ServiceField]:
        """List all service fields, by position."""
        with registry_told():
            return [
                ServiceField(
                    UUID(each["id"]),
                    each["key"],
                    UUID(each["programme_id"]),
                    each["position"],
                    _words(each["name"]),
                )
                for each in all_pages(self._client.service_fields)
            ]

    def tasks(self) -> Sequence[Task]:
        """List all tasks."""
        with registry_told():
            return [
                Task(
                    UUID(each["id"]),
                    each["key"],
                    each["position"],
                    _words(each["name"]),
                    UUID(each["strategy_id"]),
                )
                for each in all_pages(self._client.tasks)
            ]

    def technologies(self) -> dict[UUID, Words]:
        """Give all technologies' names."""
        with registry_told():
            found = all_pages(self._client.technologies)
            return {UUID(each["id"]): _words(each["name"]) for each in found}

    def service_fields(self) -> dict[UUID, Words]:
        """Give all fields' names."""
        with registry_told():
            found = all_pages(self._client.service_fields)
            return {UUID(each["id"]): _words(each["name"]) for each in found}

    def people_at(self, partner_id: UUID) -> Sequence[Person]:
        """List a partner's people."""
        with registry_told():
            found = all_pages(partial(self._client.contacts, at=partner_id))
            return [_person(each) for each in found]

    def seats_at(self, partner_id: UUID, *, on: date) -> Sequence[Seat]:
        """List a partner's seats."""
        with registry_told():
            found = all_pages(partial(self._client.seats, at=partner_id, on=on))
            return [_seat(each) for each in found]

    def agreements(self, *, state: str, q: str | None, on: date) -> Sequence[Agreement]:
        """List the agreements in a state on the day that fit, the latest signed first."""
        with registry_told():
            found = all_pages(
                partial(self._client.agreements, state=state, q=q, on=on),
                at_most=MOST_COUNTED_PAGES,
            )
            return [_agreement(each) for each in found]

    def commitments_under(self, agreement_id: UUID) -> Sequence[Commitment]:
        """List the commitments under an agreement, past and future ones included."""
        with registry_told():
            found = all_pages(partial(self._client.collaborations, agreement=agreement_id))
            return [_commitment(each) for each in found]

    def milestones_under(self, agreement_id: UUID) -> Sequence[Milestone]:
        """List the milestones under an agreement, done and cancelled ones included."""
        with registry_told():
            found = all_pages(partial(self._client.milestones, agreement=agreement_id))
            return [_milestone(each) for each in found]

    def commitment(self, commitment_id: UUID) -> Commitment:
        """Give one commitment."""
        with registry_told():
            return _commitment(self._client.collaboration(commitment_id))

    def milestone(self, milestone_id: UUID) -> Milestone:
        """Give one milestone."""
        with registry_told():
            return _milestone(self._client.milestone(milestone_id))

    def person(self, contact_id: UUID) -> Person:
        """Give one person."""
        with registry_told():
            return _person(self._client.contact(contact_id))

    def seat(self, seat_id: UUID) -> Seat:
        """Give one seat."""
        with registry_told():
            return _seat(self._client.seat(seat_id))

    def facts_of(self, subject_type: str, subject_id: UUID) -> Mapping[str, object]:
        """Give what is on record of a subject that the desk changes, by the record's own names."""
        read: dict[str, Callable[[UUID], object]] = {
            "milestone": self._client.milestone,
            "collaboration": self._client.collaboration,
            "contact": self._client.contact,
            "seat": self._client.seat,
        }
        with registry_told():
            return cast(Mapping[str, object], read[subject_type](subject_id))

    def try_out(self, wanted: Wanted) -> Sequence[Foretold]:
        """Give the entries that a change would write; writes none."""
        return try_out(self._client, wanted)

    def record(self, wanted: Wanted, *, once: str) -> Recorded:
        """Write a change, once under one key."""
        return record(self._client, wanted, once)


def _words(words: answers.Words) -> Words:
    return Words(words["ko"], words.get("en"))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _maybe_words(words: answers.Words | None) -> Words | None:
    return None if words is None else _words(words)


def _maybe_id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _sources(provenance: answers.Provenance) -> tuple[Source, ...]:
    told = provenance["source"]
    return tuple(Source(each["title"], _day(each.get("published_on"))) for each in told)


def _place(place: answers.Place) -> Place:
    return Place(place["type"], UUID(place["id"]))


def _partner(facts: answers.Partner) -> Partner:
    return Partner(
        UUID(facts["id"]),
        facts["key"],
        facts["kind"],
        _words(facts["name"]),
        tuple(facts["aliases"]),
        facts["own"],
        facts["business_number"],
        facts["website"],
        _sources(facts["provenance"]),
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
        tuple(_party(each) for each in facts["parties"]),
        facts["provenance"]["illustrative"],
        _maybe_words(facts.get("purpose")),
        _maybe_words(facts["venue"]),
        facts["end"].get("note"),
        _maybe_id(facts["lead_department_id"]),
        _maybe_id(facts["programme_id"]),
        _sources(facts["provenance"]),
    )


def _party(facts: answers.Party) -> Party:
    return Party(
        UUID(facts["partner_id"]),
        facts["side"],
        _day(facts["signed_on"]),
        _day(facts["joined_on"]),
        _day(facts["left_on"]),
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
        facts["version"],
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
        _day(facts["done_on"]),
        _day(facts["cancelled_on"]),
        tuple(
            Evidence(date.fromisoformat(each["on"]), each["text"], each.get("link"))
            for each in facts["evidence"]
        ),
        facts["version"],
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
        _place(facts["at"]),
        facts["version"],
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
        facts["version"],
    )
