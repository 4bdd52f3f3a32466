"""Small subjects with good defaults, and one way to write them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from changefeed.change import Actor
from changefeed.declared import Declaration
from changefeed.subjects.agreement import Disclosure, End, Party
from changefeed.subjects.catalogue import Programme, Strategy, Task, Technology
from changefeed.subjects.collaboration import CollaborationDisclosure
from changefeed.subjects.parts import Place, Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import NotFound
from ieum_registry.domain.event import Event
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.seat import Seat
from ieum_registry.operations.ports.condition import Condition
from ieum_registry.operations.ports.idempotency import KeyUse
from ieum_registry.operations.ports.ledger import Entry, LedgerTransaction
from ieum_registry.operations.ports.scope import EVERYTHING, Scope
from ieum_registry.storage.log.ledger import BoundLedger
from ieum_registry.storage.store import Store

OFFICE = Actor("account-1", "office")
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SIGNED = date(2021, 11, 16)
FIRST_KINDS = {
    "partner": "partner.registered",
    "department": "department.registered",
    "contact": "contact.registered",
    "seat": "seat.opened",
    "programme": "programme.registered",
    "strategy": "strategy.registered",
    "task": "task.registered",
    "technology": "technology.registered",
    "agreement": "agreement.recorded",
    "collaboration": "collaboration.started",
    "milestone": "milestone.set",
    "event": "event.registered",
    "calendar_day": "calendar_day.declared",
    "journal": "journal.recorded",
}


def ledger(
    store: Store, *, at: datetime = NOON, dry_run: bool = False, key: KeyUse | None = None
) -> BoundLedger:
    return store.ledger.in_name_of(OFFICE, at=at, dry_run=dry_run, key=key)


def record(store: Store, *subjects: Declaration, at: datetime = NOON) -> Sequence[Entry]:
    """Record new subjects, or new versions of known ones, in one transaction."""
    with ledger(store, at=at).open() as transaction:
        return [put(transaction, each) for each in subjects]


def put(transaction: LedgerTransaction, subject: Declaration) -> Entry:
    try:
        transaction.take(type(subject), subject.id)
    except NotFound:
        return transaction.record(FIRST_KINDS[subject.subject_type], subject)
    return transaction.record(f"{subject.subject_type}.changed", subject, "a reason")


def how_many(
    store: Store,
    subject_type: str,
    conditions: Sequence[Condition] = (),
    *,
    q: str | None = None,
    known_at: int | None = None,
    scope: Scope = EVERYTHING,
) -> int:
    """Count what a list holds that fits on one page."""
    found = store.records.list(
        subject_type, conditions, q=q, known_at=known_at, limit=200, scope=scope
    )
    return len(found.items)


def partner(name: str = "네이버", *, key: str | None = None, own: bool = False) -> Partner:
    return Partner(id=uuid4(), kind="company", name=Words(name), key=key, own=own)


def agreement(
    *parties: UUID,
    title: str = "AI-메타버스 융합도시 광주 업무협약",
    disclosure: Disclosure = "closed",
    number: str | None = None,
    ends_on: date | None = None,
    left: UUID | None = None,
    left_on: date | None = None,
) -> Agreement:
    """An agreement of the city (the first party) with the others."""
    return Agreement(
        id=uuid4(),
        kind="mou",
        title=Words(title),
        signed_on=SIGNED,
        effective_on=SIGNED,
        end=End("until_purpose_achieved" if ends_on is None else "fixed", ends_on),
        parties=tuple(
            Party(
                each,
                "own" if position == 0 else "partner",
                signed_on=SIGNED,
                left_on=left_on if each == left else None,
            )
            for position, each in enumerate(parties)
        ),
        number=number,
        disclosure=disclosure,
    )


def collaboration(
    under: Agreement,
    partner_id: UUID,
    *,
    technologies: tuple[UUID, ...] = (),
    disclosure: CollaborationDisclosure = "closed",
) -> Collaboration:
    return Collaboration(
        id=uuid4(),
        partner_id=partner_id,
        agreement_id=under.id,
        task_id=uuid4(),
        role="lead",
        starts_on=SIGNED,
        holds_from=SIGNED,
        technology_ids=technologies,
        disclosure=disclosure,
    )


def milestone(
    owner: Place,
    *,
    agreement_id: UUID | None = None,
    collaboration_id: UUID | None = None,
    due_on: date = date(2026, 12, 1),
) -> Milestone:
    return Milestone(
        id=uuid4(),
        title=Words("실증 보고"),
        due_on=due_on,
        owner=owner,
        agreement_id=agreement_id,
        collaboration_id=collaboration_id,
    )


def event(
    *partners: UUID, tasks: tuple[UUID, ...] = (), starts_at: str = "2027-01-06T09:00"
) -> Event:
    return Event(
        id=uuid4(),
        title=Words("세계 전시회", "World Expo"),
        kind="expo",
        zone="America/Los_Angeles",
        starts_at=datetime.fromisoformat(starts_at),
        ends_at=datetime.fromisoformat("2027-01-09T18:00"),
        country="US",
        city=Words("라스베이거스", "Las Vegas"),
        partner_ids=partners,
        task_ids=tasks,
    )


def seat(at: Place) -> Seat:
    return Seat(id=uuid4(), at=at, role="liaison", language="ko")


def contact(at: Place) -> Contact:
    return Contact(id=uuid4(), at=at, language="ko", purpose="협약 연락", consented_on=SIGNED)


def programme() -> Programme:
    return Programme(id=uuid4(), name=Words("AI-메타버스 융합도시 광주"), announced_on=SIGNED)


def strategy(under: Programme, position: int = 1) -> Strategy:
    return Strategy(
        id=uuid4(), programme_id=under.id, position=position, name=Words(f"전략 {position}")
    )


def task(under: Strategy, position: int = 1) -> Task:
    return Task(id=uuid4(), strategy_id=under.id, position=position, name=Words(f"과제 {position}"))


def technology(name: str = "디지털 트윈", *, aliases: tuple[str, ...] = ()) -> Technology:
    return Technology(id=uuid4(), name=Words(name), aliases=aliases)
