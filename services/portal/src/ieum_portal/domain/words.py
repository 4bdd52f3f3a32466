"""A name or text in the record's two languages, and which of them a reader gets."""

from dataclasses import dataclass
from typing import Literal
from unicodedata import category, normalize

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the language that it is in, so that a page can mark it for screen readers."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Korean and, where there is one, in English."""

    ko: str
    en: str | None = None

    def said_in(self, language: Language) -> Said:
        """Give the text in the language asked for, or in Korean if there is no English."""
        if language == "en" and self.en:
            return Said(self.en, "en")
        return Said(self.ko, "ko")


def tidy(text: str) -> str:
    """Make typed text fit for searching: NFC, no control characters, single spaces."""
    kept = "".join(" " if category(each)[0] == "C" else each for each in normalize("NFC", text))
    return " ".join(kept.split())
