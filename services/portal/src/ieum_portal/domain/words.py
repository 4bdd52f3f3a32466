"""A name or text in the record's two languages, and which of them a reader gets."""

from dataclasses import dataclass
from typing import Literal
from unicodedata import category, normalize

from changefeed.subjects.parts import Words

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the language that it is in, so that a page can mark it for screen readers."""

    text: str
    language: Language


def said_in(words: Words, language: Language) -> Said:
    """Give a text in the language asked for, or in Korean if there is no English."""
    if language == "en" and words.en:
        return Said(words.en, "en")
    return Said(words.ko, "ko")


def tidy(text: str) -> str:
    """Make typed text fit for searching: NFC, no control characters, single spaces."""
    kept = "".join(" " if category(each)[0] == "C" else each for each in normalize("NFC", text))
    return " ".join(kept.split())
