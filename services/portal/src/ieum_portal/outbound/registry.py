"""The record over the wire: what the pages ask the registry."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from ieum_portal.domain.programme import Programme, ServiceField, Strategy
from ieum_portal.domain.record import (
    Agreement,
    Commitment,
    Milestone,
    Partner,
    Person,
    Seat,
    Standing,
    Task,
)
from ieum_portal.domain.wanted import Foretold, Recorded, Wanted
from ieum_portal.domain.words import Words
from ieum_portal.operations.ports import AgreementLine
from ieum_portal.outbound import read
from ieum_portal.outbound.recording import record, try_out
from ieum_portal.outbound.told import registry_told
from registryclient import answers
from registryclient.client import RegistryClient
from registryclient.filters import AgreementsAsked
from registryclient.pages import all_pages, by_ids, whole

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

    @registry_told()
    def partners(
        self, *, q: str | None, kind: str | None, on: date, after: str | None, limit: int
    ) -> PartnerPageRead:
        """List the partners that fit, the city itself left out."""
        found = self._client.partners(q=q, kind=kind, on=on, after=after, limit=limit)
        return PartnerPageRead([read.partner(each) for each in found["items"]], found["next"])

    @registry_told()
    def partner(self, partner_id: UUID) -> Partner:
        """Give one partner, the city included."""
        return read.partner(self._client.partner(partner_id))

    @registry_told()
    def names_of(
        self, partners: frozenset[UUID], departments: frozenset[UUID]
    ) -> dict[UUID, Words]:
        """Give the names behind ids."""
        found = [
            *by_ids(partial(self._client.partners, own="any"), partners),
            *by_ids(self._client.departments, departments),
        ]
        return {UUID(each["id"]): read.words(each["name"]) for each in found}

    @registry_told()
    def agreements_by_id(self, ids: Collection[UUID]) -> dict[UUID, Agreement]:
        """Give agreements by id."""
        found = map(read.agreement, by_ids(self._client.agreements, ids))
        return {each.id: each for each in found}

    @registry_told()
    def people_by_id(self, ids: Collection[UUID]) -> dict[UUID, Person]:
        """Give people by id."""
        found = map(read.person, by_ids(self._client.contacts, ids))
        return {each.id: each for each in found}

    @registry_told()
    def agreements_of(self, partner_id: UUID, *, on: date) -> Sequence[AgreementLine]:
        """List the agreements that a partner is party to, in the registry's order."""
        page = partial(self._client.agreements, partner=partner_id, on=on, standing=True)
        return [
            AgreementLine(read.agreement(each), read.standing(each["standing"]))
            for each in all_pages(page)
        ]

    @registry_told()
    def agreement(self, agreement_id: UUID) -> Agreement:
        """Give one agreement."""
        return read.agreement(self._client.agreement(agreement_id))

    @registry_told()
    def standing_of(self, agreement_id: UUID, *, on: date) -> Standing:
        """Say what an agreement and its parties are on the day."""
        return read.standing(self._client.agreement_standing(agreement_id, on=on))

    @registry_told()
    def commitments_of(self, partner_id: UUID, *, on: date) -> Sequence[Commitment]:
        """List a partner's commitments, past and future ones included."""
        found = all_pages(partial(self._client.collaborations, partner=partner_id, on=on))
        return [read.commitment(each) for each in found]

    @registry_told()
    def commitment_counts(self, *, on: date) -> dict[UUID, int] | None:
        """Count the commitments in force by partner; None if there are too many to count here."""
        found = self._in_force(on, at_most=MOST_COUNTED_PAGES)
        return None if found is None else Counter(UUID(each["partner_id"]) for each in found)

    @registry_told()
    def milestones(
        self, *, state: str, on: date, due_to: date | None = None, owner: UUID | None = None
    ) -> Sequence[Milestone]:
        """List the milestones in a state on the day."""
        found = all_pages(
            partial(self._client.milestones, state=state, on=on, due_to=due_to, owner=owner)
        )
        return [read.milestone(each) for each in found]

    @registry_told()
    def commitments_in_force(self, *, on: date) -> Sequence[Commitment] | None:
        """List all commitments that hold on the day; None if there are too many to read here."""
        found = self._in_force(on, at_most=MOST_READ_PAGES)
        return None if found is None else [read.commitment(each) for each in found]

    def _in_force(self, on: date, *, at_most: int) -> list[answers.Collaboration] | None:
        return whole(partial(self._client.collaborations, in_force=True, on=on), at_most=at_most)

    @registry_told()
    def programmes(self) -> Sequence[Programme]:
        """List all programmes."""
        return [read.programme(each) for each in all_pages(self._client.programmes)]

    @registry_told()
    def strategies(self) -> Sequence[Strategy]:
        """List all strategies, by position."""
        return [read.strategy(each) for each in all_pages(self._client.strategies)]

    @registry_told()
    def fields(self) -> Sequence[ServiceField]:
        """List all service fields, by position."""
        return [read.field(each) for each in all_pages(self._client.service_fields)]

    @registry_told()
    def tasks(self) -> Sequence[Task]:
        """List all tasks."""
        return [read.task(each) for each in all_pages(self._client.tasks)]

    @registry_told()
    def technologies(self) -> dict[UUID, Words]:
        """Give all technologies' names."""
        found = all_pages(self._client.technologies)
        return {UUID(each["id"]): read.words(each["name"]) for each in found}

    @registry_told()
    def people_at(self, partner_id: UUID) -> Sequence[Person]:
        """List a partner's people."""
        found = all_pages(partial(self._client.contacts, at=partner_id))
        return [read.person(each) for each in found]

    @registry_told()
    def seats_at(self, partner_id: UUID, *, on: date) -> Sequence[Seat]:
        """List a partner's seats."""
        found = all_pages(partial(self._client.seats, at=partner_id, on=on))
        return [read.seat(each) for each in found]

    @registry_told()
    def agreements(self, *, state: str, q: str | None, on: date) -> Sequence[Agreement]:
        """List the agreements in a state on the day that fit, the latest signed first."""
        found = all_pages(
            partial(self._client.agreements, state=state, q=q, on=on),
            at_most=MOST_COUNTED_PAGES,
        )
        return [read.agreement(each) for each in found]

    @registry_told()
    def agreements_sheet(
        self,
        *,
        state: str | None,
        q: str | None,
        on: date,
        ending: tuple[date, date] | None,
    ) -> str:
        """Give the ledger of the agreements that fit as comma-separated values."""
        asked: AgreementsAsked = {"q": q, "on": on}
        if state is not None:
            asked["state"] = state
        if ending is not None:
            asked["ends_from"], asked["ends_to"] = ending
        return self._client.agreements_sheet(**asked)

    @registry_told()
    def agreements_ending(
        self,
        first: date,
        last: date,
        *,
        on: date,
        q: str | None = None,
        partner: UUID | None = None,
    ) -> Sequence[AgreementLine]:
        """List the agreements whose last day lies in a run of days, as they stand on a day."""
        asked = partial(self._client.agreements, ends_from=first, ends_to=last, on=on)
        page = partial(asked, q=q, standing=True, **({"partner": partner} if partner else {}))
        return [
            AgreementLine(read.agreement(each), read.standing(each["standing"]))
            for each in all_pages(page, at_most=MOST_COUNTED_PAGES)
        ]

    @registry_told()
    def commitments_under(self, agreement_id: UUID) -> Sequence[Commitment]:
        """List the commitments under an agreement, past and future ones included."""
        found = all_pages(partial(self._client.collaborations, agreement=agreement_id))
        return [read.commitment(each) for each in found]

    @registry_told()
    def milestones_under(self, agreement_id: UUID) -> Sequence[Milestone]:
        """List the milestones under an agreement, done and cancelled ones included."""
        found = all_pages(partial(self._client.milestones, agreement=agreement_id))
        return [read.milestone(each) for each in found]

    @registry_told()
    def commitment(self, commitment_id: UUID) -> Commitment:
        """Give one commitment."""
        return read.commitment(self._client.collaboration(commitment_id))

    @registry_told()
    def milestone(self, milestone_id: UUID) -> Milestone:
        """Give one milestone."""
        return read.milestone(self._client.milestone(milestone_id))

    @registry_told()
    def person(self, contact_id: UUID) -> Person:
        """Give one person."""
        return read.person(self._client.contact(contact_id))

    @registry_told()
    def seat(self, seat_id: UUID) -> Seat:
        """Give one seat."""
        return read.seat(self._client.seat(seat_id))

    @registry_told()
    def facts_of(self, subject_type: str, subject_id: UUID) -> Mapping[str, object]:
        """Give what is on record of a subject that the desk changes, by the record's own names."""
        by_type: dict[str, Callable[[UUID], object]] = {
            "milestone": self._client.milestone,
            "collaboration": self._client.collaboration,
            "contact": self._client.contact,
            "seat": self._client.seat,
            "event": self._client.event,
        }
        return cast(Mapping[str, object], by_type[subject_type](subject_id))

    def try_out(self, wanted: Wanted) -> Sequence[Foretold]:
        """Give the entries that a change would write; writes none."""
        return try_out(self._client, wanted)

    def record(self, wanted: Wanted, *, once: str) -> Recorded:
        """Write a change, once under one key."""
        return record(self._client, wanted, once)
