"""Which days are working days, and where a day moves that is none.

A working day is no Saturday, no Sunday, no public holiday and not 1 May; what the office has
decreed for a day wins over all of that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from workdays.holidays_kr import Language, holiday_name

Words = Mapping[Language, str]

_ONE = timedelta(days=1)

_WEEKEND: Mapping[int, Words] = {
    5: {"ko": "토요일", "en": "Saturday"},
    6: {"ko": "일요일", "en": "Sunday"},
}
_LABOUR_DAY: Words = {"ko": "근로자의 날", "en": "Labour Day"}
_DECREED: Mapping[bool, Words] = {
    True: {"ko": "근무일로 지정된 날", "en": "a working day by decree"},
    False: {"ko": "휴무일로 지정된 날", "en": "a day off by decree"},
}


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days as known at one moment.

    Args:
        decreed: Days that the office has declared working (True) or not (False).
        names: What a decreed day is called, where it has a name.
    """

    decreed: Mapping[date, bool] = field(default_factory=dict)
    names: Mapping[date, Words] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Say whether offices are at work on the day."""
        declared = self.decreed.get(day)
        return self._usual_day_off(day, "ko") is None if declared is None else declared

    def at_or_before(self, day: date) -> date:
        """Move a day back to a working day: the day itself, or the last one before it."""
        while not self.is_working(day):
            day -= _ONE
        return day

    def at_or_after(self, day: date) -> date:
        """Move a day forward to a working day: the day itself, or the next one after it."""
        while not self.is_working(day):
            day += _ONE
        return day

    def why(self, day: date, language: Language) -> str | None:
        """Say in a few words why the day is no working day, or why it is one against the rule.

        Returns:
            "추석", "토요일", "임시공휴일" …; None for an ordinary working day.
        """
        declared = self.decreed.get(day)
        if declared is None:
            return self._usual_day_off(day, language)
        return self.names.get(day, _DECREED[declared])[language]

    @staticmethod
    def _usual_day_off(day: date, language: Language) -> str | None:
        """Name what makes the day a day off in every year; the holiday before the weekday."""
        name = holiday_name(day, language)
        if name is None and (day.month, day.day) == (5, 1):
            name = _LABOUR_DAY[language]
        if name is None and day.weekday() in _WEEKEND:
            name = _WEEKEND[day.weekday()][language]
        return name
