"""What the registry's routes answer, as typed maps: the facts of docs/changes.md + `version`.

Ids and days stay text as on the wire; whoever reads them makes of them what it needs. A key that
the registry adds later is simply not named here.
"""

from typing import Generic, Literal, NotRequired, TypedDict, TypeVar

T = TypeVar("T")


class Listed(TypedDict, Generic[T]):
    """One page of a list; `next` is the cursor of the page after it."""

    items: list[T]
    next: str | None


class Words(TypedDict):
    """A name or text in both languages; English may be lacking."""

    ko: str
    en: str | None


class Source(TypedDict):
    """Where a record was learned from."""

    title: str
    kind: str | None
    published_on: str | None


class Provenance(TypedDict):
    """Where a record comes from, and whether it is made up to show the system at work."""

    source: list[Source]
    illustrative: bool


class Place(TypedDict):
    """A partner or a department."""

    type: Literal["partner", "department"]
    id: str


class Evidence(TypedDict):
    """Dated proof."""

    on: str
    text: str
    link: str | None


class Resource(TypedDict):
    """What every subject has."""

    id: str
    key: str | None
    version: int
    provenance: Provenance


class Partner(Resource):
    """An organisation that can sign; `own` marks the city, `memo` is for whom may see it whole."""

    kind: str
    name: Words
    aliases: list[str]
    own: bool
    business_number: str | None
    website: str | None
    memo: NotRequired[str | None]


class Department(Resource):
    """A part of the city; `office` marks the coordinating one."""

    name: Words
    office: bool


class Contact(Resource):
    """A person at a partner or department; the last three only for whom may see people."""

    at: Place
    language: str
    purpose: str | None
    consented_on: str
    retain_until: str | None
    erased_on: NotRequired[str | None]
    name: NotRequired[str | None]
    email: NotRequired[str | None]
    phone: NotRequired[str | None]


# `from` is a keyword, so this one is written as a call.
Holder = TypedDict("Holder", {"contact_id": str, "from": str, "to": str | None})


class Seat(Resource):
    """A role at a partner or department, and who holds it."""

    at: Place
    role: str
    language: str
    holders: list[Holder]


class Task(Resource):
    """A task of a strategy."""

    strategy_id: str
    position: int
    name: Words


class Programme(Resource):
    """What strategies hang under."""

    name: Words
    announced_on: str | None


class Strategy(Resource):
    """A strategy, with its place in the programme."""

    programme_id: str
    position: int
    name: Words


class ServiceField(Resource):
    """A field that services are for."""

    programme_id: str
    position: int
    group: str
    name: Words


class Technology(Resource):
    """A technology, perhaps under a broader one."""

    name: Words
    aliases: list[str]
    broader_id: str | None


class End(TypedDict):
    """How an agreement ends."""

    rule: str
    ends_on: str | None
    note: str | None


class Party(TypedDict):
    """A partner's side of one agreement."""

    partner_id: str
    side: str
    signed_on: str | None
    joined_on: str | None
    left_on: str | None


class Agreement(Resource):
    """What was signed; purpose and the end's note are lacking where only part is disclosed."""

    number: str | None
    kind: str
    title: Words
    purpose: NotRequired[Words | None]
    programme_id: str | None
    lead_department_id: str | None
    signed_on: str | None
    effective_on: str | None
    venue: Words | None
    end: End
    parties: list[Party]
    disclosure: str
    standing: NotRequired["AgreementStanding"]


class PartyStanding(TypedDict):
    """The state of one party on a day."""

    partner_id: str
    state: str


class AgreementStanding(TypedDict):
    """What an agreement is on a day, as known then, and the days of which that is made."""

    on: str
    known_at: int | str
    state: str
    flags: list[str]
    signed_from: str | None
    in_force_from: str | None
    in_force_until: str | None
    last_on: str | None
    parties: list[PartyStanding]


class Collaboration(Resource):
    """One partner's commitment under one agreement."""

    partner_id: str
    agreement_id: str
    task_id: str
    technology_ids: list[str]
    service_field_id: str | None
    role: str
    starts_on: str
    ends_on: str | None
    holds_from: str
    holds_until: str | None
    evidence: list[Evidence]
    disclosure: str


class Milestone(Resource):
    """A dated promise with an owner."""

    title: Words
    due_on: str
    owner: Place
    agreement_id: str | None
    collaboration_id: str | None
    done_on: str | None
    cancelled_on: str | None
    evidence: list[Evidence]


class Deadline(TypedDict):
    """A last day for something, on the clock of the event; `at` null is the end of that day."""

    kind: str
    on: str
    at: str | None


class Event(Resource):
    """An event; its times are what clocks in its zone show (docs/changes.md)."""

    title: Words
    kind: str
    zone: str
    starts_at: str
    ends_at: str
    country: str
    city: Words
    venue: Words | None
    link: str | None
    deadlines: list[Deadline]
    department_id: str | None
    partner_ids: list[str]
    task_ids: list[str]
    revision: int
    revised_on: str | None
    revised_from: dict[str, object] | None
    cancelled_on: str | None
    cancelled_for: str | None
    standing: NotRequired["EventStanding"]


class BothClocks(TypedDict):
    """One instant as clocks show it at the place and in Seoul, and in UTC."""

    civil: str
    zone: str
    seoul: str
    utc: str


class DeadlineStanding(Deadline):
    """A deadline; `days_left` is negative after its day, `passed` says whether it is too late."""

    seoul: str
    days_left: int
    passed: bool


class EventStanding(TypedDict):
    """Where an event stands at an instant or on a day; `days_left` only while it lies ahead."""

    on: str
    state: str
    days_left: int | None
    starts_at: BothClocks
    ends_at: BothClocks
    deadlines: list[DeadlineStanding]


class Remembered(TypedDict):
    """One entry as the feed gives it, and the facts of the version before, as far as shown.

    `redacted_by` is the number of the redaction that destroyed what it said, or None.
    """

    entry: dict[str, object]
    previous: dict[str, object] | None
    redacted_by: int | None


class History(TypedDict):
    """Entries, the newest first; `next` is the number to go on before, None at the end."""

    items: list[Remembered]
    next: int | None
    head: int


class Actor(TypedDict):
    """Who made a change."""

    id: str
    role: str
    on_behalf_of: str | None


class Entry(TypedDict):
    """One entry of the change log as it travels (docs/changes.md); hashes left out here."""

    seq: int
    at: str
    actor: Actor
    kind: str
    subject_type: str
    subject_id: str
    version: int
    body: dict[str, object] | None
    reason: str | None


class LoadDocument(TypedDict):
    """One file to load: its name, as shown in faults, and its whole text."""

    name: str
    text: str


class LoadReceipt(TypedDict):
    """What a load did; counts by subject type."""

    load: str | None
    anchor_on: str
    recorded: dict[str, int]
    changed: dict[str, int]
    unchanged: dict[str, int]
    head: int
