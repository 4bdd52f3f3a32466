"""The list of partners, searched and filtered, with what each has in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ieum_portal.domain.record import Partner
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours

PER_PAGE = 50


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
        lambda: neighbours.registry.partners(
            q=search.q or None,
            kind=search.kind or None,
            on=on,
            after=search.after,
            limit=PER_PAGE,
        ),
        otherwise=None,
    )
    counts: Mapping[UUID, int] | None = None
    if found is not None and found.partners:
        counts = gathering.ask(
            "registry",
            "commitments",
            lambda: neighbours.registry.commitment_counts(on=on),
            otherwise=None,
        )
    return PartnersPage(
        search,
        found.partners if found else (),
        found.following if found else None,
        counts,
        missing=tuple(gathering.missing),
    )
