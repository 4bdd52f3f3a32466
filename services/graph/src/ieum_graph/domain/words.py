"""Text in the two languages that Ieum speaks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Korean first; English where there is one."""

    ko: str
    en: str | None = None

    def within(self, language: str) -> str:
        """Give the text in a language, or the Korean where there is no English."""
        return self.en if language == "en" and self.en else self.ko
