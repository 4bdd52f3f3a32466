"""Which days Korea keeps as public holidays, substitute days included.

Source: the `holidays` package, 0.102 or later: earlier ones miss Constitution Day and Labour Day,
    both restored in 2026. Days decreed after its release are the office's to add (calendar.py).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal

from holidays import country_holidays

Language = Literal["ko", "en"]

_LOCALES: Mapping[Language, str] = {"ko": "ko", "en": "en_US"}


def holiday_name(day: date, language: Language) -> str | None:
    """Name the public holiday that falls on a day; None if there is none.

    Two holidays on one day are named together; a substitute day says for which.
    """
    return _year(day.year, language).get(day)


@cache
def _year(year: int, language: Language) -> Mapping[date, str]:
    """List one year's holidays.

    A year at a time and never changed: the package's own lazily growing table can be seen half
    filled by a second thread.
    """
    found = country_holidays("KR", years=year, language=_LOCALES[language], expand=False)
    return {day: name.replace("; ", " · ") for day, name in found.items()}
