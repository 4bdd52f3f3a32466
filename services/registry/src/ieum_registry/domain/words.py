"""The same words in Korean and, where somebody wrote them, in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from changefeed.change import Facts


@dataclass(frozen=True, slots=True)
class Words:
    """A name, title or purpose; Korean always, English or None."""

    ko: str
    en: str | None = None

    def facts(self) -> Facts:
        """Give `{"ko", "en"}`."""
        return {"ko": self.ko, "en": self.en}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read `{"ko", "en"}`."""
        return cls(facts["ko"], facts["en"])


def maybe_words(facts: Mapping[str, Any] | None) -> Words | None:
    """Read words that may be absent."""
    return None if facts is None else Words.from_facts(facts)
