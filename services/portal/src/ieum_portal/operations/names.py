"""The names behind the ids that facts hold."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.parts import Words
from changefeed.subjects.promise import Promise
from ieum_portal.domain.history import account_of
from ieum_portal.domain.promise_names import called
from ieum_portal.operations.ports import Accounts, Registry

Mentioned = Mapping[str, frozenset[UUID]]

CATALOGUE: tuple[type[Programme | Strategy | Task | ServiceField | Technology], ...] = (
    Task,
    Technology,
    ServiceField,
    Strategy,
    Programme,
)

STAFF = frozenset({"office", "department"})
"""Whose accounts are called by name: they act for the city. Liaisons are people of partners."""


def names_behind(mentioned: Mentioned, registry: Registry) -> dict[UUID, Words]:
    """Give the names of the subjects mentioned; what is not found, or has none, is absent.

    People are named only as far as the viewer may see them.
    """
    names = registry.names_of(
        mentioned.get("partner", frozenset()), mentioned.get("department", frozenset())
    )
    for kind_of in CATALOGUE:
        found = registry.by_id(kind_of, mentioned.get(kind_of.subject_type, frozenset()))
        names |= {each.id: each.name for each in found.values()}
    agreements = registry.by_id(Agreement, mentioned.get("agreement", frozenset()))
    names |= {each.id: each.title for each in agreements.values()}
    people = registry.by_id(Person, mentioned.get("contact", frozenset()))
    names |= {each.id: Words(each.name) for each in people.values() if each.name}
    commitments = registry.by_id(Collaboration, mentioned.get("collaboration", frozenset()))
    promises = registry.by_id(Promise, mentioned.get("promise", frozenset()))
    names |= {each.id: called(each, names) for each in promises.values()}
    return names | commitment_names(list(commitments.values()), registry)


def commitment_names(commitments: Sequence[Collaboration], registry: Registry) -> dict[UUID, Words]:
    """Name commitments by who is on what; one of which neither is known is absent."""
    if not commitments:
        return {}
    partners = registry.names_of(frozenset(each.partner_id for each in commitments), frozenset())
    tasks = {each.id: each.name for each in registry.all(Task)}
    named = {
        each.id: who_on_what(partners.get(each.partner_id), tasks.get(each.task_id))
        for each in commitments
    }
    return {commitment_id: name for commitment_id, name in named.items() if name is not None}


def who_on_what(partner: Words | None, task: Words | None) -> Words | None:
    """Name a commitment by its partner and its task; with English only if both have some."""
    found = [each for each in (partner, task) if each is not None]
    if not found:
        return None
    english = [each.en for each in found if each.en]
    is_english = len(english) == len(found)
    return Words(" – ".join(each.ko for each in found), " – ".join(english) if is_english else None)


def technology_names(registry: Registry) -> dict[UUID, Words]:
    """Give all technologies' names."""
    return {each.id: each.name for each in registry.all(Technology)}


def staff_names(actor_ids: Iterable[str], accounts: Accounts) -> dict[str, str]:
    """Name those of the actors that are accounts of the city's own staff."""
    names = {}
    for actor_id in set(actor_ids):
        account_id = account_of(actor_id)
        account = accounts.by_id(account_id) if account_id else None
        if account is not None and account.role in STAFF and account.name:
            names[actor_id] = account.name
    return names
