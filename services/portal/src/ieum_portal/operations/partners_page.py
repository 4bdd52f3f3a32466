"""The list of partners, searched and filtered, with what each has in force."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.partner import Partner
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours, Registry

PER_PAGE = 50
MOST_COUNTED_PAGES = 5
"""A thousand commitments are counted while a reader waits; more is a report's work."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for; the address of the page says the same.

    Attributes:
        q: Tidied text, initial consonants included; empty for all.
        kind: A partner kind, or empty for all.
        after: Where this page of the list begins.
    """

    q: str = ""
    kind: str = ""
    after: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.q or self.kind)


@dataclass(frozen=True, slots=True)
class PartnersPage(Gathered):
    """One page of the list.

    Attributes:
        in_force: Commitments in force by partner, absent for none; None if they are not counted.
    """

    search: Search
    partners: Sequence[Partner]
    following: str | None
    in_force: Mapping[UUID, int] | None


def partners_page(search: Search, *, on: date, neighbours: Neighbours) -> PartnersPage:
    """Gather one page of the list, in the registry's order."""
    gathering = Gathering()
    found = gathering.ask(
        "registry",
        "partners",
        lambda: neighbours.registry.page(
            Partner,
            q=search.q or None,
            kind=search.kind or None,
            on=on,
            after=search.after,
            limit=PER_PAGE,
        ),
        otherwise=None,
    )
    counts: Mapping[UUID, int] | None = None
    if found is not None and found.items:
        counts = gathering.ask(
            "registry",
            "commitments",
            lambda: _counts(on, neighbours.registry),
            otherwise=None,
        )
    return PartnersPage(
        search,
        found.items if found else (),
        found.next if found else None,
        counts,
        missing=tuple(gathering.missing),
    )


def _counts(on: date, registry: Registry) -> Mapping[UUID, int] | None:
    """Count the commitments in force by partner; None if there are too many to count here."""
    found = registry.whole(Collaboration, at_most=MOST_COUNTED_PAGES, in_force=True, on=on)
    return None if found is None else Counter(each.partner_id for each in found)
