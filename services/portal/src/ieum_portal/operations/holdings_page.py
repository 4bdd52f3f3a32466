"""What the city holds on a liaison's partner, record by record, and what was said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from changefeed import limits
from changefeed.declared import Declaration
from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Person
from changefeed.subjects.document import Document
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Words
from changefeed.subjects.reply import Reply
from ieum_portal.domain.difference import mentioned
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.ports import Neighbours, Registry
from registryclient.answers import Asked, Listed, Versioned

MOST_REPLIES = 200
"""So many of a partner's replies are looked through, the latest first."""
MOST_PROOFS = 5
"""So many pages of 200 documents are looked through for proofs."""
MOST_TOLD = 10
"""So many of its proposals are told with what came of them."""

LISTS: Mapping[str, tuple[type[Declaration], str]] = {
    "contact": (Person, "at"),
    "agreement": (Agreement, "partner"),
    "collaboration": (Collaboration, "partner"),
    "milestone": (Milestone, "owner"),
}
"""Where the records of a partner are listed, and by which filter."""


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record of the partner, as it stands.

    Attributes:
        facts: By the record's own names.
        confirmed_on: The last day on which this very version was said to be right.
        proposal: What is open of it, if anything.
        proofs: The files that prove it.
    """

    type: str
    subject: Any
    version: int
    facts: Mapping[str, Any]
    confirmed_on: date | None
    proposal: Reply | None
    proofs: Sequence[Document] = ()

    @property
    def mark(self) -> str:
        """The record as it was looked at, in one word."""
        return f"{self.type}:{self.subject.id}:{self.version}"


@dataclass(frozen=True, slots=True)
class HeldSection:
    """The records of one type.

    Attributes:
        has_more: Whether there are more than are shown.
    """

    type: str
    records: Sequence[HeldRecord]
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class HoldingsPage(Gathered):
    """Everything that the page shows.

    Attributes:
        partners: All whose liaison the reader is, by name.
        told: The latest proposals with what came of them.
        versions: Of those that are open.
    """

    partner: Partner
    partners: Mapping[UUID, Words]
    sections: Sequence[HeldSection]
    told: Sequence[Reply]
    versions: Mapping[UUID, int]
    names: Mapping[UUID, Words]


def holdings_page(
    partner_id: UUID, partners: frozenset[UUID], *, neighbours: Neighbours
) -> HoldingsPage:
    """Gather the page of one of a liaison's partners.

    Raises:
        NotFound: No such partner.
        NeighbourDown, NeighbourRefused: The registry could not say.
    """
    registry, gathering = neighbours.registry, Gathering(neighbours.left_s)
    partner = gathering.need("registry", lambda: registry.versioned(Partner, partner_id))
    replies = gathering.need(
        "registry",
        lambda: registry.page(Reply, after=None, limit=MOST_REPLIES, partner=partner_id).items,
    )
    begun = {
        name: gathering.begin(
            "registry", name, partial(_held, registry, kind_of, {by: partner_id}), otherwise=None
        )
        for name, (kind_of, by) in LISTS.items()
    }
    proofs = gathering.begin(
        "registry",
        "documents",
        lambda: registry.all(Document, at_most=MOST_PROOFS, disclosure="parties"),
        otherwise=(),
    )
    sections = [HeldSection("partner", [_record("partner", partner, replies)])]
    for name, told in begun.items():
        found = told()
        if found is not None:
            listed, versions = found
            records = [_record(name, versions[each.id], replies) for each in listed.items]
            if name in ("collaboration", "milestone"):
                records = _with_proofs(records, name, proofs())
            sections.append(HeldSection(name, records, has_more=listed.next is not None))
    shown = [each for each in replies if each.state != "confirmed"][:MOST_TOLD]
    pointed = [record.facts for section in sections for record in section.records]
    names = gathering.ask(
        "registry",
        "names",
        lambda: names_behind(mentioned(pointed), registry),
        otherwise=dict[UUID, Words](),
    )
    open_ones = [each.id for each in shown if each.state == "open"]
    return HoldingsPage(
        partner.subject,
        registry.names_of(partners, frozenset()),
        sections,
        shown,
        {key: each.version for key, each in registry.versions(Reply, open_ones).items()},
        names,
        missing=tuple(gathering.missing),
    )


def _held(
    registry: Registry, kind_of: type[Declaration], asked: Mapping[str, Asked]
) -> tuple[Listed[Any], Mapping[UUID, Versioned[Any]]]:
    listed = registry.page(kind_of, after=None, limit=limits.ANSWERED, **asked)
    return listed, registry.versions(kind_of, [each.id for each in listed.items])


def _with_proofs(
    records: Sequence[HeldRecord], name: str, proofs: Sequence[Document]
) -> list[HeldRecord]:
    """Give them with the files that prove them."""
    return [
        replace(
            each,
            proofs=[proof for proof in proofs if getattr(proof, f"{name}_id") == each.subject.id],
        )
        for each in records
    ]


def _record(name: str, found: Versioned[Any], replies: Sequence[Reply]) -> HeldRecord:
    subject, version = found.subject, found.version
    about = [
        (reply, record) for reply in replies for record in reply.records if record.id == subject.id
    ]
    right = [r.on for r, seen in about if r.state == "confirmed" and seen.version == version]
    open_ones = [reply for reply, _ in about if reply.state == "open"]
    return HeldRecord(
        name,
        subject,
        version,
        to_facts(subject),
        max(right, default=None),
        open_ones[0] if open_ones else None,
    )
