"""The registry's answers as the pages' own values: one function for each.

An answer of another form raises KeyError, TypeError, ValueError or AttributeError; `told` takes
it for none.
"""

from datetime import date
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
from ieum_portal.domain.words import Words
from registryclient import answers


def words(said: answers.Words) -> Words:
    """Give a name or text."""
    return Words(said["ko"], said.get("en"))


def day(text: str | None) -> date | None:
    """Give a day, if there is one."""
    return None if text is None else date.fromisoformat(text)


def maybe_words(said: answers.Words | None) -> Words | None:
    """Give a name or text, if there is one."""
    return None if said is None else words(said)


def maybe_id(text: str | None) -> UUID | None:
    """Give an id, if there is one."""
    return None if text is None else UUID(text)


def sources(provenance: answers.Provenance) -> tuple[Source, ...]:
    """Give where a record was learned from."""
    told = provenance["source"]
    return tuple(Source(each["title"], day(each.get("published_on"))) for each in told)


def place(said: answers.Place) -> Place:
    """Give a partner or department."""
    return Place(said["type"], UUID(said["id"]))


def partner(facts: answers.Partner) -> Partner:
    """Give a partner."""
    return Partner(
        UUID(facts["id"]),
        facts["key"],
        facts["kind"],
        words(facts["name"]),
        tuple(facts["aliases"]),
        facts["own"],
        facts["business_number"],
        facts["website"],
        sources(facts["provenance"]),
        facts["provenance"]["illustrative"],
        facts.get("memo"),
    )


def agreement(facts: answers.Agreement) -> Agreement:
    """Give an agreement."""
    return Agreement(
        UUID(facts["id"]),
        facts["number"],
        facts["kind"],
        words(facts["title"]),
        day(facts["signed_on"]),
        day(facts["effective_on"]),
        facts["end"]["rule"],
        day(facts["end"]["ends_on"]),
        tuple(party(each) for each in facts["parties"]),
        facts["provenance"]["illustrative"],
        maybe_words(facts.get("purpose")),
        maybe_words(facts["venue"]),
        facts["end"].get("note"),
        maybe_id(facts["lead_department_id"]),
        maybe_id(facts["programme_id"]),
        sources(facts["provenance"]),
    )


def party(facts: answers.Party) -> Party:
    """Give one side of an agreement."""
    return Party(
        UUID(facts["partner_id"]),
        facts["side"],
        day(facts["signed_on"]),
        day(facts["joined_on"]),
        day(facts["left_on"]),
    )


def commitment(facts: answers.Collaboration) -> Commitment:
    """Give a commitment."""
    return Commitment(
        UUID(facts["id"]),
        UUID(facts["partner_id"]),
        UUID(facts["agreement_id"]),
        UUID(facts["task_id"]),
        tuple(UUID(each) for each in facts["technology_ids"]),
        maybe_id(facts["service_field_id"]),
        facts["role"],
        date.fromisoformat(facts["starts_on"]),
        day(facts["ends_on"]),
        date.fromisoformat(facts["holds_from"]),
        day(facts["holds_until"]),
        len(facts["evidence"]),
        max((date.fromisoformat(each["on"]) for each in facts["evidence"]), default=None),
        facts["provenance"]["illustrative"],
        facts["version"],
    )


def milestone(facts: answers.Milestone) -> Milestone:
    """Give a milestone."""
    return Milestone(
        UUID(facts["id"]),
        words(facts["title"]),
        date.fromisoformat(facts["due_on"]),
        place(facts["owner"]),
        maybe_id(facts["agreement_id"]),
        facts["provenance"]["illustrative"],
        day(facts["done_on"]),
        day(facts["cancelled_on"]),
        tuple(
            Evidence(date.fromisoformat(each["on"]), each["text"], each.get("link"))
            for each in facts["evidence"]
        ),
        facts["version"],
    )


def standing(said: answers.AgreementStanding) -> Standing:
    """Give what an agreement and its parties are on a day."""
    return Standing(
        said["state"],
        tuple(said["flags"]),
        {UUID(each["partner_id"]): each["state"] for each in said["parties"]},
        day(said["signed_from"]),
        day(said["in_force_from"]),
        day(said["in_force_until"]),
        day(said["last_on"]),
    )


def programme(facts: answers.Programme) -> Programme:
    """Give a programme."""
    return Programme(UUID(facts["id"]), words(facts["name"]))


def strategy(facts: answers.Strategy) -> Strategy:
    """Give a strategy."""
    return Strategy(
        UUID(facts["id"]),
        UUID(facts["programme_id"]),
        facts["position"],
        words(facts["name"]),
    )


def field(facts: answers.ServiceField) -> ServiceField:
    """Give a field that services are for."""
    return ServiceField(
        UUID(facts["id"]),
        facts["key"],
        UUID(facts["programme_id"]),
        facts["position"],
        words(facts["name"]),
    )


def task(facts: answers.Task) -> Task:
    """Give a task."""
    return Task(
        UUID(facts["id"]),
        facts["key"],
        facts["position"],
        words(facts["name"]),
        UUID(facts["strategy_id"]),
    )


def person(facts: answers.Contact) -> Person:
    """Give a person, as far as the viewer may see them."""
    return Person(
        UUID(facts["id"]),
        facts.get("name"),
        facts.get("email"),
        facts.get("phone"),
        facts["language"],
        facts["purpose"] or "",
        day(facts["consented_on"]),
        day(facts["retain_until"]),
        facts["provenance"]["illustrative"],
        place(facts["at"]),
        facts["version"],
    )


def seat(facts: answers.Seat) -> Seat:
    """Give a seat."""
    return Seat(
        UUID(facts["id"]),
        place(facts["at"]),
        facts["role"],
        facts["language"],
        tuple(
            Holding(UUID(each["contact_id"]), date.fromisoformat(each["from"]), day(each["to"]))
            for each in facts["holders"]
        ),
        facts["version"],
    )
