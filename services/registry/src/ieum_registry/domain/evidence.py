"""이행실적: dated proof that a collaboration or a milestone happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from changefeed.change import Fact, Facts


@dataclass(frozen=True, slots=True)
class Evidence:
    """What happened on a day, in words, and where it can be read (an https address, or None)."""

    on: date
    text: str
    link: str | None = None

    def facts(self) -> Facts:
        """Give `{"on", "text", "link"}`."""
        return {"on": self.on.isoformat(), "text": self.text, "link": self.link}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read `{"on", "text", "link"}`."""
        return cls(date.fromisoformat(facts["on"]), facts["text"], facts["link"])


def evidence_facts(evidence: Iterable[Evidence]) -> list[Fact]:
    """Give a list of proofs as facts, in the order given."""
    return [each.facts() for each in evidence]


def evidence_from(facts: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    """Read a list of proofs."""
    return tuple(Evidence.from_facts(each) for each in facts)
