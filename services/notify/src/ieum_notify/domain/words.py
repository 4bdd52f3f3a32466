"""One thing said in Korean and in English, and days as people write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from changefeed.declared import Label

Language = Literal["ko", "en"]

_WEEKDAYS_KO = "월화수목금토일"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing in both languages; where English is missing, the Korean stands in."""

    ko: str
    en: str

    def said(self, language: Language) -> str:
        """Give the text in one language."""
        return self.en if language == "en" else self.ko

    def facts(self) -> dict[str, str]:
        """Give both, as JSON holds them."""
        return {"ko": self.ko, "en": self.en}


def declared_words(codes: Mapping[Any, Label]) -> Mapping[str, Words]:
    """Give what declared codes are called."""
    return {code: Words(label.ko, label.en) for code, label in codes.items()}


def day_words(day: date) -> Words:
    """Write a day out, in Korean as offices do: `2026. 11. 28.(토)`, `Sat 28 November 2026`."""
    return Words(
        f"{day.year}. {day.month}. {day.day}.({_WEEKDAYS_KO[day.weekday()]})",
        f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}",
    )


def days_left_words(days: int) -> Words:
    """Count down as notices do: `D-5`, `D-DAY`; late days as `D+2`."""
    mark = "D-DAY" if days == 0 else f"D-{days}" if days > 0 else f"D+{-days}"
    return Words(mark, mark)
