"""Where a record comes from: the sources it was read in, and whether it is only an example."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from changefeed.change import Facts
from ieum_registry.domain.term import day_text, maybe_day


@dataclass(frozen=True, slots=True)
class Source:
    """One publication that says so."""

    title: str
    kind: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """The sources of a record; none if the office entered it.

    An `illustrative` record shows how the system works and says nothing about the world.
    """

    source: tuple[Source, ...] = ()
    illustrative: bool = False

    def facts(self) -> Facts:
        """Give `{"source": [{"title", "kind", "published_on"}], "illustrative"}`."""
        return {
            "source": [
                {
                    "title": each.title,
                    "kind": each.kind,
                    "published_on": day_text(each.published_on),
                }
                for each in self.source
            ],
            "illustrative": self.illustrative,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        return cls(
            tuple(
                Source(each["title"], each["kind"], maybe_day(each["published_on"]))
                for each in facts["source"]
            ),
            facts["illustrative"],
        )


BY_HAND = Provenance()
