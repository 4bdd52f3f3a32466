"""What the city holds on a liaison's partner, record by record, and what was said of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

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
from changefeed.subjects.seat import Seat
from ieum_portal.domain.difference import mentioned
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.listing import FULL_PAGE
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.ports import Neighbours, Registry
from registryclient.answers import Listed, Total, Versioned

MOST_REPLIES = 200
"""So many of a partner's replies are looked through, the latest first."""
FIRST_OF_EACH = 20
"""So many records of each type stand on the page; the others are a page of their own."""
OF_ONE_TYPE = 50
"""So many stand on a page of one type alone."""
MOST_TOLD = 10
"""So many of its proposals are told with what came of them."""

LISTS: Mapping[str, tuple[type[Declaration], str]] = {
    "seat": (Seat, "at"),
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
        total: How many there are in all; None if that could not be had.
        following, previous: Where its next page and the one before begin, if there are such.
    """

    type: str
    records: Sequence[HeldRecord]
    total: Total | None = None
    following: str | None = None
    previous: str | None = None

    @property
    def has_more(self) -> bool:
        """Whether there are others than are shown."""
        return self.following is not None or self.previous is not None


@dataclass(frozen=True, slots=True)
class OneType:
    """Of which type alone the records are wanted, and from where in their list.

    Attributes:
        after, before: The `following` of the page before, or the `previous` of the one after.
    """

    type: str
    after: str | None = None
    before: str | None = None


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
    partner_id: UUID,
    partners: frozenset[UUID],
    *,
    neighbours: Neighbours,
    only: OneType | None = None,
) -> HoldingsPage:
    """Gather the page of one of a liaison's partners: the first of each type, or one type's.

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
    said = _Said(replies)
    begun = {
        name: gathering.begin(
            "registry",
            name,
            partial(_section, registry, name, partner_id, said, only),
            otherwise=None,
        )
        for name in LISTS
        if only is None or only.type == name
    }
    sections = [] if only else [HeldSection("partner", [said.of("partner", partner)])]
    sections += [found for told in begun.values() if (found := told()) is not None]
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


class _Said:
    """What was said of each record, in so many replies; looked up by record."""

    def __init__(self, replies: Sequence[Reply]) -> None:
        self._right: dict[tuple[UUID, int], date] = {}
        self._open: dict[UUID, Reply] = {}
        for reply in replies:
            for record in reply.records:
                seen = (record.id, record.version)
                if reply.state == "confirmed":
                    self._right[seen] = max(reply.on, self._right.get(seen, reply.on))
                elif reply.state == "open":
                    self._open.setdefault(record.id, reply)

    def of(self, name: str, found: Versioned[Any]) -> HeldRecord:
        subject, version = found.subject, found.version
        return HeldRecord(
            name,
            subject,
            version,
            to_facts(subject),
            self._right.get((subject.id, version)),
            self._open.get(subject.id),
        )


def _section(
    registry: Registry, name: str, partner_id: UUID, said: _Said, only: OneType | None
) -> HeldSection:
    kind_of, by = LISTS[name]
    listed: Listed[Any] = registry.page(
        kind_of,
        after=only.after if only else None,
        limit=OF_ONE_TYPE if only else FIRST_OF_EACH,
        before=only.before if only else None,
        count=True,
        **{by: partner_id},
    )
    versions = registry.versions(kind_of, [each.id for each in listed.items])
    records = [said.of(name, versions[each.id]) for each in listed.items]
    if name in ("collaboration", "milestone") and records:
        records = _with_proofs(records, name, registry)
    return HeldSection(name, records, listed.total, listed.next, listed.previous)


def _with_proofs(records: Sequence[HeldRecord], name: str, registry: Registry) -> list[HeldRecord]:
    """Give them with the files that prove them, as many as one page of documents holds."""
    of_these = {name: tuple(each.subject.id for each in records)}
    found = registry.page(Document, after=None, limit=FULL_PAGE, disclosure="parties", **of_these)
    proofs = defaultdict[UUID, list[Document]](list)
    for proof in found.items:
        proofs[getattr(proof, f"{name}_id")].append(proof)
    return [replace(each, proofs=proofs.get(each.subject.id, ())) for each in records]
